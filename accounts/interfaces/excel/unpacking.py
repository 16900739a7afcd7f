"""The zip around a workbook, unpacked within bounds (`accounts.interfaces.unpacking`)."""

import io
import re
import zipfile
from collections.abc import Iterable

from accounts.interfaces.excel.refusals import (
    FarCell,
    NotAWorkbook,
    PasswordProtected,
    UnreadableWorkbook,
    WorkbookDamaged,
    WorkbookUnpacksTooLarge,
)
from accounts.interfaces.unpacking import (
    ZipDamaged,
    ZipEncrypted,
    ZipOfAnotherKind,
    ZipRefused,
    ZipTooLarge,
    unpack_parts,
)

_REFUSALS: dict[type[ZipRefused], type[UnreadableWorkbook]] = {
    ZipDamaged: WorkbookDamaged,
    ZipEncrypted: PasswordProtected,
    ZipOfAnotherKind: NotAWorkbook,
    ZipTooLarge: WorkbookUnpacksTooLarge,
}
# Cell and row references beyond column Z or row 99,999, whatever their quotes. No `\b` in front:
# it costs six times as much, and a false alarm only leads to the exact count.
_FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{2,}\d|[A-Za-z]?\d{6})""")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_FORMULA_OR_ERROR = (b"</f", b't="e"')


def unpack(data: bytes, limit: int, most_parts: int) -> dict[str, bytes]:
    """The XML parts of a workbook by name. Pictures and other binaries are left packed."""
    try:
        parts = unpack_parts(
            data, limit=limit, most_parts=most_parts, wanted=_is_xml, required="xl/workbook.xml"
        )
    except ZipRefused as refused:
        raise _REFUSALS[type(refused)] from refused
    if any(b"<!DOCTYPE" in part[:1000] for part in parts.values()):
        raise WorkbookDamaged  # no office program writes one; its entities could be a bomb
    return parts


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


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
