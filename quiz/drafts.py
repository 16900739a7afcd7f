"""An item as typed or read from a file, before anything is stored, and what makes it sound."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from unicodedata import normalize

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import Fault
from quiz.enums import ItemKind, MediaKind

_MULTIPLE = ItemKind.MULTIPLE.value
_TRUE_FALSE = ItemKind.TRUE_FALSE.value

MIN_OPTIONS = 2
MAX_OPTIONS = 8
LONGEST_OPTION = 1000
# Characters; what a phone can still show, and what the columns of the database hold.
_LONGEST = (
    ("stem", gettext_lazy("Câu dẫn"), 4000),
    ("rationale", gettext_lazy("Giải thích"), 4000),
    ("topic", gettext_lazy("Chủ đề"), 200),
    ("checked_by", gettext_lazy("Người kiểm tra"), 150),
)
_SHORTEST_LIMIT = min(longest for _field, _name, longest in _LONGEST)
# Of the tone marks, circumflex, breve and horn in UTF-8: the first byte of all, the last of each.
_MARK_BYTES = b"\xcc\x80\x81\x82\x83\x86\x89\x9b\xa3"


STEM = -1
LONGEST_ALT = 1000
LONGEST_TAG = 60
MOST_TAGS = 20


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or sound of an item, kept in its bank under the SHA-256 of its bytes.

    `place` is that of an option, from 0, or STEM; `alt` says in words what is seen or heard; sides
    in pixels, 0 for a sound.
    """

    place: int
    kind: str
    sha256: str
    alt: str
    mime: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class ItemDraft:
    """One item; text in NFC with single spaces.

    `key` holds places in `options`, from 0. `kind` and `level` are the values of ItemKind and
    Level; an unknown level is "". `sheet` and `row` (from 1) say where a file had it. `tags` None:
    those the item has stay.
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
    tags: tuple[str, ...] | None = None
    media: tuple[Media, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Equal for two items that ask the same, whatever their case, marks or option order."""
        stem, *options = _skeleton("\x01".join((self.stem, *self.options))).split(b"\x01")
        shown = sorted(f"{each.sha256}{each.place >= 0}".encode() for each in self.media)
        return sha256(b"\x01".join((stem, *sorted(options), *shown))).hexdigest()

    @property
    def rough_form(self) -> bytes:
        """Equal for items of equal digest, seldom for others, and cheap: no vowels, no đ, no d."""
        ends = self.stem if len(self.stem) < 80 else self.stem[:30] + self.stem[-50:]
        return ends.lower().encode("ascii", "ignore").translate(None, b"aeiouyd")


def _skeleton(text: str) -> bytes:
    """What is left without case and marks: good only to compare by, and twice as fast as fold."""
    decomposed = normalize("NFD", text.lower()).replace("đ", "d")
    return decomposed.encode().translate(None, _MARK_BYTES)


def place_of(sheet: str, row: int) -> str:
    """“Trang “Câu hỏi”, dòng 14”; of a file without sheets the row is the item's place in it."""
    if not sheet:
        return _("Câu thứ %d trong tệp") % row
    return _("Trang “%(sheet)s”, dòng %(row)d") % {"sheet": sheet, "row": row}


def option_letter(place: int) -> str:
    """0 → “A”."""
    return chr(ord("A") + place)


def draft_faults(draft: ItemDraft) -> list[Fault]:
    """Why this item can't be stored; empty when it can."""
    found = [*_problems(draft)]
    if not found:
        return []
    place = place_of(draft.sheet, draft.row) if draft.row else _("Câu hỏi")
    return [Fault(place, *each, sheet=draft.sheet, row=draft.row) for each in found]


# Each of these yields (code, message, hint).
_Found = Iterator[tuple[str, str, str]]


def _problems(draft: ItemDraft) -> _Found:
    """Thousands of drafts pass through here, so a sound one costs five comparisons."""
    if not draft.stem.strip():
        yield "no_stem", _("Chưa có câu dẫn."), _("Nhập nội dung câu hỏi.")
    count = len(draft.options)
    if not MIN_OPTIONS <= count <= (2 if draft.kind == _TRUE_FALSE else MAX_OPTIONS):
        yield _wrong_count(draft)
    lower = [option.strip().lower() for option in draft.options]
    if "" in lower or len(set(lower)) != count:
        yield from _empty_and_twins(lower)
    if len(draft.key) != 1 or draft.key.isdisjoint(range(count)):
        yield from _key(draft)
    texts = (draft.stem, draft.rationale, draft.topic, draft.checked_by, *lower)
    if max(map(len, texts)) > _SHORTEST_LIMIT:
        yield from _too_long(draft)
    if draft.media:
        yield from _media(draft)
    if draft.tags:
        yield from tag_problems(draft.tags)


