"""One person, several devices: by the scanned slip, by a message, by staff code; and leaving."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, expect

from quiz.models import Attempt, Entrant
from tests.browser.test_accessibility import is_too_wide, violations
from tests.factories import OpenContest
from tests.journeys.people import DESK, PHONE, Person, arrive
from tests.quiz.returning import (
    BORN,
    STAFF_CODE,
    code_in,
    make_returning_contest,
    sent_by_worker,
)

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
NUMBER = "0999000123"


@pytest.fixture
def made() -> OpenContest:
    return make_returning_contest("staff_code_and_birth_date")


@pytest.fixture
def device(chromium: Browser, static_files: Path) -> Iterator[Callable[..., Person]]:
    """`device(PHONE)`: one more browser, with nobody's cookies."""
    people: list[Person] = []

    def arrived(size: dict[str, int]) -> Person:
        people.append(arrive(chromium, size=size))
        return people[-1]

    yield arrived
    for person in people:
        person.context.close()
    connections["default"].close()
    # Whoever goes back after leaving finds no paper there: that 404 is wanted.
    errors = [line for person in people for line in person.errors if "status of 404" not in line]
    assert errors == []


def look(person: Person, name: str) -> None:
    """A picture, where pictures are kept; and what no page may break."""
    person.picture(name)
    assert (is_too_wide(person.page), violations(person.page)) == (False, [])


def register(person: Person, address: str) -> str:
    """From the form to the ready page; the mã dự thi."""
    page = person.page
    page.goto(f"{address}/dang-ky/")
    page.get_by_label("Họ và tên").first.fill("Nguyễn Thị Thử Nghiệm")
    page.get_by_label(re.compile("sinh")).first.fill("5/9/1990")
    page.get_by_label(re.compile("điện thoại")).first.fill(NUMBER)
    person.tick("[name=consent]")
    person.click("Đăng ký và nhận mã dự thi")
    return page.locator(".code-card__code code").inner_text()


def answer(person: Person, count: int) -> None:
    person.page.locator("html[data-attempt=ready]").wait_for()
    for number in range(1, count + 1):
        person.click(person.page.locator(".slip--shown .option").nth(1))
        expect(person.page.locator("[data-status]")).to_have_text("Đã lưu")
        if number < count:
            person.click("Câu tiếp")


def answered(person: Person) -> int:
    person.page.locator("html[data-attempt=ready]").wait_for()
    return person.page.locator(".option input:checked").count()


def test_one_person_comes_back_on_other_devices(device, live_server, made):
    address = f"{live_server.url}/cuoc-thi/{made.contest.code}"
    first = device(PHONE)
    code = register(first, address)
    first.click("Bắt đầu làm bài")
    answer(first, 2)

    by_slip = device(DESK)
    by_slip.page.goto(f"{address}/vao-lai/#{code.lower()}")
    expect(by_slip.page.locator("[name=entry_code]")).to_have_value(code)
    assert by_slip.page.url == f"{address}/vao-lai/"
    look(by_slip, "return-1280")
    by_slip.click("Vào thi", exact=True)
    by_slip.click("Làm tiếp")
    assert answered(by_slip) == 2

    by_message = device(PHONE)
    by_message.page.goto(f"{address}/vao-lai/")
    look(by_message, "return-360")
    by_message.fill("contact", NUMBER)
    by_message.click("Gửi mã cho tôi")
    look(by_message, "return-code-360")
    [(to, text)] = sent_by_worker()
    assert to == NUMBER
    by_message.fill("code", code_in(text))
    by_message.click("Vào thi", exact=True)
    by_message.click("Làm tiếp")
    assert answered(by_message) == 2
    assert Entrant.objects.count() == Attempt.objects.count() == 1


def test_a_person_of_the_roster_comes_back_and_sees_nothing_that_is_over(device, live_server, made):
    address = f"{live_server.url}/cuoc-thi/{made.contest.code}"
    first, again = device(PHONE), device(DESK)
    give_staff_code(first, address)
    look(first, "return-staff-360")
    first.page.get_by_label(re.compile("điện thoại")).first.fill(NUMBER)
    first.tick("[name=consent]")
    first.click("Đăng ký và nhận mã dự thi")
    first.click("Bắt đầu làm bài")
    answer(first, 1)

    give_staff_code(again, address)
    look(again, "ready-weak-1280")
    expect(again.page.get_by_role("heading", level=1)).to_have_text("Bạn đang có bài làm dở")
    again.click("Làm tiếp")
    assert answered(again) == 1
    again.click(again.page.locator("[data-submit-button]"))
    again.click(again.page.get_by_role("dialog").get_by_role("button", name="Nộp bài"))
    again.page.get_by_text("Mã biên nhận", exact=True).wait_for()

    late = device(PHONE)
    give_staff_code(late, address)
    expect(late.page.locator("main")).not_to_contain_text("biên nhận")
    expect(late.page.locator("main")).not_to_contain_text("Số lượt bạn đã thi")
    first.page.goto(f"{address}/vao-thi/")
    expect(first.page.locator("main")).to_contain_text("có người vào lại bài của bạn")
    look(first, "ready-returned-360")
    assert Entrant.objects.count() == 1


def give_staff_code(person: Person, address: str) -> None:
    person.page.goto(f"{address}/vao-lai/can-bo/")
    person.fill("staff_code", STAFF_CODE)
    person.fill("birth_date", BORN)
    person.click("Tiếp tục")


def test_whoever_leaves_a_device_leaves_nothing_behind(device, live_server, made):
    address = f"{live_server.url}/cuoc-thi/{made.contest.code}"
    person = device(PHONE)
    page = person.page
    register(person, address)
    person.click("Bắt đầu làm bài")
    answer(person, 1)
    page.goto(f"{address}/vao-thi/")
    # What an earlier page could not send before its network was gone.
    page.evaluate("localStorage.setItem('bai-thi:x:1', '{}')")
    person.click("Người khác thi trên máy này")
    expect(page.locator("[data-unsent]")).to_be_visible()
    look(person, "leave-360")
    person.click("Đổi người và xoá dấu vết trên máy này")
    assert page.url == f"{address}/vao-lai/"
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('bai-thi'))") == []
    names = {cookie["name"] for cookie in person.context.cookies()}
    assert names & {"nguoi_du_thi", "bai_thi", "ma_du_thi", "xin_ma"} == set()
    for _step in range(4):
        page.go_back()
        page.wait_for_load_state()
        shown = page.locator("body").inner_text()
        assert ("Nguyễn Thị Thử Nghiệm" in shown, "Phương án" in shown) == (False, False)
