"""The bytes of a text file as text, in whichever encoding Vietnamese was written over the years."""

import codecs
import re
import unicodedata

from quiz.engine.legacy_text import TCVN3, VNI, decode_legacy, plausibility
from quiz.interfaces.formats.refusals import UnknownEncoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PLAUSIBLE = 0.7
_LEAST = 40  # bytes from which on zeros among them mean anything
_SAMPLE = 200_000  # characters that are looked at


def decode(data: bytes) -> tuple[str, str]:
    """(the text, the legacy font encoding it is still in: "tcvn3", "vni" or "").

    UTF-8 and UTF-16 with or without their mark, Windows-1258, and the bytes of TCVN3 and VNI
    fonts. Single-byte encodings are taken only if they make Vietnamese of most words that have
    marks. Raises UnknownEncoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding), ""
    if encoding := _utf16_without_mark(data):
        return _strictly(data, encoding), ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _single_byte(data)
    _refuse_binary(text)
    return text, ""


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as broken:
        raise UnknownEncoding from broken
    _refuse_binary(text)
    return text


def _refuse_binary(text: str) -> None:
    """More than one control character in a hundred: no person wrote that."""
    if len(_CONTROL.findall(text[:_SAMPLE])) * 100 > min(len(text), _SAMPLE):
        raise UnknownEncoding


def _utf16_without_mark(data: bytes) -> str:
    """Half the bytes of Latin text in UTF-16 are zero, always the same half."""
    sample = data[:4000]
    if len(sample) < _LEAST:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd * 5 > len(sample) and odd > 5 * even:
        return "utf-16-le"
    return "utf-16-be" if even * 5 > len(sample) and even > 5 * odd else ""


def _single_byte(data: bytes) -> tuple[str, str]:
    western = data.decode("cp1252", errors="replace")
    candidates = [
        (plausibility(decode_legacy(western[:_SAMPLE], legacy)), western, legacy)
        for legacy in (TCVN3, VNI)
    ]
    windows = unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))
    candidates.append((plausibility(windows[:_SAMPLE]), windows, ""))
    best, text, legacy = max(candidates, key=lambda candidate: candidate[0])
    if best < _PLAUSIBLE:
        raise UnknownEncoding
    _refuse_binary(text)
    return text, legacy
