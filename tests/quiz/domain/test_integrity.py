"""Hints over a real round: found by the worker, seen by a person, never a penalty."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.domain.jobs import run_job
from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry
from quiz.domain.integrity import find_hints, hints_of, queue_search, see_hint
from quiz.enums import HintKind
from quiz.errors import RoundNotReady
from quiz.models import Attempt, Grade, IntegrityHint, Standing
from tests.factories import (
    OpenContest,
    make_draft,
    make_open_contest,
    make_person,
    make_rules,
    make_unit,
)
from tests.results_factory import Entry, Person, close, make_entrants

pytestmark = pytest.mark.django_db
ITEMS = 20
PATTERN = [1, 2, 3, 1, 2, 3, 1, 2]  # which wrong option, counted on from the key


@pytest.fixture
def made() -> OpenContest:
    """Sixty people on one paper of twenty items, a quarter of them wrong, each in their own way."""
    rules = make_rules(
        paper={"shuffle_items": False, "blueprint": [], "fixed_items": list(range(1, ITEMS + 1))}
    )
    made = make_open_contest(
        rules=rules, drafts=[make_draft(number) for number in range(1, ITEMS + 1)]
    )
    make_entrants(made, [Person(birth_date=None, entries=[Entry(seconds=600)]) for _n in range(60)])
    for place, attempt in enumerate(Attempt.objects.order_by("pk")):
        answer(attempt, {(place * 7 + n * 3) % ITEMS: 1 + (place + n) % 3 for n in range(5)})
    return made


def answer(attempt: Attempt, wrong: dict[int, int]) -> None:
    """Everything right but for the places told, each as many options behind the key."""
    keys = [(1 << number % 4).bit_length() - 1 for number in range(1, ITEMS + 1)]
    masks = attempt.pool.key.masks
    attempt.answers = [
        masks[n] if n not in wrong else 1 << (masks[n].bit_length() - 1 + wrong[n]) % 4
        for n in range(len(keys))
    ]
    attempt.save(update_fields=["answers"])


def plant_copy(made: OpenContest) -> list[int]:
    """Two more people with the same eight wrong answers, a minute apart."""
    make_entrants(
        made,
        [
            Person(full_name=n, birth_date=None, entries=[Entry(seconds=600)])
            for n in ("Một", "Hai")
        ],
    )
    planted = list(Attempt.objects.order_by("-pk")[:2])
    for attempt in planted:
        answer(attempt, dict(enumerate(PATTERN)))
    return sorted(attempt.pk for attempt in planted)


def hurry(made: OpenContest) -> int:
    """One of the sixty had all right in twelve seconds."""
    attempt = Attempt.objects.order_by("pk").first()
    answer(attempt, {})
    attempt.ended_at = attempt.started_at + timedelta(seconds=12)
    attempt.save(update_fields=["ended_at"])
    return attempt.pk


def look(made: OpenContest) -> list[IntegrityHint]:
    find_hints(round=made.round, now=timezone.now())
    return list(hints_of(round=made.round, user=made.organiser))


def test_a_copy_and_a_paper_in_no_time_are_found_and_nothing_else(made):
    copies, fast = plant_copy(made), hurry(made)
    close(made)
    found = {hint.kind: hint for hint in look(made)}
    assert found.keys() == {HintKind.ALIKE, HintKind.SPEED}
    assert found[HintKind.ALIKE].attempts == copies
    [pair] = found[HintKind.ALIKE].details["pairs"]
    assert (pair["same"], pair["common"], pair["same_wrong"]) == (20, 20, 8)
    assert found[HintKind.SPEED].attempts == [fast]
    assert found[HintKind.SPEED].details == {"seconds": 12.0, "answered": 20, "right": 20}


def test_honest_people_give_no_hint(made):
    close(made)
    assert look(made) == []


def test_voided_erased_and_the_same_persons_entries_are_left_alone(made):
    first, second = plant_copy(made)
    kept, other = (Attempt.objects.get(pk=pk) for pk in (first, second))
    close(made)
    other.entrant.duplicate_of = kept.entrant
    other.entrant.save()
    assert look(made) == []
    other.entrant.duplicate_of = None
    other.entrant.save()
    Attempt.objects.filter(pk=first).update(voided_at=timezone.now())
    assert look(made) == []
    Attempt.objects.filter(pk=first).update(voided_at=None, secret=os.urandom(8))
    assert look(made) == []


def test_marks_and_places_stay_as_they_are(made):
    plant_copy(made)
    close(made)
    before = list(Grade.objects.order_by("pk").values()), list(Standing.objects.values())
    [hint] = look(made)
    see_hint(hint=hint, user=made.organiser, note="", now=timezone.now())
    assert (list(Grade.objects.order_by("pk").values()), list(Standing.objects.values())) == before


def test_an_open_round_is_not_looked_at(made):
    with pytest.raises(RoundNotReady):
        find_hints(round=made.round, now=timezone.now())
    with pytest.raises(RoundNotReady):
        queue_search(round=made.round, user=made.organiser, now=timezone.now())


def test_what_was_seen_stays_seen_and_is_in_the_diary(made):
    plant_copy(made)
    close(made)
    [hint] = look(made)
    auditor = make_person(Role.AUDITOR, unit=made.unit)
    for person in (auditor, made.organiser):
        see_hint(hint=hint, user=person, note="Ngồi cạnh nhau ở Một cửa", now=timezone.now())
    [again] = look(made)
    assert (again.pk, again.seen_by, again.note) == (hint.pk, auditor, "Ngồi cạnh nhau ở Một cửa")
    act = AuditEntry.objects.get(act="see_hint")
    assert (act.actor, act.details["kind"], act.details["note"]) == (
        auditor,
        "alike",
        "Ngồi cạnh nhau ở Một cửa",
    )


def test_what_nobody_saw_goes_when_it_is_no_longer_there(made):
    copies = plant_copy(made)
    close(made)
    assert len(look(made)) == 1
    Attempt.objects.filter(pk=copies[0]).update(voided_at=timezone.now())
    assert look(made) == []


def test_only_reviewers_of_the_contest_ask_look_and_decide(made):
    plant_copy(made)
    close(made)
    [hint] = look(made)
    for person in (
        make_person(Role.EXPORTER, unit=made.unit),
        make_person(Role.ORGANISER, unit=make_unit()),
    ):
        with pytest.raises(NotAllowed):
            hints_of(round=made.round, user=person)
        with pytest.raises(NotAllowed):
            queue_search(round=made.round, user=person, now=timezone.now())
        with pytest.raises(NotAllowed):
            see_hint(hint=hint, user=person, note="", now=timezone.now())


def test_the_worker_says_how_many_wait(made):
    plant_copy(made)
    close(made)
    job = queue_search(round=made.round, user=made.organiser, now=timezone.now())
    assert run_job(job_id=job.pk).result == {"hints": 1}
