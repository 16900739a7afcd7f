"""People in front of browsers: each has a context of their own, and clicks are counted."""

import base64
import hmac
import os
import re
import struct
import time
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from accounts.models import User
from tests.frontend.contest_pages import browser_of

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
WAIT_MS = 45_000


@dataclass
class Person:
    """One person's browser. Console errors are kept: a page that breaks the CSP shows here."""

    page: Page
    script: bool = True
    clicks: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def click(self, target: str | Locator, *, exact: bool = False) -> None:
        """One click on a button or link, by what it says."""
        place = target if isinstance(target, Locator) else self.find(target, exact=exact)
        place.click()
        self.clicks += 1
        self.page.wait_for_load_state()

    def find(self, name: str, *, exact: bool = False) -> Locator:
        by_role = [
            self.page.get_by_role(role, name=name, exact=exact) for role in ("button", "link")
        ]
        return by_role[0].or_(by_role[1]).locator("visible=true").first

    def fill(self, name: str, value: str) -> None:
        self.page.locator(f"main [name={name}]").first.fill(value)

    def tick(self, selector: str) -> None:
        self.page.locator(selector).first.check()
        self.clicks += 1

    def fetch(self, address: str) -> bytes:
        """A file, asked for again when the server says so, as the page that says it would."""
        while (answer := self.context.request.get(address)).status == 503:
            time.sleep(int(answer.headers["retry-after"]))
        return answer.body()

    def wait_for_job(self) -> None:
        """Until the job page says it is over, and then on by its one way."""
        self.page.get_by_role("link", name="Tiếp tục").wait_for(timeout=60_000)

    def picture(self, name: str) -> None:
        """Kept only when asked for, so that a test run leaves the tree as it was."""
        if os.environ.get("UPDATE_PICTURES") == "1":
            if self.script:
                self.page.evaluate("scrollTo(0, 0)")  # what sticks to the top covers nothing
            self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def arrive(
    browser: Browser, *, size: dict[str, int], script: bool = True, downloads: bool = True
) -> Person:
    context = browser.new_context(
        viewport=size,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        java_script_enabled=script,
        accept_downloads=downloads,
    )
    context.set_default_timeout(WAIT_MS)
    person = Person(context.new_page(), script)
    lost_network = ("ERR_INTERNET_DISCONNECTED",)
    person.page.on("pageerror", lambda error: person.errors.append(str(error)))
    person.page.on(
        "console",
        lambda line: (
            line.type == "error"
            and not any(part in line.text for part in lost_network)
            and person.errors.append(line.text)
        ),
    )
    return person


def signed_in(browser: Browser, base: str, user: User, size: dict[str, int]) -> Person:
    """Somebody who has signed in before."""
    person = arrive(browser, size=size)
    cookie = browser_of(user).cookies["sessionid"]
    person.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": base}])
    return person


def one_time_password(secret: str) -> str:
    """RFC 6238, six digits, thirty seconds: what an authenticator app shows."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    code = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    place = code[-1] & 15
    return f"{(struct.unpack('>I', code[place : place + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def set_up_second_factor(person: Person) -> None:
    """From the page that asks for it to where the person was going."""
    secret = re.findall(r"\b[A-Z2-7]{32}\b", person.page.content())[0]
    person.fill("code", one_time_password(secret))
    person.click("Xác nhận")
    person.click("Tiếp tục làm việc")
