"""PNG, JPEG and WebP taken apart: what a picture is, its sides, and its pixels without the rest.

What a file tells besides its pixels (place and time of a photograph, thumbnails, comments, a film
behind the last segment) is left out. Only the structure is read here: that the pixels can be
decoded is for a library to say (`accounts.interfaces.decoding`).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"
_PNG_START = b"\x89PNG\r\n\x1a\n"
# What draws: the rest of a PNG's chunks are words, times, previews and animations.
_PNG_KEPT = (b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"IEND")
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_TABLES = frozenset([0xC4, 0xCC, 0xDB, 0xDD, 0xEE])  # Huffman, arithmetic, DQT, DRI, Adobe
_WEBP_KEPT = (b"VP8X", b"ALPH", b"VP8 ", b"VP8L")
_ALPHA = 0x10
_ORIENTATION = 0x0112


class NoPictureError(ValueError):
    """Not a whole PNG, JPEG or still WebP."""


@dataclass(frozen=True)
class Picture:
    """`content` is the same picture without metadata; sides in pixels, as it is shown."""

    mime: str
    width: int
    height: int
    content: bytes


def read_picture(content: bytes) -> Picture:
    """Raises NoPictureError."""
    try:
        if content.startswith(_PNG_START):
            return _png(content)
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp(content)
    except (struct.error, IndexError) as error:
        raise NoPictureError from error
    raise NoPictureError


def _png(content: bytes) -> Picture:
    kept, at, kind = [_PNG_START], len(_PNG_START), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        (told,) = struct.unpack_from(">I", content, end - 4)
        if told != crc32(content[at + 4 : end - 4]) or (len(kept) == 1) != (kind == b"IHDR"):
            raise NoPictureError
        if kind in _PNG_KEPT:
            kept.append(content[at:end])
        at = end
    width, height = struct.unpack_from(">II", content, 16)
    return Picture(PNG, width, height, b"".join(kept))


def _jpeg(content: bytes) -> Picture:
    kept, sides, turn = [b"\xff\xd8"], None, 1
    for kind, segment in _jpeg_segments(content):
        if kind == 0xE1 and segment[4:10] == b"Exif\0\0":
            turn = _orientation(segment[10:])
        elif kind == 0xE0 and len(segment) == 18:  # JFIF without a thumbnail
            kept.append(segment)
        elif kind in _JPEG_FRAMES:
            sides = struct.unpack_from(">HH", segment, 5)
            kept.append(segment)
        elif kind in _JPEG_TABLES or kind == 0xDA:
            kept.append(segment)
    if sides is None:
        raise NoPictureError
    if turn > 1:  # else a photograph of a phone would lie on its side
        kept.insert(1, _turned(turn))
    height, width = sides if turn < 5 else sides[::-1]
    return Picture(JPEG, width, height, b"".join([*kept, b"\xff\xd9"]))


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, segment with its marker) up to the end of the image; a scan goes with its data."""
    at = 2
    while content[at] == 0xFF:
        kind = content[at + 1]
        if kind == 0xFF:  # fill
            at += 1
            continue
        if kind == 0xD9:
            return
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if kind == 0xDA:
            end = _scan_end(content, end)
        if end >= len(content):
            break
        yield kind, content[at:end]
        at = end
    raise NoPictureError


def _scan_end(content: bytes, at: int) -> int:
    """Where the marker behind a scan stands; 0xFF00 and restarts belong to the scan."""
    while (at := content.find(b"\xff", at)) >= 0:
        following = content[at + 1]
        if following and not 0xD0 <= following <= 0xD7:
            return at
        at += 2
    raise NoPictureError


def _orientation(tiff: bytes) -> int:
    """1 to 8 as EXIF numbers the turns; 1, upright, where it says nothing sensible."""
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for number in range(min(count, 100)):
            tag, _kind, _count, value = struct.unpack_from(
                order + "HHIH", tiff, first + 2 + 12 * number
            )
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except (KeyError, struct.error):
        pass
    return 1


def _turned(turn: int) -> bytes:
    """An EXIF segment that holds the turn and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turn, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + b"\0\0\0\0"
    return b"\xff\xe1" + struct.pack(">H", 8 + len(tiff)) + b"Exif\0\0" + tiff


def _webp(content: bytes) -> Picture:
    end = 8 + struct.unpack_from("<I", content, 4)[0]
    if end > len(content):
        raise NoPictureError
    kept, sides, at = [], None, 12
    while at < end:
        kind, length = struct.unpack_from("<4sI", content, at)
        data = content[at + 8 : at + 8 + length]
        if len(data) != length or kind in (b"ANIM", b"ANMF"):
            raise NoPictureError
        if kind == b"VP8X":
            data = bytes([data[0] & _ALPHA]) + data[1:]
        if kind in _WEBP_KEPT:
            sides = sides or _webp_sides(kind, data)
            kept.append(struct.pack("<4sI", kind, length) + data + b"\0" * (length & 1))
        at += 8 + length + (length & 1)
    if sides is None:
        raise NoPictureError
    body = b"WEBP" + b"".join(kept)
    return Picture(WEBP, *sides, b"RIFF" + struct.pack("<I", len(body)) + body)


def _webp_sides(kind: bytes, data: bytes) -> tuple[int, int] | None:
    if kind == b"VP8X":
        wide, high = (int.from_bytes(data[at : at + 3], "little") for at in (4, 7))
        return wide + 1, high + 1
    if kind == b"VP8L":
        bits = int.from_bytes(data[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        wide, high = struct.unpack_from("<HH", data, 6)
        return wide & 0x3FFF, high & 0x3FFF
    return None
