"""The blueprint's live feasibility in a real browser."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.authorization_world import World
from tests.browser.test_accessibility import violations
from tests.browser.test_accessibility_workplace import sign_in
from tests.factories import make_draft, make_open_contest

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


def test_what_rows_find_follows_what_is_typed(live_server: Any, page: Page) -> None:
    drafts = [make_draft(n, topic="Một cửa" if n < 4 else "Dịch vụ công") for n in range(1, 9)]
    world = World(make_open_contest(drafts=drafts))
    sign_in(page, live_server.url, world, "organiser here")
    page.goto(live_server.url + reverse("w-rules", kwargs={"pk": world.contest.pk}))
    outlook = page.locator("#du-cau-nguoi-dan")
    expect(outlook).to_contain_text("Đủ câu")
    row = page.locator("[data-paper-row]").first
    row.locator("select").first.select_option("Một cửa")
    expect(outlook).to_contain_text("Thiếu câu: chia cách nào cũng thiếu 2 câu.")
    expect(page.locator("#noi-nguoi-dan")).to_contain_text("Thiếu câu")
    row.locator("input").fill("3")
    expect(outlook).to_contain_text("Đủ câu: đề nào cũng bốc được. Mỗi đề 3 câu")
    spare = page.locator("[data-paper-row]").nth(1)
    spare.locator("input").fill("6")
    expect(outlook.locator("tbody tr")).to_have_count(2)
    expect(outlook.locator("tbody tr").nth(1)).to_contain_text("thiếu 1 câu")
    assert violations(page) == []
    world.contest.refresh_from_db()
    assert world.contest.rules.version == 1
