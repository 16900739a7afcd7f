"""axe-core on every page that signed-in people read, taken from the table of routes."""

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.authorization_table import ALL_ROWS, IN, Row
from tests.authorization_world import HERE, World
from tests.browser.test_accessibility import is_too_wide, violations
from tests.test_authorization import path_of

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
SIGNED_IN_PAGES = ("w-", "workplace", "mfa_", "account_", "learn")


def readers() -> list[tuple[str, list[Row]]]:
    """The pages, each with the first kind of person who may read it."""
    rows = [
        row for row in ALL_ROWS if row.method == "get" and row.route.startswith(SIGNED_IN_PAGES)
    ]
    actors = {str(row): next((a for a in HERE if row.answers[a] == IN), None) for row in rows}
    return [
        (actor, [row for row in rows if actors[str(row)] == actor])
        for actor in HERE
        if actor in actors.values()
    ]


def sign_in(page: Page, address: str, world: World, actor: str) -> None:
    name = settings.SESSION_COOKIE_NAME
    value = world.client(actor).cookies[name].value
    page.context.add_cookies([{"name": name, "value": value, "url": address}])


def is_page(page: Page, address: str) -> bool:
    """Whether a request would be answered by HTML (not by a file or JSON) with 200."""
    head = page.request.get(address)
    return head.status == 200 and head.headers["content-type"].startswith("text/html")


def test_no_page_of_the_workplace_has_a_violation(live_server: Any, page: Page) -> None:
    world, faults, seen = World(), [], 0
    for actor, rows in readers():
        sign_in(page, live_server.url, world, actor)
        for row in rows:
            address = live_server.url + path_of(row, world)
            if not is_page(page, address):
                continue
            seen += 1
            page.set_viewport_size({"width": 1280, "height": 800})
            page.goto(address)
            faults += [f"{row}: {fault}" for fault in violations(page)]
            page.set_viewport_size({"width": 360, "height": 800})
            faults += [f"{row} is wider than a phone"] if is_too_wide(page) else []
    assert faults == []
    assert seen > 25
