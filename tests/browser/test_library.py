"""The library on a small phone: found without marks, asked without an account, answered."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.enums import Role
from tests.browser.test_accessibility import is_too_wide, violations
from tests.factories import make_person, make_unit
from tests.training.library import make_material
from training.domain.inquiry_answers import PublishedText, answer_inquiry, publish_inquiry
from training.models import Inquiry

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
ANSWER = "Tại **Trung tâm Phục vụ hành chính công** của xã."


def sound(page: Page) -> None:
    assert violations(page) == []
    assert not is_too_wide(page)


def test_from_a_search_without_marks_to_a_published_answer(live_server, page):
    unit = make_unit()
    organiser = make_person(Role.ORGANISER, unit=unit)
    text = "## Hai mức\n\n| Mức | Nghĩa |\n|---|---|\n| Toàn trình | Trên mạng |"
    make_material(unit, organiser, title="Dịch vụ công trực tuyến", text=text)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url)
    page.get_by_role("navigation").get_by_role("link", name="Thư viện").click()
    page.get_by_label("Tìm trong thư viện").fill("dich vu cong")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.get_by_role("heading", name="1 kết quả")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Dịch vụ công trực tuyến").click()
    expect(page.get_by_role("cell", name="Trên mạng")).to_be_visible()
    sound(page)

    page.goto(f"{live_server.url}/hoi-dap/tra-loi/")
    page.get_by_role("link", name="Gửi câu hỏi").first.click()
    page.get_by_label("Bạn muốn hỏi điều gì?").fill("Tôi tên A. Nộp hồ sơ ở đâu?")
    sound(page)
    page.get_by_role("button", name="Gửi câu hỏi").click()
    code = page.locator(".code-card code").inner_text()
    sound(page)

    inquiry, now = Inquiry.objects.get(), timezone.now()
    answer_inquiry(inquiry=inquiry, answer=ANSWER, user=organiser, now=now)
    words = PublishedText("Nơi nộp hồ sơ", "Nộp hồ sơ ở đâu?", ANSWER)
    publish_inquiry(inquiry=inquiry, text=words, user=organiser, now=now)
    page.context.clear_cookies()  # as on any other phone
    page.reload()
    page.get_by_label("Mã câu hỏi").fill(code.lower())
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.get_by_text("Trung tâm Phục vụ hành chính công")).to_be_visible()
    page.goto(f"{live_server.url}/hoi-dap/tra-loi/")
    page.get_by_role("link", name="Nơi nộp hồ sơ").click()
    expect(page.get_by_text("Nộp hồ sơ ở đâu?")).to_be_visible()
    expect(page.get_by_text("Tôi tên A")).to_have_count(0)
    sound(page)
