"""Running the check of a file in its own process, and what its end means."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from training.interfaces.checking.found import FileRefused, Found

ROOT = Path(__file__).resolve().parents[3]
LONGEST = 600.0  # of the clock


def check_apart(path: Path, folder: Path) -> Found:
    """What the file is. A reader that dies or hangs refuses the file. Raises FileRefused."""
    told = run_apart([sys.executable, "-m", "training.interfaces.checking.child", path, folder])
    if "refused" in told:
        raise FileRefused(told["refused"]["code"], **told["refused"]["values"])
    return Found(**told["found"])


def run_apart(command: list[Any]) -> dict[str, Any]:
    """What a program of ours says as one line of JSON. Raises FileRefused when it dies or hangs."""
    try:
        ended = run_child(command, seconds=LONGEST)
    except subprocess.TimeoutExpired as hung:
        raise FileRefused("too_heavy") from hung
    if b"No space left on device" in ended.stderr:
        raise OSError(28, "No space left on device")
    if ended.returncode:
        raise FileRefused("too_heavy" if ended.returncode < 0 else "damaged")
    return json.loads(ended.stdout)


def run_child(command: list[Any], *, seconds: float) -> subprocess.CompletedProcess[bytes]:
    """A program of ours without our secrets, ended by the clock. Raises TimeoutExpired."""
    return subprocess.run(
        [*map(str, command)],
        cwd=ROOT,
        env={"PATH": "", "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=seconds,
        check=False,
    )
