"""Pages of a PDF drawn in a process of their own, which may die or be ended without harm.

    python -m training.interfaces.pages.child FILE FOLDER FIRST LAST

Writes `<n>.webp` and `<n>.txt` for each page, numbered from 1.
"""

import ctypes
import sys
from fractions import Fraction
from pathlib import Path

import av
import pypdfium2

from training.interfaces.checking.child import limit_self

WIDTH = 1280
# A page longer than this many times its width is drawn smaller, so that no picture is huge.
LONGEST = 3.0
MOST_WORDS = 20_000
_FORMATS = {"BGR": "bgr24", "BGRX": "bgr0", "BGRA": "bgra", "L": "gray"}


def draw_pages(path: Path, folder: Path, first: int, last: int) -> None:
    """Words first: where they are, the picture is coming or there."""
    with pypdfium2.PdfDocument(str(path)) as document:
        for number in range(first, min(last, len(document)) + 1):
            page = document[number - 1]
            words = page.get_textpage().get_text_bounded()[:MOST_WORDS]
            _write(folder / f"{number}.txt", words.encode("utf-8", "replace"))
            _write(folder / f"{number}.webp", _as_webp(page))


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: two may draw the same page at once."""
    draft = path.with_name(f".{path.name}.{id(content)}")
    draft.write_bytes(content)
    draft.replace(path)


def _as_webp(page: pypdfium2.PdfPage) -> bytes:
    width, height = page.get_size()
    scale = min(WIDTH / width, WIDTH * LONGEST / height)
    bitmap = page.render(scale=scale)
    frame = av.VideoFrame(bitmap.width, bitmap.height, _FORMATS[bitmap.mode])
    plane = frame.planes[0]
    rows = bytes(ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height))
    used = min(plane.line_size, bitmap.stride)
    plane.update(
        b"".join(
            rows[row * bitmap.stride : row * bitmap.stride + used].ljust(plane.line_size, b"\0")
            for row in range(bitmap.height)
        )
    )
    encoder = av.CodecContext.create("libwebp", "w")
    encoder.width, encoder.height = bitmap.width, bitmap.height
    encoder.pix_fmt, encoder.time_base = "yuv420p", Fraction(1, 1)
    encoder.options = {"quality": "80"}
    small = frame.reformat(format="yuv420p")
    return b"".join(bytes(packet) for packet in [*encoder.encode(small), *encoder.encode(None)])


def main(path: str, folder: str, first: str, last: str) -> None:
    limit_self()
    draw_pages(Path(path), Path(folder), int(first), int(last))


if __name__ == "__main__":
    main(*sys.argv[1:5])
