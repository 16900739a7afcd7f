"""Figures, moments and addresses in Vietnamese words, as a loudspeaker reads them.

Always in Vietnamese: what it is for is read aloud in a commune.
"""

import re
from datetime import date, datetime

from accounts.dates import VIETNAM

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"))
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
# The names of the letters a to z, as they are spelled in Viet Nam.
_NAMES = (
    *("a", "bê", "xê", "dê", "e", "ép", "gờ", "hát", "i", "gi", "ca", "lờ", "mờ"),
    *("nờ", "o", "pê", "quy", "rờ", "sờ", "tê", "u", "vê", "vê kép", "ích", "i dài", "dét"),
)
_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", _NAMES, strict=True))
_SIGNS = {".": "chấm", "-": "gạch ngang", "/": "gạch chéo", ":": "hai chấm", "_": "gạch dưới"}
_PARTS = re.compile(r"[a-z]+|\d|[^a-z\d]")


def say_number(number: int) -> str:
    """2500000 → “hai triệu năm trăm nghìn”, 15 → “mười lăm”, 21 → “hai mươi mốt”."""
    if number == 0:
        return _DIGITS[0]
    words: list[str] = []
    rest = number
    for size, name in _SCALES:
        count, rest = divmod(rest, size)
        if count:
            words += [_say_below_thousand(count, whole=not words), name]
    if rest:
        words.append(_say_below_thousand(rest, whole=not words))
    return " ".join(words)


def _say_below_thousand(number: int, *, whole: bool) -> str:
    """`whole`: nothing stands before it, so that hundreds of zero are not said."""
    hundreds, rest = divmod(number, 100)
    words = [] if whole and not hundreds else [_DIGITS[hundreds], "trăm"]
    tens, ones = divmod(rest, 10)
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        words.append("mười")
    elif ones and words:
        words.append("linh")
    if ones:
        words.append(_say_ones(ones, tens))
    return " ".join(words)


def _say_ones(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens:
        return "lăm"
    return _DIGITS[ones]


def say_clock(moment: datetime) -> str:
    """“mười giờ sáng”, “một giờ ba mươi phút chiều”, in Vietnamese time."""
    local = moment.astimezone(VIETNAM)
    parts = ((1, "đêm"), (11, "sáng"), (13, "trưa"), (18, "chiều"), (22, "tối"), (24, "đêm"))
    part = next(name for end, name in parts if local.hour < end)
    hour = local.hour - 12 if local.hour > 12 else local.hour
    minutes = f" {say_number(local.minute)} phút" if local.minute else ""
    return f"{say_number(hour)} giờ{minutes} {part}"


def say_day(day: date) -> str:
    """“thứ Hai, ngày ba mươi tháng mười một”, “Chủ nhật, ngày mùng năm tháng tư”."""
    number = f"mùng {say_number(day.day)}" if day.day <= 10 else say_number(day.day)
    month = "tư" if day.month == 4 else say_number(day.month)
    return f"{_WEEKDAYS[day.weekday()]}, ngày {number} tháng {month}"


def say_moment(moment: datetime) -> str:
    """“mười giờ sáng thứ Hai, ngày ba mươi tháng mười một”."""
    return f"{say_clock(moment)} {say_day(moment.astimezone(VIETNAM).date())}"


def say_digits(text: str) -> str:
    """Each digit of a telephone number: “không hai năm bảy …”."""
    return " ".join(_DIGITS[int(letter)] for letter in text if letter in "0123456789")


def say_address(host: str) -> str:
    """“cchc.xahoathinh.gov.vn” → “xê xê hát xê chấm xahoathinh chấm gov chấm vê nờ”.

    A part without a vowel can't be read as a word and is spelled.
    """
    return " ".join(filter(None, (_say_part(part) for part in _PARTS.findall(host.lower()))))


def _say_part(part: str) -> str:
    if part.isdigit():
        return _DIGITS[int(part)]
    if not part.isalpha():
        return _SIGNS.get(part, "")
    if re.search(r"[aeiouy]", part):
        return part
    return " ".join(_LETTERS.get(letter, letter) for letter in part)
