"""The two chains answer alike: what the short one leaves out, nobody misses."""

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django.test import Client, RequestFactory

from config.kept_answers import _answers
from config.wsgi import application
from frontend.pages.entry import register as form_page
from frontend.pages.public import keeping
from frontend.pages.public.keeping import LOOK_AGAIN_SECONDS
from quiz.domain.attempts import submit_attempt
from quiz.domain.clock import read_now, shifted_clock
from tests.factories import (
    answers_input,
    make_open_contest,
    register,
    registration_data,
    start,
)
from tests.load.entry import hidden

pytestmark = pytest.mark.django_db


def ask(environ: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    """One call of the real WSGI application."""
    told: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_more: Any) -> None:
        told.extend([status, dict(headers)])

    body = b"".join(application(environ, start_response))
    return int(told[0].split()[0]), told[1], body


def post(path: str, body: bytes, kind: str = "application/json", **headers: str) -> Any:
    return ask(RequestFactory().post(path, body, content_type=kind, headers=headers).environ)


def get(path: str, query: str = "", **headers: str) -> Any:
    return ask(RequestFactory().get(path, query_params=query or None, headers=headers).environ)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Any:
    """An open contest; the full chain leaves the test's connection open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    _answers.clear()
    monkeypatch.setattr(keeping, "_kept", keeping._Kept())
    yield make_open_contest()
    _answers.clear()
    for signal in signals:
        signal.connect(close_old_connections)


def answers(revision: int) -> bytes:
    sheet = {"writer": 1, "base": revision - 1, "revision": revision, "answers": [1] * 5}
    return json.dumps(sheet).encode()


@pytest.mark.parametrize("path", ["/bai-thi/luu/", "/api/v1/entry/save"])
def test_a_save_is_answered_alike_by_both_chains(made, path):
    token = start(made, register(made)).token
    status, headers, body = post(path, answers(1), **{"x-attempt-token": token})
    full = Client().post(
        path, answers(1), content_type="application/json", headers={"x-attempt-token": token}
    )
    assert (status, full.status_code) == (200, 200)
    moments = ("now", "left_ms")
    short, other = ({**json.loads(each)} for each in (body, full.content))
    assert {k: v for k, v in short.items() if k not in moments} == {
        k: v for k, v in other.items() if k not in moments
    }
    assert short["revision"] == 1
    assert headers["Content-Type"] == full["Content-Type"] == "application/json"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/api/v1/entry/save", b"{", "input_refused"),
        ("/api/v1/entry/save", answers(1), "unknown_token"),
        ("/bai-thi/nop/", answers(1), "unknown_token"),
        ("/api/v1/entry/contests/khong-co/register", b"{}", "input_refused"),
        ("/api/v1/entry/rounds/99999999999999999999/start", b'{"ordinal": 1}', "unknown_token"),
    ],
)
def test_a_refusal_is_the_same_in_both_chains(made, path, body, code):
    status, _headers, content = post(path, body)
    full = Client().post(path, body, content_type="application/json")
    assert (status, json.loads(content)) == (full.status_code, full.json())
    assert json.loads(content)["code"] == code


def test_a_refusal_speaks_the_language_asked_for(made):
    _s, _h, english = post("/api/v1/entry/save", answers(1), **{"accept-language": "en"})
    _s, _h, vietnamese = post("/api/v1/entry/save", answers(1), **{"accept-language": "vi"})
    assert json.loads(english)["message"] != json.loads(vietnamese)["message"]


def test_an_address_that_is_none_is_answered_by_the_page_for_it(made):
    status, headers, _body = post("/api/v1/entry/khong-co", b"{}")
    assert (status, headers["X-Content-Type-Options"]) == (404, "nosniff")


def test_what_is_no_json_or_too_large_is_left_to_django(made):
    token = start(made, register(made)).token
    form = {"x-attempt-token": token}
    assert post("/api/v1/entry/save", answers(1), "text/plain", **form)[0] == 200
    assert post("/api/v1/entry/save", b" " * 200_000, **form)[0] == 422
    assert post("/api/v1/entry/save", b" " * 3_000_000, **form)[0] == 400


def test_a_fault_of_ours_is_answered_500_and_told_to_nobody(made, monkeypatch):
    def fail(**_given: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("quiz.interfaces.api.entry.save_attempt", fail)
    status, _headers, body = post("/api/v1/entry/save", answers(1))
    assert status == 500
    assert b"secret" not in body


def test_a_database_that_does_not_answer_is_busy_not_broken(made, monkeypatch):
    def fail(**_given: Any) -> None:
        raise OperationalError

    monkeypatch.setattr("quiz.interfaces.api.entry.save_attempt", fail)
    status, headers, body = post("/api/v1/entry/save", answers(1))
    assert (status, json.loads(body)["code"]) == (503, "busy")
    assert 1 <= int(headers["Retry-After"]) <= 30


def test_a_broken_connection_is_renewed_for_the_next_request(made, monkeypatch):
    closed: list[int] = []
    monkeypatch.setattr("config.hot_chain.close_old_connections", lambda: closed.append(1))
    from django.db import connection

    post("/api/v1/entry/save", answers(1))
    assert closed == []
    connection.errors_occurred = True
    try:
        post("/api/v1/entry/save", answers(1))
    finally:
        connection.errors_occurred = False
    assert closed == [1]


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds by which pages age: they pass only where a test says so."""
    now = [1000.0]
    monkeypatch.setattr("config.kept_answers.monotonic", lambda: now[0])
    monkeypatch.setattr("frontend.pages.public.keeping.time.monotonic", lambda: now[0])
    return now


@pytest.fixture(autouse=True)
def kept_for_two_seconds(settings: Any) -> None:
    settings.READING_PAGE_SECONDS = 2.0


