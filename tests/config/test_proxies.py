"""X-Forwarded-For and -Proto: believed of our own proxies, of nobody else."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import RequestFactory

from accounts.client_address import client_address
from config.proxies import is_trusted, settle_client


@pytest.fixture(autouse=True)
def our_proxies(settings: LazySettings) -> Iterator[None]:
    settings.TRUSTED_PROXIES = ["127.0.0.1", "::1", "10.1.0.0/16"]
    is_trusted.cache_clear()
    yield
    is_trusted.cache_clear()


def settled(peer: str, **headers: str) -> dict[str, Any]:
    environ = {"REMOTE_ADDR": peer, **headers}
    settle_client(environ)
    return environ


@pytest.mark.parametrize(
    ("peer", "said", "client"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),
        # The client's own claim stands before what the proxy added.
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("127.0.0.1", "10.1.2.3, 10.1.9.9", "10.1.2.3"),
        ("127.0.0.1", "không phải địa chỉ", "127.0.0.1"),
        ("127.0.0.1", "unknown, 10.1.2.3", "10.1.2.3"),
        # A stranger is whoever connected, whatever is said.
        ("198.51.100.20", "203.0.113.9", "198.51.100.20"),
        ("10.2.0.1", "203.0.113.9", "10.2.0.1"),
        ("", "203.0.113.9", ""),
    ],
)
def test_the_client_is_the_nearest_address_that_is_no_proxy_of_ours(
    peer: str, said: str, client: str
) -> None:
    assert settled(peer, HTTP_X_FORWARDED_FOR=said) == {"REMOTE_ADDR": client}


def test_https_is_believed_of_a_proxy_of_ours_alone() -> None:
    claim = {"HTTP_X_FORWARDED_PROTO": "https"}
    assert settled("127.0.0.1", **claim) == {"REMOTE_ADDR": "127.0.0.1", **claim}
    assert settled("198.51.100.20", **claim) == {"REMOTE_ADDR": "198.51.100.20"}


def test_without_proxies_of_ours_nobody_is_believed(settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = []
    assert settled("127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9") == {"REMOTE_ADDR": "127.0.0.1"}


def test_pages_ask_one_function() -> None:
    environ = RequestFactory().get("/", REMOTE_ADDR="203.0.113.9").META
    request = RequestFactory().get("/", **environ)
    assert client_address(request) == "203.0.113.9"
