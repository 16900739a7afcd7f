"""An entrant's hands on the pages: fill in, begin, choose, submit; what the server has of it."""

import re

from django.db import connections
from playwright.sync_api import Page, expect

from quiz.models import Attempt
from tests.factories import OpenContest

REGISTER = "Đăng ký và nhận mã dự thi"
START = "Bắt đầu làm bài"


def register(page: Page, base: str, made: OpenContest) -> None:
    fill_in(page, base, made)
    page.get_by_role("button", name=REGISTER).click()
    page.get_by_role("button", name=START).wait_for()


def fill_in(page: Page, base: str, made: OpenContest) -> None:
    """The registration form, complete and not sent."""
    page.goto(f"{base}/cuoc-thi/{made.contest.code}/dang-ky/")
    page.get_by_label("Họ và tên", exact=False).first.fill("Nguyễn Thị Thử Nghiệm")
    page.get_by_label(re.compile("sinh")).first.fill("5/9/1990")
    page.get_by_label(re.compile("điện thoại")).fill("0999000123")
    page.locator("[name=consent]").check()


def begin(page: Page, base: str, made: OpenContest) -> None:
    register(page, base, made)
    page.get_by_role("button", name=START).click()
    page.locator("html[data-attempt=ready]").wait_for()


def choose(page: Page, letter: str) -> None:
    page.locator(".slip--shown .option", has=page.get_by_text(letter, exact=True)).click()


def said(page: Page, sentence: str | re.Pattern[str]) -> None:
    expect(page.locator("[data-status]")).to_have_text(sentence)


def stored() -> Attempt:
    try:
        return Attempt.objects.get()
    finally:
        connections["default"].close()


def chosen(attempt: Attempt) -> int:
    return sum(mask != 0 for mask in attempt.answers)


def submit(page: Page) -> None:
    page.locator("[data-submit-button]").click()
    page.get_by_role("dialog").get_by_role("button", name="Nộp bài").click()
