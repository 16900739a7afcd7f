"""A file of items looked through in a real browser, by keyboard."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from quiz.enums import DraftDecision, ItemState
from quiz.models import ItemImport, ItemSource, ItemVersion
from quiz.readings import CERTAIN
from tests.browser.test_contest_work import sign_in
from tests.frontend.bank_pages import BankWorld, make_bank_world
from tests.quiz.item_readings import DOUBTFUL, read_item, start_import
from tests.quiz.item_word_files import mixed_word_file

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
COUNT, UNMARKED = 100, 8
PER_PAGE = 20
# Whoever is quicker than the page: the form is saved in the very moment in which it appears.
SAVES_AT_ONCE = """() => new MutationObserver((_changes, watching) => {
  const save = document.querySelector(".draft-card--edited form .button--primary");
  if (!save) return;
  watching.disconnect();
  save.click();
}).observe(document.body, { childList: true, subtree: true })"""


@pytest.fixture
def world(settings, tmp_path) -> BankWorld:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_bank_world()


def go(page: Page, server, user: User, name: str, *args) -> None:
    sign_in(page, server, user)
    page.goto(server.url + reverse(name, args=args))


def decisions(session: ItemImport) -> str:
    """“a” accepted, “w” waiting, “s” skipped, in the order of the file."""
    signs = {DraftDecision.ACCEPTED: "a", DraftDecision.WAITING: "w", DraftDecision.SKIPPED: "s"}
    found = session.drafts.order_by("place").values_list("decision", flat=True)
    return "".join(signs[decision] for decision in found)


def test_a_word_file_of_a_hundred_items_is_reviewed_by_keyboard_and_approved(
    quiet: Page, live_server, world: BankWorld, tmp_path: Path
):
    document = tmp_path / "de-cuong.docx"
    document.write_bytes(mixed_word_file(COUNT, plain=UNMARKED))
    go(quiet, live_server, world.alice, "w-item-import", world.bank.pk)
    quiet.get_by_label("Tệp câu hỏi").set_input_files(document)
    quiet.get_by_role("button", name="Kiểm tra tệp").press("Enter")
    for first in range(1, COUNT + 1, PER_PAGE):
        expect(quiet.locator(f"#cau-{first}")).to_have_class(re.compile("current"))
        for number in range(first, first + PER_PAGE):
            if number > COUNT - UNMARKED:  # the file shows no key: by what it should be
                quiet.keyboard.press(str(number % 4 + 1))
            quiet.keyboard.press("a")
    store = quiet.get_by_role("button", name=f"Lưu {COUNT} câu vào ngân hàng")
    store.press("Enter")
    expect(quiet.get_by_text(f"Đã nhập {COUNT} câu")).to_be_visible()
    stored = ItemVersion.objects.order_by("item__number").values_list("key_mask", flat=True)
    assert list(stored) == [1 << number % 4 for number in range(1, COUNT + 1)]
    doubtful = ItemSource.objects.exclude(confidence=CERTAIN)
    assert doubtful.count() >= UNMARKED
    assert not doubtful.exclude(confirmed_by=world.alice).exists()

    quiet.context.clear_cookies()
    go(quiet, live_server, world.rosa, "w-item-review", world.bank.pk)
    for left in range(COUNT, 0, -PER_PAGE):
        expect(quiet.get_by_text(f"Còn {left} câu chờ bạn duyệt.")).to_be_visible()
        quiet.get_by_role("button", name="Duyệt tất cả").click()
    expect(quiet.get_by_text("Không còn câu nào chờ bạn duyệt")).to_be_visible()
    approved = ItemVersion.objects.filter(state=ItemState.APPROVED, approved_by=world.rosa)
    assert approved.count() == COUNT


def test_each_key_does_what_the_help_line_says(quiet: Page, live_server, world: BankWorld):
    items = [read_item(n, confidence=CERTAIN if n % 2 else DOUBTFUL) for n in range(1, 6)]
    session = start_import(world.bank, world.alice, *items)
    go(quiet, live_server, world.alice, "w-import", world.bank.pk, session.public_id)
    expect(quiet.get_by_text("câu sau, câu trước")).to_be_visible()
    for key in "ajsk":  # 1 accepted, 2 passed, 3 skipped, 4 passed, back on 3
        quiet.keyboard.press(key)
    for answered in ("#cau-1", "#cau-3"):
        expect(quiet.locator(answered)).to_contain_text("Quyết định lại")
    expect(quiet.locator("#cau-3")).to_have_class(re.compile("current"))
    assert decisions(session) == "awsww"
    quiet.keyboard.press("z")
    expect(quiet.locator("#cau-3").get_by_role("button", name="Nhận Câu 3")).to_be_visible()
    quiet.keyboard.press("e")
    stem = quiet.locator("#cau-3").get_by_label("Câu dẫn")
    expect(stem).to_be_focused()
    stem.fill("Câu đã sửa khi rà soát?")
    quiet.keyboard.press("Escape")
    expect(quiet.locator("#cau-3").get_by_role("button", name="Nhận Câu 3")).to_be_visible()
    expect(quiet.locator("#cau-3")).not_to_contain_text("Câu đã sửa")
    quiet.keyboard.press("e")
    stem.fill("Câu đã sửa khi rà soát?")
    quiet.get_by_role("button", name="Lưu và nhận câu này").press("Enter")
    expect(quiet.locator("#cau-3")).to_contain_text("Câu đã sửa khi rà soát?")
    expect(quiet.locator("#cau-3")).to_contain_text("Đã nhận")
    assert decisions(session) == "awaww"
    expect(quiet.locator("#tom-tat")).to_contain_text("nhận 2, bỏ qua 0")
    quiet.keyboard.press("j")
    quiet.evaluate(SAVES_AT_ONCE)
    quiet.keyboard.press("e")
    expect(quiet.locator("#cau-4")).to_contain_text("Đã nhận")
    expect(quiet.locator("#tom-tat")).to_contain_text("nhận 3, bỏ qua 0")


def test_what_could_not_be_saved_is_said_and_a_second_tab_is_told(
    page: Page, live_server, world: BankWorld
):
    session = start_import(world.bank, world.alice, read_item(1), read_item(2))
    go(page, live_server, world.alice, "w-import", world.bank.pk, session.public_id)
    other = page.context.new_page()
    other.goto(page.url)
    page.context.set_offline(True)
    page.keyboard.press("a")
    expect(page.get_by_text("Chưa ghi được quyết định vừa rồi.")).to_be_visible()
    page.context.set_offline(False)
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(page.locator("#cau-1")).to_contain_text("Đã nhận")
    expect(page.get_by_text("Chưa ghi được quyết định vừa rồi.")).to_be_hidden()
    other.keyboard.press("s")
    expect(other.locator("#cau-1")).to_contain_text("vừa được thay đổi ở một nơi khác")
    expect(other.locator("#cau-1")).to_have_class(re.compile("current"))
    assert decisions(session) == "aw"
