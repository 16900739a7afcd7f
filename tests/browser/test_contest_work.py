"""What script adds to an organiser's pages: work that updates itself, counts while choosing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from quiz.domain import rule_trials
from quiz.domain.bank_counts import count_by_group
from quiz.domain.release_approvals import ask_release_approval
from quiz.domain.rule_sets import preset_for_groups
from quiz.models import Release
from quiz.rules.linter import Around, lint_rules
from quiz.rules.presets import PRESETS
from tests.browser.test_accessibility import is_too_wide, violations
from tests.factories import HOUR, OpenContest, make_contest, make_open_contest
from tests.frontend.contest_pages import browser_of, do_jobs, send
from tests.results_factory import Entry, Person, make_entrants

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


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
    context = chromium.new_context(java_script_enabled=False, locale="vi-VN")
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


def test_each_preset_is_linted_and_tried(quiet: Page, live_server, monkeypatch):
    """Chosen, read by the linter and tried, without saving anything."""
    monkeypatch.setattr(rule_trials, "AT_ONCE", 2_000)
    made = make_contest()
    around = Around(hotline=made.contest.hotline, counts=count_by_group(contest=made.contest))
    sign_in(quiet, live_server, made.organiser)
    for code, preset in PRESETS.items():
        quiet.goto(live_server.url + reverse("w-rules", args=[made.contest.pk]))
        quiet.get_by_text("Lấy lại từ một mẫu thể lệ").click()
        quiet.get_by_role("radio", name=str(preset.name)).check()
        quiet.get_by_role("button", name="Điền theo mẫu").click()
        rules = preset_for_groups(contest=made.contest, code=code)
        told = lint_rules(rules, around)
        findings = quiet.locator(".findings__row")
        expect(findings).to_have_count(len(told))
        for row, finding in zip(findings.all(), told, strict=True):
            expect(row).to_contain_text(finding.message)
        quiet.get_by_role("button", name="Thử thể lệ").click()
        expect(quiet.locator("#ket-qua")).to_contain_text("không lần nào trao quá giới hạn")
    made.contest.refresh_from_db()
    assert made.contest.rules.version == 1


def faults_of(page: Page, state: str) -> list[str]:
    """What axe-core finds on the page, wide and on a phone."""
    faults = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        faults += [f"{state} at {width}: {fault}" for fault in violations(page)]
        faults += [f"{state} is wider than {width}"] if is_too_wide(page) else []
    return faults


def test_every_state_from_ties_to_the_approval_is_accessible(quiet: Page, live_server):
    made = make_open_contest(opens_in=-2 * HOUR, closes_in=HOUR)
    twins = [Person(full_name=f"Người {n}", identity="như nhau") for n in "ab"]
    tied = [
        Person(full_name=f"Người {n}", identity=n, birth_date=None, entries=[Entry(seconds=60)])
        for n in "cd"
    ]
    make_entrants(made, [*twins, *tied])
    made.round.closes_at = timezone.now() - timedelta(minutes=1)
    made.round.save()
    client, page = browser_of(made.organiser), quiet
    sign_in(page, live_server, made.organiser)
    in_round = {"pk": made.contest.pk, "round_pk": made.round.pk}
    faults: list[str] = []

    def look(state: str, route: str, **kwargs: int) -> None:
        page.goto(live_server.url + reverse(route, kwargs=kwargs))
        faults.extend(faults_of(page, state))

    def step(route: str, data: dict[str, str] | None = None, **kwargs: int) -> None:
        send(client, route, data, **kwargs)
        do_jobs()

    step("w-round-close", **in_round)
    look("duplicates", "w-duplicates", pk=made.contest.pk)
    step("w-follow-advice", {"scope": "all"}, pk=made.contest.pk)
    look("ties", "w-results", **in_round)
    attempts = page.locator("input[name^=place-]")
    names = [attempts.nth(at).get_attribute("name") for at in range(2)]
    tie = {"method": "decision", "group": "nguoi-dan", "rank": "1", "minutes": "01/BB"}
    step("w-tie", tie | {names[0]: "1", names[1]: "2"}, **in_round)
    look("ranked", "w-results", **in_round)
    step("w-seal", **in_round)
    step("w-submit-release", **in_round)
    look("submitted", "w-results", **in_round)
    release = Release.objects.get()
    asked = ask_release_approval(
        release=release, approver=made.reviewer, user=made.organiser, now=timezone.now()
    )
    page.context.clear_cookies()
    page.goto(live_server.url + asked.link)
    faults += faults_of(page, "approval")
    page.get_by_label("Số quyết định").fill("12/QĐ-BTC")
    page.get_by_label("Mã xác nhận").first.fill(asked.code)
    page.get_by_role("button", name="Duyệt và công bố").click()
    expect(page.get_by_text("Kết quả Vòng 1 đã được công bố")).to_be_visible()
    assert faults == []
