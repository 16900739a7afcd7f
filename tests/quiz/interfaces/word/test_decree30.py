"""Word papers read back: page, type, head, tables and signature as the decree lays them down."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from quiz.interfaces.word.decree30 import (
    new_paper,
    show_date,
    write_article,
    write_attachment_note,
    write_footer,
    write_letterhead,
    write_paragraph,
    write_signature,
    write_table,
    write_title,
)


def _read_back(paper: DocxDocument) -> DocxDocument:
    file = BytesIO()
    paper.save(file)
    return Document(BytesIO(file.getvalue()))


@pytest.fixture
def paper() -> DocxDocument:
    return new_paper(title="Danh sách đạt giải", author="Ủy ban nhân dân xã")


def _lines(cell) -> list[str]:
    return [paragraph.text for paragraph in cell.paragraphs if paragraph.text]


def test_the_page_is_a4_with_the_margins_of_the_decree(paper: DocxDocument) -> None:
    section = _read_back(paper).sections[0]
    sizes = [section.page_width, section.page_height, section.left_margin, section.right_margin]
    assert [round(size.mm) for size in sizes] == [210, 297, 30, 15]
    assert [round(section.top_margin.mm), round(section.bottom_margin.mm)] == [20, 20]


def test_a_wide_annex_lies_on_its_side() -> None:
    section = _read_back(new_paper(title="x", author="y", landscape=True)).sections[0]
    assert [round(section.page_width.mm), round(section.page_height.mm)] == [297, 210]


@pytest.mark.parametrize("name", ["Normal", "Heading 1", "Heading 2"])
def test_every_script_is_set_in_times_new_roman(paper: DocxDocument, name: str) -> None:
    style = _read_back(paper).styles[name]
    fonts = style.element.rPr.rFonts
    assert dict(fonts.attrib) == {
        qn(f"w:{script}"): "Times New Roman" for script in ("ascii", "hAnsi", "eastAsia", "cs")
    }
    assert Pt(13) <= style.font.size <= Pt(14)
    assert str(style.font.color.rgb) == "000000"


def test_pages_are_numbered_at_the_top_from_the_second(paper: DocxDocument) -> None:
    section = _read_back(paper).sections[0]
    assert section.different_first_page_header_footer is True
    header = section.header.paragraphs[0]
    assert header.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert [e.text for e in header._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert section.first_page_header.paragraphs[0].text == ""


def test_the_paper_names_its_title_and_body_and_no_foreign_date(paper: DocxDocument) -> None:
    properties = _read_back(paper).core_properties
    assert (properties.title, properties.author) == ("Danh sách đạt giải", "Ủy ban nhân dân xã")
    assert properties.created is None
    assert properties.comments == ""


def test_the_letterhead_has_the_body_left_and_the_nation_right(paper: DocxDocument) -> None:
    write_letterhead(
        paper,
        body_name="Ban Tổ chức cuộc thi",
        parent_body="Ủy ban nhân dân xã",
        number="12/QĐ-BTC",
        place="Hòa Thịnh",
        signed_on=date(2026, 2, 5),
    )
    left, right = _read_back(paper).tables[0].rows[0].cells
    assert _lines(left) == ["ỦY BAN NHÂN DÂN XÃ", "BAN TỔ CHỨC CUỘC THI", "Số: 12/QĐ-BTC"]
    assert _lines(right) == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hòa Thịnh, ngày 05 tháng 02 năm 2026",
    ]
    assert [p.runs[0].bold for p in left.paragraphs if p.text] == [False, True, False]
    assert right.paragraphs[-1].runs[0].italic is True


def test_a_draft_keeps_blanks_for_number_and_date(paper: DocxDocument) -> None:
    write_letterhead(paper, body_name="Ban Tổ chức", number="", place="Hòa Thịnh")
    write_attachment_note(paper, body_name="Ban Tổ chức")
    read = _read_back(paper)
    left, right = read.tables[0].rows[0].cells
    assert _lines(left)[-1] == "Số: ……"
    assert _lines(right)[-1] == "Hòa Thịnh, ngày …… tháng …… năm ……"
    assert read.paragraphs[-1].text == (
        "(Kèm theo Quyết định số …… ngày …… tháng …… năm …… của Ban Tổ chức)"
    )
    assert show_date(date(2026, 11, 22)) == "ngày 22 tháng 11 năm 2026"


def test_title_articles_and_text_are_told_apart(paper: DocxDocument) -> None:
    write_title(paper, "Thể lệ", "Cuộc thi tìm hiểu")
    write_article(paper, "Điều 1. Tên gọi")
    write_paragraph(paper, "Nội dung.")
    read = [(p.style.name, p.text) for p in _read_back(paper).paragraphs if p.text]
    assert read == [
        ("Heading 1", "THỂ LỆ"),
        ("Normal", "Cuộc thi tìm hiểu"),
        ("Heading 2", "Điều 1. Tên gọi"),
        ("Normal", "Nội dung."),
    ]
    text = _read_back(paper).paragraphs[-1]
    assert text.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert round(text.paragraph_format.first_line_indent.mm) == 10


def test_a_table_repeats_its_header_and_keeps_rows_whole(paper: DocxDocument) -> None:
    rows = [("Nguyễn Văn A", "0901234567"), ("=Trần Thị B", "0907654321")]
    write_table(
        paper, ("Họ và tên", "Tiền"), rows, numeric=(1,), total=("Cộng", "2"), widths_mm=(120, 45)
    )
    table = _read_back(paper).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Họ và tên", "Tiền"],
        *[list(row) for row in rows],
        ["Cộng", "2"],
    ]
    flags = [[e.tag for e in row._tr.trPr] for row in table.rows]
    assert flags == [[qn("w:cantSplit"), qn("w:tblHeader")], *[[qn("w:cantSplit")]] * 3]
    right = WD_ALIGN_PARAGRAPH.RIGHT
    assert [row.cells[1].paragraphs[0].alignment for row in table.rows[1:]] == [right] * 3
    assert [row.cells[0].paragraphs[0].runs[0].bold for row in table.rows] == [
        True,
        False,
        False,
        True,
    ]
    assert [round(column.width.mm) for column in table.columns] == [120, 45]


def test_columns_share_the_page_by_their_longest_cells(paper: DocxDocument) -> None:
    write_table(paper, ("STT", "Họ và tên"), [("1", "Một họ tên dài hơn hẳn số thứ tự")])
    columns = _read_back(paper).tables[0].columns
    assert columns[0].width < columns[1].width
    assert abs(sum(column.width for column in columns) - Mm(165)) < Mm(1)


def test_the_signature_leaves_room_between_capacity_and_name(paper: DocxDocument) -> None:
    write_signature(
        paper,
        title="TM. Ban Tổ chức\nTrưởng ban",
        name="Nguyễn Văn A",
        recipients=["Như Điều 3;", "Lưu: VT."],
    )
    left, right = _read_back(paper).tables[0].rows[0].cells
    assert [p.text for p in left.paragraphs] == ["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT."]
    assert [p.text for p in right.paragraphs] == [
        "TM. BAN TỔ CHỨC",
        "TRƯỞNG BAN",
        *[""] * 4,
        "Nguyễn Văn A",
    ]


def test_the_footer_stands_on_every_page(paper: DocxDocument) -> None:
    write_footer(paper, "Mã dự thảo: abc")
    section = _read_back(paper).sections[0]
    texts = [f.paragraphs[0].text for f in (section.footer, section.first_page_footer)]
    assert texts == ["Mã dự thảo: abc"] * 2
