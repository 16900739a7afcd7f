"""MP3 taken apart: its frames without the titles, pictures and notes around them.

Only MP3 is read: it is the one sound that every phone plays, and what some cannot hear is unfair.
Frame headers: ISO/IEC 11172-3 §2.4.2.3, 13818-3; tags: id3.org, ID3v2.3 §3.1 and ID3v1.
"""

from collections.abc import Iterator
from dataclasses import dataclass

MP3 = "audio/mpeg"
FEWEST_FRAMES = 10
# kbit/s of layer III by index, for MPEG 1 and for MPEG 2 and 2.5; index 0 is “free”, unused here.
_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_SAMPLINGS = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_TAGS_BEHIND = (b"TAG", b"APETAGEX", b"LYRICSBEGIN")


class NoSoundError(ValueError):
    """Not a whole MP3."""


@dataclass(frozen=True)
class Sound:
    """`content` is the sound without tags; `seconds` how long it plays."""

    mime: str
    seconds: float
    content: bytes


def read_sound(content: bytes) -> Sound:
    """Raises NoSoundError for anything that is not MP3 frames from begin to end."""
    start = at = _behind_tag(content)
    seconds, count = 0.0, 0
    for length, duration in _frames(content, at):
        at += length
        seconds += duration
        count += 1
    rest = content[at : at + 11]
    if count < FEWEST_FRAMES or not (
        rest.startswith(_TAGS_BEHIND) or not content[at:].strip(b"\0")
    ):
        raise NoSoundError
    return Sound(MP3, seconds, content[start:at])


def _behind_tag(content: bytes) -> int:
    """Where the frames begin: behind an ID3v2 tag, whose length is written in seven bits a byte."""
    if not content.startswith(b"ID3") or len(content) < 10:
        return 0
    length = 0
    for byte in content[6:10]:
        length = length << 7 | byte & 0x7F
    footer = 10 if content[5] & 0x10 else 0
    at = 10 + length + footer
    while content[at : at + 1] == b"\0":  # padding some programs leave behind the tag
        at += 1
    return at


def _frames(content: bytes, at: int) -> Iterator[tuple[int, float]]:
    """(bytes, seconds) of each whole frame from `at` on, up to what is no frame."""
    while at + 4 <= len(content):
        head = int.from_bytes(content[at : at + 4], "big")
        version, layer = head >> 19 & 3, head >> 17 & 3
        rate, sampling = head >> 12 & 15, head >> 10 & 3
        if head >> 21 != 0x7FF or version == 1 or layer != 1 or rate in (0, 15) or sampling == 3:
            return
        samples = 1152 if version == 3 else 576
        per_second = _SAMPLINGS[version][sampling]
        kilobits = (_RATES_1 if version == 3 else _RATES_2)[rate]
        length = samples * kilobits * 125 // per_second + (head >> 9 & 1)
        if at + length > len(content):
            return
        yield length, samples / per_second
        at += length
