"""An entrant's phone: choices saved one by one, networks lost, pages reloaded, two tabs."""

import json
import re
from collections.abc import Iterator

import pytest
from django.db import connections
from playwright.sync_api import BrowserContext, Page, expect

from quiz.domain.extensions import extend_attempt
from quiz.enums import AttemptState
from quiz.models import Entrant
from tests.browser.phone import begin, choose, chosen, register, said, stored, submit
from tests.browser.test_accessibility import is_too_wide, violations
from tests.factories import OpenContest, make_open_contest, make_rules, make_unit

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """The page; anything its console calls an error fails the test. Lost networks are expected."""
    errors: list[str] = []
    expected = ("ERR_INTERNET_DISCONNECTED", "status of 409", "status of 422")
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda line: (
            line.type == "error"
            and not any(part in line.text for part in expected)
            and errors.append(line.text)
        ),
    )
    page.set_viewport_size({"width": 360, "height": 740})
    yield page
    assert errors == []


@pytest.fixture
def made() -> OpenContest:
    return make_open_contest()


def test_each_choice_is_saved_and_the_receipt_matches(quiet, live_server, made):
    begin(quiet, live_server.url, made)
    for number in range(1, 6):
        expect(quiet.locator("[data-place]")).to_have_text(f"Câu {number} / 5")
        choose(quiet, "B")
        said(quiet, "Đã lưu")
        assert chosen(stored()) == number
        if number < 5:
            quiet.get_by_role("button", name="Câu tiếp").click()
    submit(quiet)
    quiet.get_by_text("Biên nhận khớp với các câu trả lời máy này đã gửi.").wait_for()
    assert stored().state == AttemptState.SUBMITTED


def test_answers_given_without_network_survive_a_killed_tab_and_arrive(
    quiet: Page, live_server, made
):
    begin(quiet, live_server.url, made)
    choose(quiet, "A")
    said(quiet, "Đã lưu")
    quiet.context.set_offline(True)
    for letter in "CD":
        quiet.get_by_role("button", name="Câu tiếp").click()
        choose(quiet, letter)
    said(quiet, "Chưa gửi 2 câu, sẽ tự gửi khi có mạng")
    assert chosen(stored()) == 1
    kept = quiet.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('bai-thi:'))")
    assert len(kept) == 1
    # The tab is killed without network and opened again with it.
    context = quiet.context
    quiet.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(live_server.url + "/bai-thi/")
    said(again, "Đã lưu")
    assert chosen(stored()) == 3
    kept = again.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('bai-thi:'))")
    assert kept == []


def test_the_network_comes_back_and_nobody_has_to_do_anything(quiet: Page, live_server, made):
    begin(quiet, live_server.url, made)
    quiet.context.set_offline(True)
    choose(quiet, "A")
    said(quiet, "Chưa gửi 1 câu, sẽ tự gửi khi có mạng")
    quiet.context.set_offline(False)
    said(quiet, "Đã lưu")
    assert chosen(stored()) == 1


def test_a_submit_without_network_is_sent_when_it_is_back(quiet: Page, live_server, made):
    begin(quiet, live_server.url, made)
    choose(quiet, "A")
    said(quiet, "Đã lưu")
    quiet.context.set_offline(True)
    submit(quiet)
    expect(quiet.locator("[data-status]")).to_contain_text("Chưa nộp được vì mất mạng")
    assert stored().state == AttemptState.OPEN
    quiet.context.set_offline(False)
    quiet.wait_for_url("**/bai-thi/bien-nhan/")
    assert stored().state == AttemptState.SUBMITTED


def test_the_dialog_names_what_is_left_out_and_leads_there(quiet: Page, live_server, made):
    begin(quiet, live_server.url, made)
    choose(quiet, "A")
    quiet.locator("[data-submit-button]").click()
    dialog = quiet.get_by_role("dialog")
    expect(dialog.locator("[data-missing]")).to_have_text("Còn 4 câu chưa trả lời:")
    dialog.get_by_role("button", name="Câu 4").click()
    expect(quiet.locator("[data-place]")).to_have_text("Câu 4 / 5")
    assert stored().state == AttemptState.OPEN


def test_two_tabs_are_put_together_slot_by_slot(quiet: Page, live_server, made):
    begin(quiet, live_server.url, made)
    other: Page = quiet.context.new_page()
    other.goto(live_server.url + "/bai-thi/")
    other.locator("html[data-attempt=ready]").wait_for()
    choose(quiet, "A")
    said(quiet, "Đã lưu")
    other.get_by_role("button", name="Câu tiếp").click()
    choose(other, "B")
    expect(other.locator("[data-status]")).to_contain_text(re.compile("Đã lưu|ghép"))
    expect(other.locator("[data-bar]")).to_have_js_property("value", 2)
    assert chosen(stored()) == 2


