"""Zip files people upload, unpacked in memory within bounds.

What the zip declares is not believed: the size of every part is the size that came out.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

_ENCRYPTED_BIT = 1
_LOCAL_HEADER = struct.Struct("<26xHH")  # lengths of name and extra field


class ZipRefused(Exception):
    """Base of why a zip was left alone; readers turn them into a sentence about their format."""


class ZipDamaged(ZipRefused):
    """No zip, cut off, or a part that is not what its checksum says."""


class ZipEncrypted(ZipRefused):
    """A part needs a password."""


class ZipTooLarge(ZipRefused):
    """More parts, or more bytes once unpacked, than allowed."""


class ZipOfAnotherKind(ZipRefused):
    """A sound zip without the part that makes it what it should be."""


def unpack_parts(
    data: bytes,
    *,
    limit: int,
    most_parts: int,
    wanted: Callable[[str], bool],
    required: str = "",
) -> dict[str, bytes]:
    """The parts whose name is `wanted`, by name, of `limit` bytes together at the most.

    `required` names the part without which nothing is unpacked. Nothing is written to disk.
    Raises ZipRefused.
    """
    entries = _entries(data)
    if required and required not in {entry.filename for entry in entries}:
        raise ZipOfAnotherKind
    if len(entries) > most_parts:
        raise ZipTooLarge
    parts: dict[str, bytes] = {}
    left = limit
    for entry in entries:
        if wanted(entry.filename):
            parts[entry.filename] = _inflated(data, entry, left)
            left -= len(parts[entry.filename])
    return parts


def _entries(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as broken:
        raise ZipDamaged from broken


def _inflated(data: bytes, entry: zipfile.ZipInfo, left: int) -> bytes:
    """One part, of `left` bytes at the most."""
    if entry.flag_bits & _ENCRYPTED_BIT:
        raise ZipEncrypted
    try:
        name, extra = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
        start = entry.header_offset + 30 + name + extra
        packed = memoryview(data)[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_STORED:
            content = bytes(packed)
        elif entry.compress_type == zipfile.ZIP_DEFLATED:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, left + 1)
        else:
            raise ZipDamaged
    except (struct.error, zlib.error) as broken:
        raise ZipDamaged from broken
    if len(content) > left:
        raise ZipTooLarge
    if zlib.crc32(content) != entry.CRC:
        raise ZipDamaged
    return content
