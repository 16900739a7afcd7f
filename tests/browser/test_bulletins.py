"""From a unit's article to the printed issue, clicked through at the width of a phone."""

import pytest
from playwright.sync_api import Page, expect

from accounts.enums import Role
from tests.browser.test_accessibility import is_too_wide, violations
from tests.browser.test_contest_work import sign_in
from tests.people import make_person, make_unit

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


def test_a_units_article_is_approved_published_and_printed(quiet: Page, live_server) -> None:
    page, unit = quiet, make_unit("so-noi-vu", name="Sở Nội vụ")
    below = make_unit("xa-a", name="Xã A", parent=unit)
    author = make_person("an", Role.UNIT_LEAD, unit=below)
    editor = make_person("olga", Role.ORGANISER, unit=unit)
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, live_server, author)
    page.goto(f"{live_server.url}/lam-viec/ban-tin/bai/")
    page.get_by_role("link", name="Viết bài").click()
    page.get_by_label("Tên bài").fill("Trả kết quả tại nhà")
    page.get_by_label("Nội dung").fill("## Cách làm\n\n- Nhận hồ sơ\n- **Trả tận nơi**")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("button", name="Gửi người biên tập").click()
    expect(page.get_by_text("Đã gửi người biên tập.")).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/lam-viec/ban-tin/")
    page.get_by_role("link", name="đang chờ bạn").click()
    page.get_by_role("link", name="Trả kết quả tại nhà").click()
    page.get_by_role("button", name="Duyệt bài").click()
    page.goto(f"{live_server.url}/lam-viec/ban-tin/")
    page.get_by_role("button", name="Mở số mới").click()
    page.get_by_label("Dùng: Trả kết quả tại nhà").check()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    assert violations(page) == []
    assert not is_too_wide(page)
    page.get_by_role("button", name="Phát hành bản tin").click()
    page.get_by_role("link", name="Xem trang công khai").click()
    assert violations(page) == []
    assert not is_too_wide(page)
    paper = page.request.get(page.url + "ban-tin.pdf")
    assert paper.body().startswith(b"%PDF")
    page.get_by_role("link", name="Trả kết quả tại nhà").click()
    expect(page.locator("article strong")).to_have_text("Trả tận nơi")
