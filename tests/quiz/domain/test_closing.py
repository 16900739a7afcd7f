from datetime import timedelta

import pytest

from quiz.domain.attempts import save_attempt, submit_attempt
from quiz.domain.clock import shifted_clock
from quiz.domain.closing import close_overdue_attempts
from quiz.domain.extensions import extend_attempt
from quiz.enums import AttemptState, ClosedBy, EventKind
from quiz.models import Attempt, AttemptEvent
from quiz.tasks import close_overdue_attempts as close_task
from tests.factories import answers_input, make_open_contest, make_rules, register, start

pytestmark = pytest.mark.django_db
OVER = timedelta(seconds=900 + 5 + 10, milliseconds=100)


def test_only_what_is_overdue_is_closed_with_its_deadline_as_its_moment():
    made = make_open_contest()
    left, handed_in = start(made, register(made)), start(made, register(made))
    save_attempt(token=left.token, given=answers_input(left, [1, 0, 0, 0, 0]))
    submit_attempt(token=handed_in.token, given=answers_input(handed_in))
    with shifted_clock(OVER - timedelta(seconds=1)):
        assert close_overdue_attempts() == 0
    with shifted_clock(OVER):
        fresh = start(made, register(made))
        assert close_overdue_attempts() == 1
        assert close_overdue_attempts() == 0
    closed = Attempt.objects.get(pk=left.row.id)
    assert (closed.state, closed.closed_by) == (AttemptState.CLOSED, ClosedBy.DEADLINE)
    assert closed.ended_at == closed.deadline_at
    assert closed.answers == [1, 0, 0, 0, 0]
    event = AttemptEvent.objects.get()
    assert (event.attempt_id, event.kind) == (closed.pk, EventKind.CLOSE)
    others = Attempt.objects.filter(pk__in=[handed_in.row.id, fresh.row.id]).order_by("pk")
    assert [attempt.state for attempt in others] == [AttemptState.SUBMITTED, AttemptState.OPEN]


def test_the_grace_of_the_rules_is_waited_for():
    made = make_open_contest(rules=make_rules(entry={"grace_ms": 60_000}))
    start(made, register(made))
    with shifted_clock(OVER):
        assert close_overdue_attempts() == 0
    with shifted_clock(OVER + timedelta(seconds=55)):
        assert close_overdue_attempts() == 1


def test_a_round_is_closed_in_batches_up_to_the_limit():
    made, other = make_open_contest(), make_open_contest()
    for _person in range(3):
        start(made, register(made))
    start(other, register(other))
    with shifted_clock(OVER):
        assert close_overdue_attempts(round_id=made.round.pk, limit=2) == 2
        assert close_overdue_attempts(round_id=made.round.pk) == 1
        close_task()
    assert not Attempt.objects.filter(state=AttemptState.OPEN).exists()


def test_an_extension_reopens_what_the_deadline_closed():
    made = make_open_contest()
    sitting = start(made, register(made))
    with shifted_clock(OVER):
        close_overdue_attempts()
        attempt = Attempt.objects.get()
        extend_attempt(attempt=attempt, seconds=60, reason="Mất mạng", user=made.organiser)
        assert (attempt.state, attempt.closed_by, attempt.ended_at) == (1, None, None)
        save_attempt(token=sitting.token, given=answers_input(sitting, [1, 0, 0, 0, 0]))
