"""Passkeys in a real browser with a virtual key: made, then used instead of password and code."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.enums import Role
from tests.browser.test_accessibility import is_too_wide, violations
from tests.people import make_person, make_unit

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
PASSWORD = "một câu dễ nhớ"


def add_virtual_key(page: Page, *, verifies: bool = True) -> tuple[Any, str]:
    """A key built into this browser that opens (or not) by finger, face or PIN."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def go(page: Page, live_server: Any, route: str) -> None:
    page.goto(live_server.url + reverse(route))


def sign_in_by_password(page: Page, live_server: Any) -> None:
    go(page, live_server, "account_login")
    page.fill("[name=login]", "alice")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def use_key(page: Page) -> None:
    page.get_by_role("button", name="Dùng vân tay").click()


def test_a_passkey_is_made_and_signs_in_alone(live_server: Any, page: Page) -> None:
    alice = make_person("alice", Role.ORGANISER, unit=make_unit(), totp=False)
    alice.set_password(PASSWORD)
    alice.save()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    session, key = add_virtual_key(page)
    sign_in_by_password(page, live_server)

    # What asks for a second factor is content with a passkey.
    go(page, live_server, "w-contests")
    expect(page).to_have_url(live_server.url + reverse("mfa_activate_totp"))
    go(page, live_server, "mfa_add_webauthn")
    page.set_viewport_size({"width": 320, "height": 700})
    assert (violations(page), is_too_wide(page)) == ([], False)
    page.fill("[name=name]", "Điện thoại của Lan")
    page.get_by_role("button", name="Tạo khóa").click()
    expect(page).to_have_url(live_server.url + reverse("mfa_view_recovery_codes"))
    go(page, live_server, "w-contests")
    expect(page).to_have_url(live_server.url + reverse("w-contests"))
    stored = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).wrap()
    assert (stored.name, stored.is_passwordless) == ("Điện thoại của Lan", True)

    page.context.clear_cookies()
    go(page, live_server, "account_login")
    use_key(page)
    expect(page).to_have_url(live_server.url + reverse("workplace"))
    go(page, live_server, "w-contests")
    expect(page).to_have_url(live_server.url + reverse("w-contests"))

    # After the password the same key is the second factor.
    page.context.clear_cookies()
    sign_in_by_password(page, live_server)
    expect(page).to_have_url(live_server.url + reverse("mfa_authenticate"))
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(page).to_have_url(live_server.url + reverse("workplace"))

    # A key that was not opened by its owner signs nobody in.
    page.context.clear_cookies()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    go(page, live_server, "account_login")
    use_key(page)
    expect(page.get_by_text("Chưa dùng được khóa trên máy này.")).to_be_visible()
    go(page, live_server, "workplace")
    assert page.url.startswith(live_server.url + reverse("account_login"))
    assert faults == []


def test_without_script_the_page_offers_no_key(live_server: Any, chromium: Any, static_files: Any):
    context = chromium.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    go(page, live_server, "account_login")
    assert page.get_by_role("button", name="Dùng vân tay").count() == 0
    assert page.get_by_role("button", name="Đăng nhập", exact=True).count() == 1
    context.close()
