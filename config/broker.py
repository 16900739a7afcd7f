"""The embedded broker: kombu's folder of files, each message appearing there whole.

kombu opens a message's file under its final name and writes it afterwards. A worker that looks in
between takes an empty file, fails to read it and dies, and the message is gone. Here the file gets
its name when it is complete.
"""

import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:
        """Put `payload` onto `queue`: older messages sort before younger ones, as kombu reads."""
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        folder = Path(self.data_folder_out)
        draft = folder / f"{name}.part"
        try:
            draft.write_text(dumps(payload))
            draft.replace(folder / name)
        except OSError as error:
            raise ChannelError(f"cannot add {name} to the broker's folder") from error


class Transport(filesystem.Transport):
    Channel = Channel