def _wrong_count(draft: ItemDraft) -> tuple[str, str, str]:
    if draft.kind == _TRUE_FALSE:
        return (
            "true_false_options",
            _("Câu đúng/sai phải có đúng hai phương án."),
            _("Để trống các phương án, hoặc chỉ giữ “Đúng” và “Sai”."),
        )
    if len(draft.options) < MIN_OPTIONS:
        return "few_options", _("Cần ít nhất hai phương án."), _("Bổ sung phương án.")
    message = _("Có quá %d phương án.") % MAX_OPTIONS
    return "many_options", message, _("Bỏ bớt phương án.")


def _too_long(draft: ItemDraft) -> _Found:
    lengths = [
        *((name, longest, len(getattr(draft, field))) for field, name, longest in _LONGEST),
        *(
            (_("Phương án %s") % option_letter(place), LONGEST_OPTION, len(option))
            for place, option in enumerate(draft.options)
        ),
    ]
    for name, longest, length in lengths:
        if length > longest:
            what = {"name": name, "longest": longest}
            yield (
                "too_long",
                _("%(name)s dài quá %(longest)d ký tự.") % what,
                _("Rút gọn nội dung."),
            )


def _media(draft: ItemDraft) -> _Found:
    taken = set()
    for each in draft.media:
        where = (
            _("câu dẫn") if each.place == STEM else _("phương án %s") % option_letter(each.place)
        )
        if not each.alt.strip():
            yield (
                "no_alt",
                _("Tệp của %s chưa có mô tả bằng lời.") % where,
                _("Viết điều người không xem, không nghe được tệp cần biết để trả lời."),
            )
        if len(each.alt) > LONGEST_ALT:
            message = _("Mô tả tệp của %(where)s dài quá %(longest)d ký tự.")
            what = {"where": where, "longest": LONGEST_ALT}
            yield "alt_too_long", message % what, _("Rút gọn mô tả.")
        outside = not STEM <= each.place < len(draft.options)
        if outside or (each.place != STEM and each.kind != MediaKind.IMAGE):
            yield (
                "media_misplaced",
                _("Không gắn được tệp vào %s.") % where,
                _("Hình gắn vào câu dẫn hoặc một phương án đang có; âm thanh chỉ gắn vào câu dẫn."),
            )
        if (each.place, each.kind) in taken:
            yield (
                "media_twice",
                _("Có hai tệp cùng loại ở %s.") % where,
                _("Giữ lại một tệp."),
            )
        taken.add((each.place, each.kind))


def tag_problems(tags: tuple[str, ...]) -> _Found:
    """Why an item can't have these tags."""
    if len(tags) > MOST_TAGS:
        yield "many_tags", _("Có quá %d nhãn.") % MOST_TAGS, _("Bỏ bớt nhãn.")
    for tag in tags:
        if len(tag) > LONGEST_TAG:
            message = _("Nhãn “%(start)s…” dài quá %(longest)d ký tự.")
            what = {"start": tag[:20], "longest": LONGEST_TAG}
            yield (
                "tag_too_long",
                message % what,
                _("Rút gọn nhãn, hoặc ngăn các nhãn bằng dấu phẩy."),
            )


def _empty_and_twins(lower: list[str]) -> _Found:
    empty = [option_letter(place) for place, option in enumerate(lower) if not option]
    if empty:
        yield (
            "empty_option",
            _("Phương án %s bỏ trống.") % ", ".join(empty),
            _("Điền phương án này, hoặc dồn các phương án phía sau lên."),
        )
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
    outside = [place for place in sorted(draft.key) if not 0 <= place < count]
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
    elif draft.kind != _MULTIPLE and len(draft.key) != 1:
        letters = ", ".join(option_letter(place) for place in sorted(draft.key))
        yield (
            "several_keys",
            _("Loại câu này chỉ có một đáp án nhưng đang có: %s.") % letters,
            _("Bỏ bớt đáp án, hoặc chọn loại “Nhiều đáp án”."),
        )
