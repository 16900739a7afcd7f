"""Who races whom at the deadline, and what must be true afterwards whoever wins."""

from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction

from quiz.domain.attempts import Sitting, read_attempt, save_attempt, submit_attempt
from quiz.domain.clock import shifted_clock
from quiz.domain.closing import close_overdue_attempts
from quiz.domain.extensions import extend_attempt
from quiz.domain.receipts import receipt_of
from quiz.domain.registration import Registered
from quiz.enums import AttemptState
from quiz.errors import (
    AttemptClosed,
    AttemptFixed,
    AttemptOpen,
    AttemptSubmitted,
    SaveConflict,
    SaveTooLate,
    SystemBusy,
)
from quiz.models import Attempt, Entrant
from tests.concurrency.conftest import race
from tests.factories import answers_input, register, registration_data, start

OVERDUE = timedelta(seconds=900 + 5 + 11)


def outcomes(results: list[Any]) -> list[str]:
    return sorted(
        type(result).__name__ if isinstance(result, Exception) else "ok" for result in results
    )


def save(sitting: Sitting, writer: int, slot: int, mask: int = 1, **fields: Any) -> Any:
    answers = [mask if place == slot else 0 for place in range(5)]
    given = answers_input(sitting, answers, writer=writer, **fields)
    return lambda: save_attempt(token=sitting.token, given=given)


def test_two_starts_at_once_are_one_attempt(made):
    who = register(made)
    results = race(*[lambda: start(made, who) for _racer in range(8)])
    assert {sitting.row.id for sitting in results} == {Attempt.objects.get().pk}
    assert len({bytes(sitting.row.seed) for sitting in results}) == 1


def test_the_second_attempt_started_from_two_devices_is_one(made):
    who = register(made)
    first = start(made, who)
    assert outcomes(race(*[lambda: start(made, who, 2)] * 4)) == [AttemptOpen.__name__] * 4
    submit_attempt(token=first.token, given=answers_input(first))
    results = race(*[lambda: start(made, who, 2)] * 6)
    assert len({sitting.row.id for sitting in results}) == 1
    assert Attempt.objects.count() == 2


def test_one_form_sent_many_times_at_once_is_one_entrant(made):
    data = registration_data()
    results: list[Registered] = race(*[lambda: register(made, **data)] * 8)
    assert len({who.code for who in results}) == 1
    assert Entrant.objects.count() == 1


