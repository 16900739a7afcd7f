from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.heads import MARK, head_digest, head_document, mark_after, newest_moment

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
