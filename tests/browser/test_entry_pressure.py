"""A phone behind a crowded address: it proves a little work by itself and is registered."""

import re

import pytest
from playwright.sync_api import Page

from quiz.domain import admission
from quiz.models import Entrant
from tests.browser.test_accessibility import violations
from tests.factories import make_open_contest

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


def test_the_phone_proves_its_work_by_itself(page: Page, live_server, monkeypatch, settings):
    settings.ENTRY_ADDRESS_LIMIT = 0
    monkeypatch.setattr(admission, "_pressure", admission.Pressure())
    made = make_open_contest()
    page.set_viewport_size({"width": 360, "height": 740})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{live_server.url}/cuoc-thi/{made.contest.code}/dang-ky/")
    page.get_by_label("Họ và tên", exact=False).first.fill("Nguyễn Thị Đông Người")
    page.get_by_label(re.compile("sinh")).first.fill("5/9/1990")
    page.get_by_label(re.compile("điện thoại")).fill("0999000123")
    page.locator("[name=consent]").check()
    page.route("**/entry/proof*.js", lambda route: route.abort())  # look at the plain way first
    page.get_by_role("button", name="Đăng ký và nhận mã dự thi").click()
    page.get_by_text("Thông tin đã điền vẫn còn").wait_for()
    assert violations(page) == []
    page.unroute("**/entry/proof*.js")
    page.get_by_role("button", name="Đăng ký và nhận mã dự thi").click()
    page.get_by_role("button", name="Bắt đầu làm bài").wait_for()
    assert errors == []
    assert Entrant.objects.get().full_name == "Nguyễn Thị Đông Người"
