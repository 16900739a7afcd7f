"""The vice-chair approves from a borrowed phone: a link by message, a code told apart from it."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.domain.approvals import AskedApproval
from accounts.models import Approval
from quiz.domain.release_approvals import ask_release_approval
from quiz.domain.releases import submit_for_signature
from quiz.enums import ReleaseState, RoundState
from quiz.models import Release, Round
from tests.browser.test_accessibility import is_too_wide, violations
from tests.factories import OpenContest, make_open_contest
from tests.results_factory import Entry, Person, close_and_seal, make_entrants

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
WINNER = "Nguyễn Thị Đạt Giải Có Một Cái Tên Rất Dài Trong Danh Sách"


@pytest.fixture
def made() -> OpenContest:
    """Sealed: two entries counted, and a draft that waits for signature."""
    made = make_open_contest()
    best = Person(full_name=WINNER, entries=[Entry(seconds=61)])
    make_entrants(made, [best, Person(full_name="Lê Văn Về Sau", entries=[Entry(wrong=1)])])
    close_and_seal(made)
    submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())
    return made


def ask(made: OpenContest) -> AskedApproval:
    return ask_release_approval(
        release=Release.objects.get(),
        approver=made.reviewer,
        user=made.organiser,
        now=timezone.now(),
    )


def look(page: Page, name: str) -> None:
    """No wider than the phone and nothing axe-core finds; kept as a picture when asked for."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert (is_too_wide(page), violations(page)) == (False, [])


def open_link(page: Page, base: str, asked: AskedApproval) -> int:
    page.set_viewport_size(PHONE)
    answer = page.goto(base + asked.link)
    assert answer is not None
    return answer.status


def approve(page: Page, code: str) -> None:
    page.get_by_label("Số quyết định").fill("12/QĐ-BTC")
    page.get_by_label("Ngày quyết định").fill("22/11/2026")
    page.get_by_label("Mã xác nhận").first.fill(code)
    page.get_by_role("button", name="Duyệt và công bố").click()


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_approving_from_a_phone(live_server: Any, page: Page, made: OpenContest) -> None:
    asked, release = ask(made), Release.objects.get()
    assert open_link(page, live_server.url, asked) == 200
    seen = page.locator("main")
    for words in (WINNER, "1.000.000", release.digest, "Bài được tính", made.organiser.full_name):
        expect(seen).to_contain_text(words)
    look(page, "approval-360")
    approve(page, other_than(asked.code))
    expect(seen).to_contain_text("Mã xác nhận chưa đúng.")
    expect(page.get_by_label("Số quyết định")).to_have_value("12/QĐ-BTC")
    look(page, "approval-wrong-code-360")
    approve(page, f"{asked.code[:3]} {asked.code[3:]}")
    expect(seen).to_contain_text("đã được công bố theo Quyết định số 12/QĐ-BTC")
    expect(seen).to_contain_text(release.digest)
    look(page, "approval-done-360")
    release.refresh_from_db()
    assert (release.state, release.approved_by) == (ReleaseState.RELEASED, made.reviewer)
    assert Round.objects.get().state == RoundState.RELEASED
    assert open_link(page, live_server.url, asked) == 410
    expect(page.locator("main")).to_contain_text("không còn dùng được")
    look(page, "approval-again-360")


def test_sending_back_from_a_phone(live_server: Any, page: Page, made: OpenContest) -> None:
    asked = ask(made)
    open_link(page, live_server.url, asked)
    page.get_by_text("Không duyệt: trả lại kèm lý do").click()
    page.get_by_label("Lý do trả lại").fill("Giải Ba chưa đủ hồ sơ")
    page.get_by_label("Mã xác nhận").last.fill(asked.code)
    page.get_by_role("button", name="Trả lại", exact=True).click()
    expect(page.locator("main")).to_contain_text("đã được trả lại cho người trình")
    look(page, "approval-returned-360")
    assert Release.objects.get().state == ReleaseState.RETURNED
    assert Approval.objects.get().approved is False


def test_links_that_serve_no_more(live_server: Any, page: Page, made: OpenContest) -> None:
    """Replaced by a newer one, too old, or tried too often: each says what to do."""
    first = ask(made)
    second = ask(made)
    assert open_link(page, live_server.url, first) == 410
    Approval.objects.filter(pk=second.approval.pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert open_link(page, live_server.url, second) == 410
    expect(page.locator("main")).to_contain_text("Đề nghị người trình gửi lại yêu cầu phê duyệt.")
    look(page, "approval-closed-360")
    third = ask(made)
    open_link(page, live_server.url, third)
    for _try in range(5):
        approve(page, other_than(third.code))
        page.wait_for_load_state()
    assert open_link(page, live_server.url, third) == 410
    assert Release.objects.get().state == ReleaseState.SUBMITTED
