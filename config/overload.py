"""What would wait too long is refused at once: each web process stands in its own queue.

A process answers one request at a time, and the web server keeps what waits where Python can't see
it. So a thread sends the process a tiny request of its own, ten times a second: how long that one
waited is how long the queue is. People who have begun are let through long after newcomers are told
to come back.
"""

import random
import re
import secrets
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

PAUSE_SECONDS = 0.1
# A stall of a second is no rush: what lasts for some is.
PRESSURE_SECONDS = 3.0
# After one slow request those who waited behind it are served in no time, so a queue is believed to
# stand only when it is still long after so many seconds of serving (CoDel, RFC 8289, “interval”).
# Under pressure it is believed at once.
STANDS_SECONDS = 0.25
PRESSED = 0.1
SMALL_BODY = 65_536
LINE = "/hang-doi/"

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
# Of a request and the seconds to wait: headers and body of the refusal.
Answer = Callable[[Environ, int], tuple[list[tuple[str, str]], bytes]]


@dataclass(frozen=True)
class Patience:
    """Seconds in the queue: all are served up to `calm`, none beyond `full`.

    The refused are told to come back after at most `longest` seconds.
    """

    calm: float
    full: float
    longest: int

    def share_refused(self, age: float) -> float:
        return min(1.0, max(0.0, (age - self.calm) / (self.full - self.calm)))

    def wait_seconds(self, pressure: float, dice: random.Random) -> int:
        """When to come back: the heavier the rush the later, and never all at once."""
        shortest = min(8, self.longest)
        longest = shortest + (self.longest - shortest) * pressure
        return max(1, round(dice.uniform((0.5 + 0.35 * pressure) * longest, longest)))


# Answers beat everything, and soon; then who is about to begin; then who only looks.
ANSWERING = Patience(0.8, 1.4, 5)
ENTERING = Patience(0.2, 0.6, 30)
READING = Patience(0.1, 0.3, 30)

_ANSWERING = re.compile(
    r"/(?:bai-thi/|cuoc-thi/[-\w]+/bat-dau/|api/v1/entry/(?:rounds/|save|submit|receipt))"
)
_ENTERING = re.compile(
    r"/(?:cuoc-thi/[-\w]+/(?:dang-ky|vao-thi|vao-lai)/|api/v1/(?:entry|return)/|lam-viec/)"
)


@lru_cache(maxsize=1024)
def patience_of(path: str) -> Patience:
    """How long what is asked for may wait."""
    if _ANSWERING.match(path):
        return ANSWERING
    return ENTERING if _ENTERING.match(path) else READING


class Queue:
    """How long a request waits for this process, measured by requests of its own.

    `pressure` is the share of readers that had to be refused in the last seconds, 0 to 1.
    """

    def __init__(self) -> None:
        self._path = LINE + secrets.token_urlsafe(16)
        self._age = 0.0
        self.pressure = 0.0
        self._sent: float | None = None
        self._standing = False

    def age(self) -> float:
        """Seconds; at least what the one on its way has waited by now."""
        sent = self._sent
        return self._age if sent is None else max(self._age, time.monotonic() - sent)

    def take(self, environ: Environ, start_response: StartResponse) -> list[bytes] | None:
        """Answers the queue's own requests, also those of the process next door."""
        if not environ["PATH_INFO"].startswith(LINE):
            if not self._standing:
                self._begin(environ)
            return None
        mine = environ["PATH_INFO"] == self._path
        if mine and self._sent is not None:
            self._age, self._sent = time.monotonic() - self._sent, None
        start_response("204 No Content" if mine else "404 Not Found", [("Content-Length", "0")])
        return [b""]

    def _begin(self, environ: Environ) -> None:
        """Under granian alone: other servers of the same application have no such queue."""
        self._standing = True
        if environ.get("SERVER_SOFTWARE") == "Granian" and environ["SERVER_PORT"].isdigit():
            address = (environ["SERVER_NAME"], int(environ["SERVER_PORT"]))
            threading.Thread(target=self._stand_in_line, args=[address], daemon=True).start()

    def _stand_in_line(self, address: tuple[str, int]) -> None:
        request = f"GET {self._path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        while True:
            try:
                with socket.create_connection(address) as line:
                    mine = True
                    while mine:
                        self._sent = time.monotonic()
                        line.sendall(request)
                        # Any process may have taken the connection; only ours tells of our queue.
                        mine = line.recv(4096).startswith(b"HTTP/1.1 204")
                        self._note_pressure()
                        time.sleep(PAUSE_SECONDS if mine else 0.01)
            except OSError:
                time.sleep(PAUSE_SECONDS)
            self._sent = None

    def _note_pressure(self) -> None:
        now = READING.share_refused(self._age)
        self.pressure += (now - self.pressure) * PAUSE_SECONDS / PRESSURE_SECONDS


class Gate:
    """Refuses a share of what comes, as the queue's age demands."""

    def __init__(self, queue: Queue, answer: Answer) -> None:
        self._queue, self._answer = queue, answer
        self._dice = random.Random()  # noqa: S311  (spreads load, guards nothing)
        self._long_since: float | None = None

    def refuse(self, environ: Environ, start_response: StartResponse) -> list[bytes] | None:
        """The refusal of a request that came too late into too long a queue; None lets it in."""
        taken = self._queue.take(environ, start_response)
        age = self._queue.age()
        if age <= READING.calm:
            self._long_since = None
            return taken
        # A page let in without its styles and scripts is no page; nginx hands them out where it is.
        if taken is not None or environ["PATH_INFO"].startswith("/static/") or not self._stands():
            return taken
        patience = patience_of(environ["PATH_INFO"])
        share = patience.share_refused(age)
        if self._dice.random() >= share:
            return None
        if 0 < int(environ.get("CONTENT_LENGTH") or 0) <= SMALL_BODY:
            # Answered before the body is taken in, a kept connection would be closed. Asking
            # granian for a body that isn't there would cost twice what all the rest does.
            environ["wsgi.input"].read()
        seconds = patience.wait_seconds(self._queue.pressure, self._dice)
        headers, body = self._answer(environ, seconds)
        start_response("503 Service Unavailable", headers)
        return [body]

    def _stands(self) -> bool:
        """Whether the queue is long for another reason than one slow request before it."""
        now = time.monotonic()
        if self._long_since is None:
            self._long_since = now
        stood = now - self._long_since >= STANDS_SECONDS
        return stood or self._queue.pressure >= PRESSED
