"""Who takes which course: the courses, and the people of one, late first."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import OrgUnit
from accounts.queries.org_unit import OrgUnitQuerySet
from frontend.pages.workplace.access import workplace_view
from training.domain.enrolment_search import find_enrolments
from training.domain.enrolment_terms import terms_of
from training.enums import EnrolmentStanding
from training.models import Course, UnitEnrolment
from training.permissions import (
    RUN_TRAINING,
    SEE_TRAINING,
    courses_for_units_of,
    may_run_course,
    seen_enrolments,
)
from training.queries.enrolment import EnrolmentQuerySet

PER_PAGE = 50
SHORT_LIST = 80
TONES = {
    EnrolmentStanding.LATE: "danger",
    EnrolmentStanding.LEARNING: "info",
    EnrolmentStanding.DONE: "success",
}


def course_of(request: HttpRequest, pk: int) -> Course:
    """A course in whose people the person has a say, or may look; else 404."""
    courses = courses_for_units_of(request.user, *SEE_TRAINING).select_related("unit")
    return get_object_or_404(courses, pk=pk)


def enrols(request: HttpRequest) -> bool:
    return request.user.memberships.filter(role__in=RUN_TRAINING).exists()


@require_GET
@workplace_view(*SEE_TRAINING)
def enrolments(request: HttpRequest) -> HttpResponse:
    """Courses for one's people, each with how far these are."""
    rows = courses_for_units_of(request.user, *SEE_TRAINING).select_related("unit")
    page = Paginator(rows.order_by("title", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    counts = _counts(request, shown)
    context = {"page": page, "rows": [(course, counts.get(course.pk, {})) for course in shown]}
    return render(request, "frontend/workplace/training/enrolment/courses.html", context)


def _counts(request: HttpRequest, courses: Iterable[Course]) -> dict[int, dict[str, int]]:
    """{course id: {"all", "done", "late", "exempt"}} of the people one may see."""
    today = timezone.localdate()
    open_now = Q(completed_at=None, exempted_at=None)
    newest = seen_enrolments(request.user).newest().filter(course__in=courses).order_by()
    found = newest.values("course").annotate(
        all=Count("pk"),
        done=Count("pk", filter=Q(completed_at__isnull=False)),
        exempt=Count("pk", filter=Q(completed_at=None, exempted_at__isnull=False)),
        late=Count("pk", filter=open_now & Q(due_on__lt=today)),
    )
    return {row.pop("course"): row for row in found}


@require_GET
@workplace_view(*SEE_TRAINING)
def course_people(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of one course, by state, unit and name."""
    course = course_of(request, pk)
    asked = Asked(request)
    rows = asked.apply(seen_enrolments(request.user).filter(course=course))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "course": course,
        "asked": asked,
        "page": page,
        "rows": [(each, *badge_of(each)) for each in page],
        "counts": _counts(request, [course]).get(course.pk, {}),
        "standings": [("", _("Tất cả")), *EnrolmentStanding.choices],
        "enrols": enrols(request),
        "runs": may_run_course(request.user, course),
        "held": Course.objects.within_reach_of(request.user, *SEE_TRAINING).filter(pk=pk).exists(),
        "terms": terms_of(course),
        "rules": UnitEnrolment.objects.filter(course=course, ended_at=None).count(),
    }
    return render(request, "frontend/workplace/training/enrolment/people.html", context)


def badge_of(enrolment: Any) -> tuple[str, str]:
    """The words and the tone of where an enrolment is."""
    standing = EnrolmentStanding(enrolment.standing_now)
    return str(standing.label), TONES.get(standing, "neutral")


def _unit_named(units: OrgUnitQuerySet, text: str) -> OrgUnit | None:
    """By its code, or the only one of that name."""
    if not text:
        return None
    found = units.select_related("parent")
    by_code = found.filter(code=text).first()
    if by_code is not None:
        return by_code
    matching = list(found.matching(text)[:2])
    return matching[0] if len(matching) == 1 else None


class Asked:
    """What the address asks for: a state, a unit with all below it, words of a name."""

    def __init__(self, request: HttpRequest) -> None:
        self.standing = request.GET.get("state", "")
        self.query = request.GET.get("q", "").strip()[:80]
        self.named_unit = request.GET.get("unit", "").strip()[:80]
        units = OrgUnit.objects.reached_by(request.user, *SEE_TRAINING)
        self.unit = _unit_named(units, self.named_unit)
        self.short = units.count() <= SHORT_LIST
        named = [(unit.code, unit.name) for unit in units] if self.short else []
        self.units = [("", _("Tất cả")), *named]
        self.code = self.unit.code if self.unit else ""
        self.any = bool(self.standing or self.query or self.named_unit)

    def apply(self, rows: EnrolmentQuerySet) -> EnrolmentQuerySet:
        """Late first, then by due date; whoever was withdrawn only if asked for."""
        if self.named_unit and self.unit is None:
            return rows.none()
        return find_enrolments(
            rows=rows,
            day=timezone.localdate(),
            standing=self.standing,
            unit=self.unit,
            words=self.query,
        )
