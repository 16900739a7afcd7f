"""What is looked at before anything is started, so that a refusal is one sentence."""

import errno
import shutil
import socket
from pathlib import Path

from config.run.refusal import bad_address, disk_full, port_taken

NEEDED_MB = 300


def parse_port(text: str) -> int:
    """The port number `text` names; StartRefused if it names none."""
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise bad_address(text)
    return int(text)


def check_port(host: str, port: int) -> None:
    """StartRefused unless `host`:`port` can be listened on."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise port_taken(port) from None
        raise bad_address(f"{host}:{port}") from None


def check_disk(folder: Path, *, needed_mb: int = NEEDED_MB) -> None:
    """StartRefused if fewer than `needed_mb` megabytes are free where `folder` lies."""
    free_mb = shutil.disk_usage(folder).free // 2**20
    if free_mb < needed_mb:
        raise disk_full(folder, free_mb, needed_mb)
