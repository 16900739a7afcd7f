"""A wrong key after the release: proposed at a desk, approved from a phone, read by everyone."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from quiz.models import Attempt, Award
from tests.browser.test_accessibility import is_too_wide, violations
from tests.browser.test_contest_work import sign_in
from tests.factories import OpenContest
from tests.frontend.contest_pages import do_jobs
from tests.quiz.domain.test_corrections import released

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture
def made(settings: Any, tmp_path: Path) -> OpenContest:
    settings.MEDIA_ROOT = tmp_path
    return released()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """The vice-chair's, signed in nowhere."""
    context = chromium.new_context(locale="vi-VN", viewport=PHONE)
    yield context.new_page()
    context.close()


def look(page: Page, name: str) -> None:
    """No wider than the screen and nothing axe-core finds; kept as a picture when asked for."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert (is_too_wide(page), violations(page)) == (False, [])


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_regrade_with_changed_prizes(
    live_server: Any, page: Page, phone: Page, made: OpenContest
) -> None:
    wrong = Attempt.objects.get(entrant__full_name="Võ Sai Ví Dụ").answers[0].bit_length() - 1
    where = {"pk": made.contest.pk, "round_pk": made.round.pk}
    sign_in(page, live_server, made.organiser)
    page.set_viewport_size(DESK)
    page.goto(live_server.url + reverse("w-results", kwargs=where))
    page.get_by_role("link", name="Đính chính kết quả này").click()
    page.get_by_label("Lý do").fill("Đáp án câu 1 không theo nghị định mới")
    button(page, "Lập đính chính")
    page.get_by_role("link", name="Sửa đáp án một câu").click()
    page.get_by_label("Tìm trong câu dẫn").fill("số 1 hỏi")
    button(page, "Tìm")
    page.get_by_role("link", name="Chọn câu này").click()
    page.get_by_label("Công nhận cả hai đáp án").check()
    page.locator(f"[name=key][value='{wrong}']").check()
    page.get_by_label("Lý do").fill("Nghị định sửa đổi công nhận cả cách này")
    look(page, "correction-item-1280")
    button(page, "Đưa vào đính chính")
    button(page, "Xem ảnh hưởng")
    do_jobs()
    expect(page.locator("#anh-huong")).to_contain_text("Giải Nhất → Giải Nhì")
    look(page, "correction-1280")
    page.set_viewport_size(PHONE)
    look(page, "correction-360")
    page.set_viewport_size(DESK)
    button(page, "Trình ký bản công bố mới")
    do_jobs()
    page.get_by_role("link", name="Tới chỗ duyệt").click()
    look(page, "correction-results-1280")
    page.get_by_label("Nhờ người này duyệt qua điện thoại").select_option(str(made.reviewer.pk))
    button(page, "Tạo liên kết và mã duyệt")
    link = page.locator("#lien-ket a").get_attribute("href") or ""
    code = page.locator(".one-time-code").inner_text()

    phone.goto(link)
    expect(phone.locator("main")).to_contain_text("Kết quả đã được đính chính")
    look(phone, "correction-approval-360")
    phone.get_by_label("Số quyết định").fill("130/QĐ-BTC")
    phone.get_by_label("Ngày quyết định").fill("30/11/2026")
    phone.get_by_label("Mã xác nhận").first.fill(code)
    button(phone, "Duyệt và công bố")
    expect(phone.locator("main")).to_contain_text("Máy đang áp dụng đính chính")
    assert do_jobs() == ["apply_correction"]
    assert Award.objects.get(kind="prize", place=1).entrant.full_name == "Võ Sai Ví Dụ"

    phone.goto(live_server.url + reverse("results", args=[made.contest.code]))
    for words in ("bản công bố số 2", "Nghị định sửa đổi công nhận cả cách này", "Võ Sai Ví Dụ"):
        expect(phone.locator("main")).to_contain_text(words)
    look(phone, "correction-public-360")
    phone.set_viewport_size(DESK)
    look(phone, "correction-public-1280")