def test_an_extension_reaches_the_page_with_the_next_reply(quiet: Page, live_server, made):
    begin(quiet, live_server.url, made)
    expect(quiet.locator("[data-clock]")).to_have_text(re.compile(r"^14:\d\d$"))
    extend_attempt(attempt=stored(), seconds=600, reason="Mất điện", user=made.organiser)
    choose(quiet, "A")
    expect(quiet.locator("[data-clock]")).to_have_text(re.compile(r"^24:\d\d$"))


@pytest.mark.parametrize(
    ("passed", "asked"), [("14:37", "in the last minute"), ("15:01", "when time is up")]
)
def test_an_extension_reaches_an_idle_page(quiet: Page, live_server, made, passed, asked):
    quiet.clock.install()
    begin(quiet, live_server.url, made)
    extend_attempt(attempt=stored(), seconds=600, reason="Mất điện", user=made.organiser)
    quiet.clock.fast_forward(passed)
    said(quiet, re.compile("Ban Tổ chức đã gia hạn, còn 2[45] phút"))
    expect(quiet.locator("[data-clock]")).to_have_text(re.compile(r"^24:\d\d$"))
    assert chosen(stored()) == 0, asked
    choose(quiet, "A")
    said(quiet, "Đã lưu")
    assert chosen(stored()) == 1


def test_time_is_told_politely_at_sensible_moments(quiet: Page, live_server, made):
    quiet.clock.install()
    begin(quiet, live_server.url, made)
    told = quiet.locator("[aria-live=polite][data-announce]")
    for passed, sentence in [
        ("04:00", ""),
        ("01:01", "Còn 10 phút"),
        ("05:00", "Còn 5 phút"),
        ("04:00", "Còn 1 phút"),
    ]:
        quiet.clock.fast_forward(passed)
        expect(told).to_have_text(sentence)


def test_a_phone_that_slept_asks_for_the_time_left(quiet: Page, live_server, made):
    begin(quiet, live_server.url, made)
    extend_attempt(attempt=stored(), seconds=600, reason="Mất điện", user=made.organiser)
    # Asleep, one of the two clocks stood still.
    quiet.evaluate("(() => { const now = Date.now; Date.now = () => now() + 240000; })()")
    expect(quiet.locator("[data-clock]")).to_have_text(re.compile(r"^24:\d\d$"))


def test_a_prediction_that_is_no_number_costs_no_answer(quiet: Page, live_server):
    rules = make_rules(
        entry={"prediction": {"count": "persons", "who": "all_correct"}},
        result={"chain": [{"kind": kind} for kind in ("score", "prediction_error", "lot")]},
    )
    begin(quiet, live_server.url, make_open_contest(rules=rules))
    quiet.locator("[data-list] summary").click()
    quiet.locator("[data-numbers] button").last.click()
    quiet.locator("[name=prediction]").fill("nhiều lắm")
    quiet.locator("[name=prediction]").blur()
    expect(quiet.locator("[data-status]")).to_contain_text("Số dự đoán chưa đúng")
    quiet.locator("[name=prediction]").fill("1.250")
    quiet.locator("[name=prediction]").blur()
    said(quiet, "Đã lưu")
    assert stored().prediction == 1250


def hurry() -> None:
    """Two seconds are left from now; the page learns it with the next reply."""
    with connections["default"].cursor() as cursor:
        cursor.execute("UPDATE quiz_attempt SET deadline_at = now() + interval '2 seconds'")


def test_when_time_is_up_the_page_goes_to_the_receipt(quiet: Page, live_server):
    made = make_open_contest(rules=make_rules(entry={"grace_ms": 500}))
    begin(quiet, live_server.url, made)
    hurry()
    choose(quiet, "A")
    quiet.wait_for_url("**/bai-thi/bien-nhan/", timeout=20_000)
    expect(quiet.get_by_role("heading", level=1)).to_have_text("Đã hết giờ, bài thi được ghi nhận")
    quiet.get_by_text("Biên nhận khớp với các câu trả lời máy này đã gửi.").wait_for()


