"""No page asks a third party; the `page` of every browser test fails if one does."""

import pytest
from playwright.sync_api import Browser

from tests.browser.own_requests import note_foreign_requests

pytestmark = pytest.mark.needs_chromium


def test_a_request_elsewhere_is_noticed(chromium: Browser) -> None:
    context = chromium.new_context(offline=True)
    asked = note_foreign_requests(context)
    page = context.new_page()
    page.set_content(
        '<img src="https://third.example/x.png"><img src="data:image/gif;base64,R0lGODlhAQ==">'
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">'
    )
    context.close()
    assert asked == ["https://third.example/x.png"]
