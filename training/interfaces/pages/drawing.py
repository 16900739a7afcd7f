"""Pages of a PDF as pictures and words, drawn when first asked for and kept beside the file."""

import contextlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from training.domain.file_storage import folder_of
from training.domain.files import open_path
from training.interfaces.checking.sandbox import run_child
from training.models import TrainingFile

FOLDER = "pages"
# So many at once: a process of its own costs as much as drawing three pages.
AT_ONCE = 6
LONGEST = 20.0  # seconds of the clock


@dataclass(frozen=True)
class DrawnPage:
    """`drawn` False: the page could not be drawn; `words` "" then, or where it holds none."""

    number: int
    drawn: bool
    words: str


def pages_of(file: TrainingFile, *, first: int) -> list[DrawnPage]:
    """The pages from `first` on, at most AT_ONCE. A page that can't be drawn is told, not raised.

    Raises FileNotFound for a file that is not ready.
    """
    count = int(file.facts.get("pages") or 0)
    last = min(first + AT_ONCE - 1, count)
    folder = folder_of(file) / FOLDER
    wanted = range(first, last + 1)
    if not all((folder / f"{number}.webp").is_file() for number in wanted):
        _draw(open_path(file=file), folder, first, last)
    return [_page(folder, number) for number in wanted]


def page_path(file: TrainingFile, number: int) -> Path:
    """Where a drawn page lies. Raises FileNotFound."""
    return open_path(file=file, part=f"{FOLDER}/{number}.webp")


def _draw(path: Path, folder: Path, first: int, last: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "training.interfaces.pages.child", path, folder, first, last]
    with contextlib.suppress(subprocess.TimeoutExpired):
        run_child(command, seconds=LONGEST)


def _page(folder: Path, number: int) -> DrawnPage:
    drawn, words = folder / f"{number}.webp", folder / f"{number}.txt"
    text = words.read_text(encoding="utf-8").strip() if words.is_file() else ""
    return DrawnPage(number, drawn.is_file(), text)
