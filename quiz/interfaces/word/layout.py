"""Pages, styles, cells and lines beneath the papers of Decree 30/2020/NĐ-CP."""

from collections.abc import Sequence

from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
TEXT_SIZE = 13
TABLE_SIZE = 12


def set_page(document: DocxDocument, *, landscape: bool) -> None:
    section = document.sections[0]
    width, height = Mm(210), Mm(297)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = height, width
    section.page_width, section.page_height = width, height
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def set_style(style: ParagraphStyle, size: float, *, bold: bool = False) -> None:
    """The decree's font in every script; the template's theme fonts and colours go."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(6), 1.15


def write_page_number(document: DocxDocument) -> None:
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind in ("begin", "instruction", "end"):
        instruction = kind == "instruction"
        element = OxmlElement("w:instrText" if instruction else "w:fldChar")
        if instruction:
            element.text = "PAGE"
        else:
            element.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(element)  # noqa: SLF001


def borderless(document: DocxDocument, widths_mm: Sequence[float]) -> Table:
    table = document.add_table(rows=1, cols=len(widths_mm))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths_mm, strict=True):
        column.width = cell.width = Mm(width)
    return table


def write_line(
    cell: _Cell, text: str, size: float, *, bold: bool = False, italic: bool = False
) -> Paragraph:
    """A centred line in a cell; the first one takes the cell's own empty paragraph."""
    first = cell.paragraphs[0]
    used = len(cell.paragraphs) > 1 or first.runs
    paragraph = cell.add_paragraph() if used else first
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def write_rule(cell: _Cell, *, indent_mm: float) -> None:
    set_rule(cell.add_paragraph(), indent_mm=indent_mm)


def set_rule(paragraph: Paragraph, *, indent_mm: float) -> None:
    """Turn an empty paragraph into a thin line, set in on both sides."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(indent_mm)
    form.space_after, form.line_spacing = Pt(6), Pt(3)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def fill_cell(cell: _Cell, text: str, *, bold: bool, flush_right: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if flush_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(TABLE_SIZE), bold


def share_width(document: DocxDocument, rows: Sequence[Sequence[str]]) -> list[float]:
    """The page's room shared by the longest cell of each column."""
    return share_widths(
        document,
        [min(max(8, *(len(text) for text in column)), 40) for column in zip(*rows, strict=True)],
    )


def share_widths(document: DocxDocument, weights: Sequence[float]) -> list[float]:
    """The page's room, in millimetres, shared by weights."""
    section = document.sections[0]
    lengths = (section.page_width, section.left_margin, section.right_margin)
    width, left, right = (length.mm if length is not None else 0.0 for length in lengths)
    room = width - left - right
    return [room * weight / sum(weights) for weight in weights]


def flag(properties: BaseOxmlElement, name: str) -> None:
    """Switch on a property that is true by being there."""
    properties.append(OxmlElement(name))
