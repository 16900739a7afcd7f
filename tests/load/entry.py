"""Whole entries over HTTP against the real stack.

Contest page, register, start, four saves, submit, receipt:

    python -m tests.load.entry [--entries 400] [--clients 8]

Starts `manage.py serve` in a folder of its own, fills it with one open contest of 20 items, drives
it and prints what each step took and what the server's processes (web and database; the driver is
not among them) spent of the CPU per entry.
"""

import argparse
import json
import os
import platform
import re
import statistics
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

SAVES = 4
TICKS = os.sysconf("SC_CLK_TCK")
Times = dict[str, list[float]]


def open_contest(var_dir: Path) -> tuple[str, int]:
    """An open contest of 20 items in the running installation: its code, its round's number."""
    os.environ |= {"VAR_DIR": str(var_dir), "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    from tests.factories import make_draft, make_open_contest, make_rules

    made = make_open_contest(
        rules=make_rules(paper={"blueprint": [{"count": 20}]}),
        drafts=[make_draft(number) for number in range(1, 101)],
    )
    return made.contest.code, made.round.pk


class Refused(Exception):
    """A step was not answered 200: (step, status, what the answer held)."""


class Entrant:
    """One client on one kept connection; `times` are the milliseconds of each step."""

    def __init__(self, base_url: str, times: Times) -> None:
        self.connection = HTTPConnection(urlsplit(base_url).netloc, timeout=30)
        self.times = times

    def call(self, step: str, path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
        return self.post(step, f"/api/v1/entry/{path}", body, **headers)

    def post(self, step: str, path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
        sent = {"Content-Type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return json.loads(self._ask(step, "POST", path, json.dumps(body), sent))

    def page(self, step: str, path: str) -> bytes:
        return self._ask(step, "GET", path, None, {})

    def _ask(
        self, step: str, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> bytes:
        answer, content = self.exchange(step, method, path, body, headers)
        if answer.status != 200:
            raise Refused(step, answer.status, content)
        return content

    def exchange(
        self, step: str, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[HTTPResponse, bytes]:
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        self.times[step].append((time.perf_counter() - began) * 1000)
        return answer, content

    @staticmethod
    def answer_sets() -> list[list[int]]:
        """What is sent with the four saves and the submit: more of the paper each time."""
        return [
            [1 << (slot + turn) % 4 if slot < 5 * turn else 0 for slot in range(20)]
            for turn in range(SAVES + 1)
        ]

    @staticmethod
    def form(number: int) -> dict[str, Any]:
        """What person `number` types; each call is a new form."""
        return {
            "request_key": str(uuid.uuid4()),
            "group": "nguoi-dan",
            "consent": True,
            "full_name": f"Người Dự Thi {number}",
            "birth_date": "01/02/1990",
            "phone": f"0999{number % 10**6:06d}",
        }

    def register(self, contest_code: str, number: int) -> dict[str, Any]:
        return self.call("register", f"contests/{contest_code}/register", self.form(number))

    def enter(self, contest_code: str, round_id: int, number: int) -> None:
        self.page("contest", f"/cuoc-thi/{contest_code}/")
        registered = self.register(contest_code, number)
        attempt = self.call(
            "start",
            f"rounds/{round_id}/start",
            {"ordinal": 1},
            X_Entrant_Token=registered["entrant_token"],
        )
        token = attempt["attempt_token"]
        for turn, answers in enumerate(self.answer_sets()):
            step = "save" if turn < SAVES else "submit"
            sheet = {"writer": 1, "base": turn, "revision": turn + 1, "answers": answers}
            done = self.call(step, step, sheet, X_Attempt_Token=token)
        again = self.call("receipt", "receipt", {}, X_Attempt_Token=token)
        if again["code"] != done["code"] or again["receipt"]["values"]["answers"] != answers:
            raise RuntimeError("the receipt is another one")


class Phone(Entrant):
    """The same entry on the pages, as a browser with script asks for them: twelve requests.

    Pictures, styles and scripts are left out: a web server in front hands them out once.
    """

    def __init__(self, base_url: str, times: Times) -> None:
        super().__init__(base_url, times)
        self.cookies: dict[str, str] = {}

    def visit(self, step: str, method: str, path: str, form: dict[str, str] | None = None) -> str:
        """A page, or what a form leads to; cookies are kept whatever their path."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer, content = self.exchange(step, method, path, form and urlencode(form), headers)
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status != (303 if method == "POST" else 200):
            raise Refused(step, answer.status, content)
        return content.decode()

    def enter(self, contest_code: str, round_id: int, number: int) -> None:
        self.cookies.clear()
        here = f"/cuoc-thi/{contest_code}/"
        self.visit("contest", "GET", here)
        shown = self.visit("form", "GET", f"{here}dang-ky/")
        typed = self.form(number) | {"consent": "1", "request_key": hidden(shown, "request_key")}
        self.visit("register", "POST", f"{here}dang-ky/", typed)
        ready = self.visit("ready", "GET", f"{here}vao-thi/")
        fields = {name: hidden(ready, name) for name in ("token", "round", "ordinal")}
        self.visit("start", "POST", f"{here}bat-dau/", fields)
        token = hidden(self.visit("attempt", "GET", "/bai-thi/"), "token")
        for turn, answers in enumerate(self.answer_sets()):
            step, path = ("save", "luu") if turn < SAVES else ("submit", "nop")
            sheet = {"writer": 1, "base": turn, "revision": turn + 1, "answers": answers}
            self.post(step, f"/bai-thi/{path}/", sheet, X_Attempt_Token=token)
        receipt = self.visit("receipt", "GET", "/bai-thi/bien-nhan/")
        if f'data-answers="{",".join(map(str, answers))}"' not in receipt:
            raise RuntimeError("the receipt is another one")


def hidden(page: str, name: str) -> str:
    """The value of a form's hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    if found is None:
        raise RuntimeError(f"no field {name}")
    return found[1]


def drive(
    base_url: str,
    contest: tuple[str, int],
    *,
    entries: range,
    clients: int,
    entrant: type[Entrant] = Entrant,
) -> Times:
    times: Times = defaultdict(list)

    def work(share: range) -> None:
        one = entrant(base_url, times)
        for number in share:
            one.enter(*contest, number)

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(work, [entries[client::clients] for client in range(clients)]))
    return times


def children_of(parent: int) -> list[int]:
    return [pid for pid, fields in processes() if int(fields[1]) == parent]


def cpu_seconds(root: int) -> float:
    """What the processes below `root` have spent so far, ended children included."""
    parents: dict[int, list[int]] = defaultdict(list)
    spent: dict[int, float] = {}
    for pid, fields in processes():
        parents[int(fields[1])].append(pid)
        spent[pid] = sum(int(field) for field in fields[11:15]) / TICKS
    total, left = 0.0, [root]
    while left:
        pid = left.pop()
        total += spent.get(pid, 0.0)
        left += parents[pid]
    return total


def processes() -> Iterator[tuple[int, list[str]]]:
    """Each process on the machine and what /proc/PID/stat says behind its name."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
            except OSError:
                continue
            yield int(folder.name), stat.rpartition(")")[2].split()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=400)
    parser.add_argument("--clients", type=int, default=8)
    options = parser.parse_args()
    from tests.stack import running_stack

    with tempfile.TemporaryDirectory() as folder:
        var_dir = Path(folder) / "var"
        # All come from one address here; tests/load/nat.py is about that.
        unpressed = {"ENTRY_ADDRESS_LIMIT": "10000000"}
        with running_stack(var_dir, demo=False, environment=unpressed) as stack:
            contest = open_contest(var_dir)
            drive(stack.base_url, contest, entries=range(40), clients=options.clients)
            before, began = cpu_seconds(stack.process.pid), time.perf_counter()
            wanted = range(40, 40 + options.entries)
            times = drive(stack.base_url, contest, entries=wanted, clients=options.clients)
            seconds = time.perf_counter() - began
            spent = cpu_seconds(stack.process.pid) - before
    print(f"{platform.machine()}, {os.cpu_count()} cores, {options.clients} clients")
    rate, cost = options.entries / seconds, spent / options.entries * 1000
    print(f"{rate:.0f} entries/s, {cost:.2f} ms CPU each")
    for step, taken in times.items():
        cuts = statistics.quantiles(taken, n=100)
        print(f"{step:>9}: p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms")


if __name__ == "__main__":
    main()
