"""Small pictures and sounds, each also with what nobody should get to see."""

import struct
from base64 import b64decode
from zlib import compress, crc32

SECRET = b"dap an B, nha rieng 16.07 108.22"


def png(width: int = 8, height: int = 4, *, extra: bytes = b"", shade: int = 0) -> bytes:
    rows = b"".join(b"\0" + bytes([shade, 90, x * 20 % 256] * 1) * width for x in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", compress(rows)), (b"IEND", b"")]
    if extra:
        chunks[1:1] = [(b"tEXt", extra), (b"eXIf", extra)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, chunks))


def _chunk(named: tuple[bytes, bytes]) -> bytes:
    kind, data = named
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))


PNG = png()
PNG_TELLING = png(extra=SECRET)
JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywt"
    "QFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09P"
    "T09PT09PT09PT09PT09PT09PT0//wAARCAAEAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAXEAEA"
    "AwAAAAAAAAAAAAAAAAAAAxRS/8QAFQEBAQAAAAAAAAAAAAAAAAAABAb/xAAbEQABBAMAAAAAAAAAAAAAAAABAAMUkQRS"
    "U//aAAwDAQACEQMRAD8Aibk2gFhEx+YoJMp/c2V//9k="
)


def _exif(turn: int) -> bytes:
    """Big endian, its first tag the turn, then the secret."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turn, 0, 0) + SECRET
    return b"\xff\xe1" + struct.pack(">H", 8 + len(tiff)) + b"Exif\0\0" + tiff


def jpeg_telling(turn: int = 1) -> bytes:
    """Place in EXIF, a comment, and a film behind the picture as phones leave it."""
    comment = b"\xff\xfe" + struct.pack(">H", 2 + len(SECRET)) + SECRET
    return JPEG[:2] + _exif(turn) + comment + JPEG[2:] + SECRET


WEBP = b64decode(
    "UklGRlQAAABXRUJQVlA4IEgAAABwAwCdASoIAAQAAgA0JagCdGuA/gGEAfwD2/7sA/QAGBrNsAAA/vneRWKf/+oYInZ3"
    "//y2zOa5f/9xn/v2/lRBeDPvV53dgAA="
)


def webp_telling(kind: bytes = b"EXIF") -> bytes:
    """The same in the extended form, with a chunk of words (or of animation) behind."""
    head = struct.pack("<4sI", b"VP8X", 10) + b"\x08\0\0\0" + b"\x07\0\0" + b"\x03\0\0"
    words = struct.pack("<4sI", kind, len(SECRET)) + SECRET
    body = b"WEBP" + head + WEBP[12:] + words
    return b"RIFF" + struct.pack("<I", len(body)) + body


FRAME = b"\xff\xfb\x90\x00" + bytes(413)  # MPEG 1 layer III, 128 kbit/s, 44,100 Hz, silence
MP3 = FRAME * 40


def mp3_telling() -> bytes:
    """A title before and behind."""
    return (
        b"ID3\x03\0\0" + bytes([0, 0, 0, len(SECRET)]) + SECRET + MP3 + b"TAG" + SECRET.ljust(125)
    )
