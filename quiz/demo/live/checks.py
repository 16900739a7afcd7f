"""Cross-checks of the run: what the platform published against what the driver knows."""

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from quiz.demo.contest import GROUPS
from quiz.demo.live.books import OwnResult
from quiz.demo.live.record import EntrantRecord
from quiz.engine.canonical import canon

Check = tuple[str, bool]


def check_receipts(records: Sequence[EntrantRecord]) -> Iterator[Check]:
    """Every receipt is signed by the round's one key; a double submit got one receipt."""
    sittings = [sitting for record in records for sitting in record.sittings]
    keys = {sitting.receipt["public_key"] for sitting in sittings}
    yield (
        _("Mọi biên nhận mang chữ ký đúng"),
        len(keys) == 1 and all(_is_signed(sitting.receipt) for sitting in sittings),
    )
    yield (
        _("Nộp hai lần nhận cùng một biên nhận"),
        all(len(sitting.receipts_seen) == 1 for sitting in sittings if sitting.submitted),
    )
    wanted_conflicts = sum(record.person.behaviour.two_tabs for record in records)
    yield (
        _("Hai thẻ trình duyệt: thẻ sau được báo"),
        sum(record.conflicts for record in records) == wanted_conflicts,
    )
    late = [record for record in records if record.person.behaviour.late]
    yield _("Câu trả lời gửi muộn bị từ chối"), all(record.late_refused for record in late)


def _is_signed(receipt: dict[str, Any]) -> bool:
    """Ed25519 over SHA-256("minhthi/1/receipt" NUL, canonical JSON)."""
    text = json.dumps(receipt["receipt"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(b"minhthi/1/receipt\0" + text.encode()).digest()
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(receipt["public_key"]))
    try:
        key.verify(bytes.fromhex(receipt["signature"]), digest)
    except InvalidSignature:
        return False
    return True


def check_winners(path: Path, own: OwnResult) -> Iterator[Check]:
    """The annex names the driver's winners in the driver's order."""
    rows = _table(path, "Danh sách đạt giải", "STT")
    names: dict[str, list[str]] = {}
    codes = {name: code for code, name in GROUPS.items()}
    group = ""
    for row in rows:
        if row[0] in codes:
            group = codes[str(row[0])]
        elif isinstance(row[0], int | float):
            names.setdefault(group, []).append(str(row[1]))
    yield _("Danh sách đạt giải đúng như bản tự xếp hạng"), names == own.winners
    total = next(row for row in rows if row[1] == "Tổng cộng")
    paid = sum(row[8] for row in rows if isinstance(row[0], int | float))
    yield _("Dòng tổng cộng bằng tổng các dòng"), total[8] == paid


def check_participation(path: Path, own: OwnResult) -> Iterator[Check]:
    summary = {row[0]: row[1] for row in _table(path, "Tổng hợp", "Chỉ tiêu")}
    yield _("Số người thi"), summary["Số người thi"] == own.persons
    yield _("Số lượt thi"), summary["Số lượt thi"] == own.entries
    for sheet, first in (
        ("Theo ngày", "Ngày"),
        ("Theo giờ", "Giờ trong ngày"),
        ("Theo đối tượng", "Đối tượng"),
    ):
        *rows, total = _table(path, sheet, first)
        yield (
            _("Trang “%(sheet)s” cộng đúng") % {"sheet": sheet},
            (total[1], total[2]) == (own.persons, own.entries)
            and sum(row[2] for row in rows) == own.entries,
        )


def check_bundle(path: Path, root: str) -> Iterator[Check]:
    """The public verifier accepts the bundle with the root, and no other root."""
    with zipfile.ZipFile(path) as bundle:
        script = path.parent / "verify.py"
        script.write_bytes(bundle.read("verify.py"))
    yield _("verify.py chấp nhận gói công bố"), _verify(script, path, root) == 0
    yield _("verify.py bác bỏ gốc khác"), _verify(script, path, "0" * 64) == 1
    forged = path.parent / "release-sua.zip"
    _forge(path, forged)
    yield _("verify.py nhận ra gói bị sửa một bài"), _verify(script, forged, root) == 1


def _forge(path: Path, forged: Path) -> None:
    """One answer of one entry is another, and the manifest says the file was always so."""
    with zipfile.ZipFile(path) as bundle:
        files = {name: bundle.read(name) for name in bundle.namelist()}
    rows = [json.loads(line) for line in files["leaves.jsonl"].splitlines()]
    row = next(row for row in rows if "value" in row.get("opening", {}).get("answers", {}))
    row["opening"]["answers"]["value"][0] ^= 3
    files["leaves.jsonl"] = b"".join(canon(row) + b"\n" for row in rows)
    manifest = json.loads(files["manifest.json"])
    manifest["files"]["leaves.jsonl"] = hashlib.sha256(files["leaves.jsonl"]).hexdigest()
    files["manifest.json"] = canon(manifest)
    with zipfile.ZipFile(forged, "w") as bundle:
        for name, data in files.items():
            bundle.writestr(name, data)


def _verify(script: Path, bundle: Path, root: str) -> int:
    done = subprocess.run(  # the interpreter alone: the verifier needs nothing installed
        [sys.executable, "-I", str(script), str(bundle), "--root", root],
        capture_output=True,
        check=False,
    )
    return done.returncode


def _table(path: Path, sheet: str, first: str) -> list[list[Any]]:
    """The rows under the header that begins with `first`."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    start = next(place for place, row in enumerate(rows) if row[0] == first)
    return [row for row in rows[start + 1 :] if any(cell != "" for cell in row)]
