"""Signing in with another system's account, against a real OpenID Connect provider."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEntry, User
from config.sign_in import openid_settings
from tests import oidc_provider
from tests.people import make_person, make_unit, who
from tests.stack import free_port

pytestmark = pytest.mark.django_db
CALLBACK = "/tai-khoan/dang-nhap/he-thong/tinh/ve/"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The other system's address; a process of its own for the whole module."""
    port, folder = free_port(), tmp_path_factory.mktemp("provider")
    script = str(Path(oidc_provider.__file__))
    words = [sys.executable, script, str(port), str(folder), f"http://testserver{CALLBACK}"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture
def trusted(provider: str, settings) -> str:
    """The other system is set up, and finds people by their staff code."""
    trust(settings, provider)
    return provider


def trust(settings, address: str, **more: str) -> None:
    said = {
        "id": "tinh",
        "name": "Sở Nội vụ",
        "server_url": address,
        "client_id": oidc_provider.CLIENT_ID,
        "secret": oidc_provider.SECRET,
    }
    settings.OIDC_PROVIDERS = [said | more]
    settings.SOCIALACCOUNT_PROVIDERS = openid_settings(settings.OIDC_PROVIDERS)


def person(username: str, *roles: str, totp: bool = False, email: str = "") -> User:
    made = make_person(username, *roles, unit=make_unit(f"u-{username}"), totp=totp)
    User.objects.filter(pk=made.pk).update(email=email)
    return made


def there_and_back(client: Client, provider: str, name: str, query: str = ""):
    """Our button, the other system, and our answer to whom it sends back."""
    start = client.get(reverse("openid_connect_login", args=["tinh"]) + query)
    assert (start.status_code, start["Location"].startswith(provider)) == (302, True)
    asked = parse_qs(urlsplit(start["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    with requests.Session() as browser:
        browser.get(f"{provider}/as/{name}/", timeout=10).raise_for_status()
        sent = browser.get(start["Location"], allow_redirects=False, timeout=10)
    back = urlsplit(sent.headers["Location"])
    assert back.path == CALLBACK
    return client.get(f"{back.path}?{back.query}")


def test_the_button_is_there_only_when_a_system_is_set_up(client: Client, provider, settings):
    assert "Sở Nội vụ" not in client.get(reverse("account_login")).content.decode()
    trust(settings, provider)
    page = client.get(reverse("account_login")).content.decode()
    assert "Tài khoản Sở Nội vụ" in page
    assert reverse("openid_connect_login", args=["tinh"]) in page


def test_someone_known_here_comes_in_and_is_linked(client: Client, trusted: str):
    alice = person("ALICE", Role.UNIT_LEAD)
    answer = there_and_back(client, trusted, "alice")
    assert (answer.status_code, answer["Location"]) == (302, reverse("workplace"))
    assert who(client) == "ALICE"
    (link,) = SocialAccount.objects.all()
    assert (link.user, link.provider, link.extra_data) == (alice, "tinh", {})
    assert AuditEntry.objects.filter(act="connect_other_system", actor=alice).count() == 1
    assert User.objects.count() == 1


def test_afterwards_the_systems_own_number_counts(client: Client, trusted: str):
    alice = person("alice", Role.UNIT_LEAD)
    there_and_back(client, trusted, "alice")
    User.objects.filter(pk=alice.pk).update(username="renamed")
    again = Client()
    there_and_back(again, trusted, "alice")
    assert (who(again), SocialAccount.objects.count()) == ("renamed", 1)
    assert SocialAccount.objects.get().extra_data == {}


def test_a_stranger_is_told_so_and_nobody_is_made(client: Client, trusted: str):
    answer = there_and_back(client, trusted, "stranger")
    assert (answer.status_code, who(client)) == (403, "")
    assert "Chưa có tài khoản ở đây" in answer.content.decode()
    assert (User.objects.count(), SocialAccount.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("name", "address", "signed_in"),
    [("alice", "Alice@example.vn", "found"), ("unsure", "bob@example.vn", "")],
)
def test_by_e_mail_only_a_verified_one_counts(
    client: Client, provider, settings, name, address, signed_in
):
    trust(settings, provider, claim="email", matches="email")
    person("found", Role.UNIT_LEAD, email=address)
    there_and_back(client, provider, name)
    assert who(client) == signed_in


def test_the_second_factor_is_asked_for_all_the_same(client: Client, trusted: str):
    person("alice", Role.ORGANISER, totp=True)
    answer = there_and_back(client, trusted, "alice")
    assert (answer["Location"], who(client)) == (reverse("mfa_authenticate"), "")


def test_whoever_sees_keys_and_has_no_second_factor_sets_it_up(client: Client, trusted: str):
    person("alice", Role.ORGANISER)
    there_and_back(client, trusted, "alice")
    assert client.get(reverse("w-contests"))["Location"] == reverse("mfa_activate_totp")


def test_a_locked_account_stays_locked(client: Client, trusted: str):
    alice = person("alice")
    User.objects.filter(pk=alice.pk).update(is_active=False)
    answer = there_and_back(client, trusted, "alice")
    assert (answer["Location"], who(client)) == (reverse("account_inactive"), "")


def test_an_answer_nobody_asked_for_signs_nobody_in(client: Client, trusted: str):
    person("alice")
    other = Client()
    start = other.get(reverse("openid_connect_login", args=["tinh"]))
    with requests.Session() as browser:
        browser.get(f"{trusted}/as/alice/", timeout=10)
        sent = browser.get(start["Location"], allow_redirects=False, timeout=10)
    back = urlsplit(sent.headers["Location"])
    answer = client.get(f"{back.path}?{back.query}")
    assert (answer.status_code, who(client)) == (401, "")
    assert "Chưa đăng nhập được" in answer.content.decode()


def test_whoever_is_signed_in_can_not_be_linked_to_somebody_else(client: Client, trusted: str):
    person("alice")
    bob = person("bob")
    client.force_login(bob)
    answer = there_and_back(client, trusted, "alice", "?process=connect")
    assert (answer["Location"], who(client)) == (reverse("w-account"), "bob")
    assert SocialAccount.objects.count() == 0


@pytest.mark.parametrize("way_back", ["https://evil.example/", "//evil.example"])
def test_the_way_back_stays_in_this_house(client: Client, trusted: str, way_back: str):
    person("alice")
    answer = there_and_back(client, trusted, "alice", f"?next={way_back}")
    assert (who(client), answer["Location"]) == ("alice", reverse("workplace"))


def test_a_system_that_does_not_answer_is_a_page_and_no_crash(client: Client, settings):
    trust(settings, f"http://127.0.0.1:{free_port()}")
    answer = client.get(reverse("openid_connect_login", args=["tinh"]))
    assert answer.status_code == 503
    assert "Chưa đăng nhập được" in answer.content.decode()
