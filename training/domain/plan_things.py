"""What the program itself holds and a plan's task may be proven by, and what it counts.

Nothing counts before it is public or was held; of a contest only rounds whose count may be told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.utils import timezone

from accounts.models import OrgUnit, User
from quiz.models import Contest
from training.domain.contest_counts import count_entries, told_rounds
from training.domain.plan_errors import ThingNotFound
from training.enums import CourseState, MaterialKind, PlanThing, TargetKind
from training.models import (
    Attendance,
    Bulletin,
    Course,
    Enrolment,
    Faq,
    Material,
    Survey,
    SurveyFigures,
    TrainingClass,
)
from training.permissions import SEE_TRAINING

SHOWN = 40
_OF_MATERIALS = {
    TargetKind.VIDEOS: MaterialKind.VIDEO,
    TargetKind.BROADCASTS: MaterialKind.AUDIO,
    TargetKind.ARTICLES: MaterialKind.POST,
}


@dataclass(frozen=True)
class Thing:
    """One of them, as a task's evidence names it; `day` is when it came about."""

    kind: str
    pk: int
    title: str
    day: date | None


@dataclass(frozen=True)
class _Kind:
    """Where the things come from (with `unit_id`), when they came about, what they count."""

    rows: Callable[[], QuerySet[Any]]
    moment: Callable[[Any], datetime | None]
    count: Callable[[int, str], int]
    title: str = "title"


def _classes() -> QuerySet[Any]:
    held = TrainingClass.objects.filter(cancelled_at=None)
    return held.annotate(over=Max("sessions__ends_at"))


def _contests() -> QuerySet[Any]:
    return Contest.objects.public().annotate(over=Max("rounds__closes_at"))


def _count_contest(pk: int, target: str) -> int:
    contest = Contest.objects.public().filter(pk=pk).first()
    rounds = told_rounds(contest=contest) if contest else []
    if target == TargetKind.CONTESTS:
        return int(bool(rounds))
    return count_entries(rounds) if target == TargetKind.ENTRIES else 0


def _count_course(pk: int, target: str) -> int:
    if target != TargetKind.LEARNERS:
        return int(target == TargetKind.OTHER and Course.objects.filter(pk=pk).exists())
    done = Enrolment.objects.filter(course=pk, withdrawn_at=None, completed_at__isnull=False)
    return done.aggregate(count=Count("person", distinct=True))["count"]


def _count_class(pk: int, target: str) -> int:
    came = Attendance.objects.filter(
        session__training_class=pk, session__training_class__cancelled_at=None
    )
    if target == TargetKind.LEARNERS:
        return came.aggregate(count=Count("person", distinct=True))["count"]
    return int(target in (TargetKind.CLASSES, TargetKind.OTHER) and came.exists())


def _count_material(pk: int, target: str) -> int:
    shown = Material.objects.public().filter(pk=pk)
    if target in _OF_MATERIALS:
        shown = shown.filter(kind=_OF_MATERIALS[TargetKind(target)])
    counted = {*_OF_MATERIALS, TargetKind.MATERIALS, TargetKind.OTHER}
    return int(target in counted and shown.exists())


def _count_bulletin(pk: int, target: str) -> int:
    issue = Bulletin.objects.public().filter(pk=pk).annotate(count=Count("articles")).first()
    if issue is None:
        return 0
    if target == TargetKind.ARTICLES:
        return issue.count
    return int(target in (TargetKind.BULLETINS, TargetKind.OTHER))


def _count_survey(pk: int, target: str) -> int:
    if target != TargetKind.SURVEYED:
        return int(target == TargetKind.OTHER and Survey.objects.filter(pk=pk).exists())
    told = SurveyFigures.objects.filter(version__survey=pk)
    return told.aggregate(sum=Sum("answers"))["sum"] or 0


def _count_faq(pk: int, target: str) -> int:
    counted = target in (TargetKind.FAQS, TargetKind.OTHER)
    return int(counted and Faq.objects.filter(pk=pk, is_shown=True).exists())


_KINDS: dict[str, _Kind] = {
    PlanThing.CONTEST: _Kind(_contests, lambda row: row.over, _count_contest),
    PlanThing.COURSE: _Kind(
        lambda: Course.objects.exclude(state=CourseState.DRAFT),
        lambda row: row.published_at,
        _count_course,
    ),
    PlanThing.CLASS: _Kind(_classes, lambda row: row.over, _count_class),
    PlanThing.MATERIAL: _Kind(
        Material.objects.public, lambda row: row.published_at, _count_material
    ),
    PlanThing.BULLETIN: _Kind(
        Bulletin.objects.public, lambda row: row.published_at, _count_bulletin
    ),
    PlanThing.SURVEY: _Kind(Survey.objects.all, lambda _row: None, _count_survey),
    PlanThing.FAQ: _Kind(
        lambda: Faq.objects.filter(is_shown=True), lambda _row: None, _count_faq, "question"
    ),
}


def things_seen(user: User) -> list[Thing]:
    """What a person may choose from: of each kind the newest in their reach."""
    reach = OrgUnit.objects.reached_by(user, *SEE_TRAINING).order_by().values("pk")
    return [
        _thing(kind, row)
        for kind in PlanThing
        for row in _KINDS[kind].rows().filter(unit__in=reach).order_by("-pk")[:SHOWN]
    ]


def find_thing(*, kind: str, pk: int, user: User) -> Thing:
    """Raises ThingNotFound for what is not there or out of the person's reach."""
    if kind not in _KINDS:
        raise ThingNotFound
    reach = OrgUnit.objects.reached_by(user, *SEE_TRAINING).order_by().values("pk")
    row = _KINDS[kind].rows().filter(unit__in=reach, pk=pk).first()
    if row is None:
        raise ThingNotFound
    return _thing(kind, row)


def _thing(kind: str, row: Any) -> Thing:
    told, moment = _KINDS[kind], _KINDS[kind].moment(row)
    day = timezone.localdate(moment) if moment else None
    return Thing(kind, row.pk, getattr(row, told.title)[:250], day)


def is_there(*, kind: str, pk: int) -> bool:
    """Whether it can still be looked at."""
    return _KINDS[kind].rows().filter(pk=pk).exists()


class ThingCounts:
    """How much of a target each thing is now; asked of each once while a plan is read."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, str], int] = {}

    def of(self, *, kind: str, pk: int, target: str) -> int:
        """0 of what is gone or not told yet."""
        asked = (kind, pk, target)
        if asked not in self._known:
            self._known[asked] = _KINDS[kind].count(pk, target)
        return self._known[asked]
