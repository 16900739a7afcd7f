from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.heads import (
    MARK,
    head_digest,
    head_document,
    heads_to_open,
    mark_after,
    newest_moment,
)

OPENS = datetime(2026, 11, 20, 2, tzinfo=UTC)  # 09:00 in Viet Nam
CLOSES = datetime(2026, 11, 23, 10, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 20, 17, tzinfo=UTC)
DOCUMENT = head_document(number=1, at=MIDNIGHT, root="ab" * 32, size=3, previous="cd" * 32)


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (OPENS, None),
        (MIDNIGHT - timedelta(milliseconds=1), None),
        (MIDNIGHT, MIDNIGHT),
        (MIDNIGHT + timedelta(hours=30), MIDNIGHT + timedelta(days=1)),
        (CLOSES - timedelta(seconds=1), MIDNIGHT + timedelta(days=2)),
        (CLOSES, CLOSES),
        (CLOSES + timedelta(days=3), CLOSES),
    ],
)
def test_there_is_a_head_each_midnight_in_viet_nam_and_at_the_close(now, moment):
    assert newest_moment(opens_at=OPENS, closes_at=CLOSES, now=now) == moment


@given(st.integers(0, 10**11))
def test_a_late_head_stands_on_a_whole_mark_of_the_clock(milliseconds: int):
    moment = OPENS + timedelta(milliseconds=milliseconds)
    mark = mark_after(moment)
    assert mark.minute % 5 == mark.second == mark.microsecond == 0
    assert timedelta() <= mark - moment < MARK


def test_without_its_nonce_a_head_says_neither_root_nor_size():
    """Who guesses both can't even tell that the guess is right."""
    digests = {head_digest(bytes([n]) * 32, DOCUMENT) for n in range(3)}
    assert len(digests) == 3
    with pytest.raises(ValueError, match="32 bytes"):
        head_digest(b"", DOCUMENT)


@pytest.mark.parametrize("field", ["number", "at", "root", "size", "previous"])
def test_a_head_binds_all_it_says(field: str):
    other = {"number": 2, "at": OPENS, "root": "00" * 32, "size": 4, "previous": "00" * 32}
    assert head_digest(b"n" * 32, DOCUMENT | {field: other[field]}) != head_digest(
        b"n" * 32, DOCUMENT
    )


def told_apart(kinds: list[list[int]], opened: list[int]) -> list[int]:
    """How many of each kind fall between two opened heads, the stretches without any left out."""
    edges = [-1, *opened, len(kinds[0]) - 1]
    stretches = [sum(kind[a + 1 : b + 1]) for kind in kinds for a, b in pairwise(edges)]
    return [n for n in stretches if n]


@pytest.mark.parametrize(
    ("kinds", "opened"),
    [
        ([[9, 9, 9, 0]], [0, 1, 2]),
        ([[9, 1, 9, 0]], [0, 2]),
        ([[9, 9, 1, 0]], [0, 2]),
        ([[2, 9, 9, 0]], [1, 2]),
        ([[9, 9, 0, 3]], [0]),
        ([[9, 9, 9, 0], [0, 3, 9, 0]], [0, 2]),
        ([[1, 1, 1, 0]], [2]),
        ([[0, 0]], [0]),
        ([], []),
    ],
)
def test_what_a_day_would_isolate_is_opened_with_its_neighbours(kinds, opened):
    assert heads_to_open(kinds) == opened


def test_a_head_that_held_a_leaf_since_changed_stays_closed():
    assert heads_to_open([[9, 9, 9, 0]], closed=[0, 1]) == [2]


@given(st.data())
def test_no_stretch_between_opened_heads_isolates_anybody(data: st.DataObject):
    n = data.draw(st.integers(1, 6))
    column = st.integers(0, 12)
    kinds = data.draw(st.lists(st.lists(column, min_size=n + 1, max_size=n + 1), min_size=1))
    opened = heads_to_open(kinds)
    free = [head for head in opened if not any(sum(kind[head + 1 :]) for kind in kinds)]
    if len(opened) > len(free):
        assert min(told_apart(kinds, opened)) >= 5
    assert [n - 1] == free[-1:] or any(kind[n] for kind in kinds)
