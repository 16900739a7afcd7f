"""The release's zip: the same bytes for the same release, whenever it is written."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import IO, Any

from django.db import transaction

from quiz.domain.bundle import BundleContent, bundle_content
from quiz.engine.canonical import canon, canon_of_plain
from quiz.models import Release

HERE = Path(__file__).parent
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
LEVEL = 6
ROWS = 500
TEXTS = ("README.vi.txt", "README.en.txt", "verify.py")


@transaction.atomic
def write_bundle(
    *, release: Release, file: IO[bytes], on_leaf: Callable[[bytes], object] | None = None
) -> dict[str, str]:
    """Write the bundle of a submitted or released round; {file name: SHA-256} of what is in it.

    `on_leaf` gets each leaf in the order of the tree.
    """
    content = bundle_content(release=release, on_leaf=on_leaf)
    return write_content(content=content, release=release, file=file)


def write_content(
    *,
    content: BundleContent,
    release: Release,
    file: IO[bytes],
    progress: Callable[[int], None] = lambda _done: None,
) -> dict[str, str]:
    """Stream the content into a zip; {file name: SHA-256}. `progress` is told the rows written."""
    digests: dict[str, str] = {}
    done = count(1)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, value in content.parts.items():
            digests[name] = _write(archive, name, iter([canon(value) + b"\n"]))
        for name, rows in content.streams.items():
            digests[name] = _write(archive, name, _lines(rows, done, progress))
        for name in TEXTS:
            digests[name] = _write(archive, name, iter([(HERE / name).read_bytes()]))
        manifest = {"format": content.format_name, "release": release.digest, "files": digests}
        _write(archive, "manifest.json", iter([canon(manifest) + b"\n"]))
    return digests


def _lines(
    rows: Iterable[dict[str, Any]], done: Iterator[int], progress: Callable[[int], None]
) -> Iterator[bytes]:
    """A row a line, gathered into pieces worth packing. Rows are `plain` already."""
    piece: list[bytes] = []
    for row in rows:
        piece.append(canon_of_plain(row))
        if len(piece) == ROWS:
            progress(next(done) * ROWS)
            yield b"\n".join(piece) + b"\n"
            piece.clear()
    if piece:
        yield b"\n".join(piece) + b"\n"


def _write(archive: zipfile.ZipFile, name: str, pieces: Iterator[bytes]) -> str:
    """Stream one file in; its SHA-256."""
    entry = zipfile.ZipInfo(name, _FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _READABLE
    digest = hashlib.sha256()
    with archive.open(entry, "w", force_zip64=True) as target:
        for piece in pieces:
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()
