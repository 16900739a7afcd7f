"""The Monday morning at full size: 26,106 entrants, 300 who registered twice, one wrong key.

    python -m tests.load.monday [--persons 26106] [--twins 300]

Starts an installation in a folder of its own, as `make run` does, fills it, and clicks through
`tests.journeys.monday` in a real browser while the real worker does the long steps. Prints the
seconds and clicks of each step, and how long the page “Kết quả đã chắc chưa?” takes with all cases
open. Exit code 1 above ten minutes or thirty clicks.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

MOST_SECONDS, MOST_CLICKS = 600, 30
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


@dataclass(frozen=True)
class Filled:
    """What the browser needs of the installation: where the round is, and two sessions."""

    contest: int
    round: int
    sessions: tuple[str, str]


def fill(persons: int, twins: int) -> Filled:
    """Runs inside the installation: the round, and its two officers signed in."""
    import django

    django.setup()
    from tests.frontend.contest_pages import browser_of
    from tests.journeys.monday_round import make_monday

    made = make_monday(persons=persons, twins=twins)
    sessions = [
        browser_of(user).cookies["sessionid"].value for user in (made.organiser, made.reviewer)
    ]
    return Filled(made.contest.pk, made.round.pk, (sessions[0], sessions[1]))


def filled_from_outside(var_dir: Path, persons: int, twins: int) -> Filled:
    env = os.environ | {"VAR_DIR": str(var_dir), "DJANGO_SETTINGS_MODULE": "config.settings"}
    env["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    words = [sys.executable, "-m", "tests.load.monday", "--fill"]
    words += ["--persons", str(persons), "--twins", str(twins)]
    told = subprocess.run(words, env=env, check=True, capture_output=True, text=True).stdout
    return Filled(**json.loads(told.splitlines()[-1]))


def measure(base: str, filled: Filled) -> int:
    from playwright.sync_api import sync_playwright

    from tests.journeys.monday import Morning, drive
    from tests.journeys.people import DESK, Person, arrive

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        officers: list[Person] = []
        for session in filled.sessions:
            person = arrive(browser, size=DESK)
            cookie = {"name": "sessionid", "value": session, "url": base}
            person.context.add_cookies([cookie])
            officers.append(person)
        morning = Morning(officers[0], officers[1], lambda: False, patience=MOST_SECONDS * 1000)
        morning.look = lambda: look_at_certainty(officers[0], base, filled)
        steps = drive(morning, base, contest=filled.contest, round=filled.round)
        browser.close()
    for step in steps:
        print(f"{step.name:24} {step.seconds:7.1f} s  {step.clicks:3} clicks")
    seconds, clicks = sum(s.seconds for s in steps), sum(s.clicks for s in steps)
    print(f"{'together':24} {seconds:7.1f} s  {clicks:3} clicks")
    print(f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
    return int(seconds > MOST_SECONDS or clicks > MOST_CLICKS)


def look_at_certainty(person: object, base: str, filled: Filled) -> None:
    """Outside the measured steps: the page with every case open."""
    from tests.journeys.people import Person

    assert isinstance(person, Person)
    began = time.monotonic()
    address = f"{base}/lam-viec/cuoc-thi/{filled.contest}/vong/{filled.round}/ketqua/chac-chua/"
    answer = person.page.request.get(address)
    print(f"Kết quả đã chắc chưa? with all cases open: {time.monotonic() - began:.2f} s", end=" ")
    print(f"({answer.status}, {len(answer.body()):,} bytes)")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--persons", type=int, default=26_106)
    parser.add_argument("--twins", type=int, default=300)
    parser.add_argument("--fill", action="store_true", help="inside an installation: fill it")
    options = parser.parse_args()
    if options.fill:
        print(json.dumps(asdict(fill(options.persons, options.twins))))
        return 0
    from tests.stack import running_stack

    with (
        tempfile.TemporaryDirectory(prefix="monday-") as folder,
        running_stack(Path(folder), demo=False) as stack,
    ):
        began = time.monotonic()
        filled = filled_from_outside(Path(folder), options.persons, options.twins)
        print(f"filled in {time.monotonic() - began:.1f} s", flush=True)
        return measure(stack.base_url, filled)


if __name__ == "__main__":
    sys.exit(main())
