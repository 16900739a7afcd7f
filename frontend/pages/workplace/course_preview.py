"""“Xem như người học”: a course and its lessons on the learners' own pages, with nothing kept.

Every way out of these pages leads back into the preview, and what is posted here is not read. No
item is answered, so no key is shown.
"""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rich_text import to_html
from frontend.pages.learning.courses import lesson_rows
from frontend.pages.learning.lesson_showing import lesson_context, page_answer
from frontend.pages.learning.package_showing import package_page, package_room, played
from frontend.pages.learning.quiz import with_media
from frontend.pages.workplace.course_access import course_view
from quiz.domain.clock import read_now
from training.domain.completions import lessons_that_count
from training.domain.course_samples import sample_progress, sample_standing, sample_try
from training.domain.quiz_papers import shown_items
from training.domain.quizzes import tries_left
from training.domain.scorm import sco_of
from training.enums import LessonKind
from training.models import Course, Enrolment, Lesson
from training.permissions import SEE_TRAINING

COURSE, LESSON = "w-course-preview", "w-lesson-preview"
# Where each address of the learners' pages leads instead; the lesson comes second in them.
LESSON_WAYS = {
    "learn-lesson": LESSON,
    "learn-package": "w-package-preview",
    "learn-quiz-start": LESSON,
    "learn-quiz-answer": LESSON,
    "learn-said-read": LESSON,
    "learn-progress": LESSON,
    "learn-page": "w-page-preview",
}


def _bar(course: Course) -> dict[str, Any]:
    """The strip above the page, and where the page's own addresses lead."""
    here = reverse(COURSE, args=[course.pk])

    def way(route: str) -> Any:
        return lambda _code, *rest: reverse(route, args=[course.pk, *rest])

    return {
        "bar": "frontend/workplace/course/preview_bar.html",
        "course": course,
        "back": reverse("w-course", args=[course.pk]),
        "urls": {"learning": here, "learn-course": here, "learn-enrol": here}
        | {name: way(route) for name, route in LESSON_WAYS.items()},
    }


@require_http_methods(["GET", "POST"])
@course_view(*SEE_TRAINING)
def course_preview(request: HttpRequest, course: Course) -> HttpResponse:
    """The course as on the first day."""
    if request.method == "POST":
        return redirect(request.path)
    standing = sample_standing(course)
    counted = len(lessons_that_count(standing.lessons))
    context = {
        "preview": _bar(course),
        "course": course,
        "summary": to_html(course.summary) if course.summary else "",
        "enrolment": Enrolment(course=course, person=request.user),
        "running": True,
        "own": {"done": 0, "total": counted, "next_lesson": next(iter(standing.lessons), None)},
        "modules": lesson_rows(standing, read_now()),
    }
    return render(request, "frontend/learning/course.html", context)


@require_http_methods(["GET", "POST"])
@course_view(*SEE_TRAINING)
def lesson_preview(request: HttpRequest, course: Course, lesson: Lesson) -> HttpResponse:
    """`?cau=`: which item of a quiz; posted, the next one, whatever was chosen."""
    if request.method == "POST":
        slot = request.POST.get("slot", "-1")
        after = int(slot) + 2 if slot.isascii() and slot.isdecimal() and len(slot) < 4 else 1
        query = f"?cau={after}" if lesson.kind == LessonKind.QUIZ else ""
        return redirect(f"{request.path}{query}")
    now, standing = read_now(), sample_standing(course)
    if lesson.is_retired:
        raise Http404
    context = lesson_context(request, course, sample_progress(lesson, now), standing, now)
    context |= {"preview": _bar(course), "key": ""}
    if lesson.kind == LessonKind.QUIZ:
        context |= _quiz(request, lesson)
    return render(request, "frontend/learning/lesson.html", context)


def _quiz(request: HttpRequest, lesson: Lesson) -> dict[str, Any]:
    """The first page, or an item of a sample paper as it is before it is answered."""
    paper = sample_try(lesson, read_now())
    items = shown_items(paper)
    context: dict[str, Any] = {
        "item_count": len(items),
        "left": tries_left(lesson=lesson, made=0),
    }
    asked = request.GET.get("cau", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 0
    if not 1 <= number <= len(items):
        return context

    def address(sha256: str) -> str:
        return reverse("practice-media", args=[sha256])

    at = with_media(items[number - 1], address)
    return context | {"at": at, "number": number, "answered": number - 1, "more": True}


@require_safe
@course_view(*SEE_TRAINING)
def page_preview(
    request: HttpRequest, course: Course, lesson: Lesson, number: int
) -> HttpResponseBase:
    """A drawn page of a document. Raises FileNotFound."""
    if lesson.file is None:
        return redirect(LESSON, pk=course.pk, lesson_pk=lesson.pk)
    return page_answer(request, lesson, number)


@require_http_methods(["GET", "POST"])
@course_view(*SEE_TRAINING)
def package_preview(request: HttpRequest, course: Course, lesson: Lesson) -> HttpResponse:
    """A package played from its beginning; what it says (posted) is answered and forgotten."""
    if request.method == "POST":
        return JsonResponse({"words": _("Xem thử: không lưu tiến độ."), "completed": False})
    now, room = read_now(), package_room(request, lesson)
    if room["origin"] and room["brought"]:
        sco = sco_of(room["package"], request.GET.get("bai", ""))
        progress = sample_progress(lesson, now)
        room |= played(request, progress, sco, secrets.token_urlsafe(12), "")
        # Not the learner's own key: what waits in this browser for a real lesson stays there.
        room |= {"save": request.path, "key": f"xem-thu-{lesson.pk}"}
    return package_page(request, room | {"preview": _bar(course)})
