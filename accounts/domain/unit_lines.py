"""The rows of a unit workbook as they were written, and what they say about one unit together."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date

from django.utils.translation import gettext as _

from accounts.dates import read_day
from accounts.enums import UnitKind
from accounts.errors import Fault
from accounts.text import fold, nfc

MOST_PEOPLE = 1_000_000
LONGEST_NAME = 200
LONGEST_CODE = 40
_KINDS = {
    "tinh": UnitKind.PROVINCE,
    "thanh pho": UnitKind.PROVINCE,
    "tinh, thanh pho": UnitKind.PROVINCE,
    "xa": UnitKind.COMMUNE,
    "phuong": UnitKind.WARD,
    "dac khu": UnitKind.SPECIAL_ZONE,
    "so": UnitKind.DEPARTMENT,
    "ban": UnitKind.DEPARTMENT,
    "so, ban, nganh": UnitKind.DEPARTMENT,
    "phong": UnitKind.OFFICE,
    "trung tam": UnitKind.OFFICE,
    "phong, trung tam": UnitKind.OFFICE,
    "khac": UnitKind.OTHER,
    "don vi khac": UnitKind.OTHER,
}
_YES = {"x", "co", "1", "dung", "true", "mo lai"}


@dataclass(frozen=True)
class UnitLine:
    """One row as it was written, "" where nothing is; `place` says where it stands."""

    place: str
    code: str = ""
    name: str = ""
    kind: str = ""
    parent: str = ""
    aliases: str = ""
    headcount: str = ""
    headcount_on: str = ""
    merge_into: str = ""
    end_on: str = ""
    reopen: str = ""


@dataclass
class UnitWish:
    """What the rows of one unit want of it; None where they say nothing."""

    place: str
    name: str | None = None
    kind: str | None = None
    parent: str | None = None
    merge_into: str | None = None
    end_on: date | None = None
    reopen: bool | None = None


@dataclass(frozen=True)
class ReadLine:
    """One row, read: what it wants, its further names and the headcount by day (None: today)."""

    wish: UnitWish
    aliases: tuple[str, ...]
    headcount: tuple[date | None, int] | None


def read_line(line: UnitLine, faults: list[Fault]) -> ReadLine:
    """The values of a row; what can't be read goes to `faults`."""

    def told(code: str, message: str, hint: str) -> None:
        faults.append(Fault(line.place, code, message, hint))

    def day(text: str) -> date | None:
        try:
            return read_day(text) if text else None
        except ValueError as refusal:
            told("date", _("Ngày “%(text)s” chưa đúng.") % {"text": text}, str(refusal))
            return None

    if not (line.code or line.name):
        told("no_unit", _("Chưa có mã hoặc tên đơn vị."), _("Điền mã đơn vị hoặc xóa dòng này."))
    aliases = tuple(filter(None, map(nfc, line.aliases.split(";"))))
    names = ((name, LONGEST_NAME) for name in (line.name, *aliases))
    for text, longest in ((line.code, LONGEST_CODE), *names):
        if len(text) > longest:
            message = _("“%(text)s…” dài quá %(count)s ký tự.")
            told("too_long", message % {"text": text[:30], "count": longest}, _("Viết ngắn lại."))
    wish = UnitWish(
        place=line.place,
        name=line.name or None,
        kind=_kind(line, told),
        parent=line.parent or None,
        merge_into=line.merge_into or None,
        end_on=day(line.end_on),
        reopen=fold(line.reopen) in _YES or None,
    )
    _check_ends(line, wish, told)
    return ReadLine(wish, aliases, _headcount(line, day(line.headcount_on), told))


Tell = Callable[[str, str, str], None]


def _kind(line: UnitLine, told: Tell) -> str | None:
    if not line.kind:
        return None
    found = _KINDS.get(fold(line.kind))
    if found is None:
        labels = ", ".join(str(kind.label) for kind in UnitKind)
        message = _("Loại đơn vị “%(text)s” chưa có.") % {"text": line.kind}
        told("kind_unknown", message, _("Chọn một trong: %(labels)s.") % {"labels": labels})
    return found


def kind_of_name(name: str) -> str:
    """“Xã Hòa Thịnh” is a commune: for a new unit whose kind is not written."""
    words = fold(name)
    starts = (kind for word, kind in _KINDS.items() if words.startswith(f"{word} "))
    return next(starts, UnitKind.OTHER)


def _check_ends(line: UnitLine, wish: UnitWish, told: Tell) -> None:
    if line.merge_into and not line.end_on:
        told(
            "no_end_date",
            _("Có đơn vị nhận nhưng chưa có ngày nhập."),
            _("Ghi ngày vào cột “Ngừng hoạt động từ ngày”."),
        )
    if wish.reopen and (line.merge_into or line.end_on):
        told(
            "ends_and_reopens",
            _("Dòng này vừa mở lại vừa ngừng hoạt động một đơn vị."),
            _("Giữ một trong hai."),
        )


def _headcount(line: UnitLine, on: date | None, told: Tell) -> tuple[date | None, int] | None:
    if not line.headcount:
        return None
    digits = line.headcount.replace(".", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and int(digits) <= MOST_PEOPLE):
        message = _("Biên chế “%(text)s” không phải số người.") % {"text": line.headcount}
        told("headcount", message, _("Ghi một số nguyên, ví dụ 47."))
        return None
    return on, int(digits)


def join_wishes(first: UnitWish, more: UnitWish, faults: list[Fault]) -> None:
    """Put what a later row of the same unit wants to what an earlier one said."""
    for each in fields(UnitWish):
        if each.name == "place":
            continue
        new, known = getattr(more, each.name), getattr(first, each.name)
        if known is None:
            setattr(first, each.name, new)
        elif new is not None and new != known:
            message = _("Dòng này nói khác %(place)s về cùng một đơn vị.") % {"place": first.place}
            faults.append(Fault(more.place, "contradiction", message, _("Giữ lại một dòng.")))
            return
