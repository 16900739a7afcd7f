"""Bundles as an outsider gets them, and what an attacker may do to one."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quiz.domain.auditor_bundle import FORMAT as AUDITOR
from quiz.domain.auditor_bundle import auditor_content
from quiz.engine.canonical import H, canon
from quiz.interfaces.bundle.archive import write_bundle, write_content
from quiz.models import Release

Files = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """How `verify.py` ended and what it said."""

    code: int
    said: str


def make_bundle(release: Release) -> bytes:
    file = io.BytesIO()
    write_bundle(release=release, file=file)
    return file.getvalue()


def make_auditor_bundle(release: Release) -> bytes:
    file = io.BytesIO()
    content = auditor_content(release=release)
    write_content(content=content, release=release, file=file)
    return file.getvalue()


def verify(bundle: bytes, folder: Path, *options: str) -> Verdict:
    """Run the bundle's own verifier on it, with an interpreter that sees nothing of ours."""
    path, script = folder / "release.zip", folder / "verify.py"
    path.write_bytes(bundle)
    if not script.exists():
        script.write_bytes(zipfile.ZipFile(path).read("verify.py"))
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script), str(path), "--english", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert not done.stderr, done.stderr
    return Verdict(done.returncode, done.stdout)


def unpack(bundle: bytes) -> Files:
    """The bundle's JSON by file name; `leaves.jsonl` as a list of rows."""
    archive = zipfile.ZipFile(io.BytesIO(bundle))
    files = {name: archive.read(name) for name in archive.namelist()}
    return {
        name: [json.loads(line) for line in data.splitlines()]
        if name.endswith(".jsonl")
        else (json.loads(data) if name.endswith(".json") else data)
        for name, data in files.items()
    }


def pack(files: Files) -> bytes:
    """A bundle whose manifest and digest fit whatever was changed: what a careful forger makes."""
    written = {
        name: data
        if isinstance(data, bytes)
        else b"".join(canon(row) + b"\n" for row in (data if name.endswith(".jsonl") else [data]))
        for name, data in files.items()
        if name != "manifest.json"
    }
    manifest = {
        "format": files.get("manifest.json", {}).get("format")
        or (AUDITOR if "auditor.json" in files else "minhthi-bundle/2"),
        "release": H("release", canon(files["release.json"])).hex(),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in written.items()},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in {**written, "manifest.json": canon(manifest)}.items():
            archive.writestr(name, data)
    return file.getvalue()


def forge(bundle: bytes, change: Callable[[Files], None]) -> bytes:
    files = unpack(bundle)
    change(files)
    return pack(files)
