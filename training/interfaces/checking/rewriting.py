"""A film written anew packet by packet: the same pictures and sound, and nothing told besides.

Telephones write where and when a film was made, and with what, into tags of the container (©xyz,
`loci`, Apple's keys, XMP) and into tracks of their own. Naming each would miss the next one, so
only the wanted streams are carried over.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer

# Of an MP4 the index comes first, so that a player begins before all is there.
_OPTIONS = {"mp4": {"movflags": "+faststart"}, "webm": {}}


def write_bare(opened: InputContainer, streams: Sequence[Any], path: Path, container: str) -> None:
    """Copy `streams` from where `opened` stands into `path`. Raises FFmpegError."""
    with av.open(str(path), "w", format=container, options=_OPTIONS[container]) as out:
        copies = {each.index: out.add_stream_from_template(each) for each in streams}
        for packet in opened.demux(*streams):
            if packet.dts is not None:
                packet.stream = copies[packet.stream.index]
                out.mux(packet)
