"""Subtitles: WebVTT, or SubRip made into it; every block that is no caption is named by line."""

import re
from io import StringIO
from pathlib import Path

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from training.engine.file_limits import SUBTITLES
from training.interfaces.checking.found import FileRefused, Found

MOST_CUES = 20_000
_TIMES = re.compile(
    r"\s*(?:\d+:)?[0-5]?\d:[0-5]\d[.,]\d{1,3}\s+-->\s+(?:\d+:)?[0-5]?\d:[0-5]\d[.,]\d{1,3}(?:\s|$)"
)


def check_subtitles(path: Path, folder: Path) -> Found:
    """Kept as WebVTT in UTF-8. Raises FileRefused."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise FileRefused("subtitles_encoding") from wrong
    format = "vtt" if text.lstrip().startswith("WEBVTT") else "srt"
    _require_sound_lines(text)
    try:
        read = webvtt.from_buffer(StringIO(text), format=format)
    except (MalformedFileError, MalformedCaptionError) as broken:
        raise FileRefused("subtitles_damaged", line=1) from broken
    if not read.captions:
        raise FileRefused("subtitles_empty")
    if len(read.captions) > MOST_CUES:
        raise FileRefused("subtitles_too_many", most=MOST_CUES)
    for number, caption in enumerate(read.captions, start=1):
        if caption.start > caption.end:  # both as the library writes them, HH:MM:SS.mmm
            raise FileRefused("subtitles_backwards", cue=number, start=caption.start)
    (folder / "content").write_text(read.content, encoding="utf-8")
    seconds = max(caption.end_in_seconds for caption in read.captions)
    return Found(SUBTITLES, "text/vtt", {"cues": len(read.captions), "seconds": round(seconds, 1)})


def _require_sound_lines(text: str) -> None:
    """Each line with an arrow must be two times: the reader would leave others out silently."""
    in_note = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            in_note = False
        elif line.startswith("NOTE"):
            in_note = True
        elif "-->" in line and not in_note and not _TIMES.match(line):
            raise FileRefused("subtitles_damaged", line=number)
