"""A list of people: every fault with its row, nothing half stored, the same file again a no-op."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from openpyxl import Workbook

from accounts.domain.rosters import RosterRow, load_roster
from accounts.enums import JobState
from accounts.errors import Faults
from tests.people import make_person, make_unit
from tests.training.enrolment_world import NOW, TODAY, make_province
from training.domain.enrolment_lists import EnrolmentRow, plan_list, store_list
from training.enums import EnrolmentSource
from training.interfaces.excel.enrolment_list_jobs import queue_list_check, queue_list_store
from training.interfaces.excel.enrolment_lists import (
    read_enrolment_list,
    write_enrolment_template,
)
from training.models import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    made = make_province()
    rows = [RosterRow("1", "Binh", "xa-binh", "BINH", "05/09/1990")]
    load_roster(name="Quý IV", unit=made.top, as_of=TODAY, rows=rows, user=None)
    return made


def store(world, *rows, due_on=None):
    common = {"user": world.organiser, "due_on": due_on, "now": NOW}
    return store_list(course=world.course, rows=rows, **common)


def faults_of(world, *rows):
    with pytest.raises(Faults) as refused:
        store(world, *rows)
    assert Enrolment.objects.count() == 0
    return [(fault.place, fault.code) for fault in refused.value.faults]


def test_people_are_found_by_staff_code_or_by_name_and_birth_date(world):
    plan = store(
        world,
        EnrolmentRow("1", staff_code=" AN "),
        EnrolmentRow("2", "Binh", birth_date="5/9/1990", due_on="31/12/2026"),
        due_on=TODAY + timedelta(days=5),
    )
    assert [one.person for one in plan.new] == [world.an, world.binh]
    rows = Enrolment.objects.order_by("person__username").values_list("person", "due_on", "source")
    assert list(rows) == [
        (world.an.pk, date(2026, 11, 28), EnrolmentSource.LIST),
        (world.binh.pk, date(2026, 12, 31), EnrolmentSource.LIST),
    ]


def test_the_same_list_again_changes_nothing_and_another_due_date_moves_it(world):
    rows = [EnrolmentRow("1", staff_code="an", due_on="31/12/2026"), EnrolmentRow("2", "", "anh")]
    store(world, *rows)
    again = store(world, *rows)
    assert (again.new, again.moved, again.same) == ([], [], 2)
    moved = store(world, EnrolmentRow("1", staff_code="an", due_on="15/01/2027"))
    assert (len(moved.moved), moved.same) == (1, 0)
    assert Enrolment.objects.get(person=world.an).due_on == date(2027, 1, 15)


def test_every_row_s_fault_is_told_at_once_and_nothing_is_stored(world):
    make_person("ngoai", unit=make_unit("noi-khac"), totp=False)
    found = faults_of(
        world,
        EnrolmentRow("1", staff_code="an"),
        EnrolmentRow("2", staff_code="khong-co"),
        EnrolmentRow("3", staff_code="ngoai"),
        EnrolmentRow("4", full_name="Tên Khác", staff_code="anh"),
        EnrolmentRow("5", full_name="Binh"),
        EnrolmentRow("6", full_name="Binh", birth_date="1990"),
        EnrolmentRow("7", full_name="Binh", birth_date="hôm nọ"),
        EnrolmentRow("8", staff_code="AN"),
        EnrolmentRow("9", staff_code="binh", due_on="01/01/2020"),
        EnrolmentRow("10", staff_code="to-chuc", due_on="mai"),
    )
    assert found == [
        ("2", "person_unknown"),
        ("3", "person_unknown"),
        ("4", "name_differs"),
        ("5", "person_unclear"),
        ("6", "person_unknown"),
        ("7", "birth_date"),
        ("8", "person_twice"),
        ("9", "due_passed"),
        ("10", "due_on"),
    ]


def test_two_people_of_one_name_and_birth_date_are_told_apart_by_their_codes(world):
    make_person("binh2", unit=world.sibling, totp=False)
    rows = [RosterRow("1", "Binh", "xa-binh", "BINH2", "05/09/1990")]
    load_roster(name="Khác", unit=world.top, as_of=TODAY, rows=rows, user=None)
    row = EnrolmentRow("1", "Binh", birth_date="05/09/1990")
    assert faults_of(world, row) == [("1", "person_unknown")]


def test_a_dry_run_stores_nothing(world):
    rows = [EnrolmentRow("1", staff_code="an")]
    plan = plan_list(course=world.course, rows=rows, user=world.organiser, now=NOW)
    assert (len(plan.new), Enrolment.objects.count()) == (1, 0)


def workbook(*rows):
    book = Workbook()
    for row in (("Danh sách cử đi học",), ("STT", "Họ và tên", "Mã cán bộ"), *rows):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return ContentFile(file.getvalue(), name="danh-sach.xlsx")


def test_a_workbook_is_checked_shown_and_then_stored(world):
    common = {"user": world.organiser, "now": NOW}
    file = workbook((1, "An", "an"), (2, "Anh", "anh"))
    checked = queue_list_check(
        course=world.course, due_on=timezone.localdate(), file=file, **common
    )
    assert (checked.state, checked.result["new"], Enrolment.objects.count()) == (
        JobState.DONE,
        2,
        0,
    )
    stored = queue_list_store(checked=checked, next="/", **common)
    assert stored.result["message"] == "Đã ghi danh 2 người, đổi hạn của 0 người."
    assert Enrolment.objects.count() == 2


def test_a_workbook_s_faults_name_sheet_and_row(world):
    file = workbook((1, "An", "an"), (2, "Ai Đó", "xx"))
    job = queue_list_check(
        course=world.course, due_on=None, file=file, user=world.organiser, now=NOW
    )
    assert (job.state, [fault["place"] for fault in job.faults]) == (
        JobState.FAILED,
        ["Trang “Sheet”, dòng 4"],
    )


def test_the_template_can_be_read_by_its_reader():
    file = BytesIO()
    write_enrolment_template(file)
    (row,) = read_enrolment_list(file.getvalue())
    assert (row.full_name, row.staff_code, row.birth_date, row.due_on) == (
        "Nguyễn Văn Mẫu",
        "CB0001",
        "05/09/1990",
        "31/12/2026",
    )
