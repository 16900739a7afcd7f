"""Video and sound: containers and codecs that browsers play, whole to their end, kept without
place, time and device.
"""

from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from training.engine.file_limits import MOST_BYTES, SOUND, VIDEO
from training.interfaces.checking.found import FileRefused, Found
from training.interfaces.checking.posters import write_jpeg
from training.interfaces.checking.rewriting import write_bare

VIDEO_CODECS = frozenset({"h264", "vp8", "vp9", "av1", "libdav1d"})
SOUND_CODECS = frozenset({"aac", "opus", "vorbis", "mp3", "mp3float"})
# 4:2:0 in 8 bits: others of H.264 no browser plays.
PIXELS = frozenset({"yuv420p", "yuvj420p"})
MOST_SECONDS = 12 * 3600
MOST_SIDE = 4096
_MIMES = {
    ("mp4", VIDEO): "video/mp4",
    ("mp4", SOUND): "audio/mp4",
    ("webm", VIDEO): "video/webm",
    ("webm", SOUND): "audio/webm",
    ("mp3", SOUND): "audio/mpeg",
    ("ogg", SOUND): "audio/ogg",
}
# The reader is chosen here, so that no list of addresses is ever taken for a film.
_DEMUXERS = {"mp4": "mov", "webm": "matroska", "mp3": "mp3", "ogg": "ogg"}
CONTENT = "content"
# Written anew without what cameras and telephones put into them besides picture and sound.
_REWRITTEN = ("mp4", "webm")


def check_film(path: Path, folder: Path) -> Found:
    """A film, or a sound alone. Raises FileRefused."""
    container = _container(path)
    try:
        with av.open(str(path), format=_DEMUXERS[container]) as opened:
            return _look(opened, container, path, folder)
    except (FFmpegError, UnicodeError, OverflowError) as broken:
        raise FileRefused("film_damaged") from broken


def _container(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(64)
    if head[4:8] == b"ftyp":
        if head[8:12] == b"qt  ":
            raise FileRefused("film_quicktime")
        return "mp4"
    if head.startswith(b"\x1aE\xdf\xa3"):
        if b"webm" not in head:
            raise FileRefused("film_matroska")
        return "webm"
    return "ogg" if head.startswith(b"OggS") else "mp3"


def _look(opened: InputContainer, container: str, path: Path, folder: Path) -> Found:
    # A picture of the cover in a sound is no film.
    films = [s for s in opened.streams.video if not s.disposition & s.disposition.attached_pic]
    sounds = list(opened.streams.audio)
    kind = VIDEO if films else SOUND
    if (not films and not sounds) or (container, kind) not in _MIMES:
        raise FileRefused("film_empty")
    if path.stat().st_size > MOST_BYTES[kind]:
        raise FileRefused("too_large", kind=kind)
    facts: dict[str, Any] = {}
    if sounds:
        facts["sound_codec"] = _codec(sounds[0].codec_context.name, SOUND_CODECS)
    if films:
        facts |= _film_facts(films[0])
    facts["seconds"] = _seconds(opened, (films or sounds)[0])
    if films:
        _write_poster(opened, films[0], folder)
        facts["poster"] = True
    if container in _REWRITTEN:
        facts["seconds"] = _rewrite(opened, [*films[:1], *sounds], folder / CONTENT, container)
    return Found(kind, _MIMES[container, kind], facts)


def _rewrite(opened: InputContainer, streams: list[Any], path: Path, container: str) -> float:
    """How long the film is as it is kept: a last picture may stand a moment shorter."""
    opened.seek(0)
    write_bare(opened, streams, path, container)
    with av.open(str(path), format=_DEMUXERS[container]) as kept:
        return _seconds(kept, kept.streams[0])


def _codec(name: str, known: frozenset[str]) -> str:
    if name not in known:
        raise FileRefused("film_codec", codec=name)
    return {"libdav1d": "av1", "mp3float": "mp3"}.get(name, name)


def _film_facts(film: VideoStream) -> dict[str, Any]:
    codec = _codec(film.codec_context.name, VIDEO_CODECS)
    if codec == "h264" and film.codec_context.pix_fmt not in PIXELS:
        raise FileRefused("film_pixels", pixels=film.codec_context.pix_fmt or "?")
    width, height = film.codec_context.width, film.codec_context.height
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise FileRefused("film_sides", side=MOST_SIDE)
    return {"video_codec": codec, "width": width, "height": height}


def _seconds(opened: InputContainer, stream: Any) -> float:
    """How long it really is: the last packet's end, not what the head promises."""
    promised = (opened.duration or 0) / av.time_base
    last = first = None
    for packet in opened.demux(stream):
        if packet.pts is not None:
            end = float((packet.pts + (packet.duration or 0)) * packet.time_base)
            first = min(first, end) if first is not None else end
            last = max(last or 0.0, end)
    if last is None or last <= 0:
        raise FileRefused("film_damaged")
    if promised - last > max(2.0, promised * 0.05):
        raise FileRefused("film_cut", seconds=round(last), promised=round(promised))
    if last > MOST_SECONDS:
        raise FileRefused("film_too_long", hours=MOST_SECONDS // 3600)
    return round(last, 1)


def _write_poster(opened: InputContainer, film: VideoStream, folder: Path) -> None:
    """A frame from a tenth of the film: the first is often black."""
    start = (opened.duration or 0) // 10
    opened.seek(start)
    frame = next(opened.decode(film), None)
    if frame is None:
        opened.seek(0)
        frame = next(opened.decode(film), None)
    if frame is None:
        raise FileRefused("film_damaged")
    write_jpeg(frame, folder / "poster.jpg")
