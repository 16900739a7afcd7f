"""A poster with a QR code: one A4 page per contest, or per unit of it."""

import io
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import segno
import typst
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fontpkg_be_vietnam_pro import ROOT as FONT_ROOT

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


def write_poster(poster: Poster) -> bytes:
    """The poster as PDF."""
    return typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=_FONTS,
        sys_inputs={"data": json.dumps(_data(poster), ensure_ascii=False), "qr": _qr(poster.link)},
    )


def _qr(link: str) -> str:
    """An SVG with error correction Q: a quarter may be dirty or torn."""
    out = io.BytesIO()
    segno.make(link, error="q", micro=False).save(
        out, kind="svg", border=2, dark="#0f2430", light="#ffffff", xmldecl=False
    )
    return out.getvalue().decode()


def _data(poster: Poster) -> dict[str, object]:
    contest = poster.contest
    title = contest.title
    return {
        "title": title,
        **_sizes(len(title)),
        "body": contest.body_name,
        "when": _when(contest),
        "call": _("Quét mã để vào thi"),
        "address": poster.link.split("://", 1)[-1].rstrip("/"),
        "unit": poster.unit,
        "facts": _facts(rules_of(contest=contest)),
        "foot": _foot(contest),
        "lang": (get_language() or "vi")[:2],
    }


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
