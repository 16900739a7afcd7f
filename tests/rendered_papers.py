"""Word papers and workbooks as an office prints them: rendered by LibreOffice, measured as PDF."""

import ctypes
import shutil
import subprocess
from pathlib import Path
from typing import Any

from pypdfium2 import raw

from tests.services import LIBREOFFICE

MM = 72 / 25.4
TOLERANCE = 1.5  # mm: the edge of a letter is not that of its box
FAMILIES = ("TimesNewRoman", "LiberationSerif", "Tinos")


def render(folder: Path) -> None:
    """Each paper and workbook of the folder as a PDF beside it; LibreOffice starts once."""
    own = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        [LIBREOFFICE.required(), own, "--headless", "--convert-to", "pdf", "--outdir", folder]
        + [str(path) for path in sorted(folder.glob("*.*x"))],
        check=True,
        capture_output=True,
        timeout=120,
    )


def texts(pdf: Any) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pdf]


def edges(page: Any) -> tuple[float, float, float, float]:
    """How far, in mm, the text stays from the left, right, top and bottom of the page."""
    width, height = page.get_size()
    text = page.get_textpage()
    boxes = [text.get_rect(at) for at in range(text.count_rects())]
    left, bottom = (min(box[side] for box in boxes) for side in (0, 1))
    right, top = (max(box[side] for box in boxes) for side in (2, 3))
    return left / MM, (width - right) / MM, (height - top) / MM, bottom / MM


def fonts(page: Any) -> set[str]:
    text = page.get_textpage()
    found, name, flags = set(), ctypes.create_string_buffer(200), ctypes.c_int()
    for at in range(text.count_chars()):
        length = raw.FPDFText_GetFontInfo(text, at, name, 200, flags)
        found.add(name.raw[: max(0, length - 1)].decode().split("+")[-1])
    return found - {""}


def has_its_widths() -> bool:
    """Whether a font as wide as Times New Roman is installed."""
    if shutil.which("fc-match") is None:
        return False
    asked = ["fc-match", "-f", "%{family}", "Times New Roman"]
    found = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    return found.replace(" ", "").startswith(FAMILIES)
