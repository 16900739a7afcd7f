"""People register while the field key is exchanged."""

from collections.abc import Callable

from django.utils import timezone

from accounts.crypto import is_sealed_now
from accounts.domain.key_rotation import rotate_field_key
from quiz.domain.duplicates import find_duplicates
from quiz.domain.entry_codes import find_entrant
from quiz.domain.registration import Registered
from quiz.models import DuplicateCase, Entrant
from tests.concurrency.conftest import race
from tests.factories import OpenContest, register, registration_data

PEOPLE = 60
RACERS = 3


def test_entries_go_on_and_nobody_is_lost(made: OpenContest, settings, monkeypatch):
    monkeypatch.setattr("accounts.domain.key_rotation.BATCH", 5)
    forms = [registration_data(full_name=f"Người Số {n}") for n in range(PEOPLE)]
    before = [register(made, **form) for form in forms]
    settings.FIELD_KEYS_OLD = [settings.FIELD_KEY]
    settings.FIELD_KEY = "khoa-moi"
    # Each racer sends some old forms again, and registers some of the same people anew.
    anew = [form | {"request_key": registration_data()["request_key"]} for form in forms]
    results = race(
        lambda: rotate_field_key(now=timezone.now()),
        *[_sends(made, forms[n::RACERS], anew[n::RACERS]) for n in range(RACERS)],
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    again: list[Registered] = [who for result in results[1:] for who in result[0]]
    assert {who.entrant_id: who.code for who in again} == {
        who.entrant_id: who.code for who in before
    }
    rotate_field_key(now=timezone.now())
    assert Entrant.objects.count() == 2 * PEOPLE
    assert all(is_sealed_now(entrant.phone) for entrant in Entrant.objects.all())
    codes = [who.code for result in results[1:] for who in (*result[0], *result[1])]
    found = {find_entrant(contest_id=made.contest.pk, code=code).pk for code in codes}
    assert len(found) == 2 * PEOPLE
    assert find_duplicates(contest=made.contest) == PEOPLE
    assert DuplicateCase.objects.filter(reason="identity").count() == PEOPLE


def _sends(made: OpenContest, old: list[dict], new: list[dict]) -> Callable[[], tuple]:
    def act() -> tuple[list[Registered], list[Registered]]:
        pairs = [(register(made, **a), register(made, **b)) for a, b in zip(old, new, strict=True)]
        return [a for a, _b in pairs], [b for _a, b in pairs]

    return act
