"""Small films, sounds and PDF made for tests, sound ones and broken ones."""

from io import BytesIO
from pathlib import Path

import av
import pypdfium2

RATE = 48_000


def write_film(
    path: Path,
    *,
    format: str = "mp4",
    codec: str = "libx264",
    pixels: str = "yuv420p",
    sound: str = "",
    seconds: int = 2,
    metadata: dict[str, str] | None = None,
    options: dict[str, str] | None = None,
) -> bytes:
    """A film of 64 × 48 with ten frames a second, or with `codec=""` its sound alone."""
    with av.open(str(path), "w", format=format, options=options or {}) as out:
        out.metadata.update(metadata or {})
        film = out.add_stream(codec, rate=10) if codec else None
        voice = out.add_stream(sound, rate=RATE) if sound else None
        if film:
            film.width, film.height, film.pix_fmt = 64, 48, pixels
            for number in range(seconds * 10):
                out.mux(film.encode(_frame(number).reformat(format=pixels)))
            out.mux(film.encode())
        if voice:
            for number in range(seconds * RATE // 960):
                out.mux(voice.encode(_silence(number * 960)))
            out.mux(voice.encode())
    return path.read_bytes()


def _frame(number: int) -> av.VideoFrame:
    frame = av.VideoFrame(64, 48, "yuv420p")
    for plane in frame.planes:
        plane.update(bytes([number * 7 % 256]) * plane.buffer_size)
    frame.pts = number
    return frame


def _silence(pts: int) -> av.AudioFrame:
    frame = av.AudioFrame(format="fltp", layout="stereo", samples=960)
    frame.rate, frame.pts = RATE, pts
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    return frame


def pdf(pages: int = 2) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _number in range(pages):
        document.new_page(595, 842)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def pdf_of(*objects: str, trailer: str = "") -> bytes:
    """A PDF of one page whose objects from the fourth on and trailer's entries are given.

    The catalogue is the first object; "CATALOGUE …" among `objects` adds entries to it.
    """
    more = "".join(each.removeprefix("CATALOGUE") for each in objects if each[:9] == "CATALOGUE")
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {more} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
        *(each for each in objects if each[:9] != "CATALOGUE"),
    ]
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<< /Size {len(bodies) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(content)}\n%%EOF"
    return content + end.encode("latin-1")


PDF_SCRIPT = pdf_of(
    "CATALOGUE /Names << /JavaScript << /Names [(a) 4 0 R] >> >>",
    "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
)
PDF_ATTACHMENT = pdf_of(
    "CATALOGUE /Names << /EmbeddedFiles << /Names [(a.exe) 4 0 R] >> >>",
    "<< /Type /Filespec /F (a.exe) /EF << /F 5 0 R >> >>",
    "<< /Type /EmbeddedFile /Length 2 >>\nstream\nMZ\nendstream",
)
_HEX = "<" + "ab" * 32 + ">"
PDF_ENCRYPTED = pdf_of(
    trailer=f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {_HEX} /U {_HEX} /P -4 >> "
    "/ID [<0011> <0011>]"
)
