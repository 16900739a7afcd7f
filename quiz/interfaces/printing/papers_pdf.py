"""Printed papers, the answer sheet and the key as PDF. Papers of the office: always Vietnamese."""

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from accounts.interfaces.pdf.typesetting import OFFICE, typeset
from quiz.domain.media_files import read_bytes
from quiz.domain.printed_papers import LETTERS, PaperHead, PrintedItem, PrintedPaper
from quiz.drafts import STEM, Media
from quiz.enums import MediaKind

TEMPLATES = Path(__file__).parent / "templates"
# An item longer than this may break over pages: it might fill one alone.
LONG_ITEM = 2200
WIDEST_MM, POINTS_PER_MM = 120.0, 4.0
ROWS_IN_COLUMN = 25
# More codes than this need the page's long side.
CODES_UPRIGHT = 8


def write_paper(paper: PrintedPaper, head: PaperHead) -> bytes:
    """One code's paper: room for a name and number, the items, “HẾT”."""
    data = _head(head, "ĐỀ THI", f"Mã đề {paper.code}") | {
        "code": paper.code,
        "note": f"Đề có {len(paper.items)} câu. {head.time_note} Làm bài trên phiếu trả lời.",
        "items": [_item(each) for each in paper.items],
    }
    return typeset(TEMPLATES / "paper.typ", data, fonts=OFFICE)


def write_answer_sheet(head: PaperHead, *, count: int, options: int) -> bytes:
    """Bubbles for `count` items with up to `options` options each."""
    options = min(options, len(LETTERS))
    columns = min(4 if options <= 5 else 3, max(2, -(-count // ROWS_IN_COLUMN)))
    data = _head(head, "PHIẾU TRẢ LỜI", "Phiếu trả lời") | {
        "count": count,
        "options": options,
        "columns": columns,
        "rows": ROWS_IN_COLUMN,
    }
    return typeset(TEMPLATES / "answer_sheet.typ", data, fonts=OFFICE)


def write_key(head: PaperHead, codes: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """`rows`: for each item its number, then the letters under each code."""
    data = _head(head, "ĐÁP ÁN", "Đáp án") | {
        "wide": len(codes) > CODES_UPRIGHT,
        "codes": list(codes),
        "rows": [list(row) for row in rows],
        "note": "Tài liệu mật cho tới khi vòng thi đóng.",
    }
    return typeset(TEMPLATES / "key.typ", data, fonts=OFFICE)


def _head(head: PaperHead, kind: str, foot: str) -> dict[str, Any]:
    return {
        "parent": head.parent_body,
        "body": head.body_name,
        "title": head.contest_title,
        "about": head.about,
        "kind": kind,
        "foot": foot,
    }


def _item(item: PrintedItem) -> dict[str, Any]:
    return {
        "number": item.number,
        "stem": item.stem,
        "several": item.several,
        "long": len(item.stem) + sum(map(len, item.options)) > LONG_ITEM,
        "columns": option_columns(item),
        "pictures": _pictures(item.media, STEM),
        "sounds": [sound_words(each) for each in item.media if each.kind == MediaKind.SOUND],
        "options": [
            {"letter": letter, "text": text, "pictures": _pictures(item.media, place)}
            for place, (letter, text) in enumerate(zip(LETTERS, item.options, strict=False))
        ],
    }


def option_columns(item: PrintedItem) -> int:
    """Short options stand beside each other: four, two, or one in a row."""
    longest = max(map(len, item.options))
    if any(each.place != STEM for each in item.media) or longest > 38:
        return 1
    return 4 if longest <= 15 and len(item.options) > 2 else 2


def sound_words(media: Media) -> str:
    """What paper can say of a sound."""
    return f"(Câu này có âm thanh: {media.alt})"


def picture_width_mm(media: Media) -> float:
    return min(WIDEST_MM, max(20.0, media.width / POINTS_PER_MM))


def _pictures(media: Sequence[Media], place: int) -> list[dict[str, Any]]:
    """Pictures at one place, each inside an SVG, since the template's data is text."""
    return [
        {"svg": picture_svg(each), "width": picture_width_mm(each)}
        for each in media
        if each.place == place and each.kind == MediaKind.IMAGE
    ]


def picture_svg(media: Media) -> str:
    """The picture inside an SVG: text, and read whatever its format."""
    sides = f"{media.width:d} {media.height:d}"
    content = base64.b64encode(read_bytes(media.sha256)).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sides}">'
        f'<image width="{media.width:d}" height="{media.height:d}" '
        f'href="data:{media.mime};base64,{content}"/></svg>'
    )
