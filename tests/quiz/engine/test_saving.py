from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.saving import (
    Merged,
    SaveCase,
    SaveInput,
    StoredAttempt,
    StoredState,
    accepts_save,
    merge_answers,
    merge_value,
    name_case,
)
from quiz.enums import AttemptState

DEADLINE = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)
IN_TIME = DEADLINE - timedelta(minutes=1)
TOO_LATE = DEADLINE + timedelta(milliseconds=5001)
GRACE = 5000

STORED = StoredAttempt(
    state=StoredState.OPEN, epoch=0, revision=4, writer=11, deadline_at=DEADLINE, answers=(1, 2)
)
SENT = SaveInput(writer=11, base=4, revision=5, epoch=0, answers=(1, 4))

answers = st.tuples(st.integers(0, 15), st.integers(0, 15))
stored_rows = st.builds(
    StoredAttempt,
    state=st.sampled_from([1, 2, 3]),
    epoch=st.integers(0, 1),
    revision=st.integers(0, 3),
    writer=st.integers(1, 2),
    deadline_at=st.just(DEADLINE),
    answers=answers,
    voided=st.booleans(),
)
sent_saves = st.builds(
    SaveInput,
    writer=st.integers(1, 2),
    base=st.integers(0, 3),
    revision=st.integers(0, 4),
    epoch=st.integers(0, 1),
    answers=answers,
)
moments = st.sampled_from([IN_TIME, DEADLINE, TOO_LATE - timedelta(milliseconds=1), TOO_LATE])


def case(stored=STORED, sent=SENT, now=IN_TIME):
    return name_case(stored=stored, sent=sent, now=now, grace_ms=GRACE)


def accepted(stored=STORED, sent=SENT, now=IN_TIME):
    return accepts_save(stored=stored, sent=sent, now=now, grace_ms=GRACE)


def test_the_states_are_those_stored():
    assert {state.name: state.value for state in StoredState} == {
        state.name: state.value for state in AttemptState
    }


@pytest.mark.parametrize(
    "sent",
    [
        SENT,
        replace(SENT, writer=99),
        replace(SENT, base=2),
        replace(SENT, base=2, revision=9),
    ],
    ids=["next", "another tab that has seen it", "reply lost", "several replies lost"],
)
def test_a_save_that_builds_on_what_is_stored_is_taken(sent):
    assert accepted(sent=sent) is True


@pytest.mark.parametrize(
    "stored",
    [
        None,
        replace(STORED, epoch=1),
        replace(STORED, voided=True),
        replace(STORED, state=2),
        replace(STORED, state=3),
        replace(STORED, revision=5),
    ],
)
def test_a_save_that_does_not_is_not(stored):
    assert accepted(stored) is False


def test_a_save_is_taken_to_the_last_millisecond_of_the_grace():
    assert accepted(now=TOO_LATE - timedelta(milliseconds=1)) is True
    assert accepted(now=TOO_LATE) is False


@pytest.mark.parametrize(
    ("stored", "sent", "now", "expected"),
    [
        (None, SENT, IN_TIME, SaveCase.UNKNOWN),
        (replace(STORED, epoch=1), SENT, IN_TIME, SaveCase.UNKNOWN),
        (replace(STORED, voided=True), SENT, IN_TIME, SaveCase.VOIDED),
        (replace(STORED, voided=True, state=2), SENT, IN_TIME, SaveCase.VOIDED),
        (replace(STORED, state=2), SENT, TOO_LATE, SaveCase.SUBMITTED),
        (replace(STORED, state=3), SENT, TOO_LATE, SaveCase.CLOSED),
        (replace(STORED, revision=5, answers=(1, 4)), SENT, IN_TIME, SaveCase.ALREADY_SAVED),
        (replace(STORED, revision=5, answers=(1, 4)), SENT, TOO_LATE, SaveCase.ALREADY_SAVED),
        (replace(STORED, revision=6, answers=(8, 8)), SENT, IN_TIME, SaveCase.ALREADY_SAVED),
        (STORED, SENT, TOO_LATE, SaveCase.LATE),
        (replace(STORED, revision=5), SENT, IN_TIME, SaveCase.CONFLICT),
        (replace(STORED, revision=5, writer=12), SENT, IN_TIME, SaveCase.CONFLICT),
        (replace(STORED, revision=3, writer=12), SENT, IN_TIME, SaveCase.CONFLICT),
        (replace(STORED, revision=5, writer=12), SENT, TOO_LATE, SaveCase.LATE),
        (STORED, SENT, IN_TIME, SaveCase.RACE),
    ],
    ids=[
        "no such attempt",
        "handed to another holder",
        "voided",
        "voided after the submit",
        "submitted",
        "closed",
        "reply lost",
        "reply lost, asked again after time-up",
        "overtaken by a later save of the tab",
        "late",
        "one writer in two tabs",
        "another tab saved",
        "built on a revision never stored",
        "late and another tab saved",
        "nothing in the way any more",
    ],
)
def test_the_case_of_a_refused_save(stored, sent, now, expected):
    assert case(stored, sent, now) is expected


@given(stored_rows, sent_saves, moments)
def test_exactly_the_acceptable_saves_are_races_or_already_there(stored, sent, now):
    """A row that would take the save never yields a reason why it can't be taken."""
    named = case(stored, sent, now)
    if accepted(stored, sent, now):
        assert named in (SaveCase.RACE, SaveCase.ALREADY_SAVED)
    else:
        assert named is not SaveCase.RACE


@given(stored_rows, sent_saves)
def test_a_save_told_already_saved_was_or_was_overtaken(stored, sent):
    if case(stored, sent) is SaveCase.ALREADY_SAVED:
        assert stored.writer == sent.writer
        assert stored.revision > sent.revision or stored.answers == sent.answers


def test_a_slot_changed_on_one_side_takes_that_side():
    assert merge_answers([1, 2, 0], [0, 2, 0], [0, 4, 0]) == Merged((1, 4, 0), ())


def test_a_slot_changed_on_both_sides_takes_mine_and_is_named():
    assert merge_answers([1, 4, 2], [0, 0, 1], [2, 4, 0]) == Merged((1, 4, 2), (0, 2))


def test_an_answer_taken_back_is_a_change():
    assert merge_answers([0], [4], [4]) == Merged((0,), ())


def test_the_prediction_merges_by_the_same_rule():
    assert [merge_value("7", "5", "5"), merge_value("5", "5", "9"), merge_value("7", "5", "9")] == [
        "7",
        "9",
        "7",
    ]


sides = st.lists(st.tuples(*[st.integers(0, 3)] * 3), max_size=8).map(
    lambda rows: [list(side) for side in zip(*rows, strict=True)] or [[], [], []]
)


@given(sides)
def test_merging_invents_nothing_and_loses_no_lone_change(three):
    mine, base, theirs = three
    merged = merge_answers(mine, base, theirs)
    for slot, (my, old, their, got) in enumerate(
        zip(mine, base, theirs, merged.answers, strict=True)
    ):
        assert got == (my if my != old else their)
        assert (slot in merged.clashes) is (len({my, old, their}) == 3)


@given(sides)
def test_merging_again_changes_nothing(three):
    mine, base, theirs = three
    merged = merge_answers(mine, base, theirs)
    assert merge_answers(merged.answers, theirs, theirs) == Merged(merged.answers, ())


def test_papers_of_different_length_are_refused():
    with pytest.raises(ValueError, match="argument"):
        merge_answers([1], [1, 2], [1, 2])
