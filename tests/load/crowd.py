"""A crowd in one process: virtual entrants on raw sockets, who come back when they are told to.

Each walks the nine requests of an entry: contest page, register, start, four saves, submit,
receipt. Refused or cut off, it waits as the page's sender does (frontend/entry/sender.js) and sends
the same again. Every answer counts from the moment it was due, so a driver that falls behind shows.
"""

import heapq
import json
import random
import re
import selectors
import socket
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.load.entry import SAVES, Entrant

FIRST_WAIT, LONGEST_WAIT = 1.0, 15.0  # sender.js
STEPS = ("contest", "register", "start", *["save"] * SAVES, "submit", "receipt")
RETRY_AFTER = re.compile(rb"\r\nretry-after: *(\d+)\r\n", re.IGNORECASE)
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
LAST_CHUNK = b"0\r\n\r\n"
ENTRANT_TOKEN = re.compile(rb'"entrant_token":"([^"]+)"')
ATTEMPT_TOKEN = re.compile(rb'"attempt_token":"([^"]+)"')
SHEETS = [
    json.dumps({"writer": 1, "base": turn, "revision": turn + 1, "answers": answers}).encode()
    for turn, answers in enumerate(Entrant.answer_sets())
]


class Person:
    """Where one entrant stands; `acknowledged` is the last revision the server said it has."""

    __slots__ = ("acknowledged", "body", "due", "number", "step", "submitted", "token", "wait")

    def __init__(self, number: int) -> None:
        self.number, self.step, self.due = number, 0, 0.0
        self.wait, self.token, self.body = FIRST_WAIT, b"", b""
        self.acknowledged, self.submitted = 0, False


