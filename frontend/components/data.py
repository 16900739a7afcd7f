"""Figures and rows: tables, facts, stats, progress, checklists, time left."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.template import Context
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontend.components.library import draw, one_of, register, template_of

STEP_STATES = ("done", "current", "todo", "blocked")


@register.simple_block_tag(takes_context=True)
def table(context: Context, content: str, *, caption: str, caption_shown: bool = False) -> str:
    """Wraps thead and tbody. Below 40rem each row becomes a card; cells name `data-label`."""
    values = {"content": content, "caption": caption, "caption_shown": caption_shown}
    return draw(context, "table", values)


@register.inclusion_tag(template_of("plain_table"))
def plain_table(
    *,
    headers: Sequence[str],
    rows: Iterable[Sequence[Any]],
    caption: str,
    numeric: Sequence[int] = (),
    total: Sequence[Any] | None = None,
) -> dict[str, Any]:
    """A table of ready texts; `numeric` are the places of columns set flush right."""

    def label(row: Sequence[Any]) -> list[tuple[str, Any, bool]]:
        return [(headers[n], text, n in numeric) for n, text in enumerate(row)]

    return {
        "headers": [(header, n in numeric) for n, header in enumerate(headers)],
        "rows": [label(row) for row in rows],
        "total": label(total) if total else None,
        "caption": caption,
    }


@register.inclusion_tag(template_of("facts"))
def facts(rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Pairs (label, value), or (label, value, icon)."""
    return {"rows": [(*row, "")[:3] for row in rows]}


@register.inclusion_tag(template_of("stat"))
def stat(*, label: str, value: Any, hint: str = "", icon: str = "") -> dict[str, Any]:
    return {"label": label, "value": value, "hint": hint, "icon_name": icon}


@register.inclusion_tag(template_of("progress"))
def progress(
    *, label: str, value: int | None = None, total: int = 100, note: str = "", anchor: str = ""
) -> dict[str, Any]:
    """How far; without `value` only that it goes on."""
    percent = None if value is None or not total else min(100, value * 100 // total)
    return {
        "label": label,
        "value": value,
        "total": total,
        "percent": percent,
        "note": note,
        "anchor": anchor,
    }


@register.inclusion_tag(template_of("checklist"))
def checklist(steps: Iterable[Any]) -> dict[str, Any]:
    """Steps with `title`, `state` (done, current, todo, blocked), `missing`, `url`, `action`."""
    return {"steps": list(steps)}


@register.inclusion_tag(template_of("stepper"))
def stepper(*, steps: str, current: int) -> dict[str, Any]:
    """Where one is in a short way: `steps` is "Đăng ký|Làm bài|Biên nhận", `current` from 1."""
    names = str(steps).split("|")
    states = ["done" if n < current else "todo" for n in range(1, len(names) + 1)]
    states[current - 1] = "current"
    rows = [
        {"number": n, "name": name, "state": one_of("state", state, STEP_STATES)}
        for n, (name, state) in enumerate(zip(names, states, strict=True), start=1)
    ]
    return {"steps": rows, "current": current, "total": len(names)}


@register.inclusion_tag(template_of("countdown"), takes_context=True)
def countdown(
    context: Context, *, until: datetime, style: str = "words", label: str = ""
) -> dict[str, Any]:
    """Time left, counted down from the server's clock: “3 ngày 4 giờ”, or “12:34” as a clock.

    The page's `now` counts if it has one, so that every sentence of a page agrees.
    """
    left = max(until - context.get("now", timezone.now()), timedelta())
    one_of("style", style, ("words", "clock"))
    return {
        "until": until,
        "seconds": int(left.total_seconds()),
        "text": show_clock(left) if style == "clock" else show_left(left),
        "style": style,
        "label": label,
    }


def show_left(left: timedelta) -> str:
    """The two largest units: “3 ngày 4 giờ”, “2 giờ 5 phút”, “45 giây”."""
    minutes, seconds = divmod(int(left.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [
        ngettext("%(n)s ngày", "%(n)s ngày", days) % {"n": days} if days else "",
        ngettext("%(n)s giờ", "%(n)s giờ", hours) % {"n": hours} if hours else "",
        ngettext("%(n)s phút", "%(n)s phút", minutes) % {"n": minutes} if minutes else "",
    ]
    shown = [part for part in parts if part][:2]
    return " ".join(shown) or _("%(n)s giây") % {"n": seconds}


def show_clock(left: timedelta) -> str:
    """“12:34”, with hours only where there are any."""
    minutes, seconds = divmod(int(left.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"
