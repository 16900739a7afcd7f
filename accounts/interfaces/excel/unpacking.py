"""The zip around a workbook, unpacked within bounds.

What the zip declares is not believed: the size of every part is the size that came out.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable

from accounts.interfaces.excel.refusals import (
    FarCell,
    NotAWorkbook,
    PasswordProtected,
    WorkbookDamaged,
    WorkbookUnpacksTooLarge,
)

_ENCRYPTED_BIT = 1
_LOCAL_HEADER = struct.Struct("<26xHH")  # lengths of name and extra field
# Cell and row references beyond column Z or row 99,999, whatever their quotes. No `\b` in front:
# it costs six times as much, and a false alarm only leads to the exact count.
_FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{2,}\d|[A-Za-z]?\d{6})""")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_FORMULA_OR_ERROR = (b"</f", b't="e"')


def unpack(data: bytes, limit: int, most_parts: int) -> dict[str, bytes]:
    """The XML parts of a workbook by name. Pictures and other binaries are left packed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as broken:
        raise WorkbookDamaged from broken
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise NotAWorkbook
    if len(entries) > most_parts:
        raise WorkbookUnpacksTooLarge
    parts = {}
    left = limit
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            parts[entry.filename] = _inflated(data, entry, left)
            left -= len(parts[entry.filename])
    if any(b"<!DOCTYPE" in part[:1000] for part in parts.values()):
        raise WorkbookDamaged  # no office program writes one; its entities could be a bomb
    return parts


def _inflated(data: bytes, entry: zipfile.ZipInfo, left: int) -> bytes:
    """One part, of `left` bytes at the most."""
    if entry.flag_bits & _ENCRYPTED_BIT:
        raise PasswordProtected
    try:
        name, extra = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
        start = entry.header_offset + 30 + name + extra
        packed = memoryview(data)[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_STORED:
            content = bytes(packed)
        elif entry.compress_type == zipfile.ZIP_DEFLATED:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, left + 1)
        else:
            raise WorkbookDamaged
    except (struct.error, zlib.error) as broken:
        raise WorkbookDamaged from broken
    if len(content) > left:
        raise WorkbookUnpacksTooLarge
    if zlib.crc32(content) != entry.CRC:
        raise WorkbookDamaged
    return content


def repack(parts: dict[str, bytes]) -> bytes:
    """A plain zip of exactly these parts, so that no second reader finds anything else in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def check_cells(parts: Iterable[bytes], limit: int) -> None:
    """Raise FarCell when the rectangle around some sheet's cells holds more than `limit`."""
    for part in parts:
        if b"sheetData" not in part or not _FAR.search(part):
            continue
        last_row = last_column = 1
        for letters, digits in _REFERENCE.findall(part):
            last_row = max(last_row, int(digits[:9]))
            last_column = max(last_column, _column(letters[:6]))
        if last_row * last_column > limit:
            raise FarCell


def _column(letters: bytes) -> int:
    """b"AA" → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def has_formulas_or_errors(parts: Iterable[bytes]) -> bool:
    """Whether some cell may hold a formula or show an error such as #REF!."""
    return any(mark in part for part in parts if b"sheetData" in part for mark in _FORMULA_OR_ERROR)
