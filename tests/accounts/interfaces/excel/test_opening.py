"""Uploads that are no honest workbook are refused with a sentence, before they cost anything."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from accounts.interfaces.excel.legacy import _untagged
from accounts.interfaces.excel.legacy_child import tagged
from accounts.interfaces.excel.opening import Limits, Sheet, open_workbook
from accounts.interfaces.excel.refusals import UnreadableWorkbook

LEGACY = Path(__file__).with_name("legacy.xls")
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook(*rows: list) -> bytes:
    book = Workbook()
    for row in rows or (["Một", 2], ["", "Bốn"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed, properly packed again."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return out.getvalue()


def refusal(source: object, **limits: int) -> str:
    with pytest.raises(UnreadableWorkbook) as refused:
        open_workbook(source, limits=Limits(**limits))
    assert str(refused.value.message)
    assert str(refused.value.hint)
    return refused.value.code


def test_values_come_with_their_places() -> None:
    book = Workbook()
    book.active.title = "Câu hỏi"
    book.active["B3"], book.active["C4"] = "Một", 2
    book.active.merge_cells("B6:C7")
    book.create_sheet("Ẩn").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    opened = open_workbook(out)
    assert opened.sheets == (
        Sheet(
            "Câu hỏi",
            hidden=False,
            rows=[["Một", ""], ["", 2.0]],
            first_row=3,
            first_column=2,
            merged=((6, 2, 7, 3),),
        ),
        Sheet("Ẩn", hidden=True, rows=[]),
    )
    assert not opened.formulas


def test_path_bytes_and_open_file_read_alike(tmp_path: Path) -> None:
    data = workbook()
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with path.open("rb") as file:
        file.read()  # wherever the reader stood before
        assert open_workbook(file) == open_workbook(path) == open_workbook(data)


@pytest.mark.parametrize("data", [b"", b"Cau hoi;A;B", b"%PDF-1.7", b"<html><table></html>"])
def test_other_files_are_no_workbooks(data: bytes) -> None:
    assert refusal(data) == "not_a_workbook"


def test_word_file_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refusal(out.getvalue()) == "not_a_workbook"


def test_password_is_named() -> None:
    encrypted = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert refusal(encrypted) == "password_protected"


def test_encrypted_zip_is_named() -> None:
    data = bytearray(workbook())
    at = 0
    while (at := data.find(b"PK\x01\x02", at + 1)) > 0:
        data[at + 8] |= 1
    assert refusal(bytes(data)) == "password_protected"


def test_old_binary_that_is_no_workbook_is_damaged() -> None:
    assert refusal(OLE + bytes(2000)) == "workbook_damaged"


def test_old_workbook_that_would_eat_all_memory_is_damaged() -> None:
    looping = bytearray(LEGACY.read_bytes())
    (table,) = struct.unpack_from("<I", looping, 76)
    (directory,) = struct.unpack_from("<I", looping, 48)
    # The directory's sector is its own successor: calamine follows the chain for ever.
    struct.pack_into("<I", looping, 512 * (table + 1) + 4 * directory, directory)
    assert refusal(bytes(looping)) == "workbook_damaged"


def test_old_workbook_is_read_like_a_new_one() -> None:
    (sheet,) = open_workbook(LEGACY).sheets
    assert (sheet.name, sheet.hidden, sheet.first_row, sheet.merged) == (
        "Câu hỏi",
        False,
        1,
        ((6, 1, 7, 2),),
    )
    assert sheet.rows[2] == ["Năm thường có mấy tháng?", 10.0, 11.0, 12.0, 13.0, "C"]


def test_sheets_of_a_child_process_keep_their_types() -> None:
    values = [1.5, "chữ", True, date(2026, 9, 5), datetime.combine(date(2026, 9, 5), time(8, 30))]
    written = json.dumps([*values, time(9, 0), timedelta(hours=30)], default=tagged)
    assert json.loads(written, object_hook=_untagged) == [*values, time(9, 0), "1 day, 6:00:00"]


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_upload_cut_short_is_damaged(share: float) -> None:
    data = workbook()
    assert refusal(data[: int(len(data) * share)]) == "workbook_damaged"


def test_flipped_byte_is_damaged() -> None:
    data = bytearray(workbook())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        data[archive.getinfo(SHEET).header_offset + 60] ^= 0xFF
    assert refusal(bytes(data)) == "workbook_damaged"


def test_two_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "lon.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(200 * 1024**2)  # a hole: takes no room
    assert refusal(path) == "workbook_too_large"


def test_zip_bomb_is_refused() -> None:
    bomb = changed(workbook(), SHEET, lambda _part: b" " * 3_000_000)
    assert len(bomb) < 20_000
    assert refusal(bomb, unpacked=1_000_000) == "workbook_unpacks_too_large"


def test_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(changed(workbook(), SHEET, lambda _part: b" " * 3_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as archive:
        size = struct.pack("<I", archive.getinfo(SHEET).file_size)
    assert bomb.count(size) == 2
    lying = bytes(bomb).replace(size, struct.pack("<I", 100))
    assert refusal(lying, unpacked=1_000_000) == "workbook_unpacks_too_large"


def test_thousands_of_parts_are_refused() -> None:
    assert refusal(workbook(), parts=5) == "workbook_unpacks_too_large"


def test_document_type_declaration_is_refused() -> None:
    declared = changed(workbook(), SHEET, lambda part: b'<!DOCTYPE x [<!ENTITY a "b">]>' + part)
    assert refusal(declared) == "workbook_damaged"


@pytest.mark.parametrize("place", [b'r="XFD1048576"', b"r='xfd1048576'", b'r = "ZZ999999"'])
def test_far_cell_does_not_end_the_process(place: bytes) -> None:
    far = changed(workbook(), SHEET, lambda part: part.replace(b'r="B2"', place))
    assert refusal(far) == "far_cell"


def test_wide_but_honest_sheet_is_read() -> None:
    opened = open_workbook(workbook(["x"] * 60, [""] * 59 + ["y"]))
    assert opened.sheets[0].rows == [["x"] * 60, [""] * 59 + ["y"]]


@pytest.mark.parametrize(
    "damage",
    [
        lambda part: part[:-40],
        lambda part: part.replace(b'r="B2"', b'r="&#66;2"'),
        lambda part: part.replace(b't="n"', b't="zz"'),
    ],
)
def test_broken_sheet_is_damaged(damage: Callable[[bytes], bytes]) -> None:
    assert refusal(changed(workbook(), SHEET, damage)) == "workbook_damaged"


def test_formulas_and_errors_are_noticed() -> None:
    assert open_workbook(workbook(["a", "=1+1"])).formulas
    assert open_workbook(workbook(["a", "#REF!"])).formulas
    assert not open_workbook(workbook(["a", 1])).formulas
