"""The journal of an attempt: every change of an answer, small enough to lie in the attempt's row.

Bytes appended by each save, so that an appeal is decided on what happened. One record:

| bytes | meaning |
|---|---|
| 1 | format, 0x01 |
| 4 | milliseconds since the start, big-endian (`int4send` in SQL); stays at 2³¹ − 1 after 24 days |
| varint | revision |
| varint | number of changes, then for each: slot from 0, mask chosen, as varints |

A varint holds seven bits a byte, lowest first, the high bit set on all but the last (LEB128).
A record is complete in itself: concatenation is the journal.
"""

from collections.abc import Sequence
from typing import NamedTuple

FORMAT = b"\x01"
MAX_BYTES = 2048
MAX_MS = 2**31 - 1


class JournalDamaged(ValueError):
    """The bytes are not a journal: cut off, or of an unknown format."""


class Change(NamedTuple):
    revision: int
    ms: int
    slot: int
    mask: int


def encode_changes(old: Sequence[int] | None, new: Sequence[int], revision: int, ms: int) -> bytes:
    """The record of one save, or b"" if it changed nothing.

    `old` None: what stood there before is not known, so every slot is written.
    """
    body = encode_body(old, new, revision)
    return FORMAT + max(0, min(ms, MAX_MS)).to_bytes(4, "big") + body if body else b""


def encode_body(old: Sequence[int] | None, new: Sequence[int], revision: int) -> bytes:
    """The record behind its milliseconds, for the statement that takes them from its own clock.

    Raises ValueError if `old` and `new` differ in length.
    """
    before = [None] * len(new) if old is None else old
    changes = [
        _varint(slot) + _varint(mask)
        for slot, (was, mask) in enumerate(zip(before, new, strict=True))
        if was != mask
    ]
    return _varint(revision) + _varint(len(changes)) + b"".join(changes) if changes else b""


def fits(stored_bytes: int, record: bytes) -> bool:
    """Whether the record may still be appended. A full journal stops; saving goes on."""
    return stored_bytes + len(record) <= MAX_BYTES


def decode(journal: bytes) -> list[Change]:
    """All changes in the order they were saved. Raises `JournalDamaged`."""
    changes = []
    place = 0
    try:
        while place < len(journal):
            if journal[place : place + 1] != FORMAT:
                raise JournalDamaged(f"no record at byte {place}")
            ms = int.from_bytes(journal[place + 1 : place + 5], "big")
            revision, place = _read_varint(journal, place + 5)
            count, place = _read_varint(journal, place)
            for _change in range(count):
                slot, place = _read_varint(journal, place)
                mask, place = _read_varint(journal, place)
                changes.append(Change(revision, ms, slot, mask))
    except IndexError:
        raise JournalDamaged("the journal is cut off") from None
    return changes


def replay(changes: Sequence[Change], slots: int) -> tuple[int, ...]:
    """The answers after these changes, from an empty paper."""
    answers = [0] * slots
    for change in changes:
        answers[change.slot] = change.mask
    return tuple(answers)


def _varint(number: int) -> bytes:
    if number < 0:
        raise ValueError("a journal holds no negative numbers")
    result = bytearray()
    while number > 0x7F:
        result.append(number & 0x7F | 0x80)
        number >>= 7
    result.append(number)
    return bytes(result)


def _read_varint(data: bytes, place: int) -> tuple[int, int]:
    """(the number, the place behind it). Raises IndexError at the end of the data."""
    number = shift = 0
    while True:
        byte = data[place]
        place += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, place
        shift += 7
