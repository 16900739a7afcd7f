"""Layouts of papers: read with what is usual filled in, saved for a body, given up again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import OrgUnit, User
from accounts.text import nfc
from quiz.domain.paper_kinds import KINDS, Column, PaperKind
from quiz.models import PaperLayout
from quiz.permissions import require_may_lay_out

COLOUR, ACCENT = "#0b5c63", "#b8860b"
LONGEST_HEADING, LONGEST_NAME, LONGEST_LINE = 80, 120, 200
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class LaidColumn:
    """A column of a paper with the heading it has there."""

    column: Column
    heading: str

    @property
    def code(self) -> str:
        return self.column.code


@dataclass(frozen=True)
class Layout:
    """A paper of a body, whole. A signer's title may have lines of its own (“\\n”)."""

    kind: PaperKind
    title: str
    columns: tuple[LaidColumn, ...]
    signer_title: str
    preparer_title: str = ""
    preparer_name: str = ""
    signer_name: str = ""
    colour: str = COLOUR
    accent: str = ACCENT
    saved_for: int | None = None

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]


@dataclass(frozen=True)
class LayoutInput:
    """What a person chose; `columns`: (code, heading or "") in order."""

    title: str = ""
    columns: Sequence[tuple[str, str]] = field(default_factory=tuple)
    preparer_title: str = ""
    preparer_name: str = ""
    signer_title: str = ""
    signer_name: str = ""
    colour: str = ""
    accent: str = ""


TEXTS = ("title", "preparer_title", "preparer_name", "signer_title", "signer_name")


def read_layout(*, unit: OrgUnit, kind: str) -> Layout:
    """The layout of a unit: its own, else that of the nearest unit above, else the usual one."""
    held = _held(unit, kind)
    shape = KINDS[kind]
    if held is None:
        return usual_layout(kind)
    return Layout(
        kind=shape,
        title=held.title or str(shape.title),
        columns=_columns(shape, held.columns),
        preparer_title=held.preparer_title,
        preparer_name=held.preparer_name,
        signer_title=held.signer_title or str(shape.signer),
        signer_name=held.signer_name,
        colour=held.colour or COLOUR,
        accent=held.accent or ACCENT,
        saved_for=held.unit_id,
    )


def usual_layout(kind: str) -> Layout:
    """The layout of whoever saved none."""
    shape = KINDS[kind]
    return Layout(shape, str(shape.title), usual_columns(shape), str(shape.signer))


def laid(column: Column, heading: str = "") -> LaidColumn:
    """A column under a heading of the body's own, or its usual one."""
    return LaidColumn(column, heading or str(column.label))


def _held(unit: OrgUnit | None, kind: str) -> PaperLayout | None:
    while unit is not None:
        found = PaperLayout.objects.filter(unit=unit, kind=kind).first()
        if found is not None:
            return found
        unit = unit.parent
    return None


def usual_columns(kind: PaperKind) -> tuple[LaidColumn, ...]:
    return tuple(laid(column) for column in kind.columns if column.usual)


def _columns(kind: PaperKind, stored: Sequence[Sequence[str]]) -> tuple[LaidColumn, ...]:
    """The stored columns; one that the program no longer has is left out."""
    known = {column.code: column for column in kind.columns}
    chosen = [(known[code], heading) for code, heading in stored if code in known]
    return tuple(laid(*each) for each in chosen) or usual_columns(kind)


@transaction.atomic
def save_layout(*, unit: OrgUnit, kind: str, given: LayoutInput, user: User) -> PaperLayout:
    """Keep a layout for a body. Raises NotAllowed, Faults."""
    require_may_lay_out(user, unit)
    shape = KINDS[kind]
    texts = {name: _lines(getattr(given, name)) for name in TEXTS}
    colours = {name: getattr(given, name).strip().lower() for name in ("colour", "accent")}
    faults = [*_text_faults(texts), *_column_faults(shape, given), *_colour_faults(colours)]
    if faults:
        raise Faults(faults)
    columns = [[code, nfc(heading).strip()] for code, heading in given.columns]
    held, _created = PaperLayout.objects.update_or_create(
        unit=unit, kind=kind, defaults={**texts, **colours, "columns": columns}
    )
    record_act(actor=user, act="save_layout", subject=held, unit_id=unit.pk, kind=kind)
    return held


@transaction.atomic
def forget_layout(*, unit: OrgUnit, kind: str, user: User) -> None:
    """Back to the usual layout, or to that of the unit above. Raises NotAllowed."""
    require_may_lay_out(user, unit)
    held = PaperLayout.objects.filter(unit=unit, kind=kind).first()
    if held is None:
        return
    record_act(actor=user, act="forget_layout", subject=held, unit_id=unit.pk, kind=kind)
    held.delete()


def _lines(text: str) -> str:
    """The text line by line, without empty lines."""
    return "\n".join(line for line in map(nfc, text.splitlines()) if line)


def _text_faults(texts: dict[str, str]) -> list[Fault]:
    limits = {name: LONGEST_NAME if name.endswith("name") else LONGEST_LINE for name in TEXTS}
    return [
        Fault(
            name,
            "too_long",
            _("Dòng chữ quá dài."),
            _("Viết nhiều nhất %(count)s ký tự.") % {"count": limits[name]},
        )
        for name, text in texts.items()
        if len(text) > limits[name]
    ]


def _column_faults(kind: PaperKind, given: LayoutInput) -> list[Fault]:
    codes = [code for code, _heading in given.columns]
    known = {column.code for column in kind.columns}
    faults = []
    if kind.columns and not codes:
        faults.append(
            Fault("columns", "no_columns", _("Chưa chọn cột nào."), _("Chọn ít nhất một cột."))
        )
    if len(set(codes)) < len(codes) or not set(codes) <= known:
        faults.append(
            Fault(
                "columns",
                "columns_unclear",
                _("Có cột bị lặp hoặc không có trong loại giấy tờ này."),
                _("Tải lại trang rồi chọn lại các cột."),
            )
        )
    if any(len(heading) > LONGEST_HEADING for _code, heading in given.columns):
        faults.append(
            Fault(
                "columns",
                "heading_too_long",
                _("Tên cột quá dài."),
                _("Viết nhiều nhất %(count)s ký tự.") % {"count": LONGEST_HEADING},
            )
        )
    return faults


def _colour_faults(colours: dict[str, str]) -> list[Fault]:
    return [
        Fault(
            name,
            "not_a_colour",
            _("Mã màu chưa đúng."),
            _("Viết dấu # và sáu chữ số thập lục phân, ví dụ #0b5c63."),
        )
        for name, value in colours.items()
        if value and not _COLOUR.fullmatch(value)
    ]
