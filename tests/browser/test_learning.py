"""A learner's phone: reads, watches a film while the network is cut, passes the quiz, is done."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.enums import Role
from tests.browser.test_accessibility import is_too_wide, violations
from tests.people import make_trio
from tests.training.courses import enrol
from tests.training.film_course import SECONDS, make_film_course, right_place
from training.models import Enrolment, LessonProgress

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
SAVED = re.compile("Đã lưu|Bạn đã hoàn thành bài này.")


@pytest.fixture
def enrolment(settings, tmp_path) -> Enrolment:
    settings.MEDIA_ROOT = tmp_path
    trio = make_trio(Role.ORGANISER)
    return enrol(make_film_course(trio.here, trio.alice, tmp_path), trio.charlie)


@pytest.fixture
def phone(page: Page, live_server: Any, enrolment: Enrolment) -> Iterator[Page]:
    """Charlie's, 360 wide; no error but that of the lost network."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_viewport_size({"width": 360, "height": 740})
    client = Client()
    client.force_login(enrolment.person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/hoc/")
    yield page
    assert errors == []


def open_lesson(page: Page, base: str, title: str) -> None:
    page.goto(f"{base}/hoc/mot-cua/")
    page.get_by_role("link", name=title, exact=True).click()


def progress_of(title: str) -> LessonProgress:
    try:
        return LessonProgress.objects.get(lesson__title=title)
    finally:
        connections["default"].close()


def film_until(page: Page, condition: str) -> None:
    """Wait until the film is as said; the page's policy forbids `wait_for_function`."""
    page.locator("[data-video]").evaluate(
        "(film) => new Promise((done) => { const look = () =>"
        f" ({condition} ? done() : setTimeout(look, 50)); look(); }})"
    )


def test_a_learner_completes_a_course_with_the_network_cut_in_between(
    phone: Page, live_server: Any, enrolment: Enrolment
) -> None:
    base, status = live_server.url, phone.locator("[data-status]")
    phone.get_by_role("link", name="Bắt đầu học").click()
    phone.locator("html[data-lesson=ready]").wait_for()
    faults = violations(phone)
    assert not is_too_wide(phone)
    assert progress_of("Đọc").completed_at is None
    phone.mouse.wheel(0, 20_000)
    expect(phone.locator("[data-done]")).to_be_visible()

    open_lesson(phone, base, "Xem")
    film_until(phone, "film.readyState === 4")
    phone.locator("[data-video]").evaluate("(film) => film.play()")
    film_until(phone, "film.currentTime > 0.6")
    phone.context.set_offline(True)
    film_until(phone, "film.ended")
    expect(status).to_contain_text("Chưa gửi được")
    kept = "Object.keys(localStorage).filter((name) => name.startsWith('bai-hoc:')).length"
    assert phone.evaluate(kept) > 0
    # The tab is killed without network; the next one sends what it left.
    context = phone.context
    phone.close()
    context.set_offline(False)
    again = context.new_page()
    again.set_viewport_size({"width": 360, "height": 740})
    open_lesson(again, base, "Xem")
    expect(again.locator("[data-done]")).to_be_visible()
    expect(again.locator("[data-status]")).to_have_text(SAVED)
    assert again.evaluate(kept) == 0
    assert progress_of("Xem").state["watched"][-1][1] == pytest.approx(SECONDS, abs=0.2)
    faults += violations(again)

    open_lesson(again, base, "Kiểm tra")
    again.get_by_role("button", name="Bắt đầu làm bài").click()
    for slot in range(2):
        assert "(đáp án)" not in again.content()
        faults += violations(again) if slot else []
        again.locator(f"[name=place][value='{right_place(slot)}']").check()
        again.get_by_role("button", name="Gửi câu trả lời").click()
        expect(again.get_by_text("(đáp án)")).to_be_visible()
        assert not is_too_wide(again)
        again.locator("#cau a.button").click()
    expect(again.locator("[data-done]")).to_be_visible()
    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
    assert faults == []
