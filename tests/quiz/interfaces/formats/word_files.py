"""Word files of invented items, built in the test that reads them."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.run import Run

from quiz.interfaces.formats.word import read_word
from quiz.readings import Reading, ReadItem


@dataclass(frozen=True)
class Written:
    """One invented item; `key` is the place of its right option."""

    stem: str
    options: tuple[str, ...]
    key: int


ITEMS = (
    Written("Một tuần có mấy ngày?", ("Năm ngày", "Sáu ngày", "Bảy ngày", "Tám ngày"), 2),
    Written("Nước sôi ở bao nhiêu độ?", ("Sáu mươi", "Một trăm", "Chín mươi", "Tám mươi"), 1),
    Written("Mặt trời mọc ở hướng nào?", ("Hướng đông", "Hướng tây", "Hướng nam", "Hướng bắc"), 0),
    Written("Một năm có mấy mùa?", ("Một mùa", "Hai mùa", "Ba mùa", "Bốn mùa"), 3),
)

Mark = Callable[[Run], None]


def bold(run: Run) -> None:
    run.bold = True


def underline(run: Run) -> None:
    run.underline = True


def red(run: Run) -> None:
    run.font.color.rgb = RGBColor(0xFF, 0, 0)


def highlight(run: Run) -> None:
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def shade(run: Run) -> None:
    fill = OxmlElement("w:shd")
    fill.set(qn("w:fill"), "FFFF00")
    run._r.get_or_add_rPr().append(fill)


def written(items: Sequence[Written], mark: Mark, *, letter_only: bool = False) -> DocxDocument:
    """Items as most people set them, the right option marked by how it looks."""
    document = Document()
    for number, item in enumerate(items, 1):
        document.add_paragraph().add_run(f"Câu {number}: {item.stem}").bold = True
        for place, option in enumerate(item.options):
            paragraph = document.add_paragraph()
            letter = paragraph.add_run(f"{'ABCD'[place]}. ")
            text = paragraph.add_run(option)
            if place == item.key:
                mark(letter)
                if not letter_only:
                    mark(text)
    return document


def saved(document: DocxDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(document: DocxDocument | bytes) -> Reading:
    data = document if isinstance(document, bytes) else saved(document)
    return read_word(io.BytesIO(data), name="cau-hoi.docx")


def shapes(items: Sequence[ReadItem]) -> list[Written | tuple]:
    """What was read, to be compared with what was written."""
    return [
        Written(item.draft.stem, item.draft.options, *item.draft.key)
        if len(item.draft.key) == 1
        else (item.draft.stem, item.draft.options, sorted(item.draft.key))
        for item in items
    ]


def lines(*texts: str) -> DocxDocument:
    """A document of plain paragraphs."""
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    return document


def package(parts: dict[str, bytes | str]) -> bytes:
    """A zip of exactly these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
