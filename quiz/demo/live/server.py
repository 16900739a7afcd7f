"""A server of the demo's own: `manage.py serve` in a folder nobody else uses."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

START_SECONDS = 180
STOP_SECONDS = 40
UNWANTED = ("DATABASE_URL", "REDIS_URL", "SITE_ORIGIN")


@dataclass(frozen=True)
class LiveServer:
    """Where it listens, its folder, and the links it printed in the order of DEMO_ACCOUNTS."""

    port: int
    var_dir: Path
    links: tuple[str, ...]

    def manage(self, *arguments: str) -> str:
        """What a management command on this server's database prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=_environment(self.var_dir, self.port),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


def _environment(var_dir: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    # All of its entrants come from this machine's one address.
    return kept | {
        "VAR_DIR": str(var_dir),
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "DEMO": "1",
        "ENTRY_ADDRESS_LIMIT": "1000000",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def live_server(var_dir: Path) -> Iterator[LiveServer]:
    """Start it with an empty folder, wait for its links, stop it at the end.

    Raises RuntimeError with what it printed when it does not get ready.
    """
    port, log = _free_port(), var_dir / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR,
            env=_environment(var_dir, port),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield LiveServer(port, var_dir, _wait_for_links(process, log))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_SECONDS)


def _wait_for_links(process: "subprocess.Popen[bytes]", log: Path) -> tuple[str, ...]:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        text = log.read_text(errors="replace")
        if "Ctrl-C" in text:
            return tuple(re.findall(r"http://[^/\s]+(/vao/\S+)", text))
        time.sleep(0.1)
    raise RuntimeError(log.read_text(errors="replace")[-2000:])
