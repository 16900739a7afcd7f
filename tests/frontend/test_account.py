"""One's own account: contacts, sessions, and the letter that tells of a change."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.domain.people import deactivate_person, set_roles
from accounts.domain.sending import text_outbox
from accounts.enums import Role
from accounts.models import AuditEntry, User
from tests.people import make_person, make_unit

pytestmark = pytest.mark.django_db
PASSWORD = "một câu dễ nhớ"
BROWSERS = {
    "Chrome, Android": "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36",
    "Firefox, Windows": "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
}


@pytest.fixture
def lan() -> User:
    text_outbox.clear()
    person = make_person("lan", Role.UNIT_LEAD, unit=make_unit(), totp=False)
    person.email = "lan@example.vn"
    person.set_password(PASSWORD)
    person.save()
    return person


def signed_in(username: str = "lan", browser: str = "Chrome, Android") -> Client:
    client = Client(headers={"user-agent": BROWSERS[browser]})
    data = {"login": username, "password": PASSWORD}
    assert client.post(reverse("account_login"), data).status_code == 302
    return client


def is_inside(client: Client) -> bool:
    return client.get(reverse("workplace")).status_code == 200


def sent_code() -> str:
    text = text_outbox[-1].text if text_outbox else mail.outbox[-1].body
    return re.search(r"\b\d{6}\b", text).group()


def change(client: Client, kind: str, value: str):
    return client.post(reverse("w-account-contact", args=[kind]), {"contact": value})


def confirm(client: Client, kind: str, code: str):
    return client.post(reverse("w-account-confirm", args=[kind]), {"code": code})


def test_a_phone_is_kept_once_its_code_came_back(lan):
    client = signed_in()
    asked = change(client, "phone", "+84 912 345 678")
    assert asked["Location"] == reverse("w-account-confirm", args=["phone"])
    lan.refresh_from_db()
    assert lan.phone_number == ""
    assert confirm(client, "phone", sent_code())["Location"] == reverse("w-account")
    lan.refresh_from_db()
    assert (lan.phone_number, lan.phone_verified) == ("0912345678", True)
    assert b"912345678" not in bytes(lan.phone)
    assert AuditEntry.objects.filter(act="change_phone", actor=lan).count() == 1
    client.post(reverse("w-account-forget-phone"))
    lan.refresh_from_db()
    assert (lan.phone_number, bytes(lan.phone_index), lan.phone_verified) == ("", b"", False)


def test_the_old_address_is_told_that_there_is_a_new_one(lan):
    client = signed_in()
    change(client, "email", "Moi@example.vn")
    assert [letter.to for letter in mail.outbox] == [["moi@example.vn"]]
    confirm(client, "email", sent_code())
    lan.refresh_from_db()
    assert (lan.email, lan.email_verified) == ("moi@example.vn", True)
    assert mail.outbox[-1].to == ["lan@example.vn"]
    assert "Nếu không phải bạn làm việc này" in mail.outbox[-1].body


def test_a_wrong_code_changes_nothing_and_three_end_it(lan):
    client = signed_in()
    change(client, "phone", "0912345678")
    code = sent_code()
    for _try in range(3):
        assert confirm(client, "phone", f"{(int(code) + 1) % 10**6:06d}").status_code == 422
    assert confirm(client, "phone", code).status_code == 429
    lan.refresh_from_db()
    assert lan.phone_number == ""


@pytest.mark.parametrize(("kind", "value"), [("phone", "0987654321"), ("email", "cuc@example.vn")])
def test_what_belongs_to_somebody_else_is_answered_alike_and_gets_no_message(lan, kind, value):
    cuc = make_person("cuc", unit=lan.unit, totp=False)
    cuc.put_phone("0987654321", verified=True)
    cuc.email = "cuc@example.vn"
    cuc.save()
    client = signed_in()
    asked = change(client, kind, value)
    assert asked["Location"] == reverse("w-account-confirm", args=[kind])
    assert (text_outbox, mail.outbox) == ([], [])


@pytest.mark.parametrize(("kind", "value"), [("phone", "123"), ("email", "không"), ("email", "")])
def test_what_is_no_contact_is_refused_in_place(lan, kind, value):
    assert change(signed_in(), kind, value).status_code == 422


def test_codes_to_new_contacts_are_limited(lan):
    client = signed_in()
    statuses = [change(client, "phone", f"09123456{n:02d}").status_code for n in range(6)]
    assert statuses == [302] * 5 + [429]
    assert len(text_outbox) == 5


def test_a_change_asks_for_a_fresh_proof(lan):
    client = signed_in()
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    asked = client.get(reverse("w-account-contact", args=["phone"]))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))


def test_one_sees_where_one_is_signed_in_and_ends_it_there(lan):
    here, there = signed_in(), signed_in(browser="Firefox, Windows")
    page = here.get(reverse("w-account-sessions"))
    rows = [(row["browser"], row["is_this"]) for row in page.context["rows"]]
    assert rows == [("Firefox, Windows", False), ("Chrome, Android", True)]
    chosen = page.context["rows"][0]["pk"]
    here.post(reverse("w-account-sessions-end"), {"session": chosen})
    assert (is_inside(here), is_inside(there)) == (True, False)


def test_one_ends_all_others_and_nobody_elses(lan):
    here, there = signed_in(), signed_in()
    make_person("cuc", unit=lan.unit, totp=False)
    User.objects.filter(username="cuc").update(password=lan.password)
    hers = signed_in("cuc")
    of_hers = hers.get(reverse("w-account-sessions")).context["rows"][0]["pk"]
    here.post(reverse("w-account-sessions-end"), {"session": of_hers})
    here.post(reverse("w-account-sessions-end"))
    assert [is_inside(client) for client in (here, there, hers)] == [True, False, True]


def test_losing_a_role_or_the_account_ends_the_sessions(lan):
    client = signed_in()
    set_roles(person=lan, unit=lan.unit, roles=[Role.UNIT_LEAD, Role.JUDGE], user=None)
    assert is_inside(client)
    set_roles(person=lan, unit=lan.unit, roles=[Role.JUDGE], user=None)
    assert not is_inside(client)
    again = signed_in()
    deactivate_person(person=lan, user=None)
    assert not is_inside(again)


@pytest.mark.parametrize(
    ("role", "hours"), [(Role.UNIT_LEAD, 30 * 24), (Role.JUDGE, 30 * 24), (Role.ORGANISER, 12)]
)
def test_how_long_one_is_remembered_follows_from_what_one_sees(lan, role, hours):
    set_roles(person=lan, unit=lan.unit, roles=[role], user=None)
    assert signed_in().session.get_expiry_age() == hours * 3600


def test_a_new_password_is_told_by_letter_and_ends_other_sessions(lan):
    here, there = signed_in(), signed_in()
    changed = {"oldpassword": PASSWORD, "password1": "một câu khác hẳn"}
    here.post(reverse("account_change_password"), changed)
    assert (is_inside(here), is_inside(there)) == (True, False)
    (letter,) = mail.outbox
    assert (letter.to, "Mật khẩu đã được đổi." in letter.body) == (["lan@example.vn"], True)


def test_sessions_are_sealed_in_the_database(lan):
    from django.contrib.sessions.models import Session
    from django.core import signing

    client = signed_in()
    change(client, "phone", "0912345678")
    (held,) = Session.objects.filter(pk=client.session.session_key)
    opened = signing.loads(
        held.session_data, salt="django.contrib.sessions.SessionStore", serializer=Raw
    )
    assert b"0912345678" not in opened
    assert b"_auth_user_id" not in opened


class Raw:
    """The bytes as they are."""

    def loads(self, data: bytes) -> bytes:
        return data
