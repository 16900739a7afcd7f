"""One lesson, read, watched or answered in the page."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST, require_safe

from frontend.pages.learning.access import lesson_view
from frontend.pages.learning.lesson_showing import lesson_context, page_answer
from frontend.pages.learning.quiz import quiz_context
from quiz.domain.clock import read_now
from training.domain.progress import course_standing, open_lesson, say_read
from training.enums import LessonKind
from training.models import Enrolment, Lesson


@require_GET
@lesson_view
def lesson(request: HttpRequest, enrolment: Enrolment, lesson: Lesson) -> HttpResponse:
    """`?trang=`: the first page shown of a document; otherwise where the person was."""
    now = read_now()
    progress = open_lesson(enrolment=enrolment, lesson=lesson, now=now)
    progress.lesson = lesson
    standing = course_standing(enrolment=enrolment)
    context = lesson_context(request, enrolment.course, progress, standing, now)
    context["key"] = f"{enrolment.pk}-{lesson.pk}"
    if lesson.kind == LessonKind.QUIZ:
        context |= quiz_context(request, enrolment, lesson)
    return render(request, "frontend/learning/lesson.html", context)


@require_safe
@lesson_view
def page_picture(
    request: HttpRequest, enrolment: Enrolment, lesson: Lesson, number: int
) -> HttpResponseBase:
    """A page that was drawn when the lesson was opened. Raises FileNotFound."""
    open_lesson(enrolment=enrolment, lesson=lesson, now=read_now())
    return page_answer(request, lesson, number)


@require_POST
@lesson_view
def said_read(request: HttpRequest, enrolment: Enrolment, lesson: Lesson) -> HttpResponse:
    """“Tôi đã đọc đến cuối”, where the rule takes it."""
    say_read(enrolment=enrolment, lesson=lesson, now=read_now())
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("learn-lesson", code=enrolment.course.code, lesson_pk=lesson.pk)
