"""Text typed in the fonts of the nineties, TCVN3 (ABC) and VNI, as the Vietnamese it means.

Such text is bytes that only one font shows rightly: “C¶i c¸ch hµnh chÝnh” is “Cải cách hành chính”.
Tables: TCVN 5712:1993 (VN3) and the VNI-Windows code page, both seen through Windows-1252.
"""

import re
import unicodedata

TCVN3, VNI = "tcvn3", "vni"
TCVN3_CAPITALS = "tcvn3_capitals"  # fonts such as .VnTimeH show small letters as capitals

_TCVN3_LETTERS = (
    "¡Ă¢Â£Ê¤Ô¥Ơ¦Ư§Đ¨ă©âªê«ô¬ơ\xadư®đµà¶ả·ã¸á¹ạ»ằ¼ẳ½ẵ¾ắÆặÇầÈẩÉẫÊấËậÌèÎẻÏẽÐéÑẹÒềÓểÔễÕếÖệ×ìØỉÜĩÝíÞịßò"
    "áỏâõãóäọåồæổçỗèốéộêờëởìỡíớîợïùñủòũóúôụõừöử÷ữøứùựúỳûỷüỹýýþỵ"
)
_TCVN3 = {ord(code): letter for code, letter in zip(*[iter(_TCVN3_LETTERS)] * 2, strict=True)}
# VNI puts the mark behind its letter; these are the combining marks each stands for.
_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_HAT, _BREVE = "\u0302", "\u0306"
_TONES = {"ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ù": _ACUTE, "ï": _DOT}
_VNI_MARKS = {
    **_TONES,
    "â": _HAT, "à": _HAT + _GRAVE, "å": _HAT + _HOOK, "ã": _HAT + _TILDE,
    "á": _HAT + _ACUTE, "ä": _HAT + _DOT,
    "ê": _BREVE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "é": _BREVE + _ACUTE, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_MARKS |= {code.upper(): mark for code, mark in _VNI_MARKS.items()}
_VNI_LETTERS |= {code.upper(): letter.upper() for code, letter in _VNI_LETTERS.items()}
_VNI_PAIR = re.compile(f"([aeouyôöAEOUYÔÖ])([{''.join(_VNI_MARKS)}])")
_VNI_LONE = re.compile(f"[{''.join(_VNI_LETTERS)}]")

# Windows-1252 shows bytes 80 to 9F as signs; as letters of a legacy font they are rare but real.
_ONSET = "(?:ngh?|gh|gi|kh|ph|th|tr|ch|nh|qu|[bcdđghklmnpqrstvxjfwz])?"
_CODA = "(?:ch|ng|nh|[cmnpt])?"
_VOWEL = "[aăâeêioôơuưy]{1,3}"
_SYLLABLE = re.compile(f"{_ONSET}{_VOWEL}{_CODA}")
_WORD = re.compile(r"[^\W\d_]+")
_TONE_MARKS = {ord(mark): None for mark in (_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT)}
_MODERN = re.compile("[đơưăĐƠƯĂ\u1ea0-\u1ef9]")
_SUSPICIOUS = re.compile(
    "[A-Za-z][µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÖ×ØÜ«¬§¥¦£¢¡\xad]|[®§][a-z]|[aeouyAEOUY][ûùøïåäëöüÛÙØÏÅÄËÜ]"
)


def decode_tcvn3(text: str) -> str:
    """“C¶i c¸ch” → “Cải cách”. One character becomes one."""
    return text.translate(_TCVN3)


def decode_vni(text: str) -> str:
    """“Caûi caùch” → “Cải cách”. A letter and its mark become one character."""
    with_marks = _VNI_PAIR.sub(
        lambda pair: _VNI_LETTERS.get(pair[1], pair[1]) + _VNI_MARKS[pair[2]], text
    )
    plain = _VNI_LONE.sub(lambda lone: _VNI_LETTERS[lone[0]], with_marks)
    return unicodedata.normalize("NFC", plain)


def decode_legacy(text: str, encoding: str) -> str:
    """The text decoded from TCVN3 or VNI; unchanged for any other name."""
    if encoding == TCVN3_CAPITALS:
        return decode_tcvn3(text).upper()
    if encoding == TCVN3:
        return decode_tcvn3(text)
    return decode_vni(text) if encoding == VNI else text


def is_modern(text: str) -> bool:
    """Whether a letter shows that the text was not typed in a legacy font."""
    return _MODERN.search(text) is not None


def font_encoding(font: str) -> str:
    """The encoding that a font's name promises: “.VnTime” → TCVN3, “VNI-Times” → VNI, else ""."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return TCVN3_CAPITALS if name.endswith("h") else TCVN3
    return VNI if name.startswith("vni") and not name.startswith("vnix") else ""


def plausibility(text: str) -> float:
    """The share, 0 to 1, of words with other than ASCII letters that are Vietnamese syllables.

    1 when there is no such word: plain ASCII speaks against nothing.
    """
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if not words:
        return 1.0
    return sum(map(is_syllable, words)) / len(words)


def is_syllable(word: str) -> bool:
    """Whether a word has the shape of one Vietnamese syllable, one tone at the most."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    letters = unicodedata.normalize("NFC", decomposed.translate(_TONE_MARKS))
    tones = len(decomposed) - len(decomposed.translate(_TONE_MARKS))
    return tones <= 1 and _SYLLABLE.fullmatch(letters) is not None


def legacy_encoding(text: str) -> str:
    """The legacy encoding that makes Vietnamese of a text that is none, "" if neither does.

    The reading has to be at least nine tenths plausible, and better than the text as it stands
    by a quarter: a foreign name inside good Vietnamese stays as it is.
    """
    if text.isascii() or not _SUSPICIOUS.search(text):
        return ""
    before = plausibility(text)
    found = {name: plausibility(decode_legacy(text, name)) for name in (TCVN3, VNI)}
    best = max(found, key=lambda name: found[name])
    return best if found[best] >= 0.9 and found[best] >= before + 0.25 else ""
