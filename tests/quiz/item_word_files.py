"""Word files as people write them: invented items, the key marked in every usual way."""

import io
from collections.abc import Sequence

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import RGBColor

MARKS = ("line", "bold", "underline", "highlight", "colour", "star", "none")
Item = tuple[str, Sequence[str], int, str]


def word_file(items: Sequence[Item]) -> bytes:
    """A .docx of (stem, options, place of the key, how it is marked) items."""
    document = Document()
    for number, (stem, options, key, mark) in enumerate(items, 1):
        document.add_paragraph(f"Câu {number}: {stem}")
        for place, text in enumerate(options):
            star = "*" if mark == "star" and place == key else ""
            run = document.add_paragraph().add_run(f"{star}{'ABCDEFGH'[place]}. {text}")
            if place == key:
                _mark(run, mark)
        if mark == "line":
            document.add_paragraph(f"Đáp án: {'ABCDEFGH'[key]}")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _mark(run, mark: str) -> None:
    run.bold = mark == "bold" or None
    run.underline = mark == "underline" or None
    if mark == "highlight":
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    if mark == "colour":
        run.font.color.rgb = RGBColor(0xC0, 0, 0)


def mixed_word_file(count: int, *, plain: int = 0) -> bytes:
    """`count` items whose keys are marked in turn by line, bold, red … and `plain` without any."""
    marks = [MARKS[number % (len(MARKS) - 1)] for number in range(count - plain)]
    return word_file(
        [
            (
                f"Nội dung của câu hỏi thứ {number} về dịch vụ công là gì?",
                [f"Cách trả lời {word} của câu {number}" for word in ("một", "hai", "ba", "bốn")],
                number % 4,
                mark,
            )
            for number, mark in enumerate([*marks, *["none"] * plain], 1)
        ]
    )
