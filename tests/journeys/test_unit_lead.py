"""A compulsory list from workbook to 100 %: organiser at a desk, lead and officials on phones."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import Workbook
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from accounts.models import User
from quiz.rules.document import IdentityField
from tests.factories import OpenContest, make_attempt, make_open_contest, make_rules
from tests.journeys import entrants
from tests.journeys.people import DESK, PHONE, Person, arrive, signed_in
from tests.people import make_person, make_unit

LIST = {"CB1": "Trần Văn An", "CB2": "Lê Thị Bình", "CB3": "Phạm Chi"}
BORN = "01/02/1980"
ASKED = ("full_name", "birth_date", "staff_code")
NAME = "Cán bộ phải dự thi"


@pytest.mark.needs_chromium
@pytest.mark.django_db(transaction=True)
def test_a_list_goes_from_the_workbook_to_the_certificate(
    chromium: Browser, live_server, static_files: Path, tmp_path: Path, settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    made, lead_user = make_world()
    organiser = signed_in(chromium, live_server.url, made.organiser, DESK)
    lead = signed_in(chromium, live_server.url, lead_user, PHONE)
    upload(organiser, live_server.url, tmp_path)
    choose(organiser, live_server.url, made)
    people = [official(chromium, live_server.url, made, "CB1")]
    make_attempt(made, full_name=LIST["CB2"], birth_date=BORN, staff_code="CB2")
    text = remind(lead, live_server.url)
    assert text.splitlines()[1:3] == ["Xã Hòa Thịnh còn 1 người chưa dự thi:", "1. Phạm Chi"]
    people.append(official(chromium, live_server.url, made, "CB3"))
    check_certificate(lead)
    everybody = [organiser, lead, *people]
    assert [person.errors for person in everybody] == [[]] * 4
    for person in everybody:
        person.context.close()


def make_world() -> tuple[OpenContest, User]:
    """A contest that asks for the staff code, and the lead of a unit below its own."""
    top = make_unit("tinh", name="Tỉnh")
    here = make_unit("xa-hoa-thinh", name="Xã Hòa Thịnh", parent=top)
    fields = [IdentityField(name=name, required=True) for name in ASKED]
    entry = {"identity_fields": fields, "identity_key": list(ASKED)}
    made = make_open_contest(unit=top, rules=make_rules(entry=entry))
    return made, make_person("dau-moi", Role.UNIT_LEAD, unit=here)


def upload(organiser: Person, base: str, folder: Path) -> None:
    """The workbook is looked at first and stored then."""
    book = Workbook()
    book.active.append(["Họ và tên", "Mã cán bộ", "Ngày sinh", "Đơn vị"])
    for code, name in LIST.items():
        book.active.append([name, code, BORN, "xa-hoa-thinh"])
    book.save(folder / "danh-sach.xlsx")
    organiser.page.goto(base + reverse("w-rosters"))
    organiser.click("Tải danh sách lên")
    organiser.fill("name", NAME)
    organiser.page.locator("main [name=unit]").select_option("tinh")
    organiser.page.locator("main [name=file]").set_input_files(folder / "danh-sach.xlsx")
    organiser.click("Kiểm tra tệp")
    expect(organiser.page.get_by_text("Tệp có 3 dòng, không có lỗi")).to_be_visible()
    organiser.picture("roster-check-1280")
    organiser.click("Lưu danh sách")
    expect(organiser.page.get_by_role("heading", name=NAME, level=1)).to_be_visible()


def choose(organiser: Person, base: str, made: OpenContest) -> None:
    """The contest takes the list."""
    organiser.page.goto(base + reverse("w-contest-settings", args=[made.contest.pk]))
    form = organiser.page.locator("form[action$='thong-tin/']")
    form.locator("[name=roster]").select_option(label=NAME)
    organiser.click(form.locator("[type=submit]"))


def official(browser: Browser, base: str, made: OpenContest, code: str) -> Person:
    """Someone of the list registers with code and birth date, answers and submits."""
    person = arrive(browser, size=PHONE)
    page = person.page
    page.goto(base + reverse("register", args=[made.contest.code]))
    page.get_by_label("Họ và tên").first.fill(LIST[code])
    page.get_by_label(re.compile("sinh")).first.fill(BORN)
    page.get_by_label(re.compile("Mã cán bộ")).first.fill(code)
    person.tick("[name=consent]")
    person.click("Đăng ký và nhận mã dự thi")
    entrants.answer(person, 2)
    return person


def remind(lead: Person, base: str) -> str:
    """2/3, the one name, and the reminder as it lies in the clipboard."""
    lead.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lead.page.goto(base + reverse("workplace"))
    lead.click("Mở Xem ai của đơn vị chưa dự thi")
    expect(lead.page.get_by_text("Đã dự thi 2/3 người")).to_be_visible()
    names = lead.page.get_by_role("rowheader").all_inner_texts()
    assert [name.strip() for name in names] == ["Phạm Chi"]
    lead.picture("unit-lead-360")
    lead.click("Sao chép lời nhắc")
    expect(lead.page.get_by_text("Đã sao chép")).to_be_visible()
    copied = str(lead.page.evaluate("navigator.clipboard.readText()"))
    assert copied.splitlines() == lead.page.locator("[name=reminder]").input_value().splitlines()
    return copied


def check_certificate(lead: Person) -> None:
    """100 %, and the certificate as it is downloaded."""
    lead.page.reload()
    expect(lead.page.get_by_text("Hoàn thành 100 %").first).to_be_visible()
    lead.click("Cấp giấy xác nhận")
    link = lead.page.get_by_role("link", name="Tải giấy xác nhận (PDF)")
    lead.picture("unit-complete-360")
    assert lead.fetch(str(link.evaluate("link => link.href"))).startswith(b"%PDF-")
