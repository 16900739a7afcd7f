"""Proposals decided by keyboard in a real browser."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from quiz.models import ItemVersion
from tests.browser.test_contest_work import sign_in
from tests.frontend.bank_pages import make_bank_world

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


def states() -> list[str]:
    return list(ItemVersion.objects.order_by("item__number").values_list("state", flat=True))


# The browser heeds no key before it has shown a page for the first time, and a frame of a script
# may run before that.
SHOWN = "() => performance.getEntriesByName('first-contentful-paint').length > 0"


def current(page: Page, number: int) -> None:
    expect(page.locator(f"#cau-{number}")).to_have_class(re.compile("card--current"))
    page.wait_for_function(SHOWN)


def test_a_reviewer_decides_by_keyboard_and_goes_on_with_the_next(page: Page, live_server) -> None:
    world = make_bank_world()
    world.add(*range(1, 24))
    sign_in(page, live_server, world.rosa)
    page.goto(live_server.url + reverse("w-item-review", args=[world.bank.pk]))
    expect(page.get_by_text("câu sau, câu trước")).to_be_visible()
    current(page, 1)
    page.keyboard.press("j")
    current(page, 2)
    page.keyboard.press("a")
    current(page, 3)
    page.keyboard.press("r")
    page.keyboard.type("Bỏ, jark")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.press("Control+Enter")
    current(page, 4)
    page.keyboard.press("k")
    current(page, 1)
    assert states()[:4] == ["proposed", "approved", "draft", "proposed"]
    for _ in range(20):
        page.keyboard.press("j")
    current(page, 23)
    assert "page=2" in page.url
    page.keyboard.press("r")
    page.keyboard.type("x" * 3)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã trả lại câu 23.")).to_be_visible()
    assert states() == ["proposed", "approved", "draft", *["proposed"] * 19, "draft"]
    returned = ItemVersion.objects.get(item__number=3)
    assert returned.returned_because == "Bỏ, jark"
