"""A file looked at in a process of its own, which may die or be ended without harm.

    python -m training.interfaces.checking.child FILE FOLDER

What reads films, PDF and pictures is native code fed by strangers. This process knows no settings
and no database, has little memory and time, and says what it found as one line of JSON.
"""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from training.engine import file_limits
from training.interfaces.checking import film, packages, pdf, pictures, subtitles
from training.interfaces.checking.found import FileRefused, Found

MOST_MEMORY = 3 * 2**30  # of addresses; a frame of 4K takes 50 MB
MOST_SECONDS = 300  # of CPU
MOST_WRITTEN = 1200 * 2**20
Check = Callable[[Path, Path], Found]
CHECKS: dict[str, Check] = {
    file_limits.IMAGE: pictures.check_picture,
    file_limits.PDF: pdf.check_pdf,
    file_limits.VIDEO: film.check_film,
    file_limits.SOUND: film.check_film,
    file_limits.SUBTITLES: subtitles.check_subtitles,
    file_limits.SCORM: packages.check_package,
}


def check(path: Path, folder: Path) -> Found:
    """Raises FileRefused. Writes what it makes from the file into `folder`."""
    with path.open("rb") as file:
        kind = file_limits.kind_by_head(file.read(file_limits.HEAD_BYTES))
    if not kind:
        raise FileRefused("unknown_kind")
    if path.stat().st_size > file_limits.MOST_BYTES[kind]:
        raise FileRefused("too_large", kind=kind)
    return CHECKS[kind](path, folder)


def limit_self() -> None:
    for name, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(name)
        resource.setrlimit(name, (most if hard < 0 else min(most, hard), hard))


def main(path: str, folder: str) -> None:
    """Prints {"found": …} or {"refused": …}."""
    limit_self()
    try:
        found = check(Path(path), Path(folder))
        told = {"found": {"kind": found.kind, "mime": found.mime, "facts": found.facts}}
    except FileRefused as refused:
        told = {"refused": {"code": refused.code, "values": refused.values}}
    except MemoryError:
        told = {"refused": {"code": "too_heavy", "values": {}}}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:3])
