"""An item as typed or read from a file, before anything is stored, and what makes it sound."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import Fault
from accounts.text import fold
from quiz.enums import ItemKind

MIN_OPTIONS = 2
MAX_OPTIONS = 8
# Characters; what a phone can still show, and what the columns of the database hold.
LONGEST = {"stem": 4000, "rationale": 4000, "topic": 200, "checked_by": 150}
LONGEST_OPTION = 1000

_SEPARATOR = "\x01"  # unlike \x1f, not a space to str.split
_FIELD_NAMES = {
    "stem": gettext_lazy("Câu dẫn"),
    "rationale": gettext_lazy("Giải thích"),
    "topic": gettext_lazy("Chủ đề"),
    "checked_by": gettext_lazy("Người kiểm tra"),
}


@dataclass(frozen=True)
class ItemDraft:
    """One item; text in NFC with single spaces.

    `key` holds places in `options`, from 0. `kind` and `level` are the values of ItemKind and
    Level; an unknown level is "". `sheet` and `row` (from 1) say where a file had it.
    """

    kind: str
    stem: str
    options: tuple[str, ...]
    key: frozenset[int]
    fixed_order: bool = False
    topic: str = ""
    level: str = ""
    rationale: str = ""
    citation: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    sheet: str = ""
    row: int = 0

    @cached_property
    def digest(self) -> str:
        """Equal for two items that ask the same, whatever their case, marks or option order."""
        stem, *options = fold(_SEPARATOR.join((self.stem, *self.options))).split(_SEPARATOR)
        parts = [stem.strip(), *sorted(option.strip() for option in options)]
        return sha256(_SEPARATOR.join(parts).encode()).hexdigest()


def place_of(sheet: str, row: int) -> str:
    """“Trang “Câu hỏi”, dòng 14”."""
    return _("Trang “%(sheet)s”, dòng %(row)d") % {"sheet": sheet, "row": row}


def option_letter(place: int) -> str:
    """0 → “A”."""
    return chr(ord("A") + place)


def draft_faults(draft: ItemDraft) -> list[Fault]:
    """Why this item can't be stored; empty when it can."""
    found = [*_stem_and_length(draft), *_options(draft), *_key(draft)]
    if not found:
        return []
    place = place_of(draft.sheet, draft.row) if draft.sheet else _("Câu hỏi")
    return [Fault(place, *each, sheet=draft.sheet, row=draft.row) for each in found]


# Each of these yields (code, message, hint).
_Found = Iterator[tuple[str, str, str]]


def _stem_and_length(draft: ItemDraft) -> _Found:
    if not draft.stem.strip():
        yield "no_stem", _("Chưa có câu dẫn."), _("Nhập nội dung câu hỏi.")
    for field, longest in LONGEST.items():
        if len(getattr(draft, field)) > longest:
            yield _too_long(_FIELD_NAMES[field], longest)
    for place, option in enumerate(draft.options):
        if len(option) > LONGEST_OPTION:
            yield _too_long(_("Phương án %s") % option_letter(place), LONGEST_OPTION)


def _too_long(name: str, longest: int) -> tuple[str, str, str]:
    what = {"name": name, "longest": longest}
    return (
        "too_long",
        _("%(name)s dài quá %(longest)d ký tự.") % what,
        _("Rút gọn nội dung."),
    )


def _options(draft: ItemDraft) -> _Found:
    count = len(draft.options)
    if draft.kind == ItemKind.TRUE_FALSE and count != 2:
        yield (
            "true_false_options",
            _("Câu đúng/sai phải có đúng hai phương án."),
            _("Để trống các phương án, hoặc chỉ giữ “Đúng” và “Sai”."),
        )
    elif count < MIN_OPTIONS:
        yield "few_options", _("Cần ít nhất hai phương án."), _("Bổ sung phương án.")
    elif count > MAX_OPTIONS:
        yield (
            "many_options",
            _("Có quá %d phương án.") % MAX_OPTIONS,
            _("Bỏ bớt phương án."),
        )
    empty = [option_letter(p) for p, option in enumerate(draft.options) if not option.strip()]
    if empty:
        yield (
            "empty_option",
            _("Phương án %s bỏ trống.") % ", ".join(empty),
            _("Điền phương án này, hoặc dồn các phương án phía sau lên."),
        )
    lower = [option.strip().lower() for option in draft.options]
    if len(set(lower)) != count:
        yield from _twins(lower)


def _twins(lower: list[str]) -> _Found:
    """Pairs of equal options. Tone marks count: “dở” and “dỡ” may be the very question."""
    first: dict[str, int] = {}
    for place, option in enumerate(lower):
        earlier = first.setdefault(option, place)
        if option and earlier != place:
            yield (
                "twin_options",
                _("Phương án %(one)s và %(other)s giống nhau.")
                % {"one": option_letter(earlier), "other": option_letter(place)},
                _("Sửa hoặc bỏ một phương án."),
            )


def _key(draft: ItemDraft) -> _Found:
    count = len(draft.options)
    outside = sorted(place for place in draft.key if not 0 <= place < count)
    if not draft.key:
        yield "no_key", _("Chưa có đáp án."), _("Đánh dấu phương án đúng.")
    elif outside:
        letters = ", ".join(option_letter(place) for place in outside)
        yield (
            "key_outside",
            _("Đáp án %(letters)s nằm ngoài %(count)d phương án.")
            % {"letters": letters, "count": count},
            _("Sửa đáp án, hoặc bổ sung phương án còn thiếu."),
        )
    elif draft.kind != ItemKind.MULTIPLE and len(draft.key) != 1:
        letters = ", ".join(option_letter(place) for place in sorted(draft.key))
        yield (
            "several_keys",
            _("Loại câu này chỉ có một đáp án nhưng đang có: %s.") % letters,
            _("Bỏ bớt đáp án, hoặc chọn loại “Nhiều đáp án”."),
        )
