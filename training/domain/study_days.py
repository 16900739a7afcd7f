"""A person's studied time per day, put together again where heartbeats came since."""

from django.db import transaction
from django.db.models import F

from accounts.dates import VIETNAM
from accounts.models import User
from training.domain.study import MEDIA
from training.engine.study_time import Span, share_out, split_days
from training.models import StudyDay, StudySpan, StudyTally


def read_spans(person: User) -> list[Span]:
    """All that a person ever studied, as the arithmetic takes it."""
    spans = StudySpan.objects.filter(enrolment__person=person).select_related("lesson")
    return [
        Span(
            enrolment=span.enrolment_id,
            lesson=span.lesson_id,
            began=span.began_at,
            ended=span.ended_at,
            media_ms=span.media_ms,
            rate=span.rate,
            is_media=span.lesson.kind in MEDIA,
        )
        for span in spans
    ]


def refresh_days(person_ids: list[int]) -> int:
    """Bring the days of these people up to date; of how many they were not."""
    stale = StudyTally.objects.filter(person__in=person_ids).exclude(beats=F("counted"))
    found = list(stale.order_by("person").values_list("person", flat=True))
    for person_id in found:
        _count(person_id)
    return len(found)


@transaction.atomic
def _count(person_id: int) -> None:
    # Beats of this person wait for the row, so all that `beats` counts is read below.
    tally = StudyTally.objects.select_for_update().select_related("person").get(person=person_id)
    days = split_days(share_out(read_spans(tally.person)), VIETNAM)
    StudyDay.objects.filter(enrolment__person=person_id).delete()
    StudyDay.objects.bulk_create(
        StudyDay(enrolment_id=enrolment, lesson_id=lesson, day=day, seconds=seconds)
        for (enrolment, lesson, day), seconds in days.items()
    )
    StudyTally.objects.filter(pk=tally.pk).update(counted=tally.beats)
