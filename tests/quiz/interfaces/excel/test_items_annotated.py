"""The annotated copy: the person's own workbook, with every fault beside its row."""

import io
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font, PatternFill

from quiz.interfaces.excel import items_annotated
from quiz.interfaces.excel.items_annotated import write_annotated
from quiz.interfaces.excel.items_reader import read_items
from tests.quiz.interfaces.excel.item_workbooks import HEAD, PLAIN, codes, fill, item_book, saved

OPTIONS = PLAIN[1:5]


def faulty_book() -> Workbook:
    book = item_book(
        PLAIN,
        ("Không đáp án?", *OPTIONS, ""),
        ("Ƣớc tính?", *OPTIONS, "A"),
    )
    fill(book.create_sheet("Tuần 'hai'"), HEAD, ("=B2", *OPTIONS, "Z"))
    book.active["A3"].font = Font(bold=True, color="FF112233")
    book.active["A2"].fill = PatternFill("solid", fgColor="FFABCDEF")
    book["Tuần 'hai'"]["A2"].data_type = "s"
    return book


def annotated(data: bytes) -> bytes:
    result = read_items(data)
    out = io.BytesIO()
    write_annotated(data, result.faults, result.notices, out)
    return out.getvalue()


def column(book: Workbook, sheet: str) -> list:
    """The texts of “Lỗi cần sửa”, which stands behind the last column."""
    return [row[len(HEAD)].value for row in book[sheet].iter_rows(max_col=len(HEAD) + 1)]


def test_faults_stand_beside_their_rows() -> None:
    book = load_workbook(io.BytesIO(annotated(saved(faulty_book()))))
    assert book.sheetnames == ["Tổng hợp lỗi", "Câu hỏi", "Tuần 'hai'"]
    assert column(book, "Câu hỏi") == [
        "Lỗi cần sửa",
        None,
        "Chưa có đáp án. Đánh dấu phương án đúng.",
        "Lưu ý: Chữ “ƣ/Ƣ” gõ nhầm đã được đọc là “ư/Ư”.",
    ]
    assert column(book, "Tuần 'hai'") == [
        "Lỗi cần sửa",
        "Chưa hiểu đáp án “Z”. Ghi chữ cái của phương án đúng, ví dụ “B” hoặc “A, C”.",
    ]


def look(cell: Cell) -> tuple:
    color = cell.font.color
    return (cell.value, cell.data_type, cell.font.b, color.rgb if color else None)


def test_cells_and_their_look_stay() -> None:
    data = saved(faulty_book())
    before, after = load_workbook(io.BytesIO(data)), load_workbook(io.BytesIO(annotated(data)))
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                copy = after[sheet.title][cell.coordinate]
                assert look(copy) == look(cell)
    fills = [after["Câu hỏi"].cell(row, 1).fill.fgColor.rgb for row in (2, 3, 4)]
    assert fills == ["FFABCDEF", "FFFFE0E0", "FFFFF6D6"]


def test_summary_lists_everything_with_links() -> None:
    book = load_workbook(io.BytesIO(annotated(saved(faulty_book()))))
    summary = book["Tổng hợp lỗi"]
    assert [[cell.value for cell in row[1:4]] for row in summary["A5:E10"]] == [
        ["Trang", "Dòng", "Lỗi"],
        ["Câu hỏi", 3, "Chưa có đáp án."],
        ["Tuần 'hai'", 2, "Chưa hiểu đáp án “Z”."],
        [None, None, None],
        ["Trang", "Dòng", "Lưu ý"],
        ["Câu hỏi", 4, "Chữ “ƣ/Ƣ” gõ nhầm đã được đọc là “ư/Ư”."],
    ]
    assert [summary[place].hyperlink.location for place in ("C6", "C7")] == [
        "'Câu hỏi'!A3",
        "'Tuần ''hai'''!A2",
    ]
    assert [sheet.sheet_view.tabSelected for sheet in book] == [True, False, False]


def test_copy_can_be_mended_and_uploaded_again() -> None:
    data = saved(faulty_book())
    copy = annotated(data)
    again = read_items(copy)
    assert (again.faults, again.notices) == (read_items(data).faults, read_items(data).notices)
    book = load_workbook(io.BytesIO(copy))
    book["Câu hỏi"]["F3"] = "B"
    mended = saved(book)
    assert codes(read_items(mended)) == [(2, "key_unreadable")]
    second = load_workbook(io.BytesIO(annotated(mended)))
    assert second.sheetnames == book.sheetnames
    assert column(second, "Câu hỏi")[2:3] == [None]
    assert second["Câu hỏi"].max_column == len(HEAD) + 1
    assert second["Câu hỏi"]["A3"].fill.fill_type is None


def test_faults_that_look_like_formulas_stay_text() -> None:
    result = read_items(saved(item_book(("Hỏi?", *OPTIONS, "=1+1"))))
    book = item_book(("Hỏi?", *OPTIONS, "x"))
    out = io.BytesIO()
    faults = [type(f)(f.place, f.code, "=CMD()", "", f.sheet, f.row) for f in result.faults]
    write_annotated(saved(book), faults, (), out)
    cell = load_workbook(out)["Câu hỏi"]["G2"]
    assert (cell.value, cell.data_type) == ("=CMD()", "s")


def test_workbook_that_openpyxl_cannot_read_is_copied_by_value(monkeypatch) -> None:
    def stumble(*_arguments: object) -> None:
        raise ValueError

    data = saved(faulty_book())
    result = read_items(data)
    out = io.BytesIO()
    with monkeypatch.context() as patched:
        patched.setattr(items_annotated, "load_workbook", stumble)
        write_annotated(data, result.faults, result.notices, out)
    again = read_items(out.getvalue())
    assert (again.faults, again.drafts) == (result.faults, result.drafts)


def test_copy_can_go_to_a_path(tmp_path: Path) -> None:
    path = tmp_path / "loi.xlsx"
    data = saved(item_book(PLAIN))
    write_annotated(data, (), (), path)
    assert load_workbook(path).sheetnames == ["Tổng hợp lỗi", "Câu hỏi"]
