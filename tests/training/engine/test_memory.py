"""Spaced repetition: right answers are asked again later and later, a wrong one soon."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from training.engine.memory import after_answer

NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)


def test_answers_that_stay_right_are_asked_later_each_time() -> None:
    memory, due, waits = None, NOW, []
    for _ in range(6):
        before = due
        memory, due = after_answer(memory, right=True, now=before)
        waits.append(due - before)
    assert waits == sorted(waits)
    assert waits[-1] > timedelta(days=20)


def test_a_wrong_answer_is_asked_again_the_same_day() -> None:
    memory, due = None, NOW
    for _ in range(4):
        memory, due = after_answer(memory, right=True, now=due)
    _memory, again = after_answer(memory, right=False, now=due)
    assert again - due <= timedelta(hours=1)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 10_000)), min_size=1, max_size=12))
def test_the_same_answers_give_the_same_day_and_never_a_past_one(answers) -> None:
    def run() -> datetime:
        memory, now, due = None, NOW, NOW
        for right, minutes in answers:
            now += timedelta(minutes=minutes)
            memory, due = after_answer(memory, right=right, now=now)
            assert due > now
        return due

    assert run() == run()
