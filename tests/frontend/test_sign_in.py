"""The ways in: password, one-time link, activation, second factor; and none by signing up."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.sign_in_links import issue_activation_link, issue_sign_in_link
from accounts.enums import Role
from accounts.models import User
from tests.people import make_person, make_unit, who

pytestmark = pytest.mark.django_db
PASSWORD = "một câu dễ nhớ"


@pytest.fixture
def alice() -> User:
    person = make_person("alice", Role.ORGANISER, unit=make_unit(), totp=False)
    person.email = "alice@example.vn"
    person.set_password(PASSWORD)
    person.save()
    return person


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize("login", ["alice", "alice@example.vn", "ALICE@example.vn"])
def test_staff_code_or_e_mail_with_the_password_signs_in(client: Client, alice, login):
    data = {"login": login, "password": PASSWORD}
    response = client.post(reverse("account_login"), data)
    assert (response.status_code, response["Location"]) == (302, reverse("workplace"))
    assert who(client) == "alice"


def test_a_wrong_password_is_told_without_saying_which_was_wrong(client: Client, alice):
    texts = []
    for login in ("alice", "nobody"):
        response = client.post(reverse("account_login"), {"login": login, "password": "sai"})
        text = response.content.decode()
        texts.append(text[text.index('role="alert"') :][:300])
    assert texts[0] == texts[1]
    assert who(client) == ""


def test_a_printed_link_is_inside_in_one_click_and_works_once(client: Client, alice):
    path = issue_sign_in_link(user=alice, now=timezone.now())
    assert client.get(path)["Location"] == reverse("workplace")
    assert who(client) == "alice"
    other = Client()
    response = other.get(path)
    assert (response.status_code, who(other)) == (410, "")
    assert "Liên kết này đã được dùng hoặc đã hết hạn." in response.content.decode()


def test_a_link_too_old_signs_nobody_in(client: Client, alice):
    path = issue_sign_in_link(user=alice, now=timezone.now() - timedelta(days=2))
    assert (client.get(path).status_code, who(client)) == (410, "")


def test_activation_asks_for_a_password_and_signs_in(client: Client, alice):
    path = issue_activation_link(user=alice, issued_by=None, now=timezone.now())
    assert [client.get(path).status_code for _look in range(2)] == [200, 200]
    assert who(client) == ""
    refused = client.post(path, {"password": "ngắn"})
    assert (refused.status_code, who(client)) == (422, "")
    accepted = client.post(path, {"password": "câu mới dễ nhớ"})
    assert (accepted["Location"], who(client)) == (reverse("workplace"), "alice")
    assert client.get(reverse("workplace")).status_code == 200
    assert User.objects.get().check_password("câu mới dễ nhớ")
    assert Client().get(path).status_code == 410


def test_setting_up_the_second_factor_leads_back_to_where_one_was_going(
    client: Client, alice, django_capture_on_commit_callbacks
):
    client.post(reverse("account_login"), {"login": "alice", "password": PASSWORD})
    wanted = reverse("w-units")
    assert client.get(wanted)["Location"] == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    code = code_for(page.context["form"].secret)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(done["Location"]).context["unused_codes"]
    assert (len(codes), "****" in codes) == (10, False)
    assert client.get(reverse("after-second-factor"))["Location"] == wanted
    assert client.get(wanted).status_code == 200
    assert client.get(reverse("after-second-factor"))["Location"] == reverse("workplace")


def test_secrets_of_the_second_factor_are_encrypted_at_rest(client: Client, alice):
    client.force_login(alice)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in stored
    assert Authenticator.objects.get(type=Authenticator.Type.TOTP).wrap().instance.user == alice


def test_signing_in_asks_for_the_code_once_it_is_set_up(client: Client):
    bob = make_person("bob", Role.ORGANISER, unit=make_unit())
    bob.set_password(PASSWORD)
    bob.save()
    response = client.post(reverse("account_login"), {"login": "bob", "password": PASSWORD})
    assert (response["Location"], who(client)) == (reverse("mfa_authenticate"), "")
    assert client.get(response["Location"]).status_code == 200


def test_nobody_signs_up(client: Client):
    response = client.post(
        reverse("account_signup"),
        {"email": "x@example.vn", "username": "x", "password1": PASSWORD},
    )
    assert response.status_code == 200
    assert "Tài khoản do quản trị của đơn vị cấp." in response.content.decode()
    assert User.objects.count() == 0


@pytest.mark.parametrize(("address", "letters"), [("alice@example.vn", 1), ("ai@example.vn", 0)])
def test_a_forgotten_password_is_answered_alike(client: Client, alice, address, letters):
    response = client.post(reverse("account_reset_password"), {"email": address})
    assert response["Location"] == reverse("account_reset_password_done")
    assert len(mail.outbox) == letters


def test_the_letter_leads_to_a_new_password(client: Client, alice):
    client.post(reverse("account_reset_password"), {"email": alice.email})
    (letter,) = mail.outbox
    path = next(word for word in letter.body.split() if "/quen-mat-khau/" in word)
    form = client.get(path.partition("testserver")[2], follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "câu khác dễ nhớ"})
    alice.refresh_from_db()
    assert alice.check_password("câu khác dễ nhớ")


def test_leaving_takes_a_post(client: Client, alice):
    client.force_login(alice)
    client.get(reverse("account_logout"))
    assert who(client) == "alice"
    client.post(reverse("account_logout"))
    assert who(client) == ""
