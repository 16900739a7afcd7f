"""More people than can be served: who is refused first, when they come back, what they read."""

import io
import random
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from config.overload import (
    ANSWERING,
    ENTERING,
    PRESSED,
    READING,
    STANDS_SECONDS,
    Gate,
    Patience,
    Queue,
    patience_of,
)
from frontend.pages.public.rush import rush_answer


class OldQueue(Queue):
    """One in which everything waits for so many seconds."""

    def __init__(self, age: float, pressure: float = 1.0) -> None:
        super().__init__()
        self._age, self.pressure = age, pressure


def ask(age: float, path: str, method: str = "GET", **more: Any) -> tuple[str, dict, bytes] | None:
    """What the gate answers, or None where it lets the request in."""
    told: list[Any] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "wsgi.input": io.BytesIO(b"x" * 10),
        "CONTENT_LENGTH": "10",
        **more,
    }
    body = Gate(OldQueue(age), rush_answer).refuse(
        environ, lambda status, headers: told.extend([status, headers])
    )
    return None if body is None else (told[0], dict(told[1]), b"".join(body))


@pytest.mark.parametrize(
    ("path", "patience"),
    [
        ("/bai-thi/luu/", ANSWERING),
        ("/bai-thi/", ANSWERING),
        ("/cuoc-thi/cchc-2026/bat-dau/", ANSWERING),
        ("/api/v1/entry/save", ANSWERING),
        ("/api/v1/entry/rounds/7/start", ANSWERING),
        ("/cuoc-thi/cchc-2026/dang-ky/", ENTERING),
        ("/cuoc-thi/cchc-2026/vao-thi/", ENTERING),
        ("/api/v1/entry/contests/cchc-2026/register", ENTERING),
        ("/lam-viec/", ENTERING),
        ("/cuoc-thi/cchc-2026/", READING),
        ("/", READING),
    ],
)
def test_answers_beat_newcomers_and_newcomers_beat_readers(path: str, patience: Patience) -> None:
    assert patience_of(path) == patience


def test_readers_are_refused_before_newcomers_and_newcomers_before_answers() -> None:
    assert READING.full <= ENTERING.full <= ANSWERING.calm
    assert READING.calm < ENTERING.calm < ANSWERING.calm
    # An answer let in waits less than the bound on the slowest of a hundred.
    assert ANSWERING.full < 2


@given(
    st.sampled_from([ANSWERING, ENTERING, READING]),
    st.floats(0, 1),
    st.integers(0, 2**32),
)
def test_everybody_refused_is_told_one_to_thirty_seconds(
    patience: Patience, pressure: float, seed: int
) -> None:
    assert 1 <= patience.wait_seconds(pressure, random.Random(seed)) <= 30


@given(st.sampled_from([ANSWERING, ENTERING, READING]), st.floats(0, 60), st.floats(0, 60))
def test_a_longer_queue_refuses_no_smaller_share(patience: Patience, a: float, b: float) -> None:
    shorter, longer = sorted([a, b])
    assert 0 <= patience.share_refused(shorter) <= patience.share_refused(longer) <= 1


def test_the_heavier_the_rush_the_later_they_come_back_and_not_in_one_wave() -> None:
    dice = random.Random(1)
    light, heavy = (
        [READING.wait_seconds(pressure, dice) for _ in range(1000)] for pressure in (0.05, 1.0)
    )
    assert max(light) < min(heavy)
    # The fullest second holds a fraction of them.
    assert max(heavy.count(second) for second in set(heavy)) < 250


def test_a_short_stall_makes_nobody_wait_as_long_as_a_rush() -> None:
    queue = OldQueue(5, pressure=0.0)
    for _tenth in range(10):
        queue._note_pressure()
    assert READING.wait_seconds(queue.pressure, random.Random(1)) <= 16
    for _tenth in range(300):
        queue._note_pressure()
    assert READING.wait_seconds(queue.pressure, random.Random(1)) >= 24


def test_a_short_queue_refuses_nobody() -> None:
    assert ask(0.1, "/") is None


def test_who_waited_behind_one_slow_request_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("config.overload.time.monotonic", lambda: now[0])
    queue = OldQueue(3, pressure=0.03)
    gate = Gate(queue, rush_answer)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}

    def served() -> bool:
        return gate.refuse(environ, lambda *_told: None) is None

    assert served()
    now[0] += STANDS_SECONDS - 0.01
    assert served()
    queue._age = 0.01  # the queue was emptied: the next slow request begins anew
    assert served()
    queue._age = 3
    now[0] += 1
    assert served()
    now[0] += STANDS_SECONDS + 0.01
    assert not served()  # still long after that much serving: it stands


def test_a_queue_that_comes_back_in_a_rush_is_believed_at_once() -> None:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}
    told: list[str] = []
    gate = Gate(OldQueue(3, pressure=PRESSED), rush_answer)
    assert gate.refuse(environ, lambda status, _headers: told.append(status)) is not None
    assert told == ["503 Service Unavailable"]


def test_a_page_says_when_it_comes_back_by_itself() -> None:
    refused = ask(5, "/cuoc-thi/cchc-2026/")
    assert refused
    status, headers, body = refused
    assert status == "503 Service Unavailable"
    assert headers["Refresh"] == headers["Retry-After"]
    assert f"tự tải lại sau {headers['Retry-After']} giây" in body.decode()
    assert headers["Cache-Control"] == "no-store"
    assert int(headers["Content-Length"]) == len(body)


def test_a_plain_form_says_when_to_press_again_and_where_the_answers_are() -> None:
    refused = ask(5, "/bai-thi/luu/", "POST")
    assert refused
    _status, headers, body = refused
    assert "Refresh" not in headers
    assert f"Sau {headers['Retry-After']} giây, quay lại trang trước" in body.decode()
    assert int(headers["Retry-After"]) <= 5


def test_a_program_reads_the_code_and_the_seconds() -> None:
    refused = ask(5, "/bai-thi/luu/", "POST", CONTENT_TYPE="application/json")
    assert refused
    with translation.override("vi"):
        assert '"code": "busy"' in refused[2].decode()
    assert f'"wait_seconds": {refused[1]["Retry-After"]}' in refused[2].decode()


def test_the_refusal_speaks_the_readers_language() -> None:
    english = ask(5, "/", HTTP_COOKIE="a=1; django_language=en")
    assert english
    assert "seconds" in english[2].decode()


def test_what_is_refused_is_taken_in_whole_so_that_the_connection_lives_on() -> None:
    sent = io.BytesIO(b"x" * 10)
    assert ask(5, "/bai-thi/luu/", "POST", **{"wsgi.input": sent})
    assert sent.read() == b""


def test_the_queue_answers_its_own_requests_and_learns_its_age() -> None:
    queue, told = Queue(), []
    queue._sent = 0.0  # long ago
    environ = {"PATH_INFO": queue._path}
    assert queue.take(environ, lambda status, _headers: told.append(status)) == [b""]
    assert told == ["204 No Content"]
    assert queue.age() > 1


def test_the_queue_of_the_process_next_door_tells_nothing_of_ours() -> None:
    queue, told = Queue(), []
    assert queue.take({"PATH_INFO": Queue()._path}, lambda status, _h: told.append(status))
    assert told == ["404 Not Found"]
    assert queue.age() == 0