@dataclass
class Seen:
    """What the crowd met with; times in seconds, moments since the crowd began."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: Counter[tuple[str, int, int]] = field(default_factory=Counter)
    retries: Counter[int] = field(default_factory=Counter)
    waiting: dict[int, int] = field(default_factory=dict)
    finished: list[float] = field(default_factory=list)
    strange: Counter[tuple[str, int]] = field(default_factory=Counter)
    cut_off: int = 0


class Crowd:
    """Drives persons over at most `connections` kept connections to one address."""

    def __init__(self, port: int, contest: tuple[str, int], *, connections: int) -> None:
        self.port, self.most = port, connections
        self.code, self.round = contest
        self.seen = Seen()
        self.persons: list[Person] = []
        self._selector = selectors.EpollSelector()
        self._free: list[socket.socket] = []
        self._busy: dict[socket.socket, tuple[Person, bytes]] = {}
        self._due: list[tuple[float, int, Person]] = []
        self._ready: deque[Person] = deque()
        self._began = time.monotonic()
        self._turn = 0
        self._again = False

    def run(self, arrivals: Iterator[float], *, seconds: float, again: bool = False) -> None:
        """Let one come at each moment of `arrivals`; stop after `seconds`.

        `again`: whoever has finished is followed by another at once, for measuring capacity.
        """
        self._began, self._again = time.monotonic(), again
        end, coming = self._began + seconds, next(arrivals, None)
        while (now := time.monotonic()) < end:
            while coming is not None and self._began + coming <= now:
                self._arrive(self._began + coming)
                coming = next(arrivals, None)
            while self._due and self._due[0][0] <= now:
                self._ready.append(heapq.heappop(self._due)[2])
            self._send_ready()
            for key, _events in self._selector.select(0.002):
                self._receive(key.fileobj)
        self._drain()

    def _drain(self) -> None:
        """Wait for what is on its way, so that every acknowledgement is known."""
        self._again = False
        self._ready.clear()
        self._due.clear()
        patience = time.monotonic() + 5
        while self._busy and time.monotonic() < patience:
            for key, _events in self._selector.select(0.1):
                self._receive(key.fileobj)
            self._ready.clear()

    def _arrive(self, due: float) -> None:
        person = Person(len(self.persons))
        person.due, person.body = due, self._request(person)
        self.persons.append(person)
        self._ready.append(person)

    def _send_ready(self) -> None:
        while self._ready and (self._free or len(self._busy) < self.most):
            line = self._free.pop() if self._free else self._connect()
            person = self._ready.popleft()
            self._busy[line] = (person, b"")
            try:
                line.send(person.body)
            except OSError:
                self._lose(line)

    def _connect(self) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.settimeout(0)
        self._selector.register(line, selectors.EVENT_READ)
        return line

    def _lose(self, line: socket.socket) -> None:
        self._selector.unregister(line)
        line.close()
        if line in self._free:
            self._free.remove(line)
            return
        person, _got = self._busy.pop(line)
        self.seen.cut_off += 1
        self._later(person, 0)

    def _receive(self, line: socket.socket) -> None:
        try:
            got = line.recv(262_144)
        except OSError:
            got = b""
        if not got or line not in self._busy:
            return self._lose(line)
        person, before = self._busy[line]
        answer = before + got
        head = answer.find(b"\r\n\r\n")
        if head < 0 or not _is_whole(answer, head):
            self._busy[line] = (person, answer)
            return None
        del self._busy[line]
        self._free.append(line)
        self._answered(person, int(answer[9:12]), answer[: head + 2], answer[head + 4 :])
        if self._again and person.step == len(STEPS):
            self._arrive(time.monotonic())
        return None

    def _answered(self, person: Person, status: int, head: bytes, body: bytes) -> None:
        step, now = STEPS[person.step], time.monotonic()
        if status in (429, 503):
            found = RETRY_AFTER.search(head)
            seconds = int(found[1]) if found else 0
            self.seen.refused[step, status, seconds] += 1
            self._later(person, seconds)
            return
        if status != 200:
            self.seen.strange[step, status] += 1
            return
        self.seen.times[step].append(now - person.due)
        person.wait, person.due = FIRST_WAIT, now
        if step == "register":
            person.token = _only(ENTRANT_TOKEN, body)
        elif step == "start":
            person.token = _only(ATTEMPT_TOKEN, body)
        elif step in ("save", "submit"):
            person.acknowledged += 1
            person.submitted = step == "submit"
        person.step += 1
        if person.step == len(STEPS):
            self.seen.finished.append(now - self._began)
            return
        person.body = self._request(person)
        self._ready.append(person)

    def _later(self, person: Person, seconds: int) -> None:
        """As sender.js: its own wait, doubled each time, and never before the server's seconds."""
        own, told = person.wait * random.uniform(0.75, 1.25), seconds * random.uniform(1, 1.25)
        # While capacity is measured nobody stays away.
        pause = 0.05 if self._again else max(own, told)
        person.wait = min(person.wait * 2, LONGEST_WAIT)
        person.due = time.monotonic() + pause
        second = int(person.due - self._began)
        self.seen.retries[second] += 1
        self.seen.waiting[second] = len(self.persons) - len(self.seen.finished)
        self._turn += 1
        heapq.heappush(self._due, (person.due, self._turn, person))

    def _request(self, person: Person) -> bytes:
        step, token = STEPS[person.step], person.token
        if step == "contest":
            return _http(b"GET", f"/cuoc-thi/{self.code}/")
        if step == "register":
            body = json.dumps(Entrant.form(person.number)).encode()
            return _http(b"POST", f"/api/v1/entry/contests/{self.code}/register", body)
        if step == "start":
            path = f"/api/v1/entry/rounds/{self.round}/start"
            return _http(b"POST", path, b'{"ordinal":1}', b"X-Entrant-Token: " + token)
        body = SHEETS[person.step - 3] if step in ("save", "submit") else b"{}"
        return _http(b"POST", f"/api/v1/entry/{step}", body, b"X-Attempt-Token: " + token)


def _http(method: bytes, path: str, body: bytes = b"", *headers: bytes) -> bytes:
    lines = [method + b" " + path.encode() + b" HTTP/1.1", b"Host: 127.0.0.1", *headers]
    if method == b"POST":
        lines += [b"Content-Type: application/json", b"Content-Length: %d" % len(body)]
    return b"\r\n".join([*lines, b"", body])


def _is_whole(answer: bytes, head: int) -> bool:
    """Whether the body behind `head` has come: by its length, else by the last chunk."""
    found = LENGTH.search(answer, 0, head + 2)
    return len(answer) >= head + 4 + int(found[1]) if found else answer.endswith(LAST_CHUNK)


def _only(pattern: re.Pattern[bytes], body: bytes) -> bytes:
    found = pattern.search(body)
    assert found, body[:600]
    return found[1]
