"""The QR code of a printed sheet: a picture in a row that is printed at the top of every page.

A spreadsheet draws pictures of a printed foot in Excel alone; rows that repeat with the head of a
table bring theirs along everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import pixels_to_EMU

from quiz.interfaces.qr_codes import qr_png

QR_MM = 18  # on paper, however far the sheet is made smaller to fit the page
PIXELS_PER_MM = 96 / 25.4
POINTS_PER_PIXEL = 0.75


@dataclass(frozen=True)
class PageCode:
    """Where the code leads, and what is printed beside it."""

    link: str
    words: str


@dataclass(frozen=True)
class CodePlace:
    """`column` (from 0) and `offset` in it, so that `pixels` end with the table's right edge."""

    column: int
    offset: int
    pixels: int

    @property
    def points(self) -> float:
        return self.pixels * POINTS_PER_PIXEL + 4


class QrPicture(Image):
    """openpyxl's picture without the library it measures pictures with."""

    format = "png"

    def __init__(self, link: str, place: CodePlace, row: int) -> None:
        self.link = link
        self.width = self.height = place.pixels
        size = pixels_to_EMU(place.pixels)
        start = AnchorMarker(
            col=place.column, colOff=pixels_to_EMU(place.offset), row=row - 1, rowOff=0
        )
        self.anchor = OneCellAnchor(_from=start, ext=XDRPositiveSize2D(size, size))

    def _data(self) -> bytes:
        return qr_png(self.link).getvalue()


def place_code(widths: Sequence[float], *, room_mm: float) -> CodePlace:
    """Where a code stands in a table with columns of these widths, printed on `room_mm`."""
    columns = [round(width * 7 + 5) for width in widths]
    shrunk = max(1.0, sum(columns) / (room_mm * PIXELS_PER_MM))
    pixels = round(QR_MM * PIXELS_PER_MM * shrunk)
    left = max(0, sum(columns) - pixels)
    column = 0
    while column < len(columns) - 1 and left >= columns[column]:
        left -= columns[column]
        column += 1
    return CodePlace(column, left, pixels)