def test_time_up_without_network_and_nothing_unsent_waits_for_the_receipt(quiet: Page, live_server):
    made = make_open_contest(rules=make_rules(entry={"grace_ms": 0}))
    begin(quiet, live_server.url, made)
    hurry()
    choose(quiet, "A")
    said(quiet, "Đã lưu")
    quiet.context.set_offline(True)
    said(quiet, "Đã hết giờ. Các câu đã lưu vẫn được tính.")
    quiet.wait_for_timeout(2000)
    assert quiet.url.endswith("/bai-thi/")
    quiet.context.set_offline(False)
    quiet.wait_for_url("**/bai-thi/bien-nhan/")


def test_time_up_without_network_leaves_a_file_as_evidence(quiet: Page, live_server):
    made = make_open_contest(rules=make_rules(entry={"grace_ms": 0}))
    begin(quiet, live_server.url, made)
    hurry()
    choose(quiet, "A")
    said(quiet, "Đã lưu")
    quiet.context.set_offline(True)
    choose(quiet, "B")
    link = quiet.get_by_role("link", name="Tải tệp dự phòng")
    link.wait_for(timeout=20_000)
    with quiet.expect_download() as download:
        link.click()
    evidence = json.loads(download.value.path().read_text())
    assert evidence["acknowledged"]["answers"] == stored().answers != evidence["answers"]


def test_a_unit_is_picked_while_typing(quiet: Page, live_server, made):
    province = make_unit("Tỉnh Đắk Lắk")
    unit = make_unit("Xã Tân Thịnh", parent=province)
    quiet.goto(f"{live_server.url}/cuoc-thi/{made.contest.code}/dang-ky/")
    quiet.locator("[name=unit_search]").fill("tan thinh")
    quiet.get_by_text("Xã Tân Thịnh").click()
    quiet.get_by_label("Họ và tên", exact=False).first.fill("Lê Văn Mẫu")
    quiet.get_by_label(re.compile("sinh")).first.fill("1950")
    quiet.get_by_label(re.compile("điện thoại")).fill("0999000124")
    quiet.locator("[name=consent]").check()
    quiet.get_by_role("button", name="Đăng ký và nhận mã dự thi").click()
    quiet.get_by_text("Mã dự thi của bạn").wait_for()
    assert Entrant.objects.get().unit_id == unit.pk


def test_another_device_goes_on_by_the_code(quiet: Page, live_server, made, chromium):
    register(quiet, live_server.url, made)
    code = quiet.locator(".code-card__code").inner_text()
    quiet.get_by_role("button", name="Bắt đầu làm bài").click()
    quiet.locator("html[data-attempt=ready]").wait_for()
    choose(quiet, "C")
    said(quiet, "Đã lưu")
    context: BrowserContext = chromium.new_context(locale="vi-VN")
    phone = context.new_page()
    phone.goto(f"{live_server.url}/cuoc-thi/{made.contest.code}/vao-thi/")
    phone.locator("[name=entry_code]").fill(code)
    phone.get_by_role("button", name="Vào thi").click()
    phone.get_by_role("button", name="Làm tiếp").click()
    phone.locator("html[data-attempt=ready]").wait_for()
    expect(phone.locator("[data-bar]")).to_have_js_property("value", 1)
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_every_step_is_accessible_and_no_wider_than_the_screen(
    quiet: Page, live_server, made, width
):
    quiet.set_viewport_size({"width": width, "height": 740})
    faults: list[str] = []

    def look(step: str) -> None:
        found = [f"{step}: {fault}" for fault in violations(quiet)]
        faults.extend(found + ([f"{step} is too wide"] if is_too_wide(quiet) else []))

    quiet.goto(f"{live_server.url}/cuoc-thi/{made.contest.code}/dang-ky/")
    quiet.get_by_role("button", name="Đăng ký và nhận mã dự thi").click()
    quiet.get_by_text("Chưa đăng ký được").wait_for()
    look("register with faults")
    quiet.goto(f"{live_server.url}/cuoc-thi/{made.contest.code}/vao-thi/")
    look("return")
    register(quiet, live_server.url, made)
    look("ready")
    quiet.get_by_role("button", name="Bắt đầu làm bài").click()
    quiet.locator("html[data-attempt=ready]").wait_for()
    choose(quiet, "A")
    quiet.locator("[data-list] summary").click()
    look("attempt")
    quiet.locator("[data-submit-button]").click()
    look("dialog")
    quiet.get_by_role("dialog").get_by_role("button", name="Nộp bài").click()
    quiet.wait_for_url("**/bai-thi/bien-nhan/")
    look("receipt")
    assert faults == []
