"""What a format can express comes back as it was; what it can't is told, item by item."""

import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.errors import Fault
from quiz.drafts import STEM, ItemDraft, Media
from quiz.interfaces.formats.gift_read import read_gift
from quiz.interfaces.formats.gift_write import write_gift
from quiz.interfaces.formats.moodle_read import read_moodle
from quiz.interfaces.formats.moodle_write import write_moodle
from quiz.interfaces.formats.qti_read import read_qti
from quiz.interfaces.formats.qti_write import write_qti
from quiz.readings import CERTAIN
from tests.quiz.interfaces.formats.drafts import bare, drafts

WHOLE = (
    (read_gift, write_gift),
    (read_moodle, write_moodle),
    (read_qti, write_qti),
)


def written(write: Callable, items: Sequence[ItemDraft]) -> tuple[bytes, tuple[Fault, ...]]:
    out = io.BytesIO()
    faults = write(items, out)
    return out.getvalue(), faults


@pytest.mark.parametrize(("read", "write"), WHOLE, ids=["gift", "moodle", "qti"])
@settings(max_examples=50, deadline=None)
@given(items=st.lists(drafts(), min_size=1, max_size=3))
def test_everything_comes_back_and_nothing_is_told(
    read: Callable, write: Callable, items: list[ItemDraft]
) -> None:
    data, faults = written(write, items)
    reading = read(io.BytesIO(data), name="cau-hoi")
    assert faults == ()
    assert reading.skipped == ()
    assert [bare(item.draft) for item in reading.items] == items
    assert all(item.confidence == CERTAIN for item in reading.items)
    assert all(item.faults == item.repairs == () for item in reading.items)
    # “Cả A và B” keeps its place, and the reader says so.
    assert {told.code for item in reading.items for told in item.notices} <= {"order_fixed"}


@pytest.mark.parametrize("write", [write_gift, write_moodle, write_qti])
def test_the_same_items_give_the_same_bytes(write: Callable) -> None:
    items = [ItemDraft("single", "Hỏi?", ("a", "b"), frozenset({0}), row=7)]
    assert written(write, items) == written(write, items)


def test_gift_leaves_pictures_and_sounds_behind_and_says_so() -> None:
    picture = Media(place=STEM, kind="image", sha256="0" * 64, alt="Sơ đồ")
    plain = ItemDraft("single", "Hỏi?", ("a", "b"), frozenset({0}), row=7)
    data, told = written(write_gift, [plain, replace(plain, row=8, media=(picture,))])
    assert data == written(write_gift, [plain, replace(plain, row=8)])[0]
    assert [(fault.place, fault.code) for fault in told] == [("Câu 8 (Hỏi?)", "media_not_carried")]
