"""The form of a paper's layout: what was posted, what is shown again."""

from collections.abc import Mapping
from typing import Any

from accounts.errors import Faults
from quiz.domain.paper_kinds import PaperKind
from quiz.domain.paper_layouts import TEXTS, Layout, LayoutInput

LAST = 999


def given_layout(kind: PaperKind, posted: Mapping[str, str]) -> LayoutInput:
    """Ticked columns by their numbers; columns with equal numbers in their usual order."""
    ticked = [column.code for column in kind.columns if f"use-{column.code}" in posted]
    ticked.sort(key=lambda code: _place(posted.get(f"place-{code}", "")))
    texts = {name: posted.get(name, "").replace("\r\n", "\n") for name in TEXTS}
    colours = {name: posted.get(name, "") for name in ("colour", "accent") if kind.coloured}
    columns = [(code, posted.get(f"heading-{code}", "")) for code in ticked]
    return LayoutInput(columns=columns, **texts, **colours)


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else LAST


def shown_layout(held: Layout) -> dict[str, Any]:
    """The form of a layout: every column, those it has first and numbered."""
    chosen = {laid.code: (place, laid.heading) for place, laid in enumerate(held.columns, start=1)}
    columns = [
        {
            "code": column.code,
            "label": column.label,
            "used": column.code in chosen,
            "place": chosen.get(column.code, ("", ""))[0],
            "heading": chosen.get(column.code, ("", ""))[1],
        }
        for column in sorted(held.kind.columns, key=lambda c: chosen.get(c.code, (LAST,))[0])
    ]
    texts = {name: getattr(held, name) for name in (*TEXTS, "colour", "accent")}
    return {**texts, "columns": columns}


def posted_layout(kind: PaperKind, posted: Mapping[str, str]) -> dict[str, Any]:
    """The form again, as it was sent."""
    columns = [
        {
            "code": column.code,
            "label": column.label,
            "used": f"use-{column.code}" in posted,
            "place": posted.get(f"place-{column.code}", ""),
            "heading": posted.get(f"heading-{column.code}", ""),
        }
        for column in kind.columns
    ]
    texts = {name: posted.get(name, "") for name in (*TEXTS, "colour", "accent")}
    return {**texts, "columns": columns}


def errors_of(refusal: Faults | None) -> dict[str, str]:
    """{field: what is wrong with it}."""
    faults = refusal.faults if refusal else ()
    return {fault.place: f"{fault.message} {fault.hint}" for fault in faults}
