"""Five people who enter, each in their own way."""

import re

from playwright.sync_api import expect

from tests.journeys.people import Person

LETTERS = "ABCD"


def register(person: Person, base: str, public: str, name: str, number: int) -> None:
    """From the contest's page to the button that starts the paper."""
    page = person.page
    page.goto(base + public if public.startswith("/") else public)
    person.click("Vào thi")
    page.get_by_label("Họ và tên").first.fill(name)
    page.get_by_label(re.compile("sinh")).first.fill(f"0{number}/09/199{number}")
    page.get_by_label(re.compile("điện thoại")).first.fill(f"090000000{number}")
    choose_unit(person)
    person.tick("[name=consent]")
    if number == 1:
        person.picture("register-360")
    person.click("Đăng ký và nhận mã dự thi")
    page.get_by_role("button", name="Bắt đầu làm bài").wait_for()
    if number == 1:
        person.picture("ready-360")


def choose_unit(person: Person) -> None:
    """Typed without tone marks; without script the server draws the same choices."""
    page = person.page
    page.locator("[name=unit_search]").fill("hoa thinh")
    if person.script is False:
        person.click(page.locator("[name=unit_find]"))
    row = page.locator(".unit-picker__results label", has_text="Xã Hòa Thịnh")
    person.click(row)


def answer(person: Person, number: int, *, cut: bool = False) -> None:
    """Choose by number, through a network cut where told, and submit."""
    page = person.page
    person.click("Bắt đầu làm bài")
    page.locator("html[data-attempt=ready]").wait_for()
    for place in range(1, 6):
        expect(page.locator("[data-place]")).to_have_text(f"Câu {place} / 5")
        if cut and place == 3:
            person.context.set_offline(True)
        letter = LETTERS[(place + number) % 4]
        person.click(page.locator(".slip--shown .option", has=page.get_by_text(letter, exact=True)))
        if number == 1 and place == 2:
            person.picture("attempt-360")
        if place < 5:
            person.click("Câu tiếp")
    if cut:
        expect(page.locator("[data-status]")).to_contain_text("Chưa gửi")
        person.picture("attempt-offline-360")
        person.context.set_offline(False)
    expect(page.locator("[data-status]")).to_have_text("Đã lưu")
    guess = page.locator("[name=prediction]")
    if guess.count():
        guess.first.fill(str(number))
    person.click(page.locator("[data-submit-button]"))
    person.click(page.get_by_role("dialog").get_by_role("button", name="Nộp bài"))
    page.get_by_text("Biên nhận khớp với các câu trả lời máy này đã gửi.").wait_for()
    if number == 1:
        person.picture("receipt-360")


def answer_without_script(person: Person) -> None:
    """The same by one plain HTML form."""
    page = person.page
    person.click("Bắt đầu làm bài")
    for place in range(5):
        person.tick(f"main fieldset:nth-of-type({place + 1}) input >> nth={place % 4}")
    person.picture("attempt-plain-360")
    person.click("Nộp bài")
    page.get_by_role("heading", name="Biên nhận").first.wait_for()
