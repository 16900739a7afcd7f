"""Word papers in the layout of Decree 30/2020/NĐ-CP (appendix I).

A4; margins 20 mm above and below, 30 mm left, 15 mm right; Times New Roman, 13 points in the text;
page number centred at the top from the second page. The national name and motto stay Vietnamese in
every language. Functions append to the document, in the order a paper is read.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from quiz.interfaces.word.layout import (
    TEXT_SIZE,
    borderless,
    fill_cell,
    flag,
    set_page,
    set_rule,
    set_style,
    share_width,
    write_line,
    write_page_number,
    write_rule,
)
from quiz.rules.figures import show_long_date

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BLANK = "……"
# The lines a paper waits with for its number and its date.
NUMBER, DATE = f"Số: {BLANK}", f"ngày {BLANK} tháng {BLANK} năm {BLANK}"

_CENTER = WD_ALIGN_PARAGRAPH.CENTER


def new_paper(*, title: str, author: str, landscape: bool = False) -> DocxDocument:
    """An empty paper with its page, styles and page number set."""
    document = Document()
    set_page(document, landscape=landscape)
    styles = document.styles
    set_style(styles["Normal"], TEXT_SIZE)
    set_style(styles["Heading 1"], TEXT_SIZE + 1, bold=True)
    set_style(styles["Heading 2"], TEXT_SIZE, bold=True)
    styles["Heading 1"].paragraph_format.alignment = _CENTER
    styles["Heading 2"].paragraph_format.first_line_indent = Mm(10)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
    write_page_number(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title[:255], author[:255], ""
    properties.language = "vi-VN"
    for name in ("dcterms:created", "dcterms:modified"):
        for element in properties._element.findall(qn(name)):  # noqa: SLF001
            properties._element.remove(element)  # noqa: SLF001 - the template's date of 2013
    return document


def write_letterhead(
    document: DocxDocument,
    *,
    body_name: str,
    parent_body: str = "",
    number: str | None = None,
    place: str = "",
    signed_on: date | None = None,
    about: str = "",
) -> None:
    """Who issues the paper on the left, the national name and motto on the right.

    `number` None leaves the number out, "" leaves it to be written in. With a `place` and no date
    the date is left to be written in. `about` (“V/v …”) stands below the number of a letter.
    """
    table = borderless(document, (70, 95))
    left, right = table.rows[0].cells
    if parent_body:
        write_line(left, parent_body.upper(), TEXT_SIZE - 1)
    write_line(left, body_name.upper(), TEXT_SIZE - 1, bold=True)
    write_rule(left, indent_mm=24)
    write_line(right, NATION, TEXT_SIZE - 1, bold=True)
    write_line(right, MOTTO, TEXT_SIZE, bold=True)
    write_rule(right, indent_mm=17)
    if number is not None:
        write_line(left, _("Số: %(number)s") % {"number": number or BLANK}, TEXT_SIZE)
    if about:
        write_line(left, about, TEXT_SIZE - 1)
    if place:
        words = {"place": place, "date": show_date(signed_on)}
        write_line(right, _("%(place)s, %(date)s") % words, TEXT_SIZE, italic=True)
    write_paragraph(document, "", indent=False)


def show_date(day: date | None) -> str:
    """“ngày 05 tháng 02 năm 2026”, or its blanks."""
    if day is not None:
        return show_long_date(day)
    return _("ngày %(blank)s tháng %(blank)s năm %(blank)s") % {"blank": BLANK}


def write_title(document: DocxDocument, kind: str, about: str = "") -> None:
    """The kind of paper in capitals and what it is about, centred, with the rule below."""
    heading = document.add_paragraph(kind.upper(), style="Heading 1")
    heading.paragraph_format.space_after = Pt(0)
    if about:
        write_centred(document, about, bold=True)
    set_rule(document.add_paragraph(), indent_mm=62)


def write_attachment_note(
    document: DocxDocument, *, body_name: str, number: str = "", signed_on: date | None = None
) -> None:
    """“(Kèm theo Quyết định số … ngày … của …)”, with blanks while the paper is a draft."""
    text = _("(Kèm theo Quyết định số %(number)s %(date)s của %(body)s)") % {
        "number": number or BLANK,
        "date": show_date(signed_on),
        "body": body_name,
    }
    write_centred(document, text, italic=True)


def write_recipients(document: DocxDocument, recipients: Sequence[str]) -> None:
    """“Kính gửi:” and whom: one on the same line, several below it with a dash each."""
    if len(recipients) == 1:
        write_centred(document, _("Kính gửi: %(recipient)s.") % {"recipient": recipients[0]})
        return
    lines = [f"- {name}{';' if name != recipients[-1] else '.'}" for name in recipients]
    for text, indent in ((_("Kính gửi:"), 45), *((line, 62) for line in lines)):
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.left_indent = Mm(indent)
        paragraph.paragraph_format.space_after = Pt(2)
    write_paragraph(document, "", indent=False)


def write_article(document: DocxDocument, heading: str) -> None:
    """“Điều 1. …”, kept with the text that follows it."""
    document.add_paragraph(heading, style="Heading 2")


def write_centred(
    document: DocxDocument, text: str, *, bold: bool = False, italic: bool = False
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = _CENTER
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic


def write_paragraph(document: DocxDocument, text: str, *, indent: bool = True) -> Paragraph:
    """Justified text whose first line is set in by 10 mm."""
    paragraph = document.add_paragraph(text)
    if indent:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)
    return paragraph


def write_table(
    document: DocxDocument,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numeric: Sequence[int] = (),
    total: Sequence[str] | None = None,
    widths_mm: Sequence[float] | None = None,
) -> Table:
    """A ruled table: its header is repeated on every page and no row breaks across two.

    `numeric` columns are set flush right; `total` is the last row, in bold. Without widths the
    columns share the page by their longest cells.
    """
    body = [*rows, *([total] if total is not None else [])]
    table = document.add_table(rows=1 + len(body), cols=len(headers), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = widths_mm or share_width(document, [headers, *body])
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for index, (row, texts) in enumerate(zip(table.rows, [headers, *body], strict=True)):
        flag(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001
        bold = index == 0 or (total is not None and index == len(body))
        # row.cells is built anew on each access: read it once, or long tables take minutes.
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Mm(widths[place])
            fill_cell(cell, text, bold=bold, flush_right=index > 0 and place in numeric)
            if index == 0:
                cell.paragraphs[0].alignment = _CENTER
    flag(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001
    space = write_paragraph(document, "", indent=False)
    space.paragraph_format.space_after = Pt(0)
    return table


def write_signature(
    document: DocxDocument, *, title: str, name: str = "", recipients: Sequence[str] = ()
) -> None:
    """Recipients on the left; on the right the signer's capacity, room to sign, the name. No page
    ends within it.
    """
    table = borderless(document, (75, 90))
    flag(table.rows[0]._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001
    left, right = table.rows[0].cells
    if recipients:
        line = write_line(left, _("Nơi nhận:"), 12, bold=True, italic=True)
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for recipient in recipients:
        line = write_line(left, f"- {recipient}", 11)
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for part in title.split("\n"):
        write_line(right, part.upper(), TEXT_SIZE, bold=True)
    for _blank in range(4):
        write_line(right, "", TEXT_SIZE)
    write_line(right, name, TEXT_SIZE, bold=True)


def write_footer(document: DocxDocument, text: str) -> None:
    """A small line at the foot of every page, such as the digest of what is signed."""
    section = document.sections[0]
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = _CENTER
        run = paragraph.add_run(text)
        run.font.size = Pt(9)
