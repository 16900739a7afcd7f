"""The workbook that goes out is the one that may come in."""

import io
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from quiz.domain.legal_documents import parse_citations
from quiz.drafts import ItemDraft
from quiz.interfaces.excel.items_reader import read_items
from quiz.interfaces.excel.items_template import COLUMNS
from quiz.interfaces.formats.excel_write import write_excel
from tests.quiz.interfaces.formats.drafts import bare, drafts

RICH = ItemDraft(
    "multiple",
    "=Chọn số chẵn",
    ("2", "3", "04", "5", "6", "7", "8", "9"),
    frozenset({0, 2}),
    fixed_order=True,
    topic="Số",
    level="van_dung",
    rationale="Chia hết cho hai.",
    citation="Luật 1/2025/QH15, Điều 2\nNghị định 118/2025/NĐ-CP",
    checked_on=date(2026, 9, 5),
    checked_by="Lê Thị Bình",
)


def written(*items: ItemDraft) -> tuple[bytes, list[str]]:
    out = io.BytesIO()
    faults = write_excel(items, out)
    return out.getvalue(), [fault.message for fault in faults]


def test_columns_are_those_of_the_template_with_room_for_eight_options() -> None:
    data, told = written(RICH)
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).active]
    names = [column.name for column in COLUMNS]
    assert rows[0] == [*names[:7], "G", "H", *names[7:]]
    assert rows[1][:4] == ["=Chọn số chẵn", "2", "3", "04"]
    assert rows[1][9] == "A, C"
    assert told == []


def test_the_reader_takes_everything_back() -> None:
    read = read_items(written(RICH)[0])
    assert read.faults == ()
    (draft,) = read.drafts
    assert parse_citations(draft.citation) == parse_citations(RICH.citation)
    assert bare(replace(draft, citation="")) == replace(RICH, citation="")


def test_a_key_that_could_mean_another_option_is_written_with_its_words() -> None:
    twin = ItemDraft("single", "Mấy?", ("2", "1", "ba"), frozenset({1}))
    data, told = written(twin)
    assert told == []
    assert read_items(data).drafts[0].key == frozenset({1})


def test_lines_and_an_order_that_reading_would_fix_are_told() -> None:
    lines = replace(RICH, stem="Chọn:\nsố chẵn")
    loose = ItemDraft("single", "Câu 3: Hỏi?", ("a", "b", "Cả A và B"), frozenset({2}))
    assert written(lines, loose)[1] == [
        "Định dạng này không mang được: xuống dòng.",
        "Định dạng này không mang được: số câu ở đầu câu dẫn, cho đảo phương án.",
    ]


@settings(max_examples=40, deadline=None)
@given(
    items=st.lists(
        drafts(lines=False), min_size=1, max_size=3, unique_by=lambda draft: draft.digest
    )
)
def test_what_it_carries_comes_back(items: list[ItemDraft]) -> None:
    numbered = [replace(draft, row=place) for place, draft in enumerate(items, start=1)]
    out = io.BytesIO()
    told = {fault.place for fault in write_excel(numbered, out)}
    carried = [d for d in numbered if not any(p.startswith(f"Câu {d.row} ") for p in told)]
    data, more = written(*carried)
    read = read_items(data)
    assert more == []
    if not carried:
        return
    assert [str(fault) for fault in read.faults] == []
    same = [replace(bare(draft), citation="") for draft in read.drafts]
    assert same == [replace(bare(draft), citation="") for draft in carried]
