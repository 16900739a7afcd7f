"""What people said of a course or class, told by tens; and what a course taught."""

from fractions import Fraction

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.classes import class_of
from frontend.pages.workplace.contest_access import attempted
from frontend.pages.workplace.posted import posted_number
from training.domain.feedbacks import read_feedback
from training.domain.gains import quizzes_of, read_gain, set_gain_pair
from training.engine.gain import BATCH
from training.models import Course, GainPair
from training.permissions import RUN_TRAINING, SEE_TRAINING, courses_to_run, may_run_course

FOLDER = "frontend/workplace/training/feedback"


def _course(request: HttpRequest, pk: int) -> Course:
    """A course of a unit in reach: what its people said is for who holds it."""
    courses = Course.objects.within_reach_of(request.user, *SEE_TRAINING)
    return get_object_or_404(courses.select_related("unit"), pk=pk)


@require_GET
@workplace_view(*SEE_TRAINING)
def course_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    return _course_page(request, _course(request, pk))


def _course_page(
    request: HttpRequest, course: Course, refusal: DomainError | None = None
) -> HttpResponse:
    pair = GainPair.objects.filter(course=course).select_related("before", "after").first()
    gain = read_gain(course=course)
    context = {
        "course": course,
        "figures": read_feedback(subject=course),
        "fewest": BATCH,
        "pair": pair,
        "gain": gain,
        "before": _percent(gain.before) if gain else "",
        "after": _percent(gain.after) if gain else "",
        "normalised": _two_places(gain.gain) if gain and gain.gain is not None else "",
        "quizzes": [(str(each.pk), each.title) for each in quizzes_of(course)],
        "runs": may_run_course(request.user, course),
        "refusal": refusal,
    }
    return render(request, f"{FOLDER}/course.html", context)


def _percent(share: Fraction) -> str:
    return f"{round(share * 100)} %"


def _two_places(value: Fraction) -> str:
    """“0,62”, as decimals are written here."""
    return f"{float(value):.2f}".replace(".", ",")


@require_POST
@workplace_view(*RUN_TRAINING)
def gain_pair(request: HttpRequest, pk: int) -> HttpResponse:
    course = get_object_or_404(courses_to_run(request.user), pk=pk)

    def act() -> HttpResponse:
        set_gain_pair(
            course=course,
            before=posted_number(request, "before") or 0,
            after=posted_number(request, "after") or 0,
            user=request.user,
        )
        messages.success(request, _("Đã lưu."))
        return redirect("w-course-feedback", pk=pk)

    return attempted(act, lambda refusal: _course_page(request, course, refusal))


@require_GET
@workplace_view(*SEE_TRAINING)
def class_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    held = class_of(request, pk, *SEE_TRAINING)
    context = {"held": held, "figures": read_feedback(subject=held), "fewest": BATCH}
    return render(request, f"{FOLDER}/class.html", context)
