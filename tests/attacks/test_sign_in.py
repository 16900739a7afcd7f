"""Attacks on the ways in: who exists, guessing, fixed sessions, ways out of the house."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import hashers
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.sending import text_outbox
from accounts.domain.sign_in_limits import PASSWORD_OF_ONE_FROM_ONE, PasswordTry
from accounts.domain.sign_in_links import issue_sign_in_link
from accounts.enums import Role
from accounts.models import User
from tests.people import make_person, make_unit, who

pytestmark = pytest.mark.django_db
PASSWORD = "một câu dễ nhớ"
PHONE, ADDRESS = "0912345678", "lan@example.vn"


@pytest.fixture(autouse=True)
def lan() -> User:
    text_outbox.clear()
    person = make_person("lan", Role.UNIT_LEAD, unit=make_unit(), totp=False)
    person.put_phone(PHONE, verified=True)
    person.email = ADDRESS
    person.set_password(PASSWORD)
    person.save()
    return person


def seen(response: HttpResponse, typed: str) -> tuple:
    """All that a stranger can compare, with what they typed and what is random taken out."""
    text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", "TYPED", response.content.decode())
    text = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", text)
    # The length follows from what was typed, and the clock moves on.
    headers = {k: v for k, v in response.headers.items() if k not in {"Content-Length", "Expires"}}
    cookies = sorted((name, len(made.value)) for name, made in response.cookies.items())
    return response.status_code, headers, cookies, text


def sign_in(client: Client, login: str, password: str, **more: str) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": login, "password": password} | more)


@pytest.mark.parametrize(
    ("route", "field", "known", "unknown"),
    [
        ("account_login", "login", "lan", "mai"),
        ("account_login", "login", ADDRESS, "mai@example.vn"),
        ("account_request_login_code", "contact", ADDRESS, "mai@example.vn"),
        ("account_request_login_code", "contact", PHONE, "0987654321"),
        ("account_reset_password", "email", ADDRESS, "mai@example.vn"),
    ],
)
def test_who_exists_is_told_by_no_byte(route, field, known, unknown):
    answers = []
    for typed in (known, unknown):
        client = Client()
        data = {field: typed, "password": "sai mật khẩu"}
        response = client.post(reverse(route), data)
        steps = [seen(response, typed)]
        if response.status_code == 302:
            steps.append(seen(client.get(response["Location"]), typed))
            # A wrong code is answered alike too.
            wrong = client.post(response["Location"], {"code": "abc", "action": "verify"})
            steps.append(seen(wrong, typed))
        answers.append(steps)
    assert answers[0] == answers[1]


@pytest.mark.parametrize("login", ["lan", ADDRESS, "LAN@example.vn", "mai", "mai@example.vn"])
def test_each_try_costs_one_password_check_whoever_is_named(client, monkeypatch, login):
    counted = []
    encode = hashers.MD5PasswordHasher.encode

    def counting(self, password, salt):
        counted.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counting)
    sign_in(client, login, "sai mật khẩu")
    assert len(counted) == 1


def test_passwords_of_one_account_are_not_guessed_from_one_place(client, lan):
    statuses = [sign_in(client, "lan", f"đoán {n}").status_code for n in range(12)]
    assert statuses == [200] * PASSWORD_OF_ONE_FROM_ONE.turns + [429] * 2
    refused = sign_in(client, "LAN ", PASSWORD)
    assert (refused.status_code, 30 < int(refused["Retry-After"]) <= 60) == (429, True)
    # The owner, elsewhere, is not kept out, and comes in by the other ways as well.
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")
    sign_in(elsewhere, "lan", PASSWORD)
    assert who(elsewhere) == "lan"
    client.get(issue_sign_in_link(user=lan, now=timezone.now()))
    assert who(client) == "lan"


def test_five_hundred_behind_one_address_sign_in(client):
    """Each mistypes once; then all sign in, the last over the page itself."""
    names = [f"can-bo-{n}" for n in range(499)]
    for name in names:
        PasswordTry(name, "127.0.0.1").begin()
    for name in names:
        one_try = PasswordTry(name, "127.0.0.1")
        one_try.begin()
        one_try.succeed()
    sign_in(client, "lan", PASSWORD)
    assert who(client) == "lan"


def test_second_factors_are_not_guessed(client):
    organiser = make_person("to-chuc", Role.ORGANISER, unit=make_unit("khac"))
    organiser.set_password(PASSWORD)
    organiser.save()
    sign_in(client, "to-chuc", PASSWORD)
    ask = reverse("mfa_authenticate")
    statuses = [client.post(ask, {"code": f"{n:06d}"}).status_code for n in range(8)]
    assert statuses == [200] * 6 + [429] * 2
    # A new sign-in brings no new tries.
    other = Client(REMOTE_ADDR="10.1.2.3")
    sign_in(other, "to-chuc", PASSWORD)
    assert other.post(reverse("mfa_authenticate"), {"code": "000009"}).status_code == 429


def test_codes_are_not_asked_for_without_end(client):
    ask = reverse("account_request_login_code")
    spellings = [PHONE, "+84912345678", "0912 345 678", "84912345678"]
    statuses = [Client().post(ask, {"contact": typed}).status_code for typed in spellings]
    assert (statuses, len(text_outbox)) == ([302] * 3 + [429], 3)
    # Unknown ones are limited alike.
    unknown = [Client().post(ask, {"contact": "0987654321"}).status_code for _time in range(4)]
    assert unknown == statuses


def test_letters_that_reset_a_password_are_not_asked_for_without_end():
    ask = reverse("account_reset_password")
    for address in (ADDRESS, "mai@example.vn"):
        statuses = [Client().post(ask, {"email": address}).status_code for _time in range(4)]
        assert statuses == [302] * 3 + [429]
    assert len(mail.outbox) == 3


def test_tries_at_one_moment_are_not_one_try(client):
    """A copy of the session for each try: what is counted there would start anew each time."""
    client.post(reverse("account_request_login_code"), {"contact": PHONE})
    code = re.search(r"\d{6}", text_outbox[-1].text).group()
    name = settings.SESSION_COOKIE_NAME
    before = dict(client.session.items())
    answers = []
    for n in range(5):
        session = client.session
        session.update(before)
        session.save()
        client.cookies[name] = session.session_key
        guess = code if n == 4 else f"{(int(code) + n + 1) % 10**6:06d}"
        data = {"code": guess, "action": "verify"}
        answers.append(client.post(reverse("account_confirm_login_code"), data).status_code)
    assert (answers[3:], who(client)) == ([429, 429], "")


@pytest.mark.parametrize("way", ["password", "code", "link"])
def test_a_session_from_before_is_not_the_session_inside(client, lan, way):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted = session.session_key
    if way == "password":
        sign_in(client, "lan", PASSWORD)
    elif way == "link":
        client.get(issue_sign_in_link(user=lan, now=timezone.now()))
    else:
        client.post(reverse("account_request_login_code"), {"contact": PHONE})
        code = re.search(r"\d{6}", text_outbox[-1].text).group()
        client.post(reverse("account_confirm_login_code"), {"code": code, "action": "verify"})
    assert who(client) == "lan"
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert thief.get(reverse("workplace")).status_code == 302


OUTSIDE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]


@pytest.mark.parametrize("outside", OUTSIDE)
def test_no_way_in_leads_out_of_the_house(outside):
    password, code = Client(), Client()
    inside = sign_in(password, "lan", PASSWORD, next=outside)
    assert inside["Location"] == reverse("workplace")
    asked = code.post(reverse("account_request_login_code"), {"contact": PHONE, "next": outside})
    assert "evil" not in asked["Location"]
    digits = re.search(r"\d{6}", text_outbox[-1].text).group()
    data = {"code": digits, "action": "verify", "next": outside}
    done = code.post(reverse("account_confirm_login_code"), data)
    assert (who(code), done["Location"]) == ("lan", reverse("workplace"))
