"""A body's seal or emblem: whatever file was sent, what is stored is a small PNG drawn anew.

Nothing of the upload survives but its pixels: no script of an SVG, no place of a photograph.
"""

import json
import re

import typst
from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError

MOST_BYTES = 2 * 2**20
MOST_SIDE = 6000  # pixels; a file of a few kilobytes may claim gigabytes of them
SIDE = 400  # pixels of the longer side of what is stored
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
# What an SVG may not hold: declarations, and references that lead outside the file.
_OUTSIDE = re.compile(
    rb"<!|<\?(?!xml\s)|<(?:image|script|foreignObject)\b|url\(\s*[^#\s]", re.IGNORECASE
)
_HREF = re.compile(rb"href\s*=\s*['\"](?!#)", re.IGNORECASE)
_SOURCE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#let sent = json(bytes(sys.inputs.sent))
#image(bytes(sent.bytes), format: sent.format, fit: "contain", ..sent.at("size").pairs()
  .map(((name, value)) => (name, value * 1pt)).to-dict())"""


class BadEmblem(DomainError):
    code = "bad_emblem"
    status = 422
    message = _("Không dùng được tệp hình này.")
    hint = _(
        "Chọn hình PNG, JPEG hoặc SVG đơn giản, không quá 2 MB, mỗi cạnh không quá 6.000 điểm."
    )


def draw_emblem(content: bytes) -> bytes:
    """The picture as a PNG of at most SIDE pixels a side. Raises BadEmblem."""
    if not 0 < len(content) <= MOST_BYTES:
        raise BadEmblem
    sent = {"bytes": list(content), "format": _format_of(content), "size": _size(content)}
    try:
        drawn = typst.compile(_SOURCE, format="png", ppi=72, sys_inputs={"sent": json.dumps(sent)})
    except RuntimeError as error:
        raise BadEmblem from error
    if not isinstance(drawn, bytes) or len(drawn) > MOST_BYTES:
        raise BadEmblem
    return drawn


def _format_of(content: bytes) -> str:
    if content.startswith(_PNG):
        return "png"
    if content.startswith(_JPEG):
        return "jpg"
    if b"<svg" not in content[:2000] or _OUTSIDE.search(content) or _HREF.search(content):
        raise BadEmblem
    return "svg"


def _size(content: bytes) -> dict[str, int]:
    """The longer side limited, never enlarged; an SVG is fitted into a square of SIDE."""
    if content.startswith(_PNG):
        width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    elif content.startswith(_JPEG):
        width, height = _jpeg_sides(content)
    else:
        return {"width": SIDE, "height": SIDE}
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise BadEmblem
    side = min(SIDE, max(width, height))
    return {"width": side} if width >= height else {"height": side}


def _jpeg_sides(content: bytes) -> tuple[int, int]:
    """Width and height from the frame header, found by walking the segments."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = (int.from_bytes(content[at + n : at + n + 2], "big") for n in (5, 7))
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    raise BadEmblem
