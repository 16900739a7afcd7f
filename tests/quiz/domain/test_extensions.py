from datetime import timedelta

import pytest

from accounts.errors import NotAllowed
from quiz.domain.attempts import save_attempt, submit_attempt
from quiz.domain.clock import shifted_clock
from quiz.domain.extensions import extend_attempt, restore_attempt, void_attempt
from quiz.enums import EventKind
from quiz.errors import AttemptFixed, AttemptVoided, InputRefused, SaveTooLate
from quiz.models import Attempt, AttemptEvent
from tests.factories import answers_input, make_open_contest, make_person, register, start

pytestmark = pytest.mark.django_db
OVER = timedelta(seconds=900 + 5 + 1)


@pytest.fixture
def made():
    return make_open_contest()


@pytest.fixture
def sitting(made):
    return start(made, register(made))


def test_an_extension_acts_at_once_and_every_reply_tells_it(made, sitting):
    attempt = Attempt.objects.get()
    with shifted_clock(OVER):
        with pytest.raises(SaveTooLate):
            save_attempt(token=sitting.token, given=answers_input(sitting))
        extend_attempt(attempt=attempt, seconds=300, reason="Mất điện", user=made.organiser)
        saved = save_attempt(token=sitting.token, given=answers_input(sitting, [1, 0, 0, 0, 0]))
    assert saved.row.deadline_at - saved.row.at > timedelta(seconds=298)
    event = AttemptEvent.objects.get(kind=EventKind.EXTENSION)
    assert (event.actor, event.details) == (made.organiser, {"reason": "Mất điện", "seconds": 300})


def test_a_submitted_attempt_gets_no_extension(made, sitting):
    submit_attempt(token=sitting.token, given=answers_input(sitting))
    with pytest.raises(AttemptFixed):
        extend_attempt(
            attempt=Attempt.objects.get(), seconds=60, reason="Xin thêm", user=made.organiser
        )


def test_a_voided_attempt_takes_nothing_until_it_is_restored(made, sitting):
    attempt = Attempt.objects.get()
    void_attempt(attempt=attempt, reason="Thi hộ", user=made.organiser)
    assert attempt.void_reason == "Thi hộ"
    with pytest.raises(AttemptVoided):
        save_attempt(token=sitting.token, given=answers_input(sitting))
    with pytest.raises(AttemptFixed):
        void_attempt(attempt=attempt, reason="Lần nữa", user=made.organiser)
    restore_attempt(attempt=attempt, reason="Nhầm người", user=made.organiser)
    assert (attempt.voided_at, attempt.void_reason) == (None, "")
    save_attempt(token=sitting.token, given=answers_input(sitting))
    kinds = AttemptEvent.objects.filter(attempt=attempt).values_list("kind", flat=True)
    assert list(kinds) == [EventKind.VOID, EventKind.RESTORE]


def test_these_acts_need_a_reason_and_the_right(made, sitting):
    attempt, stranger = Attempt.objects.get(), make_person()
    with pytest.raises(InputRefused):
        void_attempt(attempt=attempt, reason="  ", user=made.organiser)
    with pytest.raises(InputRefused):
        extend_attempt(attempt=attempt, seconds=0, reason="x", user=made.organiser)
    for act in (void_attempt, restore_attempt):
        with pytest.raises(NotAllowed):
            act(attempt=attempt, reason="Tự ý", user=stranger)
    with pytest.raises(NotAllowed):
        extend_attempt(attempt=attempt, seconds=60, reason="Tự ý", user=stranger)