def test_one_form_at_once_is_one_entrant_in_a_database_restored_from_a_dump(made):
    """A dump makes the constraints anew by name, and PostgreSQL asks the oldest index first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE quiz_entrant DROP CONSTRAINT one_entrant_per_request,"
            " ADD CONSTRAINT one_entrant_per_request UNIQUE (request_key)"
        )
    for _turn in range(30):
        data = registration_data()
        results: list[Registered] = race(*[lambda d=data: register(made, **d)] * 8)
        assert len({who.code for who in results}) == 1
    assert Entrant.objects.count() == 30


def test_two_tabs_at_once_one_is_stored_and_the_other_told(made):
    sitting = start(made, register(made))
    results = race(save(sitting, 1, 0), save(sitting, 2, 1))
    assert outcomes(results) == ["SaveConflict", "ok"]
    (refusal,) = [result for result in results if isinstance(result, SaveConflict)]
    stored = Attempt.objects.get()
    assert stored.revision == 1
    # The row beside the refusal may be the one before the winner's; the page merges and asks again.
    assert refusal.details["revision"] == 1


def test_tabs_that_merge_and_try_again_lose_nothing(made):
    sitting = start(made, register(made))

    def tab(writer: int) -> Any:
        def work() -> int:
            mine = [1 if slot == writer - 1 else 0 for slot in range(5)]
            base, theirs, tries = 0, [0] * 5, 0
            while True:
                tries += 1
                answers = [m or t for m, t in zip(mine, theirs, strict=True)]
                given = answers_input(sitting, answers, writer=writer, base=base)
                try:
                    save_attempt(token=sitting.token, given=given)
                    return tries
                except SaveConflict as refusal:
                    base, theirs = refusal.details["revision"], refusal.details["answers"]

        return work

    tries = race(*[tab(writer) for writer in range(1, 6)])
    assert all(isinstance(count, int) for count in tries), tries
    assert Attempt.objects.get().answers == [1, 1, 1, 1, 1]


def test_one_tab_sending_over_itself_ends_with_its_newest_set(made):
    sitting = start(made, register(made))
    acts = [save(sitting, 1, 0, mask=n, base=0, revision=n) for n in range(1, 9)]
    assert outcomes(race(*acts)) == ["ok"] * 8
    stored = Attempt.objects.get()
    assert (stored.revision, stored.answers[0]) == (8, 8)


def test_save_against_submit(made):
    for _round in range(5):
        sitting = start(made, register(made))
        given = answers_input(sitting, [1] * 5, base=0, revision=2)
        results = race(
            save(sitting, 1, 0, base=0, revision=1),
            lambda s=sitting, g=given: submit_attempt(token=s.token, given=g),
        )
        attempt = Attempt.objects.get(pk=sitting.row.id)
        assert (attempt.state, attempt.answers) == (AttemptState.SUBMITTED, [1] * 5)
        assert not isinstance(results[1], Exception)
        assert results[0] is not None
        assert isinstance(results[0], Sitting | AttemptSubmitted)


def test_twenty_submits_at_once_give_one_receipt(made):
    sitting = start(made, register(made))
    given = answers_input(sitting, [1, 2, 4, 8, 1])
    results = race(*[lambda: submit_attempt(token=sitting.token, given=given)] * 20)
    receipts = {receipt_of(done).signature for done in results}
    assert receipts == {receipt_of(read_attempt(token=sitting.token)).signature}


def test_close_against_save_never_loses_an_accepted_answer(made):
    for _round in range(5):
        sitting = start(made, register(made))
        with shifted_clock(OVERDUE):
            results = race(
                close_overdue_attempts,
                save(sitting, 1, 0),
                lambda s=sitting: submit_attempt(token=s.token, given=answers_input(s, [2] * 5)),
            )
        attempt = Attempt.objects.get(pk=sitting.row.id)
        assert {type(result) for result in results[1:]} <= {SaveTooLate, AttemptClosed}
        assert attempt.answers == [0] * 5


def test_close_waits_for_nobody_and_takes_the_row_later(made):
    """A save that holds the row: the closer skips it and closes it at its next run."""
    sitting = start(made, register(made))
    held, done = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            save(sitting, 1, 0)()
            held.set()
            done.wait(10)
        connections.close_all()

    holder = Thread(target=hold)
    holder.start()
    held.wait(10)
    with shifted_clock(OVERDUE):
        assert close_overdue_attempts() == 0
        done.set()
        holder.join()
        assert close_overdue_attempts() == 1
    assert Attempt.objects.get().answers == [1, 0, 0, 0, 0]


def test_extension_against_close(made):
    """Whichever comes first, the extension stands: it also reopens what was just closed."""
    for _round in range(5):
        sitting = start(made, register(made))
        attempt = Attempt.objects.get(pk=sitting.row.id)
        with shifted_clock(OVERDUE):
            extended, _closed = race(
                lambda a=attempt: extend_attempt(
                    attempt=a, seconds=300, reason="Mất điện", user=made.organiser
                ),
                close_overdue_attempts,
            )
            assert not isinstance(extended, Exception)
            save(sitting, 1, 0)()
        attempt.refresh_from_db()
        assert (attempt.state, attempt.answers) == (AttemptState.OPEN, [1, 0, 0, 0, 0])


def test_extension_against_save_and_submit(made):
    sitting = start(made, register(made))
    attempt = Attempt.objects.get()
    before = attempt.deadline_at
    results = race(
        lambda: extend_attempt(
            attempt=attempt, seconds=300, reason="Mất điện", user=made.organiser
        ),
        save(sitting, 1, 0, base=0, revision=1),
        lambda: submit_attempt(
            token=sitting.token, given=answers_input(sitting, [1] * 5, base=0, revision=2)
        ),
    )
    stored = Attempt.objects.get()
    assert (stored.state, stored.answers) == (AttemptState.SUBMITTED, [1] * 5)
    given = timedelta(0) if isinstance(results[0], AttemptFixed) else timedelta(seconds=300)
    assert stored.deadline_at - before == given


def test_a_row_held_by_another_act_is_not_waited_for_longer_than_the_server_allows(made):
    sitting = start(made, register(made))
    with transaction.atomic():
        Attempt.objects.select_for_update().get()

        def impatient() -> Any:
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = '200ms'")
            return save(sitting, 1, 0)()

        (result,) = race(impatient)
    assert isinstance(result, SystemBusy)


@pytest.mark.parametrize("racers", [2, 6])
def test_different_entrants_never_wait_for_each_other(made, racers):
    sittings = [start(made, register(made)) for _entrant in range(racers)]
    with transaction.atomic():
        for sitting in sittings[1:]:
            save(sitting, 1, 0)()
        results = race(save(sittings[0], 1, 0), lambda: register(made), lambda: 1)
    assert outcomes(results) == ["ok", "ok", "ok"]
