"""Letters and text messages: which way out counts, and what a refusal tells."""

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail

from accounts.crypto import seal_text
from accounts.domain import sending
from accounts.domain.installation import update_installation
from accounts.domain.sending import (
    BadSender,
    NoSender,
    SendingFailed,
    may_send_letters,
    may_send_texts,
    send_letter,
    send_text,
    send_text_later,
    text_outbox,
    try_letter_sender,
    try_text_sender,
)
from tests.stack import free_port

pytestmark = pytest.mark.django_db
PHONE, TEXT = "0912345678", "Mã đăng nhập: 123 456 {phone} & “đúng”"
LETTER = {"to": "lan@example.vn", "subject": "Mã", "text": "Mã của bạn: 123456"}


class Provider(HTTPServer):
    """A provider of text messages: keeps what it is asked, answers as told."""

    status, body = 200, b'{"CodeResult": 100}'

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), ProviderHandler)
        self.asked: list[dict] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/send"


class ProviderHandler(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(
            {
                "method": self.command,
                "key": self.headers.get("X-Key"),
                "type": self.headers.get("Content-Type"),
                "query": parse_qs(urlsplit(self.path).query),
                "body": body.decode(),
            }
        )
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(self.server.body)

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, *words: object) -> None:
        """The provider is quiet."""


@pytest.fixture
def provider() -> Iterator[Provider]:
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def gateway(provider: Provider, **more: object) -> str:
    return json.dumps({"url": provider.url, "headers": {"X-Key": "bí mật".encode().hex()}} | more)


BODY = {"to": "{phone}", "content": "{text}", "brand": "CCHC", "list": ["{phone}", 1]}


def test_a_message_goes_out_as_json(provider: Provider):
    try_text_sender(gateway=gateway(provider, json=BODY), phone=PHONE, text=TEXT)
    (asked,) = provider.asked
    assert (asked["method"], asked["key"]) == ("POST", "bí mật".encode().hex())
    assert asked["type"] == "application/json"
    assert json.loads(asked["body"]) == {
        "to": PHONE,
        "content": TEXT,
        "brand": "CCHC",
        "list": [PHONE, 1],
    }


def test_a_message_goes_out_as_a_form_without_marks_and_with_the_country_code(provider: Provider):
    form = {"to": "{phone}", "msg": "[CCHC] {text}"}
    settings = gateway(provider, form=form, phone="84912345678", plain=True)
    try_text_sender(gateway=settings, phone=PHONE, text="Mã Đăng nhập")
    (asked,) = provider.asked
    assert parse_qs(asked["body"]) == {"to": ["84912345678"], "msg": ["[CCHC] Ma Dang nhap"]}


def test_a_message_goes_out_in_the_address(provider: Provider):
    query = {"to": "{phone}", "msg": "{text}"}
    settings = gateway(provider, method="GET", query=query, phone="+84912345678")
    try_text_sender(gateway=settings, phone=PHONE, text=TEXT)
    (asked,) = provider.asked
    assert (asked["method"], asked["query"]) == ("GET", {"to": ["+84912345678"], "msg": [TEXT]})


@pytest.mark.parametrize(
    ("status", "body", "answer"),
    [
        (500, b"", {}),
        (302, b"", {}),
        (200, b'{"CodeResult": 99}', {"CodeResult": "100"}),
        (200, b"not json", {"CodeResult": "100"}),
        (200, b"[1]", {"CodeResult": "100"}),
    ],
)
def test_a_refusal_of_the_provider_is_told_without_phone_or_text(
    provider: Provider, caplog, status, body, answer
):
    provider.status, provider.body = status, body
    settings = gateway(provider, json=BODY, answer=answer)
    with caplog.at_level(logging.INFO), pytest.raises(SendingFailed) as refusal:
        try_text_sender(gateway=settings, phone=PHONE, text=TEXT)
    assert len(provider.asked) == 1
    told = f"{caplog.text} {refusal.value.as_dict()}"
    assert (PHONE in told, "123 456" in told, "12345678" in told) == (False, False, False)


def test_the_reply_decides_where_status_says_nothing(provider: Provider):
    settings = gateway(provider, json=BODY, answer={"CodeResult": "100"})
    try_text_sender(gateway=settings, phone=PHONE, text=TEXT)
    assert len(provider.asked) == 1


def test_a_provider_that_is_not_there_is_a_refusal(caplog):
    nowhere = {"url": f"http://127.0.0.1:{free_port()}/", "query": {"a": "{phone}{text}"}}
    with caplog.at_level(logging.INFO), pytest.raises(SendingFailed) as refusal:
        try_text_sender(gateway=json.dumps(nowhere), phone=PHONE, text=TEXT)
    assert refusal.value.details == {"reason": "ConnectionError"}
    assert PHONE not in caplog.text


