"""Posters with a QR code, A4 or A5: one page per contest, or per unit of it."""

import base64
import io
import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import segno
import typst
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fontpkg_be_vietnam_pro import ROOT as FONT_ROOT

from accounts.domain.installation import read_installation
from quiz.domain.rule_sets import rules_of
from quiz.models import Contest
from quiz.rules.document import RuleDocument

TEMPLATE = Path(__file__).parent / "templates" / "poster.typ"
_FONTS = typst.Fonts(include_system_fonts=False, font_paths=[str(Path(FONT_ROOT) / "files")])


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
    return typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=_FONTS,
        sys_inputs={"data": json.dumps(_data(posters, size), ensure_ascii=False)},
    )


def _qr(link: str) -> str:
    """An SVG with error correction Q: a quarter may be dirty or torn."""
    out = io.BytesIO()
    segno.make(link, error="q", micro=False).save(
        out, kind="svg", border=2, dark="#0f2430", light="#ffffff", xmldecl=False
    )
    return out.getvalue().decode()


def _data(posters: Sequence[Poster], size: str) -> dict[str, object]:
    contest = posters[0].contest
    title = contest.title
    return {
        "size": size,
        "title": title,
        **_sizes(len(title)),
        "body": contest.body_name,
        "seal": _seal(),
        "when": _when(contest),
        "call": _("Quét mã để vào thi"),
        "facts": _facts(rules_of(contest=contest)),
        "foot": _foot(contest),
        "lang": (get_language() or "vi")[:2],
        "posters": [
            {
                "qr": _qr(poster.link),
                "address": poster.link.split("://", 1)[-1].rstrip("/"),
                "unit": poster.unit,
            }
            for poster in posters
        ],
    }


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


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M %d/%m/%Y")


def _when(contest: Contest) -> str:
    rounds = list(contest.rounds.order_by("opens_at"))
    if not rounds:
        return _("Thời gian sẽ được thông báo")
    return _("Từ %(start)s đến %(end)s") % {
        "start": _moment(rounds[0].opens_at),
        "end": _moment(max(each.closes_at for each in rounds)),
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
