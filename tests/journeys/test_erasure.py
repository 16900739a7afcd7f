"""On a phone: one's own page by the code, a copy, the request to erase, and the answer to it."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from accounts.enums import Role
from quiz.models import Entrant
from tests.browser.test_accessibility import is_too_wide, violations
from tests.factories import make_attempt, make_open_contest, register
from tests.people import make_person

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
NAME = "Nguyễn Thị Thử Xoá"


def look(page: Page, name: str) -> None:
    """No wider than the phone and nothing axe-core finds; kept as a picture when asked for."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert (is_too_wide(page), violations(page)) == (False, [])


def open_own_data(page: Page, base: str, title: str, code: str) -> None:
    page.goto(base)
    page.get_by_role("link", name="Dữ liệu của tôi").click()
    page.get_by_label("Cuộc thi").select_option(label=title)
    page.get_by_label("Mã dự thi", exact=True).fill(code)
    page.get_by_role("button", name="Xem dữ liệu của tôi").click()


def sign_in(page: Page, base: str, made: Any) -> None:
    client = Client()
    client.force_login(make_person("to.chuc", Role.ORGANISER, unit=made.unit))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base}])


def test_a_person_is_erased_at_their_own_request(
    live_server: Any, page: Page, chromium: Browser
) -> None:
    made, base = make_open_contest(), live_server.url
    who = register(made, full_name=NAME, phone="0912345678")
    make_attempt(made, who=who, wrong=1)
    page.set_viewport_size(PHONE)
    open_own_data(page, base, made.contest.title, who.code)
    expect(page.get_by_role("cell", name="09•••••678")).to_be_visible()
    look(page, "own-data")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tải bản sao để đọc").click()
    copy = Path(coming.value.path()).read_text()
    assert ("0912345678" in copy, copy.count("<li>")) == (True, 5)
    page.get_by_text("Xoá dữ liệu của tôi").click()
    page.get_by_label("Tôi đã đọc và muốn xoá.").check()
    page.get_by_role("button", name="Gửi yêu cầu xoá").click()
    expect(page.get_by_text("Trả lời trước 17:00").first).to_be_visible()
    look(page, "asked")
    number = re.findall(r"YC-\w{4}-\w{4}", page.content())[0]

    official = chromium.new_context(viewport=PHONE, locale="vi-VN").new_page()
    sign_in(official, base, made)
    official.goto(base + "/lam-viec/")
    look(official, "home")
    official.get_by_role("link", name="Mở Trả lời yêu cầu về dữ liệu cá nhân").click()
    look(official, "requests")
    official.get_by_role("link", name=number).click()
    expect(official.get_by_text(NAME)).to_be_visible()
    look(official, "request")
    official.get_by_role("button", name="Xoá dữ liệu theo yêu cầu").click()
    expect(official.get_by_text(f"Đã trả lời yêu cầu {number}.")).to_be_visible()
    assert NAME not in official.content()
    look(official, "answered")
    official.context.close()

    open_own_data(page, base, made.contest.title, who.code)
    expect(page.get_by_text("Mã dự thi không đúng.")).to_be_visible()
    page.get_by_label("Số yêu cầu").fill(number.lower())
    page.get_by_role("button", name="Xem trả lời").click()
    expect(page.get_by_text("Đã xoá thông tin nhận diện.")).to_be_visible()
    look(page, "done")
    assert Entrant.objects.filter(full_name=NAME).count() == 0
