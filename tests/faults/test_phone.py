"""A phone whose clock is wrong, whose network goes for a minute, whose tab is killed: at each step
the entry goes on, once, with every answer.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.db import connections
from playwright.sync_api import BrowserContext, Error, Page, Route, expect

from quiz.enums import AttemptState
from quiz.models import Attempt, Entrant
from tests.browser.phone import REGISTER, START, begin, choose, fill_in, said, stored, submit
from tests.factories import OpenContest, make_open_contest

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
MATCHES = "Biên nhận khớp với các câu trả lời máy này đã gửi."
UNSENT = re.compile("^Chưa gửi 1 câu")
# Nothing of the page is asked for its opinion: its whole notion of the date moves.
SHIFTED_DATE = """
const RealDate = Date;
window.Date = class extends RealDate {
  constructor(...parts) { super(...(parts.length ? parts : [RealDate.now() + SHIFT])); }
  static now() { return RealDate.now() + SHIFT; }
};
"""


@pytest.fixture
def made() -> OpenContest:
    return make_open_contest()


@pytest.fixture(autouse=True)
def narrow(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})


def check_entry(page: Page, answers: dict[int, int]) -> None:
    """One entrant with one submitted attempt, these slots answered so, and a receipt that holds."""
    page.get_by_text(MATCHES).wait_for()
    try:
        entrant, attempt = Entrant.objects.get(), Attempt.objects.get()
        assert (attempt.entrant_id, attempt.state) == (entrant.pk, AttemptState.SUBMITTED)
        assert {slot: mask for slot, mask in enumerate(attempt.answers) if mask} == answers
    finally:
        connections["default"].close()


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_is_a_day_off_changes_nothing(page: Page, live_server, made, days) -> None:
    shift = int(timedelta(days=days).total_seconds() * 1000)
    page.add_init_script(SHIFTED_DATE.replace("SHIFT", str(shift)))
    begin(page, live_server.url, made)
    assert abs(page.evaluate("Date.now()") / 1000 - made.round.opens_at.timestamp()) > 70_000
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"^14:\d\d$"))
    choose(page, "B")
    said(page, "Đã lưu")
    submit(page)
    check_entry(page, {0: stored().answers[0]})


@contextmanager
def network_cut(context: BrowserContext) -> Iterator[None]:
    context.set_offline(True)
    yield
    context.set_offline(False)


def a_minute_passes(page: Page) -> None:
    """In the page, whose timers run through it, and for the server."""
    page.clock.run_for(60_000)
    with connections["default"].cursor() as cursor:
        minute = "interval '1 minute'"
        cursor.execute(
            f"UPDATE quiz_attempt SET started_at = started_at - {minute},"
            f" deadline_at = deadline_at - {minute}"
        )
    connections["default"].close()


def press_in_vain(page: Page, button: str) -> None:
    """A form sent without network: the browser shows its own page, which offers to send again."""
    with network_cut(page.context):
        page.get_by_role("button", name=button).click()
        page.wait_for_url("chrome-error://**")
    page.reload()


def test_a_minute_without_network_at_every_step(page: Page, live_server, made) -> None:
    page.clock.install()
    fill_in(page, live_server.url, made)
    press_in_vain(page, REGISTER)
    page.get_by_role("button", name=START).wait_for()
    press_in_vain(page, START)
    page.locator("html[data-attempt=ready]").wait_for()
    with network_cut(page.context):
        choose(page, "A")
        said(page, UNSENT)
        a_minute_passes(page)
        said(page, UNSENT)
    said(page, "Đã lưu")
    mask = stored().answers[0]
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"^13:\d\d$"))
    with network_cut(page.context):
        submit(page)
        expect(page.locator("[data-status]")).to_contain_text("Chưa nộp được vì mất mạng")
        a_minute_passes(page)
        assert stored().state == AttemptState.OPEN
        # Sent as soon as the network is back; then the receipt's own page does not come.
        page.route("**/bien-nhan/", lambda route: route.abort("internetdisconnected"))
    expect(page.locator("[data-submit-button]")).to_have_count(0)
    page.unroute("**/bien-nhan/")
    page.goto(f"{live_server.url}/bai-thi/")
    check_entry(page, {0: mask})


def test_a_submit_whose_reply_is_lost_is_one_submission(page: Page, live_server, made) -> None:
    begin(page, live_server.url, made)
    choose(page, "A")
    said(page, "Đã lưu")
    lost: list[int] = []

    def lose_the_reply(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()
        page.unroute("**/bai-thi/nop/")

    page.route("**/bai-thi/nop/", lose_the_reply)
    submit(page)
    check_entry(page, {0: stored().answers[0]})
    assert lost == [200]


def kill(page: Page) -> Page:
    """The tab's process ends as by `kill -9`; a new tab of the same browser."""
    with suppress(Error):
        page.goto("chrome://crash", timeout=2_000)
    context = page.context
    page.close()
    return context.new_page()


def test_a_tab_killed_at_every_step_is_opened_again_and_goes_on(
    page: Page, live_server, made
) -> None:
    base, code = live_server.url, made.contest.code
    fill_in(page, base, made)
    page = kill(page)
    fill_in(page, base, made)
    page.get_by_role("button", name=REGISTER).click()
    page.get_by_role("button", name=START).wait_for()
    page = kill(page)
    page.goto(f"{base}/cuoc-thi/{code}/vao-thi/")
    page.get_by_role("button", name=START).click()
    page.locator("html[data-attempt=ready]").wait_for()
    page = kill(page)
    page.goto(f"{base}/cuoc-thi/{code}/vao-thi/")
    page.get_by_role("button", name="Làm tiếp").click()
    page.locator("html[data-attempt=ready]").wait_for()
    with network_cut(page.context):
        choose(page, "A")
        said(page, UNSENT)
        page = kill(page)
    page.goto(f"{base}/bai-thi/")
    said(page, "Đã lưu")
    mask = stored().answers[0]
    assert mask != 0
    with network_cut(page.context):
        submit(page)
        expect(page.locator("[data-status]")).to_contain_text("Chưa nộp được vì mất mạng")
        page = kill(page)
    page.goto(f"{base}/bai-thi/")
    page.wait_for_url("**/bai-thi/bien-nhan/")
    page = kill(page)
    page.goto(f"{base}/bai-thi/bien-nhan/")
    check_entry(page, {0: mask})
