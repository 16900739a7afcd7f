"""The words of items: which say something of their own, and which stand in every second stem."""

import re

from accounts.text import fold

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")

# Said in so many stems that they tell nothing of what is asked; folded, longest first where one
# begins another. A phrase goes as a whole: “quy định” alone may well be what is asked for.
_PHRASES = (
    "theo quy dinh cua phap luat hien hanh",
    "theo quy dinh cua phap luat",
    "theo quy dinh hien hanh",
    "theo quy dinh tai",
    "theo quy dinh cua",
    "theo quy dinh",
    "anh chi hay cho biet",
    "anh chi cho biet",
    "hay cho biet",
    "xin cho biet",
    "anh chi hay",
    "theo anh chi",
    "chon phuong an dung nhat",
    "chon phuong an dung",
    "chon dap an dung nhat",
    "chon dap an dung",
    "phuong an nao sau day",
    "phat bieu nao sau day",
    "noi dung nao sau day",
    "dap an nao sau day",
    "trong cac phuong an sau",
    "duoc quy dinh nhu the nao",
    "duoc quy dinh la",
    "nhu the nao",
    "la bao nhieu",
    "bao gom nhung gi",
    "la gi",
    "sau day",
    "duoi day",
)
_STOP_WORDS = """
    anh bao ban bi boi cac cai cho chi co con cua cung da dang de den do dung duoc gi gom hay
    hoac khi la lam len mot nao nay neu nhieu nhu nhung noi o phai qua ra rang sau se so tai the
    thi theo thuoc tren trong tu va vao ve voi y
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
_PHRASE = re.compile(r"\b(?:" + "|".join(_PHRASES) + r")\b")


def words_of(text: str) -> list[str]:
    """The folded words of a text: “118/2025/NĐ-CP” → 118, 2025, nd, cp."""
    return _NOT_A_WORD.sub(" ", fold(text)).split()


def telling_words(text: str) -> list[str]:
    """The folded words without those that stand everywhere; maybe none."""
    rest = _PHRASE.sub(" ", " ".join(words_of(text))).split()
    return [word for word in rest if word not in STOP_WORDS]
