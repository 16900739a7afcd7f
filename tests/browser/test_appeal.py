"""An appeal without an account, from the results page to the answer, on a phone."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from quiz.domain.appeal_decisions import answer_appeal
from quiz.models import Appeal
from tests.browser.test_accessibility import is_too_wide, violations
from tests.factories import make_attempt, make_open_contest, register
from tests.quiz.domain.appeals import released

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
REASON = "Nhật ký cho thấy bài nộp đúng giờ; đáp án câu 1 đã được kiểm tra lại, không sai."


def sound(page: Page) -> None:
    assert violations(page) == []
    assert not is_too_wide(page)


def test_from_the_results_to_an_answer_read_on_another_phone(live_server, page):
    made = make_open_contest()
    who = register(made)
    make_attempt(made, who=who, wrong=1)
    released(made)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/cuoc-thi/{made.contest.code}/ket-qua/")
    page.get_by_role("link", name="Khiếu nại, phúc khảo").click()
    sound(page)
    page.get_by_label("Điểm hoặc thứ hạng của tôi").check()
    page.get_by_label("Nội dung khiếu nại").fill("Tôi cho rằng câu 1 chấm chưa đúng.")
    page.get_by_label("Mã dự thi").fill(who.code)
    page.get_by_role("button", name="Gửi khiếu nại").click()
    code = page.locator(".code-card code").inner_text()
    page.get_by_text("Xem lại từng câu").click()
    expect(page.get_by_text("Chưa đúng", exact=True)).to_be_visible()
    with page.expect_download() as log:
        page.get_by_role("link", name=re.compile("Tải trích nhật ký")).click()
    assert log.value.suggested_filename.endswith(".pdf")
    sound(page)

    answer_appeal(
        appeal=Appeal.objects.get(),
        accept=False,
        answer=REASON,
        changes_result=False,
        user=made.organiser,
        now=timezone.now(),
    )
    page.context.clear_cookies()  # as on any other phone
    page.reload()
    sound(page)
    page.get_by_label("Mã khiếu nại").fill(code.lower())
    page.get_by_role("button", name="Xem trả lời").click()
    expect(page.get_by_text(REASON)).to_be_visible()
    sound(page)
