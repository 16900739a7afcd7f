"""The morning of a contest: officials sign in over HTTP against the real stack.

    python -m tests.load.sign_in [--officials 1200] [--within 120] [--passwords-only]

Of a hundred officials seventy are remembered from the weeks before, twelve open the one-time link
of their slip, ten ask for a code by text message, eight type their password; each then opens the
workplace. Those who only enter a contest sign in nowhere and are not among them. Prints how many
passwords were checked, what the server's processes spent of the CPU, and how long people waited.
"""

import argparse
import json
import os
import platform
import re
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests

from tests.load.entry import cpu_seconds
from tests.stack import running_stack

WAYS = {"remembered": 70, "link": 12, "code": 10, "password": 8}
CODE_SECONDS = 60
PASSWORD = "một câu dễ nhớ"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Provider(ThreadingHTTPServer):
    """The provider of text messages: phones have their codes here."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.codes: dict[str, str] = {}


class Taking(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.codes[said["to"]] = re.search(r"\b\d{6}\b", said["text"]).group()
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """The provider is quiet."""


@contextmanager
def provider() -> Iterator[Provider]:
    server = Provider()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()


@dataclass(frozen=True)
class Official:
    """Who comes in, and with what in hand: a session, a link, a phone, a password."""

    username: str
    way: str
    holds: str


def make_officials(var_dir: Path, ways: list[str]) -> list[Official]:
    """They and what they hold, in the running installation."""
    os.environ |= {"VAR_DIR": str(var_dir), "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    from django.contrib.auth.hashers import make_password

    from accounts.enums import Role
    from accounts.models import Membership, User
    from tests.people import make_unit

    unit, password = make_unit("don-vi-thi"), make_password(PASSWORD)
    people = []
    for number in range(len(ways)):
        name = f"cb{number:05d}"
        person = User(username=name, full_name=f"Cán bộ {number}", unit=unit, password=password)
        person.put_phone(_phone(number), verified=True)
        people.append(person)
    people = User.objects.bulk_create(people)
    Membership.objects.bulk_create(
        Membership(user=person, unit=unit, role=Role.UNIT_LEAD) for person in people
    )
    return [
        Official(person.username, way, _held(person, number, way))
        for number, (person, way) in enumerate(zip(people, ways, strict=True))
    ]


def _phone(number: int) -> str:
    return f"0570{number:06d}"


def _held(person: Any, number: int, way: str) -> str:
    from django.utils import timezone

    from accounts.domain.sign_in_links import issue_sign_in_link

    if way == "remembered":
        return _session_of(person)
    if way == "link":
        return issue_sign_in_link(user=person, now=timezone.now())
    return _phone(number) if way == "code" else PASSWORD


def _session_of(person: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "accounts.backends.OneCheckBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


class Browser:
    """One official's browser; `times` are the milliseconds until they are inside."""

    def __init__(self, base_url: str, codes: dict[str, str]) -> None:
        self.base_url, self.codes = base_url, codes
        self.session = requests.Session()

    def come_in(self, official: Official) -> float:
        began = time.perf_counter()
        waited = getattr(self, f"by_{official.way}")(official) or 0.0
        page = self.get("/lam-viec/")
        if page.url != f"{self.base_url}/lam-viec/":
            raise RuntimeError(f"{official.way}: not inside, at {page.url}")
        return (time.perf_counter() - began - waited) * 1000

    def by_remembered(self, official: Official) -> None:
        self.session.cookies.set("sessionid", official.holds)

    def by_link(self, official: Official) -> None:
        self.get(official.holds)

    def by_password(self, official: Official) -> None:
        said = {"login": official.username, "password": official.holds}
        self.fill_in("/tai-khoan/dang-nhap/", said)

    def by_code(self, official: Official) -> float:
        """The time until the message arrives is the provider's, not ours."""
        self.fill_in("/tai-khoan/dang-nhap/ma/", {"contact": official.holds})
        asked = time.perf_counter()
        while official.holds not in self.codes:
            time.sleep(0.01)
            if time.perf_counter() - asked > CODE_SECONDS:
                raise RuntimeError("the code did not arrive")
        waited = time.perf_counter() - asked
        said = {"code": self.codes[official.holds], "action": "verify"}
        self.fill_in("/tai-khoan/dang-nhap/ma/nhap/", said)
        return waited

    def fill_in(self, path: str, said: dict[str, str]) -> None:
        token = TOKEN.search(self.get(path).text).group(1)
        answer = self.session.post(
            self.base_url + path,
            data=said | {"csrfmiddlewaretoken": token},
            headers={"Referer": self.base_url},
            timeout=120,
        )
        answer.raise_for_status()

    def get(self, path: str) -> requests.Response:
        answer = self.session.get(self.base_url + path, timeout=120)
        answer.raise_for_status()
        return answer


def drive(
    browser: Callable[[], Browser], officials: list[Official], *, clients: int, within: float
) -> dict[str, list[float]]:
    """One after the other at equal distances; whoever finds the server busy waits, and is timed."""
    times: dict[str, list[float]] = defaultdict(list)
    began = time.perf_counter()

    def work(number: int) -> None:
        due = began + within * number / len(officials)
        time.sleep(max(0.0, due - time.perf_counter()))
        late = max(0.0, time.perf_counter() - due) * 1000
        official = officials[number]
        times[official.way].append(browser().come_in(official) + late)

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(work, range(len(officials))))
    return times


def shuffled_ways(count: int, *, passwords_only: bool) -> list[str]:
    """The mix, evenly spread over the officials."""
    if passwords_only:
        return ["password"] * count
    hundred = [way for way, share in WAYS.items() for _one in range(share)]
    return [hundred[number * 37 % 100] for number in range(count)]


def tell(times: dict[str, list[float]]) -> None:
    everyone = [one for taken in times.values() for one in taken]
    for way, taken in [*sorted(times.items()), ("all", everyone)]:
        cuts = statistics.quantiles(taken, n=100)
        line = f"p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms"
        print(f"{way:>10} ({len(taken)}): {line}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--officials", type=int, default=1200)
    parser.add_argument("--within", type=float, default=120, help="seconds in which they arrive")
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--passwords-only", action="store_true")
    options = parser.parse_args()
    ways = shuffled_ways(options.officials, passwords_only=options.passwords_only)
    with tempfile.TemporaryDirectory() as folder, provider() as texts:
        var_dir = Path(folder) / "var"
        gateway = {
            "url": f"http://127.0.0.1:{texts.server_port}/",
            "json": {"to": "{phone}", "text": "{text}"},
        }
        environment = {
            "DJANGO_SETTINGS_MODULE": "tests.load.counting",
            "SMS_GATEWAY": json.dumps(gateway),
        }
        with running_stack(var_dir, demo=False, environment=environment) as stack:
            officials = make_officials(var_dir, ways)
            counted = var_dir / "password-checks"
            counted.write_bytes(b"")
            before, began = cpu_seconds(stack.process.pid), time.perf_counter()
            times = drive(
                lambda: Browser(stack.base_url, texts.codes),
                officials,
                clients=options.clients,
                within=options.within,
            )
            seconds = time.perf_counter() - began
            spent = cpu_seconds(stack.process.pid) - before
            checks = counted.stat().st_size
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(
        f"{len(officials)} officials arrived in {options.within:.0f} s, all inside {seconds:.0f} s"
    )
    each = spent / len(officials) * 1000
    print(f"{checks} passwords checked, {spent:.0f} s CPU ({each:.0f} ms each)")
    tell(times)


if __name__ == "__main__":
    main()
