"""Pictures: PNG, JPEG, WebP, kept without what they tell besides their pixels."""

from pathlib import Path

import av
from av.error import FFmpegError

from accounts.pictures import NoPictureError, read_picture
from training.engine.file_limits import IMAGE
from training.interfaces.checking.found import FileRefused, Found

MOST_SIDE = 10_000
MOST_PIXELS = 40_000_000
_DEMUXERS = {"image/png": "png_pipe", "image/jpeg": "jpeg_pipe", "image/webp": "webp_pipe"}


def check_picture(path: Path, folder: Path) -> Found:
    """Raises FileRefused."""
    try:
        picture = read_picture(path.read_bytes())
    except NoPictureError as broken:
        raise FileRefused("picture_damaged") from broken
    wide, high = picture.width, picture.height
    if not (0 < wide <= MOST_SIDE and 0 < high <= MOST_SIDE and wide * high <= MOST_PIXELS):
        raise FileRefused("picture_too_wide", side=MOST_SIDE)
    content = folder / "content"
    content.write_bytes(picture.content)
    try:
        with av.open(str(content), format=_DEMUXERS[picture.mime]) as opened:
            next(opened.decode(video=0))
    except (FFmpegError, StopIteration, IndexError) as broken:
        raise FileRefused("picture_damaged") from broken
    return Found(IMAGE, picture.mime, {"width": wide, "height": high})
