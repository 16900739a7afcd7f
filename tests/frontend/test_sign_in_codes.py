"""Signing in by a code in a text message or a letter."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.sending import text_outbox
from accounts.enums import Role
from accounts.models import User
from tests.people import make_person, make_unit, who

pytestmark = pytest.mark.django_db
ASK, ANSWER = "account_request_login_code", "account_confirm_login_code"
PHONE, ADDRESS = "0912345678", "lan@example.vn"


@pytest.fixture(autouse=True)
def lan() -> User:
    text_outbox.clear()
    person = make_person("lan", Role.UNIT_LEAD, unit=make_unit(), totp=False)
    person.put_phone(PHONE, verified=False)
    person.email = ADDRESS
    person.save()
    return person


def ask(client: Client, contact: str, **more: str):
    return client.post(reverse(ASK), {"contact": contact} | more)


def answer(client: Client, code: str, **more: str):
    return client.post(reverse(ANSWER), {"code": code, "action": "verify"} | more)


def sent_code() -> str:
    """The code of the latest message."""
    text = text_outbox[-1].text if text_outbox else mail.outbox[-1].body
    return re.search(r"\b\d{6}\b", text).group()


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.mark.parametrize("typed", [PHONE, "+84 912 345 678", "0912.345.678"])
def test_a_code_by_text_message_signs_in_and_shows_the_phone_is_theirs(client, lan, typed):
    assert ask(client, typed)["Location"] == reverse(ANSWER)
    assert [sent.phone for sent in text_outbox] == [PHONE]
    assert client.get(reverse(ANSWER)).status_code == 200
    assert answer(client, sent_code())["Location"] == reverse("workplace")
    assert who(client) == "lan"
    lan.refresh_from_db()
    assert (lan.phone_verified, lan.email_verified) == (True, False)


def test_a_code_by_letter_signs_in_and_shows_the_address_is_theirs(client, lan):
    ask(client, "Lan@Example.vn")
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([ADDRESS], "MinhThi: Mã đăng nhập")
    answer(client, sent_code())
    assert who(client) == "lan"
    lan.refresh_from_db()
    assert (lan.phone_verified, lan.email_verified) == (False, True)


def test_a_code_works_once_and_in_its_own_browser(client):
    ask(client, PHONE)
    code = sent_code()
    other = Client()
    ask(other, ADDRESS)
    answer(other, code)
    assert who(other) == ""
    answer(client, code)
    client.post(reverse("account_logout"))
    answer(client, code)
    assert who(client) == ""


def test_the_code_of_another_person_is_no_good(client, lan):
    make_person("cuc", unit=lan.unit, totp=False)
    User.objects.filter(username="cuc").update(email="cuc@example.vn")
    ask(client, "cuc@example.vn")
    theirs = sent_code()
    ask(client, PHONE)
    if sent_code() != theirs:
        answer(client, theirs)
        assert who(client) == ""


def test_three_wrong_codes_end_it(client):
    ask(client, PHONE)
    code = sent_code()
    for _try in range(3):
        answer(client, wrong(code))
    answer(client, code)
    assert who(client) == ""


def test_a_code_too_old_is_no_good(client):
    ask(client, PHONE)
    code = sent_code()
    with time_machine.travel(timezone.now() + timedelta(seconds=601)):
        answer(client, code)
    assert who(client) == ""


def test_it_is_the_first_factor_only(client, lan):
    organiser = make_person("to-chuc", Role.ORGANISER, unit=lan.unit)
    User.objects.filter(pk=organiser.pk).update(email="tc@example.vn")
    ask(client, "tc@example.vn")
    response = answer(client, sent_code())
    assert (response["Location"], who(client)) == (reverse("mfa_authenticate"), "")


def test_a_locked_account_gets_no_code(client, lan):
    User.objects.filter(pk=lan.pk).update(is_active=False)
    for contact in (PHONE, ADDRESS):
        assert ask(client, contact)["Location"] == reverse(ANSWER)
    assert (text_outbox, mail.outbox) == ([], [])


@pytest.mark.parametrize("contact", ["", "không phải số", "12", "a@b"])
def test_what_is_no_contact_is_refused(client, contact):
    assert ask(client, contact).status_code == 200
    assert (text_outbox, mail.outbox) == ([], [])


@pytest.mark.parametrize("contact", [PHONE, ADDRESS, "0987654321", "ai@example.vn"])
def test_without_a_sender_known_and_unknown_are_told_alike(client, settings, contact):
    settings.TEXTS_IN_MEMORY = settings.EMAIL_DECLARED = False
    page = ask(client, contact)
    assert page.status_code == 200
    assert "Hệ thống chưa gửi được mã theo cách này." in page.content.decode()


def test_after_the_code_one_is_where_one_was_going(client):
    wanted = reverse("w-account")
    sent = client.get(wanted)["Location"]
    page = client.get(sent).content.decode()
    way = re.search(r'href="([^"]*/ma/\?next=[^"]*)"', page).group(1)
    form = client.get(way).content.decode()
    assert 'action="' not in form.partition('<form class="stack"')[2][:40]
    on = client.post(way, {"contact": PHONE})["Location"]
    assert client.post(on, {"code": sent_code(), "action": "verify"})["Location"] == wanted


def test_the_code_can_be_sent_again_once(client):
    ask(client, PHONE)
    for _time in range(3):
        answer(client, "", action="resend")
    assert len(text_outbox) == 2
    answer(client, sent_code())
    assert who(client) == "lan"
