"""Components in a real browser: readable in every look, and their scripts do what they say."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import LOOKS, choose, is_too_wide, violations

pytestmark = [
    pytest.mark.needs_chromium,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.gallery"),
]
PRESSED = (
    "main .button, main select, main .choice, main .tabs a, main .pagination a,"
    " main input:not([type=checkbox]):not([type=radio])"
)
BASES = ("base", "base_entry", "base_workplace")


@pytest.fixture
def gallery(live_server: Any, page: Page) -> Page:
    page.goto(f"{live_server.url}/thanh-phan/base/")
    return page


def test_no_component_has_a_violation_in_any_look(live_server: Any, page: Page) -> None:
    faults = []
    for base in BASES:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"{live_server.url}/thanh-phan/{base}/")
        faults += [f"{base}: {fault}" for fault in violations(page)]
    page.set_viewport_size({"width": 360, "height": 800})
    for look in LOOKS:
        choose(page, look)
        faults += [f"{look}: {fault}" for fault in violations(page)]
    assert faults == []


def test_components_fit_a_small_phone(live_server: Any, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for base in BASES:
        page.goto(f"{live_server.url}/thanh-phan/{base}/")
        wide += [base] if is_too_wide(page) else []
    assert wide == []


def test_what_is_pressed_is_large_enough_for_a_thumb(gallery: Page) -> None:
    gallery.set_viewport_size({"width": 360, "height": 800})
    small = gallery.evaluate(
        """names => [...document.querySelectorAll(names)]
        .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 43.5)
        .map((e) => e.outerHTML.slice(0, 120))""",
        PRESSED,
    )
    assert small == []


def test_dialog_opens_as_a_window_and_closes(gallery: Page) -> None:
    gallery.click("text=Mở hộp thoại")
    assert gallery.evaluate("document.getElementById('hop-thoai').open") is True
    gallery.click("text=Làm tiếp")
    assert gallery.evaluate("document.getElementById('hop-thoai').open") is False
    gallery.click("text=Mở hộp thoại")
    gallery.keyboard.press("Escape")
    assert gallery.evaluate("document.getElementById('hop-thoai').open") is False


def test_dialog_is_reached_without_script(live_server: Any, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(f"{live_server.url}/thanh-phan/base/")
    assert not page.is_visible("text=Nộp rồi thì không sửa được nữa.")
    page.click("text=Mở hộp thoại")
    assert page.is_visible("text=Nộp rồi thì không sửa được nữa.")
    page.click("text=Làm tiếp")
    assert not page.is_visible("text=Nộp rồi thì không sửa được nữa.")
    assert not page.is_visible(".copy-button")
    context.close()


def test_copy_button_says_that_it_copied(gallery: Page) -> None:
    gallery.context.grant_permissions(["clipboard-read", "clipboard-write"])
    gallery.click(".copy-button")
    expect(gallery.locator(".copy-button")).to_have_text("Đã sao chép")
    assert gallery.evaluate("navigator.clipboard.readText()") == "ABCD-EFGH"


def test_unit_is_found_while_typing_and_stays_chosen(gallery: Page) -> None:
    gallery.fill("input[name=unit_search]", "hoa")
    gallery.click("text=Xã Hòa Xuân")
    gallery.fill("input[name=unit_search]", "khong co")
    expect(gallery.locator(".unit-picker__none")).to_be_visible()
    assert gallery.evaluate("document.querySelector('input[name=unit]:checked').value") == "22046"


def test_enter_in_the_search_does_not_send_the_form(gallery: Page) -> None:
    address = gallery.url
    gallery.fill("input[name=unit_search]", "hoa")
    gallery.press("input[name=unit_search]", "Enter")
    expect(gallery.locator("text=Xã Hòa Thịnh").first).to_be_visible()
    assert gallery.url == address


def test_lost_network_is_said_while_searching(gallery: Page) -> None:
    gallery.context.set_offline(True)
    gallery.fill("input[name=unit_search]", "hoa")
    expect(gallery.locator(".unit-picker__none")).to_contain_text("Mất kết nối")


def test_time_left_counts_down_by_itself(gallery: Page) -> None:
    clock = gallery.locator("[data-countdown=clock]")
    before = clock.inner_text()
    expect(clock).not_to_have_text(before)
    expect(gallery.locator("[data-countdown=words]")).to_have_text("2 giờ 4 phút")
