"""What the worker counts of an open round, and whom it is shown."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.errors import NotAllowed
from quiz.domain.attempts import save_attempt, submit_attempt
from quiz.domain.clock import shifted_clock
from quiz.domain.closing import close_overdue_attempts
from quiz.domain.control_room import read_control_room
from quiz.domain.count_secrecy import open_counts
from quiz.domain.round_sampling import sample_open_rounds
from quiz.engine.watching import Band
from quiz.errors import SaveConflict
from quiz.models import RoundSample
from quiz.tasks import sample_open_rounds as sample_task
from tests.factories import (
    HOUR,
    answers_input,
    database_now,
    make_attempt,
    make_open_contest,
    make_person,
    make_rules,
    register,
    start,
)

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
MINUTE = 60 * SECOND
OVER = timedelta(seconds=900 + 5 + 10, milliseconds=100)


def secret_rules():
    return make_rules(
        entry={"prediction": {"count": "persons", "who": "took_part"}},
        result={"chain": [{"kind": kind} for kind in ("score", "prediction_error", "lot")]},
    )


def figures(sample):
    names = ("started", "open", "overdue", "closed", "refusals", "conflicts", "resumes")
    return {name: getattr(sample, name) for name in names if getattr(sample, name)}


def test_samples_read_on_from_what_is_settled():
    made, now = make_open_contest(), database_now()
    other = make_open_contest()
    start(other, register(other))
    running = start(made, who := register(made))
    make_attempt(made)
    [first] = [one for one in sample_open_rounds(now=now) if one.round == made.round]
    assert figures(first) == {"started": 2, "open": 1}
    # Nothing is settled yet: the next sample reads the same rows, and counts them once.
    [second] = [one for one in sample_open_rounds(now=now + 11 * SECOND) if one.round == made.round]
    assert figures(second) == {"started": 2, "open": 1}
    assert second.attempt_mark == running.row.id + 1
    start(made, who)
    make_attempt(made)
    given = answers_input(running, [1, 0, 0, 0, 0])
    save_attempt(token=running.token, given=given)
    with pytest.raises(SaveConflict):
        save_attempt(token=running.token, given=answers_input(running, [2] * 5, writer=9))
    [third] = [one for one in sample_open_rounds(now=now + 22 * SECOND) if one.round == made.round]
    assert figures(third) == {"started": 3, "open": 1, "resumes": 1, "conflicts": 1}


def test_what_the_deadline_ends_is_told_from_what_is_handed_in():
    made, now = make_open_contest(), database_now()
    start(made, register(made))
    [before] = sample_open_rounds(now=now)
    [late] = sample_open_rounds(now=now + OVER)
    assert (figures(before), figures(late)) == (
        {"started": 1, "open": 1},
        {"started": 1, "open": 1, "overdue": 1},
    )
    with shifted_clock(OVER):
        close_overdue_attempts()
    [closed] = sample_open_rounds(now=now + OVER + 11 * SECOND)
    assert figures(closed) == {"started": 1, "closed": 1}


def test_a_round_is_sampled_while_it_runs_and_not_more_often_than_it_may():
    made = make_open_contest(opens_in=HOUR, closes_in=2 * HOUR)
    now = database_now()
    assert sample_open_rounds(now=now) == []
    opened = now + HOUR
    assert len(sample_open_rounds(now=opened)) == 1
    assert sample_open_rounds(now=opened + 8 * SECOND) == []
    assert len(sample_open_rounds(now=opened + 10 * SECOND)) == 1
    # A sample that took a second is followed by a pause of a hundred.
    RoundSample.objects.update(took_ms=1000)
    assert sample_open_rounds(now=opened + 100 * SECOND) == []
    assert len(sample_open_rounds(now=opened + 111 * SECOND)) == 1
    assert sample_open_rounds(now=made.round.closes_at + 2 * HOUR) == []
    assert sample_open_rounds(now=now + timedelta(days=5)) == []
    assert RoundSample.objects.count() == 0


def room_of(made, user=None, now=None):
    return read_control_room(
        round=made.round, user=user or made.organiser, now=now or database_now()
    )


def test_all_is_shown_where_no_count_decides():
    made, now = make_open_contest(), database_now()
    sample_open_rounds(now=now - MINUTE)
    make_attempt(made)
    start(made, register(made))
    sample_open_rounds(now=now)
    room = room_of(made, now=now)
    assert (room.counts_shown, room.stale, room.opened, room.over) == (True, False, True, False)
    assert (room.counts.started, room.counts.running, room.counts.finished) == (2, 1, 1)
    assert sum(minute.submitted for minute in room.counts.minutes) == 1
    assert 0 < room.connections < room.connection_limit
    assert room_of(made, now=now + 3 * MINUTE).stale


def test_who_may_still_win_is_shown_no_count():
    made, now = make_open_contest(rules=secret_rules()), database_now()
    running = start(made, register(made))
    sample_open_rounds(now=now)
    save_attempt(token=running.token, given=answers_input(running, [1, 0, 0, 0, 0]))
    with pytest.raises(SaveConflict):
        submit_attempt(token=running.token, given=answers_input(running, [2] * 5, writer=9))
    sample_open_rounds(now=now + 10 * SECOND)
    room = room_of(made)
    assert (room.counts_shown, room.counts, room.band) == (False, None, Band.MANY)
    open_counts(user=made.organiser, contest=made.contest)
    assert room_of(made).counts.started == 1


def test_only_who_runs_the_contest_gets_in():
    made = make_open_contest()
    for role in ("exporter", "auditor", "administrator"):
        with pytest.raises(NotAllowed):
            room_of(made, make_person(role, unit=made.unit))


def test_before_the_first_sample_there_is_health_alone():
    made = make_open_contest()
    room = room_of(made)
    assert (room.counts_shown, room.counts, room.sampled_at, room.stale) == (True, None, None, True)
    sample_task()
    assert room_of(made).counts.started == 0


def test_a_refresh_asks_few_statements_however_much_is_stored():
    made, now = make_open_contest(), database_now()
    for turn in range(3):
        make_attempt(made)
        sample_open_rounds(now=now + turn * 10 * SECOND)
    with CaptureQueriesContext(connection) as asked:
        room_of(made, now=now + 21 * SECOND)
    assert [query for query in asked if "quiz_attempt" in query["sql"]] == []
    assert len(asked) <= 13
