"""Processes by number: is it still the same one, has it gone, stop it for certain. Linux only."""

import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

PR_SET_PDEATHSIG = 1
STOPPING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
_libc = ctypes.CDLL(None)


def command_line(pid: int) -> str:
    """The words `pid` was started with, joined by spaces; empty if it has gone or is a zombie."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return ""
    return words.replace(b"\0", b" ").decode(errors="replace").strip()


def environment_holds(pid: int, entry: str) -> bool:
    """Whether `pid` was started with the environment entry `NAME=value`."""
    try:
        entries = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return entry.encode() in entries.split(b"\0")


def all_pids() -> list[int]:
    """The numbers of all processes this one can see."""
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def wait_until(done: Callable[[], bool], *, seconds: float) -> bool:
    """Ask `done` every 20 ms for at most `seconds`; returns its last answer."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def stop_by_stages(
    send: Callable[[int], None],
    gone: Callable[[], bool],
    stages: Iterable[tuple[signal.Signals, float]],
) -> bool:
    """Send each signal in turn and wait its seconds; stops at the first that worked."""
    for number, seconds in stages:
        try:
            send(number)
        except ProcessLookupError:
            return True
        if wait_until(gone, seconds=seconds):
            return True
    return gone()


def die_with_parent() -> None:
    """For `preexec_fn`: the kernel ends this child when its parent dies, however that dies."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def is_gone(pid: int) -> bool:
    """Whether `pid` runs no longer; a zombie has gone."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True
    # The state follows the name, which may itself hold spaces and brackets.
    return status.rpartition(")")[2].split()[0] in "ZX"


def signal_process(pid: int) -> Callable[[int], None]:
    """A sender of signals to `pid`, for `stop_by_stages`."""
    return lambda number: os.kill(pid, number)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Signals that stop us wait until the block is over.

    Between starting a process and noting its number there must be no Ctrl-C: nobody would know
    whom to end.
    """
    held = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
