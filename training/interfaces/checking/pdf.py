"""PDF: opened by the library that browsers use, and held to pages alone."""

import ctypes
from pathlib import Path

import av
import pypdfium2
from pypdfium2 import raw

from training.engine.file_limits import PDF
from training.interfaces.checking.found import FileRefused, Found
from training.interfaces.checking.posters import write_jpeg

MOST_PAGES = 3000
POSTER_WIDTH = 640


def check_pdf(path: Path, folder: Path) -> Found:
    """Refused besides what does not open: passwords, scripts, files inside. Raises FileRefused."""
    try:
        document = pypdfium2.PdfDocument(str(path))
    except pypdfium2.PdfiumError as broken:
        encrypted = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        raise FileRefused("pdf_encrypted" if encrypted else "pdf_damaged") from broken
    with document:
        pages = len(document)
        if not pages:
            raise FileRefused("pdf_damaged")
        if pages > MOST_PAGES:
            raise FileRefused("pdf_too_long", pages=pages, most=MOST_PAGES)
        if raw.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0:
            raise FileRefused("pdf_script")
        if raw.FPDFDoc_GetAttachmentCount(document.raw) > 0:
            raise FileRefused("pdf_attachments")
        try:
            width, height = _draw_first(document, folder)
        except pypdfium2.PdfiumError as broken:
            raise FileRefused("pdf_damaged") from broken
    return Found(
        PDF, "application/pdf", {"pages": pages, "width": width, "height": height, "poster": True}
    )


def _draw_first(document: pypdfium2.PdfDocument, folder: Path) -> tuple[int, int]:
    """The first page as a small picture; its sides in points."""
    page = document[0]
    width, height = page.get_size()
    write_jpeg(draw_page(page, POSTER_WIDTH), folder / "poster.jpg")
    return round(width), round(height)


def draw_page(page: pypdfium2.PdfPage, longest: int) -> av.VideoFrame:
    """A page as one frame, its longer side `longest` points."""
    scale = longest / max(*page.get_size(), 1)
    bitmap = page.render(scale=scale, rev_byteorder=False)
    frame = av.VideoFrame(bitmap.width, bitmap.height, _FORMATS[bitmap.mode])
    plane = frame.planes[0]
    rows = bytes(ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height))
    wide = plane.line_size
    used = min(wide, bitmap.stride)
    plane.update(
        b"".join(
            rows[row * bitmap.stride : row * bitmap.stride + used].ljust(wide, b"\0")
            for row in range(bitmap.height)
        )
    )
    return frame


_FORMATS = {"BGR": "bgr24", "BGRX": "bgr0", "BGRA": "bgra", "L": "gray"}
