"""People's studied time per day, put together again where heartbeats came since."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F

from accounts.dates import VIETNAM
from accounts.models import User
from training.domain.study import MEDIA
from training.engine.study_time import Span, share_out, split_days
from training.models import StudyDay, StudySpan, StudyTally

# People counted in one transaction: their heartbeats wait for so long.
TOGETHER = 50
# People whom the worker counts in one turn.
IN_A_TURN = 2_000

Key = tuple[int, int, date]


def read_spans(person: User) -> list[Span]:
    """All that a person ever studied, as the arithmetic takes it."""
    return _spans([person.pk])[person.pk]


def refresh_days(person_ids: Iterable[int]) -> int:
    """Bring the days of these people up to date; of how many they were not."""
    stale = StudyTally.objects.filter(person__in=list(person_ids)).exclude(beats=F("counted"))
    found = list(stale.order_by("person").values_list("person", flat=True))
    for start in range(0, len(found), TOGETHER):
        _count(found[start : start + TOGETHER])
    return len(found)


def count_study_days() -> int:
    """The worker's turn: people with uncounted heartbeats, so that pages find few of them."""
    stale = StudyTally.objects.exclude(beats=F("counted")).order_by("person")
    return refresh_days(stale.values_list("person", flat=True)[:IN_A_TURN])


@transaction.atomic
def _count(person_ids: list[int]) -> None:
    # Beats of these people wait for the rows, so all that `beats` counts is read below; in one
    # order, so that two who count wait for each other and not both at once.
    tallies = StudyTally.objects.filter(person__in=person_ids)
    list(tallies.select_for_update().order_by("person"))
    counted: dict[Key, int] = {}
    for spans in _spans(person_ids).values():
        counted |= split_days(share_out(spans), VIETNAM)
    _store(person_ids, counted)
    tallies.update(counted=F("beats"))


def _spans(person_ids: list[int]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    rows = StudySpan.objects.filter(enrolment__person__in=person_ids).order_by()
    for person, enrolment, lesson, began, ended, media_ms, rate, kind in rows.values_list(
        "enrolment__person",
        "enrolment",
        "lesson",
        "began_at",
        "ended_at",
        "media_ms",
        "rate",
        "lesson__kind",
    ):
        span = Span(enrolment, lesson, began, ended, media_ms, rate, is_media=kind in MEDIA)
        found[person].append(span)
    return found


def _store(person_ids: list[int], counted: dict[Key, int]) -> None:
    """Only what differs: of a year's days mostly today's."""
    rows = StudyDay.objects.filter(enrolment__person__in=person_ids).order_by()
    held = {
        (enrolment, lesson, day): (pk, seconds)
        for pk, enrolment, lesson, day, seconds in rows.values_list(
            "pk", "enrolment", "lesson", "day", "seconds"
        )
    }
    gone = [pk for key, (pk, _seconds) in held.items() if key not in counted]
    StudyDay.objects.filter(pk__in=gone).delete()
    changed = [
        StudyDay(pk=pk, seconds=counted[key])
        for key, (pk, seconds) in held.items()
        if counted.get(key, seconds) != seconds
    ]
    StudyDay.objects.bulk_update(changed, ["seconds"], batch_size=500)
    StudyDay.objects.bulk_create(
        (
            StudyDay(enrolment_id=key[0], lesson_id=key[1], day=key[2], seconds=seconds)
            for key, seconds in counted.items()
            if key not in held
        ),
        batch_size=2000,
    )
