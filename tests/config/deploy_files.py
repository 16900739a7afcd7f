"""The recipe's templates, filled for a test's own folder and ports."""

import shlex
from pathlib import Path

from deploy.render import render
from tests.stack import ROOT

DEPLOY = ROOT / "deploy"


def rendered(name: str, **values: str) -> str:
    """The text of deploy/`name`, for this checkout."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    return render(text, {"APP": str(ROOT), "SHARED_BUFFERS": "64MB"} | values)


def command_of(unit: str, *, instance: str = "1") -> list[str]:
    """The words of a unit's ExecStart, as systemd would read them."""
    (line,) = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    words = shlex.split(line.removeprefix("ExecStart="))
    return [word.replace("%i", instance).replace("%%", "%") for word in words]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
