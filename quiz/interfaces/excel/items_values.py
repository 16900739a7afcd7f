"""Reading the small fields of an item: kind, level, yes or no, dates, and texts to be mended."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from accounts.text import fold
from quiz.engine.legacy_text import is_modern
from quiz.enums import ItemKind, Level

# Plain values: looking a member up in its enumeration is slow, five thousand times over.
SINGLE, MULTIPLE, TRUE_FALSE = (
    kind.value for kind in (ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.TRUE_FALSE)
)
RECALL, UNDERSTAND, APPLY = (level.value for level in (Level.RECALL, Level.UNDERSTAND, Level.APPLY))
INFERRED = ""  # the kind follows from the options and the key
ESSAY = "essay"

_KINDS = {
    "mot dap an": SINGLE, "1 dap an": SINGLE, "chon mot": SINGLE,
    "chon 1": SINGLE, "mot lua chon": SINGLE, "chon mot dap an": SINGLE,
    "single": SINGLE, "single choice": SINGLE, "don": SINGLE,
    "nhieu dap an": MULTIPLE, "chon nhieu": MULTIPLE,
    "chon nhieu dap an": MULTIPLE, "multiple": MULTIPLE,
    "dung/sai": TRUE_FALSE, "dung - sai": TRUE_FALSE,
    "dung-sai": TRUE_FALSE, "dung sai": TRUE_FALSE,
    "dung hoac sai": TRUE_FALSE, "true_false": TRUE_FALSE,
    "true/false": TRUE_FALSE,
    # “Trắc nghiệm nhiều lựa chọn” only says that there are several options.
    "": INFERRED, "trac nghiem": INFERRED, "nhieu lua chon": INFERRED,
    "trac nghiem nhieu lua chon": INFERRED, "trac nghiem khach quan": INFERRED,
    "tu luan": ESSAY, "essay": ESSAY,
}  # fmt: skip
_LEVELS = {
    "": "", "nhan biet": RECALL, "nb": RECALL, "biet": RECALL,
    "thong hieu": UNDERSTAND, "th": UNDERSTAND, "hieu": UNDERSTAND,
    "van dung": APPLY, "vd": APPLY,
}  # fmt: skip
# Scales of other tables, mapped with a notice.
_NEAR_LEVELS = {
    "de": RECALL, "trung binh": UNDERSTAND, "kho": APPLY,
    "1": RECALL, "2": UNDERSTAND, "3": APPLY, "muc 1": RECALL,
    "muc 2": UNDERSTAND, "muc 3": APPLY,
    "van dung thap": APPLY, "van dung cao": APPLY, "vdc": APPLY,
}  # fmt: skip
_YES = ("co", "x", "1", "yes", "true", "giu", "v")
_NO = ("", "khong", "0", "no", "false")
_DATES = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")

# U+01A3/U+01A2, typed by keyboards that take “oi” for “ư”; Vietnamese has no such letter.
_WRONG_LETTERS = str.maketrans("ƣƢ", "ưƯ")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
# Letters of the TCVN3 and VNI fonts inside words: “C¶i c¸ch hµnh chÝnh”, “Caûi caùch”.
_LEGACY = re.compile("[A-Za-z][µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÖ×ØÜ«¬§¥¦£¢¡]|[aeouy][ûùøïåäëöü][a-z]?")

_LETTER_MARKS = frozenset(".):/")

SEPARATOR = "\N{SYMBOL FOR RECORD SEPARATOR}"  # printable, and in no item

# “Cả A, B, C đều đúng” and its relatives: they speak of other options by their place.
_WORD = "(?:đáp án|phương án|lựa chọn|ý|câu)"
_SURVEY = r".{0,40}\b(?:trên|đều đúng|đều sai)[\s.]*$"
_ABOUT_OTHERS = re.compile(
    rf"(?:tất cả|cả|các|không|những|hai|ba|{_WORD})\b{_SURVEY}"
    rf"|(?:không|không có|tất cả|tất cả các|cả (?:hai|ba|bốn|\d+)) {_WORD}\b"
    rf"|(?:(?:cả|chỉ|chỉ có) )?(?:{_WORD} )?"
    r"[a-h1-8](?:\s*(?:,|;|&|và|hoặc)\s*[a-h1-8])+\b(?: là| đều| cùng)*(?: đúng| sai)?[\s.]*$",
    re.IGNORECASE,
)
_STEM_NUMBER = re.compile(r"\W*câu(?: hỏi)?\s*(?:số\s*)?\d+\s*[:.)/–-]\s*", re.IGNORECASE)


def read_kind(text: str) -> str | None:
    """A value of ItemKind, INFERRED or ESSAY; None when the text says none of them."""
    return _KINDS.get(fold(text).strip(" ."))


def read_level(text: str) -> tuple[str | None, bool]:
    """(a value of Level, whether it had to be mapped from another scale); None when unknown."""
    folded = fold(text).strip(" .")
    if folded in _NEAR_LEVELS:
        return _NEAR_LEVELS[folded], True
    return _LEVELS.get(folded), False


def read_yes_or_no(text: str) -> bool | None:
    """A tick: “Có”, “x”, 1 … or not; None when the text is neither."""
    folded = fold(text)
    return True if folded in _YES else False if folded in _NO else None


def read_date(value: Any) -> date | None:
    """A date of a cell or written as dd/mm/yyyy; None when it is no date."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for pattern in _DATES:
        try:
            return datetime.strptime(str(value).strip(), pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def is_tidy(texts: Iterable[str]) -> bool:
    """Whether no text needs mending (legacy fonts aside). TypeError if one is no text."""
    line = " ".join(filter(len, texts))  # a space at the end of a text becomes two
    return (
        line.isprintable()
        and unicodedata.is_normalized("NFC", line)
        and line == line.strip()
        and not ("  " in line or "ƣ" in line or "Ƣ" in line)
    )


def mend(texts: Sequence[str]) -> tuple[Sequence[str], list[str]]:
    """Texts in NFC with single spaces, and the codes of what was mended on the way."""
    if is_tidy(texts) and any(map(is_modern, texts)):
        return texts, []
    return _mend(texts)


def _mend(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    mended = []
    bare = (_INVISIBLE.sub("", text).replace(SEPARATOR, " ") for text in texts)
    line = SEPARATOR.join(" ".join(text.split()) for text in bare)
    if not unicodedata.is_normalized("NFC", line):
        line = unicodedata.normalize("NFC", line)
        mended.append("nfd_text")
    if "ƣ" in line or "Ƣ" in line:
        line = line.translate(_WRONG_LETTERS)
        mended.append("wrong_letter")
    if not is_modern(line) and len(_LEGACY.findall(line)) > 1:
        mended.append("legacy_font")
    return line.split(SEPARATOR), mended


def mentions_others(options: Sequence[str]) -> bool:
    """Whether some option speaks of the others, so that their order must stay."""
    return any(map(_ABOUT_OTHERS.match, options))


def without_number(stem: str) -> str:
    """“Câu 12: …” without the number; the bank numbers items itself."""
    match = _STEM_NUMBER.match(stem)
    return stem[match.end() :] if match and match.end() < len(stem) else stem


def without_letters(options: Sequence[str]) -> Sequence[str]:
    """Options without “A.” “B.” … in front, if every one of them carries its own letter."""
    if options and options[0][1:2] not in _LETTER_MARKS:
        return options
    for place, option in enumerate(options):
        letter = "AaBbCcDdEeFfGgHh"[2 * place : 2 * place + 2]
        if len(option) < 3 or option[0] not in letter or option[1] not in _LETTER_MARKS:
            return options
    bare = tuple(option[2:].strip() for option in options)
    return bare if all(bare) else options
