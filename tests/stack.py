"""`manage.py serve` as a person starts it, in a folder of its own, for tests over real HTTP."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 180
STOP_SECONDS = 40


@dataclass
class Stack:
    """A running installation: its address, its folder, and the one-time links it printed."""

    process: "subprocess.Popen[bytes]"
    base_url: str
    var_dir: Path
    output: Path
    links: list[str] = field(default_factory=list)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Ctrl-C; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepare_var_dir(folder: Path) -> None:
    """Make in `folder` what a first start makes: static files, a cluster with its tables."""
    env = _environment() | {"VAR_DIR": str(folder)}
    prepare = "from config.run.preparation import prepare_files; prepare_files()"
    for words in (["migrate", "-v0"], ["shell", "-v0", "-c", prepare]):
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=env, check=True)


def copy_var_dir(prepared: Path, folder: Path) -> Path:
    """A folder of its own with what `prepare_var_dir` made in `prepared`, save the secrets."""
    unwanted = ["secret.json", "pg.lock", "pg.users"]
    if (prepared / "pg").stat().st_uid != os.geteuid():
        # The cluster belongs to the account that root lends it; a copy would not.
        unwanted.append("pg")
    return shutil.copytree(prepared, folder, ignore=shutil.ignore_patterns(*unwanted))


@contextmanager
def running_stack(
    var_dir: Path, *, demo: bool, environment: dict[str, str] | None = None
) -> Iterator[Stack]:
    """Start `serve`, wait until it has printed that it is ready, stop it afterwards."""
    stack = start_stack(var_dir, demo=demo, environment=environment)
    try:
        wait_until_ready(stack)
        yield stack
    finally:
        stack.stop()


def start_stack(
    var_dir: Path,
    *,
    demo: bool,
    environment: dict[str, str] | None = None,
    output: str = "serve.log",
    start_new_session: bool = False,
) -> Stack:
    """Start `serve` and return at once."""
    var_dir.mkdir(parents=True, exist_ok=True)
    path, port = var_dir / output, free_port()
    env = _environment()
    env |= {"VAR_DIR": str(var_dir), "PORT": str(port), "DEMO": "1" if demo else "0"}
    with path.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=env | (environment or {}),
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=start_new_session,
        )
    return Stack(process, f"http://127.0.0.1:{port}", var_dir, path)


def _environment() -> dict[str, str]:
    unwanted = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "SITE_ORIGIN"}
    return {name: value for name, value in os.environ.items() if name not in unwanted}


def wait_until_ready(stack: Stack) -> None:
    """Until everything runs; notes the links it printed."""
    deadline = time.monotonic() + START_SECONDS
    while "Ctrl-C" not in (text := stack.output.read_text(errors="replace")):
        assert stack.process.poll() is None, f"serve ended:\n{text}"
        assert time.monotonic() < deadline, f"serve did not get ready:\n{text}"
        time.sleep(0.1)
    stack.links = re.findall(rf"{re.escape(stack.base_url)}/\S*vao/\S+", text)
