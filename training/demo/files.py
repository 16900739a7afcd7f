"""The demo's slides, film and subtitles, made from its texts when it is loaded."""

import json
from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO

import av
import typst

from accounts.interfaces.pdf.typesetting import OURS
from training.demo.content import CARD_SECONDS, CARDS, PAGES

WIDTH, HEIGHT, RATE = 640, 360, 2
_SHEET = b"""#let sent = json(bytes(sys.inputs.sent))
#set page(width: 640pt, height: 360pt, margin: 48pt, fill: rgb("#fbfaf6"))
#set text(font: "Be Vietnam Pro", size: 22pt, fill: rgb("#10242e"), lang: "vi")
#for (place, sheet) in sent.enumerate() {
  if place > 0 { pagebreak() }
  text(size: 34pt, weight: "bold", fill: rgb("#0b6672"), sheet.at(0))
  parbreak()
  sheet.at(1)
}"""


def _inputs(sheets: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {"sent": json.dumps(sheets)}


def slides() -> bytes:
    """A PDF with a page for each of the slides."""
    made = typst.compile(_SHEET, format="pdf", font_paths=OURS, sys_inputs=_inputs(PAGES))
    assert isinstance(made, bytes)  # noqa: S101 - one document
    return made


def film() -> bytes:
    """A silent WebM: each card stands still for some seconds."""
    target = BytesIO()
    with av.open(target, "w", format="webm") as out:
        stream = out.add_stream("libvpx", rate=RATE, options={"deadline": "realtime"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.bit_rate = 80_000
        for number, frame in enumerate(_frames()):
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    return target.getvalue()


def _frames() -> Iterator[av.VideoFrame]:
    cards = typst.compile(_SHEET, format="png", ppi=72, font_paths=OURS, sys_inputs=_inputs(CARDS))
    assert isinstance(cards, list)  # noqa: S101 - a page for each card
    for card in cards:
        with av.open(BytesIO(card)) as picture:
            still = next(picture.decode(video=0))
        for _again in range(CARD_SECONDS * RATE):
            yield still.reformat(WIDTH, HEIGHT, "yuv420p")


def subtitles() -> bytes:
    """WebVTT with one cue a card."""
    cues = []
    for place, (head, line) in enumerate(CARDS):
        begin, end = place * CARD_SECONDS, (place + 1) * CARD_SECONDS
        cues.append(f"00:00:{begin:02}.000 --> 00:00:{end:02}.000\n{head}: {line}")
    return ("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode()
