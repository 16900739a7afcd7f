"""One sequence of bytes for one value, and the tagged hash of it.

Everything the platform commits to, signs or publishes is hashed over these bytes, so anyone must be
able to make them again in any language. They are a subset of RFC 8785 (JSON Canonicalization
Scheme): UTF-8, keys sorted, no spaces, text in NFC, no floats. Vectors for a second implementation
are in `tests/vectors/canonical.json`.

| value | written as |
|---|---|
| None, True, False, list, tuple, mapping | JSON |
| int | JSON number, within ±(2⁵³ − 1), the integers every JSON reader keeps exactly |
| str | JSON string in NFC |
| Decimal | string without exponent and without trailing zeros: "0.5", "10" |
| datetime (aware) | string in UTC, cut to the millisecond: "2026-11-22T18:46:28.123Z" |
| date | string: "2026-11-22" |
| bytes | string of lower-case hexadecimal digits |
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from types import NoneType
from typing import Any

FORMAT = "minhthi/1/"
SAFE_INTEGER = 2**53 - 1
_MOST_DIGITS = 40
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class CanonicalError(ValueError):
    """The value has no canonical bytes: a float, a naive moment, a key that is not text…"""


def canon(value: Any) -> bytes:
    """The canonical bytes of a value. Raises `CanonicalError`."""
    return canon_of_plain(plain(value))


def canon_of_plain(value: Any) -> bytes:
    """The same of what `plain` has given, without looking through it a second time."""
    try:
        return _encode(value).encode()
    except UnicodeEncodeError as error:
        raise CanonicalError("text holds half of a surrogate pair") from error


def H(tag: str, message: bytes) -> bytes:  # noqa: N802 - its name in everything published
    """SHA-256 of "minhthi/1/" + tag + NUL + message: 32 bytes that mean one thing only."""
    return hashlib.sha256(tagged(tag, message)).digest()


def tagged(tag: str, message: bytes) -> bytes:
    """What `H` hashes. Tags are ASCII without NUL: where one ends is never in doubt."""
    if not tag.isascii() or "\0" in tag or not tag:
        raise CanonicalError(f"not a tag: {tag!r}")
    return f"{FORMAT}{tag}\0".encode() + message


def plain(value: Any) -> Any:
    """The value as JSON-ready data: only None, bool, int, str, list and dict.

    `canon(plain(value)) == canon(value)`, so what is published as JSON can be hashed again.
    """
    kind: Any = type(value)
    return _writer(kind)(value)


@lru_cache(maxsize=256)
def _writer(kind: type) -> Callable[[Any], Any]:
    for kinds, write in _WRITERS:
        if issubclass(kind, kinds):
            return write
    raise CanonicalError(f"{kind.__name__} has no canonical form")


def decimal_text(value: Decimal) -> str:
    """Equal numbers get equal texts: 1, 1.0 and 1E0 are "1"; −0 is "0"."""
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
        raise CanonicalError(f"not a number that can be written out: {value}")
    if not value:
        return "0"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def moment_text(value: datetime) -> str:
    """UTC to the millisecond; what is finer is cut off, never rounded into the next one."""
    if value.utcoffset() is None:
        raise CanonicalError("a moment without time zone")
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _safe_integer(value: int) -> int:
    if abs(value) > SAFE_INTEGER:
        raise CanonicalError("the integer is too large for JSON; write it as a Decimal")
    return int(value)


def _plain_mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    """Keys above U+FFFF are refused: RFC 8785 sorts UTF-16 units, and only they sort otherwise."""
    result: dict[str, Any] = {}
    for key, part in value.items():
        if not isinstance(key, str) or max(key, default="") > "\uffff":
            raise CanonicalError(f"not a key: {key!r}")
        name = unicodedata.normalize("NFC", key)
        if name in result:
            raise CanonicalError(f"the key {name!r} stands twice")
        result[name] = plain(part)
    return result


def _plain_list(value: Sequence[Any]) -> list[Any]:
    """Answer sets and papers are lists of small integers: those need no further call."""
    return [
        part if type(part) is int and -SAFE_INTEGER <= part <= SAFE_INTEGER else plain(part)
        for part in value
    ]


def _itself(value: bool | None) -> bool | None:
    return value


# The first that fits: a bool is an int too, and a datetime a date.
_WRITERS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (str, lambda value: unicodedata.normalize("NFC", value)),
    ((bool, NoneType), _itself),
    (int, _safe_integer),
    (Mapping, _plain_mapping),
    ((list, tuple), _plain_list),
    (Decimal, decimal_text),
    (datetime, moment_text),
    (date, date.isoformat),
    ((bytes, bytearray, memoryview), lambda value: bytes(value).hex()),
)
