"""Writing a lesson, looking at its text, deciding about its citations."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError
from accounts.rich_text import to_html
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.contest_access import attempted
from frontend.pages.workplace.course_access import course_view
from frontend.pages.workplace.lesson_form import LESSON_FIELDS, LessonForm
from frontend.pages.workplace.posted_files import posted_again, posted_file
from frontend.pages.workplace.refused import add_refusal, form_status
from quiz.domain.citation_doubts import citation_end
from quiz.domain.clock import read_now
from training.domain.lesson_citations import LONGEST_REASON, flagged_lessons, keep_lesson
from training.domain.lessons import add_lesson, change_lesson
from training.enums import LessonKind
from training.models import Course, CourseModule, Lesson
from training.permissions import RUN_TRAINING

# The field by which a new file comes with the lesson.
UPLOAD = "new_file"


@require_http_methods(["GET", "POST"])
@course_view(*RUN_TRAINING)
def new_lesson(
    request: HttpRequest, course: Course, module: CourseModule, kind: str
) -> HttpResponse:
    if kind not in LessonKind.values:
        raise Http404

    def store(form: LessonForm) -> Lesson:
        return add_lesson(module=module, kind=kind, given=form.given(), user=request.user)

    return _write(request, course, kind, None, store)


@require_http_methods(["GET", "POST"])
@course_view(*RUN_TRAINING)
def lesson(request: HttpRequest, course: Course, lesson: Lesson) -> HttpResponse:
    def store(form: LessonForm) -> Lesson:
        return change_lesson(lesson=lesson, given=form.given(), user=request.user)

    return _write(request, course, lesson.kind, lesson, store)


def _write(
    request: HttpRequest, course: Course, kind: str, lesson: Lesson | None, store: Any
) -> HttpResponse:
    """The form; `preview` and `choose_bank` draw it again without storing anything."""
    posted = request.POST if request.method == "POST" else None
    form = LessonForm(posted, kind=kind, course=course, lesson=lesson, user=request.user)
    only_looks = posted is not None and ("preview" in posted or "choose_bank" in posted)
    if posted is not None and not only_looks and form.is_valid():
        try:
            form.take_upload(posted_file(request, UPLOAD, unit=course.unit, now=read_now()))
            stored = store(form)
        except DomainError as refusal:
            fields = {code: name for code, name in LESSON_FIELDS.items() if name in form.fields}
            add_refusal(form, refusal, fields)
        else:
            messages.success(request, _("Đã lưu bài “%(title)s”.") % {"title": stored.title})
            return redirect(reverse("w-course", args=[course.pk]) + f"#bai-{stored.pk}")
    if only_looks and posted is not None:
        form = LessonForm(None, kind=kind, course=course, lesson=lesson, user=request.user)
        form = form.again(posted)
    context = {
        "course": course,
        "lesson": lesson,
        "form": form,
        "kind": LessonKind(kind).label,
        "is_quiz": kind == LessonKind.QUIZ,
        "groups": form.groups(),
        "uploaded": posted_again(request, UPLOAD),
        "shown": to_html(posted.get("body", "")) if posted and "preview" in posted else "",
    }
    status = form_status(form)
    return render(request, "frontend/workplace/course/lesson.html", context, status=status)


@require_GET
@workplace_view(*RUN_TRAINING)
def flagged(request: HttpRequest) -> HttpResponse:
    """Lessons whose basis is out of force and nobody decided about, over all courses run."""
    return _flagged_page(request)


def _flagged_page(
    request: HttpRequest, *, refusal: DomainError | None = None, refused: int | None = None
) -> HttpResponse:
    today = timezone.localdate(read_now())
    reach = Course.objects.within_reach_of(request.user, *RUN_TRAINING)
    rows = [
        (
            each,
            [
                citation_end(cited)
                for cited in each.citations.all()
                if cited.ends_on and cited.ends_on <= today and cited.kept_by_id is None
            ],
        )
        for each in flagged_lessons(courses=reach, on=today)
    ]
    context = {"rows": rows, "refusal": refusal, "refused": refused, "longest": LONGEST_REASON}
    context["reason"] = request.POST.get("reason", "")
    return render(request, "frontend/workplace/course/flagged.html", context)


@require_POST
@course_view(*RUN_TRAINING)
def keep(request: HttpRequest, _course: Course, lesson: Lesson) -> HttpResponse:
    """Decide that a lesson is right although its basis ended."""

    def done() -> HttpResponse:
        now = read_now()
        keep_lesson(
            lesson=lesson,
            reason=request.POST.get("reason", ""),
            user=request.user,
            now=now,
            on=timezone.localdate(now),
        )
        messages.success(request, _("Đã ghi: bài “%(title)s” vẫn đúng.") % {"title": lesson.title})
        return redirect("w-lessons-flagged")

    return attempted(
        done, lambda refusal: _flagged_page(request, refusal=refusal, refused=lesson.pk)
    )
