"""A page of a PDF as a picture for a screen."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from training.interfaces.checking.pdf import draw_page
from training.interfaces.checking.posters import write_jpeg

LONGEST_SIDE = 1920


def page_picture(path: Path, number: int) -> bytes:
    """Page `number` (from 1) as JPEG, its longer side 1920. Raises IndexError for no such page."""
    with pypdfium2.PdfDocument(str(path)) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        frame = draw_page(document[number - 1], LONGEST_SIDE)
    with TemporaryDirectory() as folder:
        target = Path(folder) / "page.jpg"
        write_jpeg(frame, target, widest=LONGEST_SIDE)
        return target.read_bytes()
