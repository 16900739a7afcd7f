"""Who still misses how much, and the shortest set of courses that closes each gap."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from accounts.models import OrgUnit, User
from training.domain.enrolments import enrol_people
from training.domain.hours import PersonHours, read_hours
from training.domain.hours_people import people_in_view
from training.engine.gap import Sums
from training.enums import EnrolmentSource
from training.models import Course, Enrolment
from training.permissions import RUN_TRAINING

# Minutes that an enrolment can still bring: of each lesson what is left below its cap.
_LEFT = """
SELECT enrolment.id, coalesce(sum(greatest(0, lesson.minutes * 60 - coalesce((
    SELECT sum(studied.seconds) FROM training_studyday studied
    WHERE studied.enrolment_id = enrolment.id AND studied.lesson_id = lesson.id
), 0))), 0)::bigint / 60
FROM training_enrolment enrolment
JOIN training_coursemodule module ON module.course_id = enrolment.course_id
JOIN training_lesson lesson ON lesson.module_id = module.id AND NOT lesson.is_retired
WHERE enrolment.id = ANY(%(enrolments)s)
GROUP BY enrolment.id
"""


@dataclass(frozen=True)
class GapPlan:
    """A person's gap, what their open enrolments will bring, and what would be assigned.

    All in minutes; `left` is what no set of the courses open to them can bring.
    """

    hours: PersonHours
    assigned: int
    courses: tuple[Course, ...]
    adds: int

    @property
    def left(self) -> int:
        return max(0, self.hours.gap_minutes - self.assigned - self.adds)


def sorted_by_missing(hours: Sequence[PersonHours]) -> list[PersonHours]:
    """Who misses most comes first; of equals by name."""
    return sorted(hours, key=lambda each: (-each.missing, -each.gap_minutes, each.person.full_name))


def plan_gaps(*, people: Sequence[User], year: int, day: date) -> list[GapPlan]:
    """For each who misses something: the smallest sum of minutes that is enough.

    Of courses that run on `day`, to whose audience the person belongs, that bring minutes and that
    they have never been enrolled in; of equal sums the fewest courses, then by title. What the open
    enrolments of a person still bring counts first, so a second click assigns nothing.
    """
    lacking = [each for each in read_hours(people=people, year=year) if each.gap_minutes]
    ids = [each.person.pk for each in lacking]
    coming, taken = _coming(ids), _taken(ids)
    courses = _courses(day)
    audience = {course: _audience(course) for course in {c.unit_id for c, _minutes in courses}}
    plans = []
    tables: dict[tuple[int, ...], Sums] = {}
    longest = max((each.gap_minutes for each in lacking), default=0)
    for hours in sorted_by_missing(lacking):
        person = hours.person
        open_to = [
            (course, minutes)
            for course, minutes in courses
            if person.unit_id in audience[course.unit_id] and course.pk not in taken[person.pk]
        ]
        wanted = hours.gap_minutes - coming[person.pk]
        chosen = _choose([minutes for _course, minutes in open_to], wanted, longest, tables)
        plans.append(
            GapPlan(
                hours=hours,
                assigned=coming[person.pk],
                courses=tuple(open_to[place][0] for place in chosen),
                adds=sum(open_to[place][1] for place in chosen),
            )
        )
    return plans


def _choose(
    minutes: list[int],
    wanted: int,
    longest: int,
    tables: dict[tuple[int, ...], Sums],
) -> tuple[int, ...]:
    """As `engine.gap.shortest_set`; people with the same courses share one table of sums."""
    if wanted <= 0:
        return ()
    if sum(minutes) < wanted:
        return tuple(range(len(minutes)))
    key = tuple(minutes)
    if key not in tables:
        tables[key] = Sums(minutes, longest + max(minutes))
    return tables[key].closing(wanted)


@transaction.atomic
def assign_gaps(*, people: Sequence[User], year: int, user: User, now: datetime) -> int:
    """Enrol each in what closes their gap, due when their duty is; how many enrolments were made.

    Of a duty whose day has passed the enrolment has no due date.

    Planned anew, so that what was studied since the preview counts. Raises as `enrol_people`.
    """
    today = timezone.localdate(now)
    takers: dict[tuple[int, date | None], list[User]] = defaultdict(list)
    courses: dict[int, Course] = {}
    for plan in plan_gaps(people=people, year=year, day=today):
        due = plan.hours.due_on
        for course in plan.courses:
            courses[course.pk] = course
            takers[course.pk, due if due and due >= today else None].append(plan.hours.person)
    made = 0
    for (course_id, due_on), persons in takers.items():
        new = enrol_people(
            course=courses[course_id],
            people=persons,
            source=EnrolmentSource.GAP,
            user=user,
            due_on=due_on,
            now=now,
        )
        made += len(new)
    return made


def people_to_plan(*, user: User, unit_id: int | None = None) -> list[User]:
    """Whose gaps the person may close: whose hours they see and whom they may enrol.

    A head may see people whom nobody lets them enrol.
    """
    units = OrgUnit.objects.reached_by(user, *RUN_TRAINING)
    people = people_in_view(user=user, unit_id=unit_id)
    return list(people.filter(unit__in=units))


def _courses(day: date) -> list[tuple[Course, int]]:
    """Running courses with the minutes they bring, by title."""
    counted = Q(modules__lessons__is_retired=False)
    running = Course.objects.running_on(day).annotate(
        brings=Sum("modules__lessons__minutes", filter=counted)
    )
    return [(each, each.brings) for each in running.order_by("title", "pk") if each.brings]


def _audience(unit_id: int) -> set[int]:
    return set(OrgUnit.objects.below([unit_id]).values_list("pk", flat=True))


def _taken(ids: list[int]) -> dict[int, set[int]]:
    """Courses that each was ever enrolled in, withdrawn ones left out."""
    found: dict[int, set[int]] = {pk: set() for pk in ids}
    rows = Enrolment.objects.standing().filter(person__in=ids)
    for person, course in rows.values_list("person", "course"):
        found[person].add(course)
    return found


def _coming(ids: list[int]) -> dict[int, int]:
    """Minutes that the unfinished enrolments of each can still bring."""
    rows = dict(Enrolment.objects.unfinished().filter(person__in=ids).values_list("pk", "person"))
    found = dict.fromkeys(ids, 0)
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, {"enrolments": list(rows)})
        for enrolment, minutes in cursor.fetchall():
            found[rows[enrolment]] += int(minutes)
    return found
