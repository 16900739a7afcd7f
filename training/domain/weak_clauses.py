"""Which clauses a unit knows least, told of whole tens of people, and what to study about them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import OrgUnit
from accounts.queries.org_unit import units_above
from training.models import ClauseBatch, Course, Lesson, LessonCitation
from training.queries.clause_batch import TEN, gather_batches

# Answers of fewer people say something about each of them.
FEWEST = TEN
# Whoever ended a try within the last minute may not have been seen yet: their place is not sure.
SETTLED = timedelta(minutes=1)
# Below so many of a hundred right answers a clause is called weak.
WEAK_PERCENT = 70
LESSONS_SHOWN = 2


@dataclass(frozen=True)
class ClauseCount:
    """First answers to items that cite a clause, by how many persons, how many of them right."""

    document: str
    document_id: int
    clause: str
    persons: int
    answers: int
    right: int

    @property
    def percent(self) -> int:
        return self.right * 100 // self.answers


@dataclass(frozen=True)
class StudiedClause:
    """A clause with what to study about it."""

    count: ClauseCount
    lessons: tuple[Lesson, ...]


def gather_clauses(*, now: datetime) -> int:
    """The worker's turn: every ten that became full; how many did."""
    return gather_batches(before=now - SETTLED)


def count_clauses(*, unit: OrgUnit, first: date, last: date) -> list[ClauseCount]:
    """Of a unit with all below, the weakest first.

    Whatever is subtracted from whatever (units from those above them, periods, yesterday), whole
    tens are between them: a ten belongs to one unit and to the day on which it was full. Who has
    answered since the last full ten of their unit is told of when it is full.
    """
    rows = ClauseBatch.objects.of_unit(unit.pk, first=first, last=last).by_clause()
    return [
        ClauseCount(
            document=row["document_number"],
            document_id=row["document"],
            clause=row["clause"],
            persons=row["persons"],
            answers=row["all"],
            right=row["correct"],
        )
        for row in rows
    ]


def with_lessons(
    *, unit: OrgUnit, counts: Sequence[ClauseCount], today: date
) -> list[StudiedClause]:
    """Each with lessons that cite it, of courses that run today and are for the unit's people."""
    lessons = _lessons(unit, {each.document_id for each in counts}, today)
    return [StudiedClause(each, _fitting(each, lessons[each.document_id])) for each in counts]


def weak_clauses(*, unit: OrgUnit, now: datetime, most: int) -> list[StudiedClause]:
    """Those of the last twelve months of which less than `WEAK_PERCENT` was right."""
    today = timezone.localdate(now)
    counts = count_clauses(unit=unit, first=today - timedelta(days=365), last=today)
    weak = [each for each in counts if each.percent < WEAK_PERCENT]
    return with_lessons(unit=unit, counts=weak[:most], today=today)


def _lessons(unit: OrgUnit, documents: set[int], today: date) -> dict[int, list[LessonCitation]]:
    """By document, citations of lessons in courses that run and are for the unit's people."""
    courses = Course.objects.running_on(today).filter(unit__in=units_above([unit.pk]))
    cited = LessonCitation.objects.filter(
        document__in=documents, lesson__is_retired=False, lesson__module__course__in=courses
    )
    found: dict[int, list[LessonCitation]] = defaultdict(list)
    for each in cited.select_related("lesson__module__course").order_by("pk"):
        found[each.document_id].append(each)
    return found


def _fitting(count: ClauseCount, cited: list[LessonCitation]) -> tuple[Lesson, ...]:
    """Lessons about the clause itself first, then about the document."""
    ordered = sorted(cited, key=lambda each: each.clause != count.clause)
    lessons = {each.lesson_id: each.lesson for each in ordered}
    return tuple(lessons.values())[:LESSONS_SHOWN]