def page_of(made: Any) -> str:
    return f"/cuoc-thi/{made.contest.code}/"


def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often the full chain was entered."""
    import config.wsgi

    asked: list[int] = []
    full = config.wsgi._full

    def chain(environ: dict[str, Any], start_response: Any) -> Any:
        asked.append(1)
        return full(environ, start_response)

    monkeypatch.setattr(config.wsgi, "_full", chain)
    return lambda: len(asked)


def test_a_reading_page_is_given_again_whole(made, monkeypatch, still):
    entered = counted(monkeypatch)
    first, again = get(page_of(made)), get(page_of(made))
    assert first == again
    assert entered() == 1
    assert "default-src 'none'" in again[1]["Content-Security-Policy"]


@pytest.mark.parametrize(
    "headers",
    [
        {"accept-language": "en"},
        {"cookie": "ngon_ngu=en"},
        {"host": "testserver:8080"},
        {"cookie": "sessionid=abc"},
    ],
)
def test_another_language_host_or_a_session_gets_its_own(made, monkeypatch, headers, settings):
    entered = counted(monkeypatch)
    get(page_of(made))
    headers = {
        name: value.replace("ngon_ngu", settings.LANGUAGE_COOKIE_NAME).replace(
            "sessionid", settings.SESSION_COOKIE_NAME
        )
        for name, value in headers.items()
    }
    get(page_of(made), **headers)
    assert entered() == 2


def test_a_page_with_a_question_in_its_address_is_asked_for_each_time(made, monkeypatch):
    entered = counted(monkeypatch)
    for _time in range(2):
        ask(RequestFactory().get(page_of(made), {"a": "1"}).environ)
    assert entered() == 2


def test_a_page_is_kept_no_longer_than_its_view_says(made, monkeypatch, still):
    entered = counted(monkeypatch)
    get(page_of(made))
    still[0] += LOOK_AGAIN_SECONDS - 0.01
    get(page_of(made))
    assert entered() == 1
    still[0] += 0.02
    get(page_of(made))
    assert entered() == 2


def test_no_kept_answer_outlives_the_close(made, monkeypatch, still, settings):
    """The clock alone ends it, however long pages may be kept and nobody looks for changes."""
    settings.READING_PAGE_SECONDS = 1000.0
    monkeypatch.setattr(keeping, "LOOK_AGAIN_SECONDS", 1000.0)
    entered = counted(monkeypatch)
    with shifted_clock(made.round.closes_at - read_now() - timedelta(seconds=100)):
        first = get(page_of(made))
        assert get(page_of(made)) == first
        assert entered() == 1
        still[0] += 101
        with shifted_clock(timedelta(seconds=101)):
            later = get(page_of(made))
    assert entered() == 2
    assert later[2] != first[2]


def test_personal_pages_are_not_kept(made, monkeypatch):
    entered = counted(monkeypatch)
    for _time in range(2):
        get("/bai-thi/", cookie="bai_thi=x")
        get(f"{page_of(made)}dang-ky/")
    assert entered() == 2  # the attempt's page is on the short chain
    assert _answers == {}


def test_the_form_is_drawn_once_and_everybody_gets_a_random_value_of_their_own(made, monkeypatch):
    drawn: list[int] = []
    show_form = form_page.show_form

    def draw(*given: Any, **named: Any) -> Any:
        drawn.append(1)
        return show_form(*given, **named)

    monkeypatch.setattr(form_page, "show_form", draw)
    keys = {hidden(get(f"{page_of(made)}dang-ky/")[2].decode(), "request_key") for _ in range(3)}
    assert (len(keys), len(drawn)) == (3, 1)
    assert str(uuid.UUID(int=0)) not in keys
    get(f"{page_of(made)}dang-ky/", cookie="nguoi_du_thi=x")
    assert len(drawn) == 2  # who has been here before gets a page of their own


def test_the_attempt_and_its_receipt_are_shown_by_the_short_chain(made, monkeypatch):
    entered = counted(monkeypatch)
    sitting = start(made, register(made))
    shown = get("/bai-thi/", cookie=f"bai_thi={sitting.token}")
    assert (shown[0], shown[1]["Cache-Control"]) == (200, "no-store")
    assert 'id="sheet"' in shown[2].decode()
    submit_attempt(token=sitting.token, given=answers_input(sitting))
    cookie = f"bai_thi={sitting.token}"
    assert get("/bai-thi/", cookie=cookie)[1]["Location"] == "/bai-thi/bien-nhan/"
    assert get("/bai-thi/bien-nhan/", cookie=cookie)[0] == 200
    assert entered() == 0
    picture = get("/bai-thi/bien-nhan/ma.svg", cookie=cookie)
    assert (picture[0], picture[1]["Content-Type"]) == (200, "image/svg+xml")
    assert get("/bai-thi/", cookie="bai_thi=x")[0] == 404


def test_a_registration_through_the_short_chain_sets_the_browsers_cookies(made):
    form = RequestFactory().post(f"{page_of(made)}dang-ky/", registration_data() | {"consent": "1"})
    told: list[Any] = []
    application(form.environ, lambda status, headers, *_m: told.extend([status, headers]))
    assert told[0].startswith("303")
    cookies = [value.split("=")[0] for name, value in told[1] if name == "Set-Cookie"]
    assert cookies == ["nguoi_du_thi", "ma_du_thi"]


def test_a_page_that_asks_to_be_counted_costs_the_full_chain_nothing(made, monkeypatch):
    entered = counted(monkeypatch)
    said = b'{"path": "/", "from": ""}'
    status, headers, body = post("/luot-truy-cap/", said)
    assert (status, body, entered()) == (204, b"", 0)  # not switched on
    assert "Set-Cookie" not in headers
