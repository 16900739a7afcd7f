"""How large a training file of each kind may be, and what its first bytes say it is."""

from collections.abc import Mapping

MB = 2**20
# Enough to tell every kind apart: a PDF may begin within its first kilobyte.
HEAD_BYTES = 1024
IMAGE, PDF, VIDEO, SOUND, SUBTITLES, SCORM = "image", "pdf", "video", "sound", "subtitles", "scorm"
MOST_BYTES: Mapping[str, int] = {
    IMAGE: 8 * MB,
    PDF: 100 * MB,
    VIDEO: 2048 * MB,
    SOUND: 200 * MB,
    SUBTITLES: 2 * MB,
    SCORM: 500 * MB,
}
LARGEST = max(MOST_BYTES.values())
_BY_SUFFIX: Mapping[str, str] = {
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".webp"), IMAGE),
    ".pdf": PDF,
    **dict.fromkeys((".mp4", ".m4v", ".webm"), VIDEO),
    **dict.fromkeys((".mp3", ".m4a", ".ogg", ".oga", ".opus"), SOUND),
    **dict.fromkeys((".vtt", ".srt"), SUBTITLES),
    ".zip": SCORM,
}
SUFFIXES = tuple(_BY_SUFFIX)
_SOUND_STARTS = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa", b"OggS")
_MARK = b"\xef\xbb\xbf"


def kind_by_name(name: str) -> str:
    """What the name promises; "" where it promises nothing known. Only for early limits."""
    return _BY_SUFFIX.get("." + name.lower().rpartition(".")[2], "")


def kind_by_head(head: bytes) -> str:
    """What the first bytes promise; "" for no kind of file that is taken in.

    An MP4 or WebM may turn out to hold sound alone; whether the rest keeps the promise is for the
    checks of the kind to say.
    """
    if head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or (
        head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    ):
        return IMAGE
    if head[4:8] == b"ftyp" or head.startswith(b"\x1aE\xdf\xa3"):
        return VIDEO
    if head.startswith(b"PK\x03\x04"):
        return SCORM
    if head.startswith(_SOUND_STARTS):
        return SOUND
    if b"%PDF-" in head[:HEAD_BYTES]:
        return PDF
    return SUBTITLES if _looks_like_subtitles(head) else ""


def _looks_like_subtitles(head: bytes) -> bool:
    """WebVTT, or SubRip: a number on a line of its own, then two times with an arrow."""
    text = head.removeprefix(_MARK).lstrip()
    if text.startswith(b"WEBVTT"):
        return True
    return text[:1].isdigit() and b"-->" in text[:200]
