"""Private instances of the programs some tests need, and what to say where they are missing."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.stack import free_port

MISSING = "chưa cài: "


@dataclass(frozen=True)
class Service:
    """A program that tests marked `needs_<name>` start for themselves."""

    name: str
    programs: tuple[str, ...]
    package: str

    def program(self) -> str | None:
        """Where it is installed."""
        return next(filter(None, map(shutil.which, self.programs)), None)

    def required(self) -> str:
        """Where it is installed; the test fails if it is not."""
        program = self.program()
        if program is None:
            pytest.fail(f"{self.name} is required: apt-get install -y {self.package}")
        return program


REDIS = Service("redis", ("redis-server",), "redis-server")
CHROMIUM = Service("chromium", ("chromium", "chromium-browser", "google-chrome"), "chromium")
NGINX = Service("nginx", ("nginx", "/usr/sbin/nginx"), "nginx")
# Papers are set in Times New Roman; the fonts have its widths, so lines break as in an office.
LIBREOFFICE = Service(
    "libreoffice",
    ("soffice", "libreoffice"),
    "libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation2",
)
SERVICES = (REDIS, CHROMIUM, NGINX, LIBREOFFICE)


def needed_by(item: pytest.Item) -> list[Service]:
    """The services a test asks for by its markers."""
    return [service for service in SERVICES if item.get_closest_marker(f"needs_{service.name}")]


def left_out(skipped: list[Any]) -> list[str]:
    """The closing lines: how many tests each missing program cost, and how to install all."""
    lines, packages = [], []
    for service in SERVICES:
        count = sum(f"{MISSING}{service.name}" in str(report.longrepr) for report in skipped)
        if count:
            lines.append(f"Bỏ qua {count} kiểm thử cần {service.name} ({count} tests left out).")
            packages.append(service.package)
    if packages:
        lines.append(f"Để chạy đủ (to run them): sudo apt-get install -y {' '.join(packages)}")
    return lines


@contextmanager
def private_redis(folder: Path) -> Iterator[str]:
    """A redis-server of our own on this machine alone, gone afterwards; yields its address.

    A port and not a socket: Django's cache and Celery spell socket addresses differently.
    """
    port = free_port()
    process = subprocess.Popen(
        [
            REDIS.required(),
            *("--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)),
            *("--save", "", "--appendonly", "no"),
        ],
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 10
    while not _answers(port):
        assert process.poll() is None, "redis-server ended at once"
        assert time.monotonic() < deadline, "redis-server did not start"
        time.sleep(0.02)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


CHROMIUM_FLAGS = [
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]