@pytest.mark.parametrize(
    ("settings", "places"),
    [
        ("", ["JSON"]),
        ("[]", ["JSON"]),
        ('{"url": "ftp://a", "json": "{phone}{text}"}', ["url"]),
        ('{"url": "http://a", "json": {"to": "{phone}"}}', ["JSON"]),
        ('{"url": "http://a", "json": "{phone}{text}", "form": {"a": "b"}}', ["JSON"]),
        ('{"url": "http://a", "json": "{phone}{text}", "mehtod": "GET"}', ["mehtod"]),
        ('{"url": "http://a", "json": "{phone}{text}", "expect": []}', ["expect"]),
    ],
)
def test_settings_that_can_not_work_are_refused_by_place(settings: str, places: list[str]):
    with pytest.raises(BadSender) as refusal:
        try_text_sender(gateway=settings, phone=PHONE, text=TEXT)
    assert refusal.value.details == {"places": places}


def test_what_the_installation_stores_is_sealed_and_used(provider: Provider, settings):
    settings.TEXTS_IN_MEMORY = settings.EMAIL_DECLARED = False
    assert (may_send_letters(), may_send_texts()) == (False, False)
    config = gateway(provider, json=BODY)
    port = free_port()
    held = update_installation(
        user=None,
        text_sender=seal_text(config),
        mail_url=seal_text(f"smtp://127.0.0.1:{port}"),
    )
    assert provider.url.encode() not in bytes(held.text_sender)
    assert (may_send_letters(), may_send_texts()) == (True, True)
    send_text(phone=PHONE, text=TEXT)
    assert len(provider.asked) == 1
    with pytest.raises(SendingFailed) as refusal:
        send_letter(**LETTER)
    assert refusal.value.details == {"reason": "ConnectionRefusedError"}


def test_without_any_way_out_nothing_is_sent_and_nothing_printed(settings, capsys):
    settings.TEXTS_IN_MEMORY = settings.EMAIL_DECLARED = False
    with pytest.raises(NoSender):
        send_letter(**LETTER)
    with pytest.raises(NoSender):
        send_text(phone=PHONE, text=TEXT)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("mode", ["DEBUG", "DEMO"])
def test_a_development_or_demo_server_prints_to_its_terminal(settings, capsys, mode):
    settings.TEXTS_IN_MEMORY = settings.EMAIL_DECLARED = False
    setattr(settings, mode, True)
    assert (may_send_letters(), may_send_texts()) == (True, True)
    send_text(phone=PHONE, text=TEXT)
    assert capsys.readouterr().out == f"SMS {PHONE}: {TEXT}\n"
    send_letter(**LETTER)
    assert LETTER["to"] in capsys.readouterr().out


def test_tests_read_what_was_sent():
    text_outbox.clear()
    send_letter(**LETTER)
    send_text(phone=PHONE, text=TEXT)
    assert text_outbox == [(PHONE, TEXT)]
    (letter,) = mail.outbox
    assert (letter.to, letter.subject, letter.body) == (["lan@example.vn"], "Mã", LETTER["text"])


def test_nobody_waits_for_the_provider(provider: Provider, settings, caplog):
    settings.TEXTS_IN_MEMORY, settings.SENDING_THREADS = False, 2
    settings.SMS_GATEWAY = gateway(provider, json=BODY)
    provider.status = 500
    for _message in range(3):
        send_text_later(phone=PHONE, text=TEXT)
    sending.waiting_threads().shutdown(wait=True)
    sending.waiting_threads.cache_clear()
    assert len(provider.asked) == 3
    assert caplog.text.count("not sent: HTTP 500") == 3
    assert PHONE not in caplog.text


def test_a_provider_that_hangs_does_not_fill_the_memory(settings):
    settings.SENDING_THREADS, gate = 1, threading.Event()
    for _message in range(sending.WAITING_MESSAGES):
        sending.hand_over(gate.wait)
    with pytest.raises(SendingFailed):
        sending.hand_over(gate.wait)
    gate.set()
    sending.waiting_threads().shutdown(wait=True)
    sending.waiting_threads.cache_clear()


@pytest.mark.parametrize("url", ["", "smtp.example.vn", "filemail://", "smtp://"])
def test_a_mail_server_is_given_by_its_address(url: str):
    with pytest.raises(BadSender):
        try_letter_sender(mail_url=url, mail_from="a@example.vn", **LETTER)
