"""Aiken carries a stem, options and one key; of each item it says what it leaves behind."""

import io
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.drafts import ItemDraft
from quiz.interfaces.formats.aiken_write import write_aiken
from tests.quiz.interfaces.formats.drafts import bare, drafts
from tests.quiz.interfaces.formats.files import aiken

PLAIN = ItemDraft("single", "Một tuần có mấy ngày?", ("Năm", "Bảy"), frozenset({1}), row=4)


def written(*items: ItemDraft) -> tuple[str, list[str]]:
    out = io.BytesIO()
    faults = write_aiken(items, out)
    return out.getvalue().decode(), [str(fault) for fault in faults]


def test_an_item_as_aiken_has_it() -> None:
    assert written(PLAIN) == (
        "Một tuần có mấy ngày?\nA. Năm\nB. Bảy\nANSWER: B\n\n",
        [],
    )


def test_what_is_left_behind_is_told_by_item() -> None:
    rich = replace(PLAIN, topic="Lịch", level="nhan_biet", rationale="Bảy.", citation="Luật 1")
    text, told = written(rich)
    assert text == written(PLAIN)[0]
    assert told == [
        "Câu 4 (Một tuần có mấy ngày?): Định dạng này không mang được: chủ đề, mức độ, giải "
        "thích, căn cứ. Dùng GIFT, Moodle XML hoặc QTI nếu cần giữ đủ."
    ]


def test_an_item_of_several_keys_is_left_out_by_name() -> None:
    text, told = written(replace(PLAIN, kind="multiple", key=frozenset({0, 1})), PLAIN)
    assert text == written(PLAIN)[0]
    assert told == [
        "Câu 4 (Một tuần có mấy ngày?): Câu này không ghi được vào tệp: câu nhiều đáp án. "
        "Xuất câu này bằng định dạng khác."
    ]


@settings(max_examples=50, deadline=None)
@given(items=st.lists(drafts(lines=False), min_size=1, max_size=3))
def test_what_it_carries_comes_back(items: list[ItemDraft]) -> None:
    core = [
        replace(
            draft,
            topic="", level="", rationale="", citation="",
            checked_on=None, checked_by="", tags=None,
            row=place,
        )
        for place, draft in enumerate(items, start=1)
    ]  # fmt: skip
    out = io.BytesIO()
    told = {fault.place for fault in write_aiken(core, out)}
    carried = [draft for draft in core if not any(f"Câu {draft.row} " in place for place in told)]
    if not carried:
        return
    out = io.BytesIO()
    assert write_aiken(carried, out) == ()
    reading = aiken(out.getvalue().decode())
    assert [bare(item.draft) for item in reading.items] == [bare(draft) for draft in carried]
