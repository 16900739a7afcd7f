import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine import journal
from quiz.engine.journal import Change, JournalDamaged

SLOTS = 6
answer_sets = st.lists(st.integers(0, 2**15 - 1), min_size=SLOTS, max_size=SLOTS)
saves = st.lists(
    st.tuples(answer_sets, st.integers(0, 2**31), st.integers(0, 2**31 - 1)), max_size=8
)


def test_one_record_byte_by_byte():
    record = journal.encode_changes([0, 1, 4], [0, 2, 300], revision=130, ms=66_051)
    assert record.hex(" ") == "01 00 01 02 03 82 01 02 01 02 02 ac 02"
    assert journal.decode(record) == [Change(130, 66_051, 1, 2), Change(130, 66_051, 2, 300)]


def test_a_save_that_changed_nothing_leaves_no_record():
    assert journal.encode_changes([1, 2], [1, 2], revision=3, ms=5) == b""


def test_where_the_answers_before_are_not_known_all_are_written():
    record = journal.encode_changes(None, [0, 8], revision=1, ms=5)
    assert journal.decode(record) == [Change(1, 5, 0, 0), Change(1, 5, 1, 8)]


def test_the_statement_may_put_in_its_own_milliseconds():
    body = journal.encode_body([0], [1], revision=1)
    record = journal.FORMAT + (1234).to_bytes(4, "big") + body
    assert record == journal.encode_changes([0], [1], revision=1, ms=1234)


@pytest.mark.parametrize(("ms", "kept"), [(-5, 0), (2**31 - 1, 2**31 - 1), (2**40, 2**31 - 1)])
def test_milliseconds_stop_at_both_ends(ms, kept):
    assert journal.decode(journal.encode_changes([0], [1], 1, ms)) == [Change(1, kept, 0, 1)]


@given(saves)
def test_the_journal_gives_back_the_answers(history):
    stored, expected, last = b"", [], [0] * SLOTS
    for answers, revision, ms in history:
        stored += journal.encode_changes(last, answers, revision, ms)
        expected += [
            Change(revision, ms, slot, mask)
            for slot, mask in enumerate(answers)
            if mask != last[slot]
        ]
        last = answers
    assert journal.decode(stored) == expected
    assert journal.replay(journal.decode(stored), SLOTS) == tuple(last)


@given(answer_sets, st.data())
def test_a_journal_cut_off_is_told_from_a_whole_one(answers, data):
    record = journal.encode_changes(None, answers, revision=1, ms=1)
    cut = data.draw(st.integers(1, len(record) - 1))
    with pytest.raises(JournalDamaged):
        journal.decode(record[:cut])
    with pytest.raises(JournalDamaged):
        journal.decode(b"\x02" + record[1:])


def test_forty_items_answered_and_twenty_changed_fit_with_room():
    stored, answers = b"", [0] * 40
    for revision, slot in enumerate([*range(40), *range(0, 40, 2)], start=1):
        changed = [*answers]
        changed[slot] += 1
        stored += journal.encode_changes(answers, changed, revision, 20_000 * revision)
        answers = changed
    assert len(stored) == 60 * 9
    assert journal.fits(len(stored), b"x" * 9) is True


def test_a_full_journal_takes_no_more():
    assert journal.fits(journal.MAX_BYTES - 9, b"x" * 9) is True
    assert journal.fits(journal.MAX_BYTES - 8, b"x" * 9) is False


def test_negative_numbers_and_unequal_papers_are_refused():
    with pytest.raises(ValueError, match="negative"):
        journal.encode_changes([0], [-1], 1, 1)
    with pytest.raises(ValueError, match="argument"):
        journal.encode_changes([0], [1, 2], 1, 1)
