"""The release's zip: the same bytes for the same release, whenever it is written."""

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.db import transaction

from quiz.domain.bundle import FORMAT, bundle_content
from quiz.engine.canonical import canon
from quiz.models import Release

HERE = Path(__file__).parent
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
TEXTS = ("README.vi.txt", "README.en.txt", "verify.py")


@transaction.atomic
def write_bundle(*, release: Release, file: IO[bytes]) -> dict[str, str]:
    """Write the bundle of a submitted or released round; {file name: SHA-256} of what is in it."""
    content = bundle_content(release=release)
    digests: dict[str, str] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, value in content.parts.items():
            digests[name] = _write(archive, name, iter([canon(value) + b"\n"]))
        lines = (canon(row) + b"\n" for row in content.leaves)
        digests["leaves.jsonl"] = _write(archive, "leaves.jsonl", lines)
        for name in TEXTS:
            digests[name] = _write(archive, name, iter([(HERE / name).read_bytes()]))
        manifest = {"format": FORMAT, "release": release.digest, "files": digests}
        _write(archive, "manifest.json", iter([canon(manifest) + b"\n"]))
    return digests


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
