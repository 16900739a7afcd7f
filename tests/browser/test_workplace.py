"""The first hour of an installation in a real browser: in by the printed link, others let in."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.domain import jobs
from accounts.domain.jobs import queue_job, register_job_kind
from accounts.domain.sign_in_links import issue_first_administrator_link, issue_sign_in_link
from accounts.enums import JobState
from accounts.models import Job
from tests.people import make_person, make_unit

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_second_factor(page: Page) -> None:
    secret = page.locator("#totp-secret").inner_text()
    page.get_by_label("Mã 6 số đang hiện trong ứng dụng").fill(code_for(secret))
    page.get_by_role("button", name="Xác nhận").click()
    page.get_by_role("link", name="Tiếp tục làm việc").click()


def test_the_first_administrator_lets_a_second_person_in(
    quiet: Page, live_server, chromium: Browser
):
    page = quiet
    page.goto(live_server.url + issue_first_administrator_link(now=timezone.now()))
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    page.get_by_role("link", name="Mở Thêm đơn vị").click()
    set_up_second_factor(page)
    expect(page.get_by_role("heading", name="Đơn vị", exact=True)).to_be_visible()
    page.get_by_label("Tên đơn vị").fill("Xã Hòa Thịnh")
    page.get_by_role("button", name="Thêm đơn vị").click()
    expect(page.get_by_text("Đã thêm đơn vị “Xã Hòa Thịnh”.")).to_be_visible()
    page.get_by_role("link", name="Người dùng").click()
    page.get_by_role("link", name="Thêm người").click()
    page.get_by_label("Họ và tên").fill("Người Duyệt Thử")
    page.get_by_label("Mã cán bộ").fill("nguoi.duyet")
    page.get_by_label("Người duyệt câu hỏi").check()
    page.get_by_role("button", name="Thêm người và lấy liên kết").click()
    link = page.locator("#lien-ket code").inner_text()

    phone = chromium.new_context(locale="vi-VN", viewport={"width": 360, "height": 740})
    theirs = phone.new_page()
    theirs.goto(link)
    expect(theirs.get_by_role("heading", name="Chào Người Duyệt Thử")).to_be_visible()
    theirs.get_by_label("Mật khẩu").fill("một câu dễ nhớ")
    theirs.get_by_role("button", name="Kích hoạt và vào làm việc").click()
    theirs.get_by_role("link", name="Mở Bật xác thực hai lớp").click()
    set_up_second_factor(theirs)
    expect(theirs.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    expect(theirs.get_by_text("Không có việc nào đang chờ")).to_be_visible()
    phone.close()


def test_a_jobs_page_follows_its_progress(quiet: Page, live_server, monkeypatch):
    monkeypatch.setattr(jobs, "KINDS", {})
    register_job_kind("test", run=lambda run: None, title="Việc thử")
    alice = make_person("alice", unit=make_unit())
    job = queue_job(kind="test", params={}, user=alice, now=timezone.now())
    page = quiet
    page.goto(live_server.url + issue_sign_in_link(user=alice, now=timezone.now()))
    # Her second factor is set up, so the link alone is half the way.
    expect(page.get_by_role("heading", name="Xác thực hai lớp")).to_be_visible()
    secret = decrypt(alice.authenticator_set.get().data["secret"])
    page.get_by_label("Mã xác thực").fill(code_for(secret))
    page.get_by_role("button", name="Đăng nhập").click()
    page.goto(f"{live_server.url}/lam-viec/tac-vu/{job.public_id}/")
    expect(page.get_by_text("Đang chờ đến lượt…")).to_be_visible()
    Job.objects.update(state=JobState.RUNNING, done=3, total=4, note="dòng 3")
    expect(page.get_by_text("75%").first).to_be_visible()
    Job.objects.update(state=JobState.DONE, result={"message": "Đã ghi 4 dòng."})
    expect(page.get_by_text("Đã ghi 4 dòng.")).to_be_visible()
    assert page.locator("[hx-trigger]").count() == 0
