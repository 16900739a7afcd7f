"""Zip files people upload, unpacked within bounds: in memory, or into a folder of their own.

What the zip declares is not believed: the size of every part is the size that came out.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

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


class ZipUnsafe(ZipRefused):
    """A part that would land outside, or is no plain file; the first argument is its name."""


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


def leads_out(name: str) -> bool:
    """Whether a part of this name would land outside the package, on one system or another."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":"


class Bounds(NamedTuple):
    """The most of parts, of bytes once unpacked, and of bytes that a packed one may become."""

    parts: int
    unpacked: int
    ratio: int


class Entry(NamedTuple):
    """A part under its true name, and what the zip says of it."""

    name: str
    info: zipfile.ZipInfo


LONGEST_NAME, LONGEST_PART = 240, 120
_SMALL = 10 * 2**20  # however well it packs, no bomb
_PIECE = 1 << 20
_UTF8_BIT = 0x800


def list_entries(archive: zipfile.ZipFile, *, size: int, bounds: Bounds) -> list[Entry]:
    """Every file in a zip of `size` bytes, looked at before any is unpacked; folders are left out.

    Raises ZipEncrypted, ZipDamaged, ZipTooLarge, ZipUnsafe.
    """
    infos = archive.infolist()
    if len(infos) > bounds.parts:
        raise ZipTooLarge
    total = sum(info.file_size for info in infos)
    if total > bounds.unpacked or total > max(_SMALL, size * bounds.ratio):
        raise ZipTooLarge
    entries = [Entry(_true_name(info), info) for info in infos]
    for name, info in entries:
        _require_plain(name, info)
    files = [entry for entry in entries if not entry.name.endswith("/")]
    if len({entry.name for entry in files}) < len(files):
        raise ZipDamaged
    return files


def _true_name(info: zipfile.ZipInfo) -> str:
    """Names are UTF-8, whether the zip says so or not. Raises ZipUnsafe."""
    name = info.orig_filename
    if info.flag_bits & _UTF8_BIT or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError as wrong:
        raise ZipUnsafe(name) from wrong


def _require_plain(name: str, info: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    plain = kind in (0, stat.S_IFREG, stat.S_IFDIR)
    named = name.isprintable() and "\\" not in name and 0 < len(name) <= LONGEST_NAME
    if leads_out(name) or not plain or not named or "//" in name:
        raise ZipUnsafe(name)
    if any(len(part.encode()) > LONGEST_PART * 2 for part in name.split("/")):
        raise ZipUnsafe(name)
    if info.flag_bits & _ENCRYPTED_BIT:
        raise ZipEncrypted
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ZipDamaged


def unpack_entry(archive: zipfile.ZipFile, entry: Entry, target: Path, *, most: int) -> int:
    """Write one part to `target`, `most` bytes at the most; returns how many there were.

    Raises ZipTooLarge, ZipDamaged.
    """
    written = 0
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry.info) as packed, target.open("xb") as out:
            while piece := packed.read(_PIECE):
                written += len(piece)
                if written > most:
                    raise ZipTooLarge
                out.write(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, struct.error) as broken:
        raise ZipDamaged from broken
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as clash:
        raise ZipDamaged from clash
    if written != entry.info.file_size:
        raise ZipDamaged
    return written
