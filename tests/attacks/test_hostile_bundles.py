"""What somebody may send instead of a bundle: exit 2, one sentence, little memory, no traceback."""

import hashlib
import io
import json
import random
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable

import pytest

from quiz.engine.canonical import canon
from quiz.interfaces.bundle import archive
from tests.attacks.bundles import Files, pack
from tests.attacks.forging import rebuild, remember, root_of
from tests.attacks.written_bundles import write_contest

MEGABYTE = 1 << 20
MOST = 300 * MEGABYTE
PARTS = ("release.json", "commitment.json", "awards.json", "leaves.jsonl")


def honest() -> Files:

    for seed in range(100):
        files = write_contest(random.Random(seed))
        if files["release.json"]["winners"] and "earlier.json" not in files:
            files["release.json"]["root"] = root_of(files["leaves.jsonl"])
            whole = remember(files)
            rebuild(whole)
            return whole
    raise AssertionError


def zipped(
    parts: dict[str, bytes],
    *,
    twice: str = "",
    method: int = zipfile.ZIP_DEFLATED,
    name: str = "minhthi-bundle/2",
) -> bytes:
    """The parts with a manifest that fits."""
    manifest = {
        "format": name,
        "release": "",
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as target:
        for name, data in {"manifest.json": canon(manifest), **parts}.items():
            target.writestr(name, data)
        if twice:
            target.writestr(twice, parts[twice])
    return file.getvalue()


def parts_with(**changed: bytes) -> dict[str, bytes]:
    names = {name.partition(".")[0]: name for name in PARTS}
    return {name: changed.get(short, b"{}\n") for short, name in names.items()}


def edited(change: Callable[[Files], object]) -> bytes:
    files = honest()
    change(files)
    return pack(files)


DEEP = b"[" * 200_000
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a zip bomb": lambda: zipped(parts_with(leaves=b"\n" * (200 * MEGABYTE))),
    "a line without end": lambda: edited(
        lambda f: f.update({"leaves.jsonl": b"[" + b"1," * (3 * MEGABYTE)})
    ),
    "JSON of 40 MB": lambda: zipped(parts_with(awards=b"[" + b"[]," * (13 * MEGABYTE)), method=0),
    "JSON nested without end": lambda: zipped(parts_with(release=DEEP)),
    "ten thousand files": lambda: zipped({f"{n}": b"" for n in range(10_000)}),
    "a file twice": lambda: zipped(parts_with(), twice="release.json"),
    "no leaves": lambda: zipped({"release.json": b"{}"}),
    "nothing in it": lambda: zipped({}),
    "not UTF-8": lambda: zipped(parts_with(release=b'{"a":"\xff\xfe"}')),
    "a key twice": lambda: zipped(parts_with(release=b'{"a":1,"a":2}')),
    "a float": lambda: zipped(parts_with(release=b'{"a":1.5}')),
    "not a number": lambda: zipped(parts_with(release=b'{"a":NaN}')),
    "a list for an object": lambda: edited(lambda f: f.update({"release.json": []})),
    "an object for a list": lambda: edited(lambda f: f["awards.json"].update(awards={"a": 1})),
    "rows of another type": lambda: edited(lambda f: f.update({"leaves.jsonl": [[1], None, 5]})),
    "a count of a billion": lambda: edited(
        lambda f: f["commitment.json"]["document"]["rules"]["result"]["result"].update(
            reserves=10**12
        )
    ),
    "a number that fills the memory": lambda: edited(
        lambda f: f["release.json"]["actual_values"]["dan"].update(value="1e999999999")
    ),
    "an unknown fate": lambda: edited(lambda f: f["leaves.jsonl"][0].update(fate="x")),
    "another format": lambda: zipped(parts_with(), name="minhthi-bundle/9"),
    "a damaged file": lambda: damage(pack(honest())),
    "a text": lambda: b"xin chao",
    "nothing": lambda: b"",
}


def damage(data: bytes) -> bytes:
    at = data.index(b"leaves.jsonl") + 200
    return data[:at] + bytes(100) + data[at + 100 :]


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST, MOST))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(what, tmp_path):
    path = tmp_path / "release.zip"
    path.write_bytes(HOSTILE[what]())
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(archive.HERE / "verify.py"), str(path), "--english"],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
        preexec_fn=limit_memory,
    )
    assert (done.stderr, done.returncode) == ("", 2), done.stdout
    [sentence] = done.stdout.splitlines()
    assert sentence.startswith("UNREADABLE: ")
    assert "Traceback" not in sentence
    assert len(sentence) < 300
    assert time.monotonic() - began < 20


def test_a_name_can_not_steer_the_terminal(tmp_path):
    files = honest()
    files["release.json"]["winners"][0]["name"] = "\x1b[2J\x1b]0;KHỚP\x07"
    path = tmp_path / "release.zip"
    path.write_bytes(pack(files))
    script = str(archive.HERE / "verify.py")
    done = subprocess.run(
        [sys.executable, "-I", "-S", script, str(path)], capture_output=True, check=False
    )
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout


def test_every_path_through_a_broken_row_ends_in_a_sentence(tmp_path):
    """One field after another of a row is replaced by something of another type."""
    files = honest()
    row = next(row for row in files["leaves.jsonl"] if "opening" in row)
    for name in row["opening"]:
        changed = json.loads(json.dumps(row))
        changed["opening"][name] = [name]
        spoilt = {**files, "leaves.jsonl": [changed]}
        path = tmp_path / "release.zip"
        path.write_bytes(pack(spoilt))
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(archive.HERE / "verify.py"), str(path)],
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (2, b"")
