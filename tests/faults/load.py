"""People who enter while something breaks, and who keep account of what they were promised."""

import http.client
import itertools
import json
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from types import TracebackType
from typing import Any

from tests.acknowledged import Known
from tests.load.entry import Entrant, Refused

SLOTS = 5
SAVES = 4
# The page's sender waits 1 s and at most 15 s; here time runs ten times faster.
FIRST_WAIT, LONGEST_WAIT = 0.1, 1.5
PATIENCE = 40.0
CLOSED = {"registration_closed", "too_late", "save_too_late", "attempt_closed"}
_numbers = itertools.count(1)


class Closed(Exception):
    """The round takes nothing any more."""


class Person:
    """One entrant: `known` is what was promised so far, `receipt` what the submit was answered."""

    def __init__(self, url: str, contest: dict[str, Any]) -> None:
        self.phone, self.contest = Entrant(url, defaultdict(list)), contest
        self.number = next(_numbers)
        self.known = Known(name=f"Người Dự Thi {self.number}")
        self.token, self.retries = "", 0
        self.receipt: dict[str, Any] | None = None

    def begin(self) -> None:
        """Register and start."""
        form = self.phone.form(self.number)
        path = f"contests/{self.contest['code']}/register"
        who = self._persist(lambda: self.phone.call("register", path, form))
        path, token = f"rounds/{self.contest['round']}/start", who["entrant_token"]
        self.token = self._persist(
            lambda: self.phone.call("start", path, {"ordinal": 1}, X_Entrant_Token=token)
        )["attempt_token"]
        self.known.started = True

    def answer(self, *, ends: bool) -> None:
        """Four saves, and the submit unless the person walks away."""
        for turn in range(SAVES + ends):
            self.send(turn, "submit" if turn == SAVES else "save")

    def send(self, turn: int, step: str) -> None:
        answers = tuple(1 << (slot + turn) % 4 if slot <= turn else 0 for slot in range(SLOTS))
        sheet = {"writer": 1, "base": turn, "revision": turn + 1, "answers": answers}
        self.known.unanswered.append(answers)
        self.known.submit_unanswered = step == "submit"
        done = self._persist(lambda: self._call(step, sheet))
        self.known.answers, self.known.unanswered = answers, []
        if step == "submit":
            self.known.submitted, self.receipt = True, done

    def ask_receipt(self) -> None:
        self.receipt = self._persist(lambda: self._call("receipt", {}))

    def _call(self, step: str, sheet: dict[str, Any]) -> dict[str, Any]:
        return self.phone.call(step, step, sheet, X_Attempt_Token=self.token)

    def _persist(self, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Send until it is answered, as the page does: the same again, later each time."""
        wait, patience = FIRST_WAIT, time.monotonic() + PATIENCE
        while True:
            try:
                return act()
            except Refused as refused:
                _step, status, content = refused.args
                if status == 409 and json.loads(content)["code"] in CLOSED:
                    raise Closed from None
                if status not in (429, 503) or time.monotonic() > patience:
                    raise
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < patience, "nobody answers"
            self.phone.connection.close()
            self.retries += 1
            time.sleep(wait * random.uniform(0.75, 1.25))
            wait = min(wait * 2, LONGEST_WAIT)


class Load:
    """`threads` phones, each entering one person after the other until the block or round ends.

    `ends`: what a person does after the saves, submit or walk away.
    """

    def __init__(
        self, url: str, contest: dict[str, Any], *, threads: int = 4, ends: bool = True
    ) -> None:
        self.url, self.contest, self.ends = url, contest, ends
        self.persons: list[Person] = []
        self.errors: list[str] = []
        self.finished = 0
        self.closed = False
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._work) for _ in range(threads)]

    @property
    def retries(self) -> int:
        return sum(person.retries for person in self.persons)

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, count: int) -> None:
        """Until so many more people have finished."""
        wanted, patience = self.finished + count, time.monotonic() + PATIENCE
        while self.finished < wanted:
            assert time.monotonic() < patience, f"nobody gets through: {self.errors}"
            time.sleep(0.02)

    def _work(self) -> None:
        while not (self._over.is_set() or self.closed):
            person = Person(self.url, self.contest)
            self.persons.append(person)
            try:
                person.begin()
                person.answer(ends=self.ends)
                self.finished += 1
            except Closed:
                self.closed = True
            except (AssertionError, Refused) as error:
                self.errors.append(repr(error))
