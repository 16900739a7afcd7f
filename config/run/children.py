"""The programs the supervisor keeps running, each in a process group of its own."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

from config.run.processes import (
    all_pids,
    die_with_parent,
    environment_holds,
    is_gone,
    wait_until,
)

MARK = "MINHTHI_SUPERVISED"
LONGEST_PAUSE = 30.0
SETTLED_SECONDS = 20.0
# A worker needs six to leave of itself; everything together stays under fifteen.
STOP_SECONDS = 8.0


@dataclass
class Child:
    """One program: started, started again after a growing pause when it ends, stopped."""

    name: str
    command: list[str]
    mark: str
    failures: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    _began: float = 0.0
    _due: float = field(default=0.0)

    def start(self) -> None:
        """Start it now."""
        self._began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, *self.command],
            env=os.environ | {MARK: self.mark},
            stdin=subprocess.DEVNULL,
            # Ctrl-C reaches the supervisor alone, which then ends things in their order.
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509  (one thread, one system call)
        )

    def keep_running(self) -> None:
        """Called often: start it again if it has ended and its pause is over."""
        now = time.monotonic()
        if self.process is None:
            if now >= self._due:
                self.start()
        elif self.process.poll() is not None:
            self.failures = 1 if now - self._began > SETTLED_SECONDS else self.failures + 1
            self._clear_group()
            self.process = None
            self._due = now + min(LONGEST_PAUSE, 0.5 * 2 ** (self.failures - 1))

    def ask_to_stop(self) -> None:
        """Let it finish what it is doing and leave."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def has_stopped(self) -> bool:
        """Whether its main process has ended."""
        return self.process is None or self.process.poll() is not None

    def kill(self) -> None:
        """End whatever is left of it and of its own children."""
        if self.process:
            self._clear_group()
            self.process.wait()

    def _clear_group(self) -> None:
        if self.process:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return


def stop_children(children: list[Child]) -> None:
    """Ask all to stop, wait a few seconds, end the rest."""
    for child in children:
        child.ask_to_stop()
    wait_until(lambda: all(child.has_stopped() for child in children), seconds=STOP_SECONDS)
    for child in children:
        child.kill()


def end_leftovers(mark: str) -> int:
    """End what a killed supervisor with the same mark left behind; returns how many those were.

    Call only while holding the lock that keeps a second supervisor away.
    """
    entry = f"{MARK}={mark}"
    left = [pid for pid in all_pids() if pid != os.getpid() and environment_holds(pid, entry)]
    for pid in left:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    wait_until(lambda: all(map(is_gone, left)), seconds=5)
    return len(left)
