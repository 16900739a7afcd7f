"""What script adds to an organiser's pages: work that updates itself, counts while choosing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.factories import HOUR, OpenContest, make_contest, make_open_contest
from tests.frontend.contest_pages import browser_of, do_jobs

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """The page; anything its console calls an error fails the test."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: line.type == "error" and errors.append(line.text))
    yield page
    assert errors == []


def sign_in(page: Page, server, user: User) -> None:
    """Give the browser the session of a signed-in test client."""
    cookie = browser_of(user).cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": server.url}])


def finished() -> OpenContest:
    made = make_open_contest(opens_in=-2 * HOUR, closes_in=HOUR)
    made.round.closes_at = timezone.now() - timedelta(minutes=1)
    made.round.save()
    return made


def test_closing_shows_a_bar_and_then_the_next_step_by_itself(quiet: Page, live_server):
    made = finished()
    sign_in(quiet, live_server, made.organiser)
    quiet.goto(live_server.url + reverse("w-contest", args=[made.contest.pk]))
    quiet.get_by_role("button", name="Đóng vòng").click()
    expect(quiet.get_by_role("progressbar")).to_be_visible()
    assert do_jobs() == ["close_round"]
    expect(quiet.get_by_role("button", name="Niêm phong")).to_be_visible()


def test_without_script_the_bar_is_read_again_by_a_link(live_server, chromium):
    made = finished()
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, made.organiser)
    page.goto(live_server.url + reverse("w-contest", args=[made.contest.pk]))
    page.get_by_role("button", name="Đóng vòng").click()
    do_jobs()
    page.get_by_role("link", name="Xem lại").click()
    expect(page.get_by_role("button", name="Niêm phong")).to_be_visible()
    context.close()


def test_how_many_items_a_row_can_draw_from_follows_the_choice(quiet: Page, live_server):
    made = make_contest()
    sign_in(quiet, live_server, made.organiser)
    quiet.goto(live_server.url + reverse("w-rules", args=[made.contest.pk]))
    row = quiet.locator("[data-paper-row]").first
    held = row.locator("[data-held-count]")
    expect(held).to_have_text("8")
    row.get_by_label("Mức độ").select_option("van_dung")
    expect(held).to_have_text("0")
    row.get_by_label("Mức độ").select_option("nhan_biet")
    expect(held).to_have_text("8")


def test_enter_in_a_box_of_the_rules_saves(quiet: Page, live_server):
    made = make_contest()
    sign_in(quiet, live_server, made.organiser)
    quiet.goto(live_server.url + reverse("w-rules", args=[made.contest.pk]))
    quiet.get_by_label("Thời gian làm bài (phút)").press("Enter")
    expect(quiet.get_by_text("Đã lưu thể lệ thành phiên bản mới.")).to_be_visible()
