"""The folder broker under a reader that never waits: no message is ever seen half-written."""

import base64
import json
import threading
from pathlib import Path
from queue import Empty

from kombu import Connection, Producer, Queue

from config.celery import app as _app  # noqa: F401 - it makes the transport known

MESSAGES = 400


def test_messages_are_read_whole_while_they_are_written(tmp_path: Path) -> None:
    folders = {name: tmp_path / name for name in ("queue", "processed", "control")}
    for folder in folders.values():
        folder.mkdir()
    options = {
        "data_folder_in": str(folders["queue"]),
        "data_folder_out": str(folders["queue"]),
        "processed_folder": str(folders["processed"]),
        "control_folder": str(folders["control"]),
        "store_processed": True,
    }
    queue = Queue("test", routing_key="test")
    with Connection("wholefiles://localhost//", transport_options=options) as connection:
        writer = threading.Thread(target=_write, args=(options, queue))
        writer.start()
        channel = connection.default_channel
        queue(channel).declare()
        read: list[int] = []
        while len(read) < MESSAGES:
            try:
                read.append(_number(channel._get("test")))
            except Empty:
                assert writer.is_alive() or list(folders["queue"].iterdir())
        writer.join()
    assert sorted(read) == list(range(MESSAGES))


def _write(options: dict[str, object], queue: Queue) -> None:
    with Connection("wholefiles://localhost//", transport_options=options) as connection:
        producer = Producer(connection)
        for number in range(MESSAGES):
            producer.publish({"number": number}, routing_key="test", declare=[queue])


def _number(message: dict[str, object]) -> int:
    return int(json.loads(base64.b64decode(str(message["body"])))["number"])
