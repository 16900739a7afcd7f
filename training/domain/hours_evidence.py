"""What stands behind a person's figures: stretches, days and lessons, papers, completed courses."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.dates import VIETNAM
from accounts.models import User
from training.domain.class_hours import AttendedDay, attended_days
from training.domain.hours import PersonHours, StudiedDay, credited_days, read_hours
from training.domain.study_days import read_spans
from training.engine.segments import union
from training.engine.study_time import (
    Days,
    Piece,
    Span,
    package_seconds,
    share_out,
    split_days,
    studied,
)
from training.enums import LessonKind
from training.models import Credit, Enrolment, Lesson, LessonProgress

Pair = tuple[int, int]


@dataclass(frozen=True)
class LessonEvidence:
    """One lesson of one enrolment in a year, in seconds.

    `studied`: its page was open and used (of media: played); `overlap`: of that, what belongs to a
    lesson turned to later; `beyond`: what is over the lesson's minutes; `credited`: the rest.
    `package`: what a SCORM package says of its own time, never above its open window; it credits
    nothing.
    """

    lesson: Lesson
    stretches: tuple[tuple[datetime, datetime], ...]
    days: tuple[tuple[date, int], ...]
    studied: int
    overlap: int
    beyond: int
    credited: int
    package: int | None = None


@dataclass(frozen=True)
class LessonLine:
    """A lesson in a year as the paper lists it."""

    lesson: Lesson
    first: date
    last: date
    seconds: int


@dataclass(frozen=True)
class CompletedCourse:
    """`certificate`: its number, "" while none was issued or it was revoked."""

    title: str
    day: date
    certificate: str


@dataclass(frozen=True)
class StudyRecord:
    """All that the paper of a person's year says."""

    hours: PersonHours
    lessons: tuple[LessonLine, ...]
    sessions: tuple[AttendedDay, ...]
    credits: tuple[Credit, ...]
    completed: tuple[CompletedCourse, ...]


def read_evidence(*, person: User, year: int) -> list[LessonEvidence]:
    """Per lesson and enrolment, in the order in which they were first studied in the year."""
    spans = read_spans(person)
    of_pair: dict[Pair, list[Span]] = defaultdict(list)
    for span in spans:
        of_pair[span.enrolment, span.lesson].append(span)
    joined = {pair: union(studied(span) for span in own) for pair, own in of_pair.items()}
    alone = split_days(
        (Piece(*pair, *stretch) for pair, parts in joined.items() for stretch in parts), VIETNAM
    )
    raw = _of_year(alone, year)
    shared = _of_year(split_days(share_out(spans), VIETNAM), year)
    counted: dict[Pair, list[tuple[date, int]]] = defaultdict(list)
    for each in credited_days(people=[person], year=year):
        counted[each.enrolment, each.lesson].append((each.day, each.seconds))
    lessons = _lessons(lesson for _enrolment, lesson in raw)
    said = _packages(person)
    found = []
    for pair, seconds in raw.items():
        credited = sum(part for _day, part in counted[pair])
        kept = shared.get(pair, 0)
        found.append(
            LessonEvidence(
                lesson=lessons[pair[1]],
                stretches=tuple(each for each in joined[pair] if _touches(each, year)),
                days=tuple(counted[pair]),
                studied=seconds,
                overlap=seconds - kept,
                beyond=kept - credited,
                credited=credited,
                package=package_seconds(said[pair], of_pair[pair]) if pair in said else None,
            )
        )
    return sorted(found, key=lambda each: each.stretches[0])


def read_records(*, people: Sequence[User], year: int) -> list[StudyRecord]:
    """The papers of many people, in their order, in a handful of statements."""
    lines: dict[int, dict[Pair, list[StudiedDay]]] = defaultdict(lambda: defaultdict(list))
    days = credited_days(people=people, year=year)
    lessons = _lessons(each.lesson for each in days)
    for each in days:
        lines[each.person][each.enrolment, each.lesson].append(each)
    papers: dict[int, list[Credit]] = defaultdict(list)
    taken = Credit.objects.approved().filter(person__in=people, taken_on__year=year)
    for credit in taken.select_related("decided_by").order_by("taken_on", "pk"):
        papers[credit.person_id].append(credit)
    rooms: dict[int, list[AttendedDay]] = defaultdict(list)
    for session in attended_days(people=[person.pk for person in people], year=year):
        rooms[session.person].append(session)
    completed = completed_courses(people=people, year=year)
    return [
        StudyRecord(
            hours=hours,
            lessons=tuple(
                LessonLine(
                    lesson=lessons[part[0].lesson],
                    first=part[0].day,
                    last=part[-1].day,
                    seconds=sum(each.seconds for each in part),
                )
                for part in lines[hours.person.pk].values()
            ),
            sessions=tuple(rooms[hours.person.pk]),
            credits=tuple(papers[hours.person.pk]),
            completed=tuple(completed[hours.person.pk]),
        )
        for hours in read_hours(people=people, year=year)
    ]


def completed_courses(*, people: Sequence[User], year: int) -> dict[int, list[CompletedCourse]]:
    """By person; courses completed on days of the year, the earliest first."""
    found: dict[int, list[CompletedCourse]] = defaultdict(list)
    done = Enrolment.objects.standing().filter(person__in=people, completed_at__isnull=False)
    for enrolment in done.select_related("course", "certificate").order_by("completed_at"):
        assert enrolment.completed_at is not None  # noqa: S101  (filtered above)
        day = enrolment.completed_at.astimezone(VIETNAM).date()
        if day.year == year:
            paper = getattr(enrolment, "certificate", None)
            number = paper.full_number if paper and not paper.revoked_at else ""
            found[enrolment.person_id].append(CompletedCourse(enrolment.course.title, day, number))
    return found


def _of_year(days: Days, year: int) -> dict[Pair, int]:
    found: dict[Pair, int] = defaultdict(int)
    for (enrolment, lesson, day), seconds in days.items():
        if day.year == year:
            found[enrolment, lesson] += seconds
    return dict(found)


def _touches(stretch: tuple[datetime, datetime], year: int) -> bool:
    return any(moment.astimezone(VIETNAM).year == year for moment in stretch)


def _lessons(ids: Iterable[int]) -> dict[int, Lesson]:
    return Lesson.objects.select_related("module__course").in_bulk(set(ids))


def _packages(person: User) -> dict[Pair, int]:
    """Seconds that SCORM packages report of themselves."""
    rows = LessonProgress.objects.filter(
        enrolment__person=person, lesson__kind=LessonKind.SCORM, state__has_key="scorm"
    )
    found = {}
    for enrolment, lesson, state in rows.values_list("enrolment", "lesson", "state"):
        seconds = state["scorm"].get("seconds")
        if isinstance(seconds, int | float):
            found[enrolment, lesson] = int(seconds)
    return found
