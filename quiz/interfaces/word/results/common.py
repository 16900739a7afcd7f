"""What all papers of a result share: head, release and QR code at the foot of every page, sums.

Papers of a Vietnamese body: Vietnamese in every language of the interface.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import _Footer
from docx.shared import Mm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph

from quiz.domain.paper_layouts import Layout, read_layout
from quiz.domain.printed_pages import MarkedPage, mark_page
from quiz.domain.result_papers import ResultFacts
from quiz.domain.spoken import say_number
from quiz.enums import PrintedPaper
from quiz.interfaces.qr_codes import qr_png
from quiz.interfaces.word.decree30 import (
    new_paper,
    write_letterhead,
    write_paragraph,
    write_signature,
    write_table,
)
from quiz.interfaces.word.layout import TEXT_SIZE, borderless, flag, write_line
from quiz.rules.figures import show_money, show_number

QR_MM = 16
FOOT_MM = 5  # the code stands inside the bottom margin, which the decree lets be 25 mm
BOTTOM_MM = 25
CODE = Mm(QR_MM + 4)


@dataclass(frozen=True)
class Office:
    """How one paper is made: of what, laid out how, and where its QR code leads."""

    facts: ResultFacts
    layout: Layout
    origin: str


def office_of(facts: ResultFacts, kind: str, origin: str) -> Office:
    """Call it in Vietnamese: the layout's usual words are those of the language now."""
    return Office(facts, read_layout(unit=facts.release.contest.unit, kind=kind), origin)


def begin(office: Office, *, landscape: bool = False) -> DocxDocument:
    facts = office.facts
    title = f"{office.layout.title} {facts.round.name}, {facts.title}"
    return new_paper(title=title, author=facts.body_name, landscape=landscape)


def write_head(
    document: DocxDocument, office: Office, *, numbered: bool = False, dated: bool = True
) -> None:
    """The letterhead. `numbered`: with the number and date of the decision, blanks before it is
    signed; a paper of another date leaves it to be written in; an annex has none of its own.
    """
    facts = office.facts
    write_letterhead(
        document,
        body_name=facts.body_name,
        parent_body=facts.parent_body,
        number=facts.decision_number if numbered else None,
        place=(facts.place or "……") if dated else "",
        signed_on=facts.decision_date if numbered else None,
    )


def write_article(document: DocxDocument, number: int, text: str) -> Paragraph:
    """“**Điều 1.** Công nhận …”."""
    paragraph = write_paragraph(document, "")
    paragraph.add_run(f"Điều {number}. ").bold = True
    paragraph.add_run(text)
    return paragraph


def write_foot(document: DocxDocument, office: Office, paper: PrintedPaper, content: Any) -> None:
    """On every page: which release this is, draft or signed, its hash, and the QR code."""
    facts = office.facts
    mark = mark_page(
        release=facts.release,
        paper=paper,
        content=content,
        rows=len(facts.winners),
        money=facts.money,
    )
    section = document.sections[0]
    section.bottom_margin, section.footer_distance = Mm(BOTTOM_MM), Mm(FOOT_MM)
    for footer in (section.footer, section.first_page_footer):
        _write_foot(footer, office, mark)


def _write_foot(footer: _Footer, office: Office, mark: MarkedPage) -> None:
    release = office.facts.release
    state = "" if office.facts.signed else "DỰ THẢO · "
    lines = (
        f"{state}Bản công bố số {release.number} · mã trang {mark.code} · quét mã để kiểm tra",
        f"Mã băm {release.digest}",
        f"Gốc cây băm {release.document['root']}",
    )
    width = room_of(footer)
    table = footer.add_table(rows=1, cols=2, width=width)
    table.autofit = False
    left, right = table.rows[0].cells
    for place, (cell, room) in enumerate(((left, width - CODE), (right, CODE))):
        table.columns[place].width = cell.width = room
    for place, text in enumerate(lines):
        paragraph = left.paragraphs[0] if place == 0 else left.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = 1
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(7.5), place == 0
    code = right.paragraphs[0]
    code.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    code.paragraph_format.space_after = Pt(0)
    code.paragraph_format.line_spacing = 1
    picture = code.add_run().add_picture(qr_png(office.origin + mark.path), width=Mm(QR_MM))
    picture._inline.docPr.set("descr", f"Mã QR kiểm tra: {mark.code}")  # noqa: SLF001
    empty = footer.paragraphs[0]  # a footer begins with one, and may not be without
    empty.paragraph_format.space_after, empty.paragraph_format.line_spacing = Pt(0), Pt(1)
    footer._element.remove(empty._p)  # noqa: SLF001
    footer._element.append(empty._p)  # noqa: SLF001


def room_of(footer: _Footer) -> Mm:
    """The room between the margins of the footer's page."""
    section = footer._document_part.document.sections[0]  # noqa: SLF001
    return Mm(round((section.page_width - section.left_margin - section.right_margin) / Mm(1)))


def write_tiers(document: DocxDocument, facts: ResultFacts) -> list[list[str]]:
    """The table of prizes with its total; the rows as printed."""
    rows = [
        [tier.name, show_number(tier.count), _money(tier.each), _money(tier.money)]
        for tier in facts.tiers
    ]
    total = ["Tổng cộng", show_number(len(facts.winners)), "", _money(facts.money)]
    table = write_table(
        document,
        ["Giải", "Số giải", "Mỗi giải (đồng)", "Thành tiền (đồng)"],
        rows,
        numeric=(1, 2, 3),
        total=total,
        widths_mm=(60, 25, 38, 42),
    )
    keep_together(table.rows[:-1])
    return [*rows, total]


def keep_together(rows: Iterable[_Row]) -> None:
    """Each of these rows on one page with what follows it."""
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _money(amount: int) -> str:
    return show_number(amount) if amount else ""


def money_in_words(amount: int) -> str:
    """“3.500.000 đồng (ba triệu năm trăm nghìn đồng)”."""
    return f"{show_money(amount)} ({say_number(amount)} đồng)"


def sign(document: DocxDocument, office: Office, recipients: Sequence[str] = ()) -> None:
    """The signature of the layout, never alone on a page; recipients on its left."""
    layout = office.layout
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    write_signature(
        document, title=layout.signer_title, name=layout.signer_name, recipients=recipients
    )


def sign_together(document: DocxDocument, office: Office, prepared: str) -> None:
    """Two signatures side by side; `prepared`: the left one's capacity where none is laid down."""
    layout = office.layout
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    table = borderless(document, (75, 90))
    flag(table.rows[0]._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001
    sides = (
        (layout.preparer_title or prepared, layout.preparer_name),
        (layout.signer_title, layout.signer_name),
    )
    for cell, (title, name) in zip(table.rows[0].cells, sides, strict=True):
        for part in title.split("\n"):
            write_line(cell, part.upper(), TEXT_SIZE, bold=True)
        write_line(cell, "(Ký, ghi rõ họ tên)", TEXT_SIZE - 1, italic=True)
        for _blank in range(4):
            write_line(cell, "", TEXT_SIZE)
        write_line(cell, name, TEXT_SIZE, bold=True)
