"""From a unit's enrolment to a paper that anybody can check, and to its end."""

import re
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, expect

from accounts.enums import Role
from accounts.models import User
from tests.journeys.people import DESK, PHONE, Person, arrive, signed_in
from tests.people import make_person, make_unit
from tests.training.film_course import ITEMS, make_film_course, right_place
from training.domain.certificates import signed_code
from training.models import Certificate

COURSE = "Tiếp nhận hồ sơ tại một cửa"


@pytest.mark.needs_chromium
@pytest.mark.django_db(transaction=True)
def test_a_unit_is_enrolled_learns_and_gets_a_paper_that_is_checked_and_revoked(
    chromium: Browser, live_server, static_files: Path, tmp_path: Path, settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    base, (organiser_user, official) = live_server.url, make_world(tmp_path)
    organiser = signed_in(chromium, base, organiser_user, DESK)
    enrol_unit(organiser, base)
    learner = signed_in(chromium, base, official, PHONE)
    read_watch_and_pass(learner, base)
    number, link = take_paper(learner, base)
    citizen = arrive(chromium, size=PHONE)
    check(citizen, link, "Chữ ký đúng và giấy chưa bị thu hồi.")
    revoke(organiser, base, number)
    check(citizen, link, "Lý do: Cấp nhầm người")
    learner.page.reload()
    expect(learner.page.get_by_text("Cấp nhầm người")).to_be_visible()
    assert learner.page.get_by_role("link", name="PDF").count() == 0
    everybody = [organiser, learner, citizen]
    assert [person.errors for person in everybody] == [[]] * 3
    for person in everybody:
        person.context.close()


def make_world(folder: Path) -> tuple[User, User]:
    """An organiser with an open course, and an official of a commune below."""
    top = make_unit("tinh", name="Tỉnh")
    commune = make_unit("xa-an", name="Xã An", parent=top)
    organiser = make_person("to-chuc", Role.ORGANISER, unit=top)
    make_film_course(top, organiser, folder, title=COURSE)
    return organiser, make_person("nguyễn bình", unit=commune, totp=False)


def enrol_unit(organiser: Person, base: str) -> None:
    organiser.page.goto(f"{base}/lam-viec/tap-huan/")
    organiser.click("Mở Ghi danh")
    organiser.click(COURSE)
    organiser.click("Ghi danh đơn vị")
    organiser.page.locator("select[name=unit]").select_option("xa-an")
    due = timezone.localdate() + timedelta(days=30)
    organiser.page.get_by_label("Hạn hoàn thành").fill(due.isoformat())
    organiser.click(organiser.page.get_by_role("button", name="Ghi danh", exact=True))
    expect(organiser.page.get_by_text("Đã ghi danh 1 người.")).to_be_visible()
    organiser.picture("training-enrolled-1280")


def read_watch_and_pass(learner: Person, base: str) -> None:
    page = learner.page
    page.goto(f"{base}/hoc/")
    learner.picture("training-home-360")
    learner.click("Bắt đầu học")
    page.locator("html[data-lesson=ready]").wait_for()
    page.mouse.wheel(0, 20_000)
    expect(page.locator("[data-done]")).to_be_visible()
    learner.picture("training-read-360")
    page.goto(f"{base}/hoc/mot-cua/")
    learner.click("Học tiếp: Xem")
    page.locator("html[data-lesson=ready]").wait_for()
    page.locator("[data-video]").evaluate("(film) => film.play()")
    expect(page.locator("[data-done]")).to_be_visible()
    learner.picture("training-watched-360")
    page.goto(f"{base}/hoc/mot-cua/")
    learner.click("Học tiếp: Kiểm tra")
    learner.click("Bắt đầu làm bài")
    for slot in range(ITEMS):
        page.locator(f"[name=place][value='{right_place(slot)}']").check()
        learner.click("Gửi câu trả lời")
        learner.picture(f"training-answer-{slot}-360")
        learner.click(page.locator("#cau a.button"))
    expect(page.locator("[data-done]")).to_be_visible()
    learner.picture("training-passed-360")


def take_paper(learner: Person, base: str) -> tuple[str, str]:
    """Its number, and the address in its QR code."""
    learner.page.goto(f"{base}/hoc/mot-cua/")
    learner.picture("training-done-360")
    learner.click("Lấy giấy xác nhận")
    learner.picture("training-papers-360")
    paper = learner.page.get_by_role("link", name="PDF")
    pdf = pypdfium2.PdfDocument(learner.fetch(base + str(paper.get_attribute("href"))))
    text = " ".join(pdf[0].get_textpage().get_text_range().split())
    assert "Nguyễn Bình" in text
    assert COURSE in text
    number, code = re.findall(r"Số: (\S+)", text)[0], re.findall(r"mã ([0-9a-f]{20})", text)[0]
    return number, f"{base}/giay-hoan-thanh/#{scanned(code)}"


def scanned(code: str) -> str:
    """What a phone's camera reads out of the QR code."""
    try:
        return signed_code(Certificate.objects.get(code=code))
    finally:
        connections["default"].close()


def check(citizen: Person, link: str, told: str) -> None:
    """By whoever holds the paper, without an account."""
    citizen.page.goto("about:blank")
    citizen.page.goto(link)
    expect(citizen.page.get_by_text(told)).to_be_visible()
    expect(citizen.page.locator("[data-fact='1']")).to_have_text("Nguyễn Bình")
    citizen.picture(f"training-check-{len(told)}-360")


def revoke(organiser: Person, base: str, number: str) -> None:
    organiser.page.goto(f"{base}/lam-viec/tap-huan/giay-xac-nhan/")
    expect(organiser.page.get_by_text(number)).to_be_visible()
    organiser.click("Nguyễn Bình")
    organiser.fill("reason", "Cấp nhầm người")
    organiser.picture("training-paper-1280")
    organiser.click(organiser.page.get_by_role("button", name="Thu hồi"))
    expect(organiser.page.get_by_text("Cấp nhầm người")).to_be_visible()
    organiser.picture("training-revoked-1280")
