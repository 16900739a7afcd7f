"""The report of training: one unit with all below it, over a period, as its reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from accounts.errors import NotFound
from accounts.models import OrgUnit, User
from accounts.queries.org_unit import OrgUnitQuerySet
from training.domain.gaps import sorted_by_missing
from training.domain.hours import PersonHours, read_hours
from training.domain.hours_people import people_in_view
from training.domain.weak_clauses import ClauseCount, count_clauses
from training.models import Course, Enrolment
from training.permissions import SEE_TRAINING
from training.queries.enrolment import EnrolmentQuerySet
from training.queries.training_report import (
    Count,
    Period,
    certificates_by_unit,
    count_enrolments,
    people_by_unit,
)


@dataclass(frozen=True)
class UnitLine:
    """A unit with all below it; of the unit reported on, those who belong to it directly."""

    unit: OrgUnit
    people: int
    count: Count
    certificates: int


@dataclass(frozen=True)
class CourseLine:
    course: Course
    count: Count


@dataclass(frozen=True)
class TrainingReport:
    """Everything one page, one workbook and one answer of the API tell."""

    unit: OrgUnit
    period: Period
    course: Course | None
    whole: Count
    people: int
    certificates: int
    units: list[UnitLine]
    courses: list[CourseLine]
    clauses: list[ClauseCount]


def reported_units(user: User) -> OrgUnitQuerySet:
    """Units whose training the person may see reported."""
    return OrgUnit.objects.reached_by(user, *SEE_TRAINING)


def unit_to_report(*, user: User, code: str = "") -> OrgUnit:
    """The unit of that code, or the topmost in reach. Raises NotFound out of reach."""
    units = reported_units(user).select_related("parent")
    unit = units.filter(code=code).first() if code else _topmost(units, user)
    if unit is None:
        raise NotFound
    return unit


def _topmost(units: OrgUnitQuerySet, user: User) -> OrgUnit | None:
    """Their own unit where they see all of it, else the first at the top of their reach."""
    tops = units.tops()
    return tops.filter(pk=user.unit_id).first() or tops.order_by("sort_name", "code").first()


def read_report(
    *, user: User, unit: OrgUnit, first: date, last: date, today: date, course: Course | None = None
) -> TrainingReport:
    """Raises NotFound for a unit out of the person's reach."""
    if not reported_units(user).filter(pk=unit.pk).exists():
        raise NotFound
    period = Period(first, last, today)
    course_id = course.pk if course else None
    counts = count_enrolments(root=unit.pk, period=period, course=course_id)
    people = people_by_unit(root=unit.pk)
    papers = certificates_by_unit(root=unit.pk, period=period)
    courses = Course.objects.in_bulk(list(counts.courses))
    return TrainingReport(
        unit=unit,
        period=period,
        course=course,
        whole=_sum(counts.units.values()),
        people=sum(people.values()),
        certificates=sum(papers.values()),
        units=_lines(unit, counts.units, people, papers),
        courses=sorted(
            (CourseLine(courses[pk], count) for pk, count in counts.courses.items()),
            key=lambda line: (line.course.title, line.course.pk),
        ),
        clauses=count_clauses(unit=unit, first=first, last=last),
    )


def _sum(counts: Iterable[Count]) -> Count:
    """Parts have no person in common."""
    rows = [(c.persons, c.enrolments, c.done, c.exempt, c.late) for c in counts]
    return Count(*(sum(column) for column in zip(*rows, strict=True))) if rows else Count()


def _lines(
    unit: OrgUnit, counts: dict[int, Count], people: dict[int, int], papers: dict[int, int]
) -> list[UnitLine]:
    """The unit's own people first; units with nobody and nothing are left out."""
    known = OrgUnit.objects.in_bulk(list(people.keys() | counts.keys()))
    shown = sorted(known.values(), key=lambda each: (each.pk != unit.pk, each.sort_name))
    return [
        UnitLine(each, people.get(each.pk, 0), counts.get(each.pk, Count()), papers.get(each.pk, 0))
        for each in shown
    ]


def officer_hours(*, user: User, unit: OrgUnit, year: int) -> list[PersonHours]:
    """Each officer's hours of the year, of the unit and below, who misses most first.

    Raises NotFound for a unit out of the person's reach.
    """
    if not reported_units(user).filter(pk=unit.pk).exists():
        raise NotFound
    people = list(people_in_view(user=user, unit_id=unit.pk))
    return sorted_by_missing(read_hours(people=people, year=year))


def late_enrolments(*, user: User, unit: OrgUnit, today: date) -> EnrolmentQuerySet:
    """Who of the unit and below is late with what, the longest first. Raises NotFound."""
    if not reported_units(user).filter(pk=unit.pk).exists():
        raise NotFound
    below = OrgUnit.objects.below([unit.pk])
    rows = Enrolment.objects.overdue(today).filter(person__unit__in=below)
    shown = rows.select_related("person__unit", "course")
    return shown.order_by("due_on", "person__unit__sort_name", F("person__full_name"), "pk")
