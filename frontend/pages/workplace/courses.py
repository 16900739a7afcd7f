"""Courses in the workplace: those within reach, a new one, one with its lessons."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError
from accounts.models import OrgUnit
from accounts.permissions import holds_any
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.contest_access import attempted
from frontend.pages.workplace.course_access import course_view
from frontend.pages.workplace.course_forms import COURSE_FIELDS, NewCourseForm, form_of
from frontend.pages.workplace.course_forms import CourseForm as ChangeForm
from frontend.pages.workplace.refused import add_refusal, form_status
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search
from quiz.domain.clock import read_now
from training.domain.completion_words import rule_words
from training.domain.course_checklist import missing_to_publish
from training.domain.course_copies import copy_course
from training.domain.courses import (
    archive_course,
    change_course,
    create_course,
    publish_course,
    withdraw_course,
)
from training.domain.lesson_citations import flagged_lessons
from training.domain.progress import rule_of
from training.enums import CourseState, LessonKind
from training.models import Course, Lesson
from training.permissions import RUN_TRAINING, SEE_TRAINING, may_run_course

PER_PAGE = 30


@require_GET
@workplace_view(*SEE_TRAINING)
def courses(request: HttpRequest) -> HttpResponse:
    """The courses within reach, each with its lessons and learners."""
    reach = Course.objects.within_reach_of(request.user, *SEE_TRAINING)
    in_use = Q(modules__lessons__is_retired=False)
    rows = (
        reach.select_related("unit")
        .order_by("title", "pk")
        .annotate(lesson_count=Count("modules__lessons", filter=in_use, distinct=True))
    )
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "runs": holds_any(request.user, *RUN_TRAINING),
        "flagged": flagged_lessons(courses=reach, on=timezone.localdate(read_now())).count(),
    }
    return render(request, "frontend/workplace/course/courses.html", context)


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def new_course(request: HttpRequest) -> HttpResponse:
    form = NewCourseForm(request.POST or None)
    units = OrgUnit.objects.reached_by(request.user, *RUN_TRAINING)
    form.fields["unit"].units = units
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        try:
            course = create_course(
                unit=form.cleaned_data["unit"], given=form.given(), user=request.user
            )
        except DomainError as refusal:
            add_refusal(form, refusal, COURSE_FIELDS)
        else:
            messages.success(request, _("Đã lập khoá học. Thêm phần và bài học."))
            return redirect("w-course", pk=course.pk)
    context = {"form": form, "unit": UnitChoice(form, "unit", chosen=units.tops().first())}
    status = form_status(form)
    return render(request, "frontend/workplace/course/course_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@course_view(*RUN_TRAINING)
def change(request: HttpRequest, course: Course) -> HttpResponse:
    form = ChangeForm(request.POST) if request.method == "POST" else form_of(course)
    if form.is_bound and form.is_valid():
        try:
            change_course(course=course, given=form.given(), user=request.user)
        except DomainError as refusal:
            add_refusal(form, refusal, COURSE_FIELDS)
        else:
            messages.success(request, _("Đã lưu thông tin khoá học."))
            return redirect("w-course", pk=course.pk)
    status = form_status(form)
    context = {"form": form, "course": course}
    return render(request, "frontend/workplace/course/course_form.html", context, status=status)


@require_GET
@course_view(*SEE_TRAINING)
def course(request: HttpRequest, course: Course) -> HttpResponse:
    return course_page(request, course)


def course_page(
    request: HttpRequest, course: Course, *, refusal: DomainError | None = None
) -> HttpResponse:
    """Modules and lessons in order, what is missing, and what may be done."""
    now = read_now()
    lessons = Prefetch("lessons", Lesson.objects.select_related("file"))
    modules = list(course.modules.prefetch_related(lessons))
    own = Course.objects.filter(pk=course.pk)
    flagged = flagged_lessons(courses=own, on=timezone.localdate(now))
    context = {
        "course": course,
        "modules": [(module, [_row(each) for each in module.lessons.all()]) for module in modules],
        "kinds": LessonKind.choices,
        "runs": may_run_course(request.user, course),
        "missing": missing_to_publish(course=course, now=now),
        "flagged": set(flagged.values_list("pk", flat=True)),
        "learners": course.enrolments.filter(withdrawn_at=None).count(),
        "ways": _ways(request, course),
        "published": course.state == CourseState.PUBLISHED,
        "refusal": refusal,
    }
    return render(request, "frontend/workplace/course/course.html", context)


def _ways(request: HttpRequest, course: Course) -> list[tuple[str, str, str]]:
    """(address, words, icon) of what else there is about the course."""
    asked = urlencode({"course": course.code})
    ways = [
        (reverse("w-course-preview", args=[course.pk]), _("Xem như người học"), "eye"),
        (reverse("w-course-people", args=[course.pk]), _("Người học"), "users"),
        (f"{reverse('w-training-report')}?{asked}", _("Báo cáo"), "chart-column"),
        (f"{reverse('w-classes')}?{asked}", _("Lớp trực tiếp"), "presentation"),
        (f"{reverse('w-certificates')}?{asked}", _("Giấy xác nhận"), "award"),
        (reverse("w-course-feedback", args=[course.pk]), _("Đánh giá"), "message-square-text"),
    ]
    if may_run_course(request.user, course):
        terms = reverse("w-course-terms", args=[course.pk])
        ways[2:2] = [
            (reverse("w-enrol-people", args=[course.pk]), _("Ghi danh"), "user-plus"),
            (terms, _("Điều kiện ghi danh"), "calendar-clock"),
        ]
    return ways


def _row(lesson: Lesson) -> tuple[Lesson, list[str]]:
    """A lesson and its rule in words; none where it can't be read."""
    try:
        return lesson, rule_words(rule_of(lesson))
    except ValueError:
        return lesson, []


@require_POST
@course_view(*RUN_TRAINING)
def course_state(request: HttpRequest, course: Course) -> HttpResponse:
    """Posted: `act`, one of open, archive, withdraw."""
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "open": (
            lambda: publish_course(course=course, user=request.user, now=read_now()),
            _("Khoá học đã mở cho người học."),
        ),
        "archive": (
            lambda: archive_course(course=course, user=request.user),
            _("Đã lưu trữ khoá học."),
        ),
        "withdraw": (
            lambda: withdraw_course(course=course, user=request.user),
            _("Khoá học về bản nháp."),
        ),
    }
    if request.POST.get("act") not in acts:
        raise Http404
    act, said = acts[request.POST["act"]]

    def done() -> HttpResponse:
        act()
        messages.success(request, said)
        return redirect("w-course", pk=course.pk)

    return attempted(done, lambda refusal: course_page(request, course, refusal=refusal))


@require_POST
@course_view(*RUN_TRAINING)
def course_copy(request: HttpRequest, course: Course) -> HttpResponse:
    copy = copy_course(course=course, user=request.user)
    messages.success(request, _("Đã sao chép; đây là bản nháp mới."))
    return redirect("w-course", pk=copy.pk)
