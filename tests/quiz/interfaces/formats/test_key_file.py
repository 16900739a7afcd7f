"""Answers in a file of their own, joined to the items by number."""

import io

import pytest
from docx import Document
from openpyxl import Workbook

from quiz.interfaces.formats.key_file import merge_keys, read_key_file
from quiz.interfaces.formats.refusals import NoKeys
from quiz.readings import CERTAIN, Mark
from tests.quiz.interfaces.formats.text_files import keys, read

THREE = "".join(f"Câu {n}: Hỏi {n}?\nA. một {n}\nB. hai {n}\nC. ba {n}\n" for n in (1, 2, 3))


def answers(data: bytes | str, name: str = "dap-an.txt"):
    data = data.encode() if isinstance(data, str) else data
    return read_key_file(io.BytesIO(data), name=name)


def workbook(rows: list[list]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def document(rows: list[list[str]]) -> bytes:
    made = Document()
    table = made.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("1.C 2.A 3.B", "k.txt"),
        ("Câu hỏi 1. Đáp án đúng là: C. ba 1\nCâu hỏi 2. Chọn A.\nCâu hỏi 3. Chọn B.", "k.txt"),
        (workbook([["Câu", "Đáp án"], [1, "C"], [2, "A"], [3, "B"]]), "k.xlsx"),
        (workbook([["BẢNG ĐÁP ÁN"], ["Câu", 1, 2, 3], ["Đáp án", "C", "A", "B"]][1:]), "k.xlsx"),
        (document([["Câu", "Đáp án"], ["1", "C"], ["2", "A"], ["3", "B"]]), "k.docx"),
    ],
)
def test_answers_are_joined_by_number(data, name):
    merged = merge_keys(read(THREE), answers(data, name))
    assert keys(merged) == ["C", "A", "B"]
    assert {item.confidence for item in merged.items} == {CERTAIN}
    assert {item.evidence[-1].mark for item in merged.items} == {Mark.KEY_FILE}
    assert {item.faults for item in merged.items} == {()}


SEVERAL = workbook([["Câu", "Đề gốc", "Mã 001"], [1, "C", "A"], [2, "A", "B"], [3, "B", "C"]])


def test_file_of_several_papers_gives_the_original_or_the_one_asked_for():
    found = answers(SEVERAL, "k.xlsx")
    assert [column.name for column in found.columns] == ["Đề gốc", "Mã 001"]
    assert keys(merge_keys(read(THREE), found)) == ["C", "A", "B"]
    assert keys(merge_keys(read(THREE), found, name="Mã 001")) == ["A", "B", "C"]


def test_the_papers_of_a_key_file_and_the_one_taken_are_told():
    merged = merge_keys(read(THREE), answers(SEVERAL, "k.xlsx"))
    assert (merged.key_columns, merged.key_column) == (("Đề gốc", "Mã 001"), "Đề gốc")
    printed = workbook([["Câu", "Mã 001", "Mã 002"], [1, "C", "A"], [2, "A", "B"]])
    unclear = merge_keys(read(THREE), answers(printed, "k.xlsx"))
    assert (unclear.key_columns, unclear.key_column) == (("Mã 001", "Mã 002"), "")
    assert keys(unclear) == ["", "", ""]
    assert merge_keys(read(THREE), answers("1.C 2.A 3.B")).key_columns == ()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("1.C", "k.txt"),
        ("Câu 1: C", "k.txt"),
        ("Câu 1. Đáp án đúng là: C. ba 1", "k.txt"),
        (workbook([["Câu", "Đáp án"], [1, "C"]]), "k.xlsx"),
        (workbook([[1, "C"]]), "k.xlsx"),
        (document([["Câu", "Đáp án"], ["1", "C"]]), "k.docx"),
    ],
)
def test_a_single_answer_is_enough(data, name):
    assert keys(merge_keys(read(THREE), answers(data, name))) == ["C", "", ""]


def test_answer_against_the_items_own_is_told_and_believed_less():
    reading = read(THREE.replace("C. ba 1\n", "C. ba 1\nĐáp án: A\n"))
    first, *others = merge_keys(reading, answers("1.C 2.A 3.B")).items
    assert first.draft.key == {2}
    assert first.confidence == 50
    assert "evidence_disagrees" in {notice.code for notice in first.notices}
    assert {item.confidence for item in others} == {CERTAIN}


def test_numbers_that_begin_anew_are_matched_part_by_part():
    merged = merge_keys(
        read(f"PHẦN I\n{THREE}PHẦN II\n{THREE}"), answers("1.C 2.A 3.B\n1.A 2.B 3.C")
    )
    assert keys(merged) == [*"CABABC"]
    assert {item.confidence for item in merged.items} == {90}


def test_parts_that_do_not_match_are_reported_and_left():
    reading = read(f"PHẦN I\n{THREE}PHẦN II\n{THREE}")
    merged = merge_keys(reading, answers("1.C 2.A 3.B"))
    assert merged.items == reading.items
    assert merged.notices[-1].code == "key_list_unmatched"


def test_answer_to_no_item_is_told():
    merged = merge_keys(read(THREE), answers("1.C 2.A 3.B 4.A 9.B"))
    assert merged.notices[-1].code == "key_without_item"
    assert "4, 9" in merged.notices[-1].message


def test_file_without_answers_is_refused():
    with pytest.raises(NoKeys):
        answers("Kính gửi các đồng chí.")
    with pytest.raises(NoKeys):
        answers(workbook([["Họ tên", "Đơn vị"], ["An", "Tổ 1"]]), "k.xlsx")
