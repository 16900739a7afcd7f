"""Printed papers and their key as Word files, to be touched up before they are printed."""

import io
from collections.abc import Sequence
from typing import IO

import typst
from docx.document import Document as DocxDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from quiz.domain.media_files import read_bytes
from quiz.domain.printed_papers import LETTERS, PaperHead, PrintedItem, PrintedPaper
from quiz.drafts import STEM, Media
from quiz.enums import MediaKind
from quiz.interfaces.printing.papers_pdf import (
    CODES_UPRIGHT,
    option_columns,
    picture_svg,
    picture_width_mm,
    sound_words,
)
from quiz.interfaces.word.decree30 import new_paper, write_centred, write_footer, write_table
from quiz.interfaces.word.layout import TEXT_SIZE, borderless, write_line, write_rule

ROOM_MM = 165.0
DOTS = "." * 46
PNG, JPEG = "image/png", "image/jpeg"
_AS_PNG = b"""#let side(name) = float(sys.inputs.at(name)) * 1pt
#set page(width: side("wide"), height: side("high"), margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%)"""


def write_paper_docx(paper: PrintedPaper, head: PaperHead, file: str | IO[bytes]) -> None:
    """One code's paper; every item is kept together on a page."""
    document = new_paper(title=f"{head.contest_title}, mã đề {paper.code}", author=head.body_name)
    _write_head(document, head, "ĐỀ THI")
    _line(document, f"Mã đề: {paper.code}", bold=True)
    _line(document, f"Họ và tên: {DOTS}  Số báo danh: {DOTS[:20]}")
    _line(
        document,
        f"Đề có {len(paper.items)} câu. {head.time_note} Làm bài trên phiếu trả lời.",
        italic=True,
    )
    for item in paper.items:
        _write_item(document, item)
    write_centred(document, "———— HẾT ————", bold=True)
    write_footer(document, f"Mã đề {paper.code}")
    document.save(file)


def write_key_docx(
    head: PaperHead, codes: Sequence[str], rows: Sequence[Sequence[str]], file: str | IO[bytes]
) -> None:
    """The table Câu × mã đề."""
    document = new_paper(
        title=f"Đáp án {head.contest_title}",
        author=head.body_name,
        landscape=len(codes) > CODES_UPRIGHT,
    )
    _write_head(document, head, "ĐÁP ÁN")
    _line(document, "Tài liệu mật cho tới khi vòng thi đóng.", italic=True)
    write_table(document, ["Câu", *(f"Mã {code}" for code in codes)], rows)
    write_footer(document, "Đáp án")
    document.save(file)


def _write_head(document: DocxDocument, head: PaperHead, kind: str) -> None:
    table = borderless(document, (75, 90))
    left, right = table.rows[0].cells
    if head.parent_body:
        write_line(left, head.parent_body.upper(), TEXT_SIZE - 1)
    write_line(left, head.body_name.upper(), TEXT_SIZE - 1, bold=True)
    write_rule(left, indent_mm=24)
    write_line(right, kind, TEXT_SIZE + 1, bold=True)
    write_line(right, head.contest_title, TEXT_SIZE, bold=True)
    write_line(right, head.about, TEXT_SIZE - 1, italic=True)


def _line(
    document: DocxDocument, text: str, *, bold: bool = False, italic: bool = False
) -> Paragraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    return paragraph


def _write_item(document: DocxDocument, item: PrintedItem) -> None:
    """The stem, what it shows, its options; each paragraph but the last kept with the next."""
    stem = document.add_paragraph()
    stem.add_run(f"Câu {item.number}. ").bold = True
    stem.add_run(item.stem)
    if item.several:
        stem.add_run(" (chọn mọi phương án đúng)").italic = True
    parts = [stem]
    parts += [
        _line(document, sound_words(each), italic=True)
        for each in item.media
        if each.kind == MediaKind.SOUND
    ]
    parts += _pictures(document, item.media, STEM)
    parts += _options(document, item)
    for part in parts:
        part.paragraph_format.keep_together = True
        part.paragraph_format.keep_with_next = part is not parts[-1]
        part.paragraph_format.space_after = Pt(2)
    parts[-1].paragraph_format.space_after = Pt(8)


def _options(document: DocxDocument, item: PrintedItem) -> list[Paragraph]:
    columns = option_columns(item)
    lettered = [
        (place, f"{letter}.", text)
        for place, (letter, text) in enumerate(zip(LETTERS, item.options, strict=False))
    ]
    parts = []
    for start in range(0, len(lettered), columns):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(5)
        for column in range(1, columns):
            stop = Mm(5 + column * (ROOM_MM - 5) / columns)
            paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.LEFT)
        for at, (_place, letter, text) in enumerate(lettered[start : start + columns]):
            paragraph.add_run(f"\t{letter} " if at else f"{letter} ").bold = True
            paragraph.add_run(text)
        parts.append(paragraph)
        for place, _letter, _text in lettered[start : start + columns]:
            parts += _pictures(document, item.media, place)
    return parts


def _pictures(document: DocxDocument, media: Sequence[Media], place: int) -> list[Paragraph]:
    parts = []
    for each in media:
        if each.place == place and each.kind == MediaKind.IMAGE:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.left_indent = Mm(10)
            picture = io.BytesIO(_readable_by_word(each))
            paragraph.add_run().add_picture(picture, width=Mm(picture_width_mm(each)))
            parts.append(paragraph)
    return parts


def _readable_by_word(media: Media) -> bytes:
    """PNG and JPEG as they are; what Word does not know is drawn anew as PNG, point by point."""
    if media.mime in (PNG, JPEG):
        return read_bytes(media.sha256)
    sides = {"wide": str(media.width), "high": str(media.height), "svg": picture_svg(media)}
    return typst.compile(_AS_PNG, format="png", ppi=72, sys_inputs=sides)
