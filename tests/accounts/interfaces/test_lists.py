"""Lists of people and of names out of real workbooks."""

from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from accounts.domain.rosters import RosterRow
from accounts.errors import Faults
from accounts.interfaces.excel.aliases import read_aliases
from accounts.interfaces.excel.refusals import NotAWorkbook
from accounts.interfaces.excel.rosters import read_roster
from accounts.models import OrgUnit
from tests.people import make_unit


def workbook(*rows: tuple, title: str = "Danh sách") -> BytesIO:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file


def test_headers_are_found_by_any_of_their_words_below_a_title():
    file = workbook(
        ("DANH SÁCH CÁN BỘ",),
        (),
        ("STT", "Họ tên", "Đơn vị công tác", "MÃ CB", "Năm sinh", "Miễn"),
        (1, "Nguyễn  Thử", "Xã An", 47.0, date(1990, 9, 5), None),
        (),
        (2, "=Lê Thử", "Xã An", "048", 1985, "Nghỉ dài hạn"),
    )
    assert read_roster(file) == [
        RosterRow("Trang “Danh sách”, dòng 4", "Nguyễn Thử", "Xã An", "47", "05/09/1990"),
        RosterRow(
            "Trang “Danh sách”, dòng 6", "", "Xã An", "048", "1985", exemption="Nghỉ dài hạn"
        ),
    ]


def test_a_code_is_preferred_to_a_name():
    file = workbook(("Đơn vị", "Mã đơn vị", "Họ và tên"), ("Xã An", "22276", "Lê Thử"))
    assert [row.unit for row in read_roster(file)] == ["22276"]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (workbook(("Tên cột lạ", "Khác"), ("a", "b")), "no_header"),
        (workbook(("Họ và tên", "Ngày sinh")), "no_rows"),
    ],
)
def test_a_workbook_without_a_list_is_refused_in_words(file, code):
    with pytest.raises(Faults) as refusal:
        read_roster(file)
    (fault,) = refusal.value.faults
    assert (fault.code, bool(fault.message), bool(fault.hint)) == (code, True, True)


def test_what_is_no_workbook_is_refused():
    with pytest.raises(NotAWorkbook):
        read_roster(BytesIO("Họ và tên;Ngày sinh".encode()))


@pytest.mark.django_db
def test_aliases_are_read_by_code_or_by_a_name_only_one_unit_bears():
    make_unit("an", name="Xã An")
    make_unit("binh", name="Xã Bình")
    file = workbook(("Mã", "Tên cũ"), ("an", "Xã Xưa"), ("xa binh", "Xã Lâu"), ("an", "Xã Xửa"))
    found = read_aliases(file, units=OrgUnit.objects.all())
    assert found == {"an": ["Xã Xưa", "Xã Xửa"], "binh": ["Xã Lâu"]}


@pytest.mark.django_db
def test_the_command_loads_aliases_or_tells_every_fault(tmp_path):
    make_unit("an", name="Xã An")
    path = tmp_path / "ten-cu.xlsx"
    path.write_bytes(workbook(("Mã", "Tên cũ"), ("an", "Xã Xưa")).getvalue())
    out = StringIO()
    call_command("load_aliases", str(path), stdout=out)
    assert out.getvalue() == "Đã thêm tên gọi khác cho 1 đơn vị.\n"
    assert list(OrgUnit.objects.matching("xua").values_list("code", flat=True)) == ["an"]
    path.write_bytes(workbook(("Mã", "Tên cũ"), ("x", "A"), ("an", ""), ("y", "B")).getvalue())
    with pytest.raises(CommandError) as refusal:
        call_command("load_aliases", str(path))
    told = [line.partition(":")[0] for line in str(refusal.value).splitlines()]
    assert told == [f"Trang “Danh sách”, dòng {row}" for row in (2, 3, 4)]
