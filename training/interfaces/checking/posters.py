"""One frame written as a JPEG."""

from pathlib import Path

import av

WIDEST = 1280


def write_jpeg(frame: av.VideoFrame, path: Path, *, widest: int = WIDEST) -> None:
    """At most `widest` points wide; sides even, as the encoder wants them."""
    width = min(frame.width, widest)
    height = max(2, round(frame.height * width / frame.width))
    width, height = max(2, width - width % 2), height - height % 2
    with av.open(str(path), "w", format="image2", options={"update": "1"}) as out:
        stream = out.add_stream("mjpeg", rate=1)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuvj420p"
        small = frame.reformat(width, height, "yuvj420p", dst_color_range="JPEG")
        small.pts = 0
        for packet in [*stream.encode(small), *stream.encode()]:
            out.mux(packet)
