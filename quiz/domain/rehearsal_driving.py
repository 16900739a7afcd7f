"""Invented entrants who enter over HTTP, evenly spread in time, and note what they were told."""

import json
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from quiz.domain.tokens import open_attempt_token
from quiz.engine.rehearsing import Measurement

SAVES = 4
THREADS = 32
TRIES = 3
LATE_SECONDS = 1.0
PATIENCE_SECONDS = 30
# Judged over so many requests; beyond this share of errors the machine is pressed no further.
JUDGED = 200
WORST_SHARE = 0.2


@dataclass(frozen=True)
class Course:
    """Where to and how: `page` is a public page, `host` what the server calls itself."""

    url: str
    host: str
    page: str
    contest_code: str
    round_id: int
    groups: tuple[str, ...]
    entrants: int
    seconds: float


class NotAnswered(Exception):
    """A request that was refused or never answered, also when tried again."""


class _Driver:
    def __init__(self, course: Course, stopped: Callable[[], bool]) -> None:
        self.course, self.stopped = course, stopped
        self.measured = Measurement()
        self.lock = threading.Lock()
        self.began = time.monotonic()
        self.next = 0
        self.failed = 0

    def work(self) -> None:
        """One thread: entrant after entrant, each at its moment."""
        while (number := self._take()) is not None:
            due = self.began + number * self.course.seconds / self.course.entrants
            while (left := due - time.monotonic()) > 0:
                if self._is_stopped():
                    return
                time.sleep(min(left, 0.5))
            if self._is_stopped():
                return
            with self.lock:
                self.measured.begun += 1
                self.measured.late += time.monotonic() - due > LATE_SECONDS
            _Entrant(self, number).enter()

    def _take(self) -> int | None:
        with self.lock:
            number, self.next = self.next, self.next + 1
        return number if number < self.course.entrants else None

    def _is_stopped(self) -> bool:
        return bool(self.measured.stopped) or self.stopped()

    def note(self, step: str, seconds: float | None, error: str = "") -> None:
        """One request: answered in so many seconds, or what went wrong."""
        with self.lock:
            self.measured.requests += 1
            if seconds is not None:
                self.measured.times[step].append(seconds)
            if error:
                self.measured.errors[error] += 1
                self.failed += 1
            if self.measured.requests % JUDGED == 0:
                if self.failed > WORST_SHARE * JUDGED:
                    self.measured.stopped = "errors"
                self.failed = 0


class _Entrant:
    """One person on one kept connection."""

    def __init__(self, driver: _Driver, number: int) -> None:
        self.driver, self.course, self.number = driver, driver.course, number
        address = urlsplit(self.course.url)
        self.connection = HTTPConnection(address.netloc, timeout=PATIENCE_SECONDS)

    def enter(self) -> None:
        try:
            self._enter()
        except NotAnswered:
            return
        finally:
            self.connection.close()
        with self.driver.lock:
            self.driver.measured.completed += 1

    def _enter(self) -> None:
        course = self.course
        self.ask("page", "GET", course.page)
        code = f"/api/v1/entry/contests/{course.contest_code}/register"
        who = self.post("register", code, self._form())
        start = f"/api/v1/entry/rounds/{course.round_id}/start"
        begun = self.post("start", start, {"ordinal": 1}, {"X-Entrant-Token": who["entrant_token"]})
        token, slots = begun["attempt_token"], len(begun["answers"])
        self.ask("paper", "GET", "/bai-thi/", headers={"Cookie": f"bai_thi={token}"})
        attempt = open_attempt_token(token).attempt_id
        for turn in range(SAVES + 1):
            step = "save" if turn < SAVES else "submit"
            answers = _answers(slots, turn)
            sheet = {"writer": 1, "base": turn, "revision": turn + 1, "answers": answers}
            self.post(step, f"/api/v1/entry/{step}", sheet, {"X-Attempt-Token": token})
            with self.driver.lock:
                self.driver.measured.promised[attempt] = (answers, step == "submit")
        self.post("receipt", "/api/v1/entry/receipt", {}, {"X-Attempt-Token": token})

    def _form(self) -> dict[str, Any]:
        groups = self.course.groups
        return {
            "request_key": str(uuid.uuid4()),
            "group": groups[self.number % len(groups)],
            "consent": True,
            "full_name": f"Người Diễn Tập {self.number}",
            "birth_date": "01/02/1990",
            "phone": f"0999{self.number % 10**6:06d}",
        }

    def post(
        self, step: str, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        sent = {"Content-Type": "application/json", **(headers or {})}
        return json.loads(self.ask(step, "POST", path, json.dumps(body), sent))

    def ask(
        self,
        step: str,
        method: str,
        path: str,
        body: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> bytes:
        """The answer's body; a busy server is asked again after the pause it names."""
        for _try in range(TRIES):
            began = time.monotonic()
            try:
                sent = {"Host": self.course.host, **(headers or {})}
                self.connection.request(method, path, body, sent)
                answer = self.connection.getresponse()
                content = answer.read()
            except (OSError, HTTPException):
                self.connection.close()
                self.driver.note(step, None, "network")
                continue
            if answer.status == 200:
                self.driver.note(step, time.monotonic() - began)
                return content
            self.driver.note(step, None, str(answer.status))
            if answer.status not in (429, 503):
                break
            time.sleep(min(5.0, float(answer.headers.get("Retry-After") or 1)))
        raise NotAnswered(step)


def _answers(slots: int, turn: int) -> list[int]:
    """More of the paper each turn; each set holds the one before."""
    filled = slots * (turn + 1) // (SAVES + 1)
    return [1 << slot % 4 if slot < filled else 0 for slot in range(slots)]


def drive(
    course: Course, *, stopped: Callable[[], bool], tell: Callable[[int], None]
) -> Measurement:
    """Send all entrants; `tell` is told how many have entered, about once a second.

    `stopped` is asked from several threads and ends the drive before its time.
    """
    driver = _Driver(course, stopped)
    threads = [
        threading.Thread(target=driver.work, daemon=True)
        for _each in range(min(THREADS, course.entrants))
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        time.sleep(0.2)
        tell(driver.measured.completed)
    driver.measured.seconds = time.monotonic() - driver.began
    if not driver.measured.stopped and stopped():
        driver.measured.stopped = "cancelled"
    return driver.measured
