"""Posters with a QR code, A4 or A5: one page per contest, or per unit of it."""

import base64
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.dates import show_moment
from accounts.domain.installation import read_installation
from accounts.interfaces.pdf.typesetting import qr_svg, typeset
from quiz.domain.rule_sets import rules_of
from quiz.models import Contest
from quiz.rules.document import RuleDocument

TEMPLATE = Path(__file__).parent / "templates" / "poster.typ"


@dataclass(frozen=True)
class Poster:
    """What one poster says. `link` is what its QR code opens; `unit` may be empty."""

    contest: Contest
    link: str
    unit: str = ""


def write_poster(poster: Poster, *, size: str = "a4") -> bytes:
    """The poster as PDF."""
    return write_posters([poster], size=size)


def write_posters(posters: Sequence[Poster], *, size: str = "a4") -> bytes:
    """One PDF with a page for each; they are posters of the same contest."""
    contest = posters[0].contest
    return write_sheets(
        [(poster.link, poster.unit) for poster in posters],
        size=size,
        title=contest.title,
        body=contest.body_name,
        when=_when(contest),
        call=_("Quét mã để vào thi"),
        facts=_facts(rules_of(contest=contest)),
        foot=_foot(contest),
    )


def write_sheets(
    sheets: Sequence[tuple[str, str]], *, size: str, title: str, **said: object
) -> bytes:
    """One PDF with a page for each (link, unit) whose QR code opens the link.

    `said`: `body`, `when` (a line on a badge), `call` above the code, `facts` (label and value
    below it, three at the most), `foot`.
    """
    return typeset(
        TEMPLATE,
        {
            "size": size,
            "title": title,
            **_sizes(len(title)),
            "seal": _seal(),
            "lang": (get_language() or "vi")[:2],
            **said,
            "posters": [
                {
                    "qr": qr_svg(link, error="q"),  # a quarter may be dirty or torn
                    "address": link.split("://", 1)[-1].rstrip("/"),
                    "unit": unit,
                }
                for link, unit in sheets
            ],
        },
    )


def _seal() -> str:
    """The body's emblem inside an SVG, since the template's data is text; "" without one."""
    seal = bytes(read_installation().seal)
    if not seal:
        return ""
    width, height = struct.unpack(">II", seal[16:24])  # of the PNG it is stored as
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" '
        f'href="data:image/png;base64,{base64.b64encode(seal).decode()}"/></svg>'
    )


def _sizes(length: int) -> dict[str, int]:
    """Type size of the title (pt) and width of the QR code (mm) that leave room for each other."""
    for longest, title, code in ((60, 34, 84), (120, 24, 84), (180, 20, 78)):
        if length < longest:
            return {"title_size": title, "code_width": code}
    return {"title_size": 17, "code_width": 72}


def _when(contest: Contest) -> str:
    rounds = list(contest.rounds.order_by("opens_at"))
    if not rounds:
        return _("Thời gian sẽ được thông báo")
    return _("Từ %(start)s đến %(end)s") % {
        "start": show_moment(rounds[0].opens_at),
        "end": show_moment(max(each.closes_at for each in rounds)),
    }


def _facts(rules: RuleDocument | None) -> list[dict[str, str]]:
    """Three short facts: how many items, how long, how often."""
    if rules is None or not rules.groups:
        return []
    entry = rules.entry
    counts = sorted({group.paper.item_count for group in rules.groups})
    limit = entry.time_limit_seconds
    attempts = entry.attempts_per_round
    return [
        {"label": _("Số câu hỏi"), "value": "–".join(str(count) for count in counts)},
        {
            "label": _("Thời gian làm bài"),
            "value": _("%(minutes)s phút") % {"minutes": limit // 60}
            if limit
            else _("Không giới hạn"),
        },
        {
            "label": _("Số lượt mỗi vòng"),
            "value": _("%(count)s lượt") % {"count": attempts} if attempts else _("Không giới hạn"),
        },
    ]


def _foot(contest: Contest) -> str:
    if contest.hotline:
        return _("Không cần tài khoản. Hỗ trợ: %(hotline)s") % {"hotline": contest.hotline}
    return _("Không cần tài khoản. Mở bằng điện thoại hoặc máy tính.")
