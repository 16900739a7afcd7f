"""axe-core on every public page, narrow and wide, in every look; nothing wider than the screen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from tests.factories import make_open_contest, register
from tests.public_world import PublicWorld, make_public_world

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

WIDTHS = (360, 1280)
LOOKS = ("light", "dark", "contrast", "glare")
Address = Callable[[PublicWorld], str]


def of(name: str, state: str) -> Address:
    return lambda world: reverse(name, args=[getattr(world, state).contest.code])


PAGES: dict[str, Address] = {
    "home": lambda world: "/",
    "open": of("contest", "open"),
    "coming": of("contest", "coming"),
    "closed": of("contest", "closed"),
    "released": of("contest", "released"),
    "rules": of("contest-rules", "open"),
    "results": of("results", "released"),
    "no results": of("results", "closed"),
    "figures": of("figures", "released"),
    "no figures": of("figures", "closed"),
    "heads": of("heads", "open"),
    "lots": of("lots", "released"),
    "recheck": lambda world: reverse("recheck"),
    "receipt check": lambda world: reverse("receipt-check"),
    "appeals": of("appeals", "open"),
    "read an appeal": of("appeal-mine", "open"),
    "look-up": lambda world: reverse("lookup"),
    "own data": lambda world: reverse("own-data"),
    "not found": lambda world: "/khong-co/",
    "register": of("register", "open"),
    "ready": of("ready", "open"),
    "sign in": lambda world: reverse("account_login"),
    "ask for a code": lambda world: reverse("account_request_login_code"),
}


def violations(page: Page) -> list[str]:
    """What axe-core finds, each with the first element it is about."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]


def is_too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def choose(page: Page, look: str) -> None:
    page.evaluate("look => localStorage.setItem('reading', JSON.stringify({look}))", look)
    page.reload()
    assert page.get_attribute("html", "data-look") == look


def test_public_pages_have_no_violation_and_keep_the_security_policy(
    live_server: Any, page: Page
) -> None:
    world = make_public_world()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    # A page that is not found says so on the console as well.
    page.on("console", lambda said: said.text.endswith("(Not Found)") or faults.append(said.text))
    for name, address in PAGES.items():
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(live_server.url + address(world))
            faults += [f"{name} at {width}: {fault}" for fault in violations(page)]
    assert faults == []


def test_every_look_is_readable(live_server: Any, page: Page) -> None:
    world = make_public_world()
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(live_server.url)
    faults = []
    for look in LOOKS:
        choose(page, look)
        for name in ("home", "open", "results", "look-up"):
            page.goto(live_server.url + PAGES[name](world))
            faults += [f"{name}, {look}: {fault}" for fault in violations(page)]
    assert faults == []


@pytest.mark.parametrize(("size", "language"), [(0, "vi"), (3, "vi"), (3, "en")])
def test_no_page_is_wider_than_a_small_phone(
    live_server: Any, page: Page, size: int, language: str
) -> None:
    world = make_public_world()
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(live_server.url)
    assert page.get_attribute("html", "lang") == language
    page.evaluate("size => localStorage.setItem('reading', JSON.stringify({size}))", size)
    wide = []
    for name, address in PAGES.items():
        page.goto(live_server.url + address(world))
        wide += [name] if is_too_wide(page) else []
    assert wide == []


def test_size_and_colours_are_chosen_by_keyboard_and_kept(live_server: Any, page: Page) -> None:
    page.goto(live_server.url)
    page.focus(".reading summary")
    page.keyboard.press("Enter")
    page.click("[data-size='1']")
    page.click("[data-look='contrast']:not(html)")
    assert page.get_attribute("button[data-look='contrast']", "aria-pressed") == "true"
    page.goto(live_server.url + reverse("lookup"))
    assert page.get_attribute("html", "data-size") == "1"
    assert page.get_attribute("html", "data-look") == "contrast"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_page_without_script_reads_the_same_and_shows_no_dead_controls(
    live_server: Any, chromium: Any, static_files: Any
) -> None:
    world = make_public_world()
    context = chromium.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(live_server.url + PAGES["open"](world))
    assert page.is_visible("text=Đăng ký và vào thi")
    assert not page.is_visible(".reading")
    page.goto(live_server.url + reverse("lookup"))
    page.select_option("select[name=contest]", world.open.contest.code)
    page.fill("input[name=code]", register(world.open).code)
    page.click("button:has-text('Tra cứu')")
    assert page.is_visible("text=Chưa công bố kết quả")
    context.close()


def test_first_key_press_leads_past_the_header(live_server: Any, page: Page) -> None:
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"


def test_vietnamese_is_written_in_the_font_of_the_house(live_server: Any, page: Page) -> None:
    page.goto(live_server.url)
    page.evaluate("document.fonts.ready")
    loaded = "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.weight).sort()"
    assert page.evaluate(loaded) == ["400", "700"]


def test_page_that_waits_for_the_opening_turns_by_itself(live_server: Any, page: Page) -> None:
    made = make_open_contest(opens_in=timedelta(seconds=4))
    page.goto(live_server.url + reverse("contest", args=[made.contest.code]))
    assert not page.is_visible("text=Đăng ký và vào thi")
    page.wait_for_selector("text=Đăng ký và vào thi", timeout=30_000)
