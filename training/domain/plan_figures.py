"""What happened in a period at a unit and below, for the report of its plan.

Everything that another report tells too is read from that report's own function. Days are
Vietnamese.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F
from django.utils import timezone

from accounts.domain.days import midnight
from accounts.models import OrgUnit, User
from accounts.queries.org_unit import OrgUnitQuerySet
from training.domain.contest_figures import ContestFigures, read_contests
from training.domain.hours import hours_by_unit
from training.domain.survey_figures import read_result, seen_desks
from training.domain.training_reports import TrainingReport, read_report
from training.enums import InquiryState, MaterialKind
from training.models import (
    Attendance,
    Bulletin,
    ClassSession,
    Faq,
    Inquiry,
    Material,
    Survey,
    SurveyVersion,
    VisitDay,
)
from training.permissions import SEE_TRAINING

DECIDED = (InquiryState.PUBLISHED, InquiryState.REFUSED)


@dataclass(frozen=True)
class Stretch:
    """From the first to the last day, both counted, as known at `now`."""

    first: date
    last: date
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def over(self) -> bool:
        return self.today > self.last

    @property
    def begins(self) -> datetime:
        return midnight(self.first)

    @property
    def ends(self) -> datetime:
        return midnight(self.last + timedelta(days=1))


@dataclass(frozen=True)
class ClassFigures:
    """Classes with a sitting that has begun; `people` once each, `presences` once a sitting."""

    classes: int
    sessions: int
    people: int
    presences: int


@dataclass(frozen=True)
class InquiryFigures:
    """`answered` in the period, publicly or with the reason why not; `in_time` of them, None where
    the plan names no number of days. `waiting` are those without an answer now.
    """

    received: int
    answered: int
    refused: int
    in_time: int | None
    waiting: int
    overdue: int | None


@dataclass(frozen=True)
class SurveyLine:
    """Answers told in the period (tens at least), and of all marks those that are satisfied."""

    title: str
    answers: int
    satisfied: int
    marks: int


@dataclass(frozen=True)
class Figures:
    """Everything a report counts in one period. `visits`: (first of a month, visits, views)."""

    stretch: Stretch
    contests: ContestFigures
    classes: ClassFigures
    training: TrainingReport
    study_minutes: int
    materials: Sequence[tuple[MaterialKind, int]]
    bulletins: Sequence[tuple[str, int]]
    faqs: int
    inquiries: InquiryFigures
    visits: Sequence[tuple[date, int, int]]
    surveys: Sequence[SurveyLine]


def read_figures(
    *, unit: OrgUnit, stretch: Stretch, answer_days: int | None, user: User
) -> Figures:
    """Raises NotFound for a unit out of the person's reach."""
    report = read_report(
        user=user, unit=unit, first=stretch.first, last=stretch.last, today=stretch.today
    )
    units = OrgUnit.objects.below([unit.pk])
    return Figures(
        stretch=stretch,
        contests=read_contests(units=units, begins=stretch.begins, ends=stretch.ends),
        classes=_classes(units, stretch),
        training=report,
        study_minutes=_study_minutes(units, stretch),
        materials=_materials(units, stretch),
        bulletins=_bulletins(units, stretch),
        faqs=Faq.objects.filter(unit__in=units, is_shown=True).count(),
        inquiries=_inquiries(units, stretch, answer_days),
        visits=_visits(stretch),
        surveys=_surveys(user, units, stretch),
    )


def _classes(units: OrgUnitQuerySet, stretch: Stretch) -> ClassFigures:
    sessions = ClassSession.objects.filter(
        training_class__unit__in=units,
        training_class__cancelled_at=None,
        begins_at__gte=stretch.begins,
        begins_at__lt=min(stretch.ends, stretch.now),
    )
    came = Attendance.objects.filter(session__in=sessions)
    return ClassFigures(
        **sessions.aggregate(
            classes=Count("training_class", distinct=True), sessions=Count("pk", distinct=True)
        ),
        **came.aggregate(people=Count("person", distinct=True), presences=Count("pk")),
    )


def _study_minutes(units: OrgUnitQuerySet, stretch: Stretch) -> int:
    """Of those who belong to the units now, what they studied while they belonged to them."""
    people = list(User.objects.filter(is_active=True, unit__in=units))
    minutes = hours_by_unit(
        people=people, year=stretch.first.year, first=stretch.first, last=stretch.last
    )
    within = set(units.order_by().values_list("pk", flat=True))
    return sum(spent for unit, spent in minutes.items() if unit in within)


def _materials(units: OrgUnitQuerySet, stretch: Stretch) -> list[tuple[MaterialKind, int]]:
    shown = Material.objects.public().filter(
        unit__in=units, published_at__gte=stretch.begins, published_at__lt=stretch.ends
    )
    counts = dict(shown.order_by().values("kind").annotate(n=Count("pk")).values_list("kind", "n"))
    return [(kind, counts[kind]) for kind in MaterialKind if kind in counts]


def _bulletins(units: OrgUnitQuerySet, stretch: Stretch) -> list[tuple[str, int]]:
    issues = Bulletin.objects.public().filter(
        unit__in=units, published_at__gte=stretch.begins, published_at__lt=stretch.ends
    )
    rows = issues.annotate(n=Count("articles")).order_by("published_at", "pk")
    return list(rows.values_list("title", "n"))


def _inquiries(units: OrgUnitQuerySet, stretch: Stretch, days: int | None) -> InquiryFigures:
    asked = Inquiry.objects.filter(unit__in=units)
    received = asked.filter(asked_at__gte=stretch.begins, asked_at__lt=stretch.ends)
    answered = asked.filter(
        state__in=DECIDED, decided_at__gte=stretch.begins, decided_at__lt=stretch.ends
    )
    waiting = asked.exclude(state__in=DECIDED).filter(asked_at__lt=stretch.ends)
    in_time = overdue = None
    if days is not None:
        allowed = timedelta(days=days)
        in_time = answered.filter(decided_at__lte=F("asked_at") + allowed).count()
        overdue = waiting.filter(asked_at__lt=stretch.now - allowed).count()
    return InquiryFigures(
        received=received.count(),
        answered=answered.count(),
        refused=answered.filter(state=InquiryState.REFUSED).count(),
        in_time=in_time,
        waiting=waiting.count(),
        overdue=overdue,
    )


def _visits(stretch: Stretch) -> list[tuple[date, int, int]]:
    """Of the whole installation: visits are counted of no unit."""
    days = VisitDay.objects.filter(day__gte=stretch.first, day__lte=stretch.last)
    months = reversed(days.by_month())
    return [(row["month"], row["visits"], row["views"]) for row in months]


def _surveys(user: User, units: OrgUnitQuerySet, stretch: Stretch) -> list[SurveyLine]:
    """A line a survey; versions are added up, since each was asked in its own weeks."""
    first, last = stretch.first.replace(day=1), stretch.last.replace(day=1)
    lines = []
    for survey in Survey.objects.asked_within_reach_of(user, *SEE_TRAINING).order_by("title"):
        desks = seen_desks(survey=survey, user=user) & units
        told = SurveyVersion.objects.filter(
            survey=survey, figures__unit__in=desks, figures__month__range=(first, last)
        )
        found = [
            read_result(version=version, units=desks, first=first, last=last)
            for version in told.distinct().order_by("number")
        ]
        if found:
            lines.append(
                SurveyLine(
                    survey.title,
                    sum(each.answers for each in found),
                    sum(each.satisfied for each in found),
                    sum(each.marks for each in found),
                )
            )
    return lines
