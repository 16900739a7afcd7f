"""The scripts of deploy/bin and the check of backups, without a server."""

import gzip
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config import backups
from config.backups import read_backups
from tests.stack import ROOT

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
LABEL = "START WAL LOCATION: 0/2000028 (file 0000000100000000000000FE)\n"


def script(name: str, *words: object) -> "subprocess.CompletedProcess[str]":
    command = [ROOT / "deploy" / "bin" / name, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def kept(folder: Path) -> dict[str, str]:
    return {path.name: gzip.decompress(path.read_bytes()).decode() for path in folder.iterdir()}


def test_a_segment_is_kept_once_and_never_written_over(tmp_path: Path) -> None:
    wal, segment = tmp_path / "wal", tmp_path / "segment"
    wal.mkdir()
    segment.write_text("một")
    assert script("archive-wal", tmp_path, segment, "0001").returncode == 0
    # PostgreSQL asks again when it fell between our answer and its own note of it.
    assert script("archive-wal", tmp_path, segment, "0001").returncode == 0
    segment.write_text("hai")
    assert script("archive-wal", tmp_path, segment, "0001").returncode == 1
    assert kept(wal) == {"0001.gz": "một"}


def test_a_segment_that_can_not_be_kept_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "wal").mkdir()
    assert script("archive-wal", tmp_path, tmp_path / "missing", "0001").returncode != 0
    assert kept(tmp_path / "wal") == {}


def test_nothing_is_restored_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("15")
    answer = script("restore", tmp_path, tmp_path / "data")
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"restore: {tmp_path}/data còn dữ liệu")


def test_a_moment_before_the_first_backup_can_not_be_had(tmp_path: Path) -> None:
    (tmp_path / "base" / "20261122T190000Z").mkdir(parents=True)
    answer = script("restore", tmp_path, tmp_path / "data", "--to", "2026-11-23 01:59:00+07")
    assert answer.returncode == 1
    assert answer.stderr.startswith("restore: không có bản sao lưu nào trước 2026-11-23 01:59")
    assert not (tmp_path / "data").exists()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A backup of an hour ago and four segments since, across the end of a log file."""
    name = (NOW - timedelta(hours=1)).strftime("%Y%m%dT%H%M%SZ")
    (tmp_path / "base" / name / "data").mkdir(parents=True)
    (tmp_path / "base" / name / "data" / "backup_label").write_text(LABEL)
    (tmp_path / "wal").mkdir()
    for segment in ("0000000000000FE", "0000000000000FF", "000000100000000", "000000100000001"):
        (tmp_path / "wal" / f"000000010{segment}.gz").touch()
    return tmp_path


def faults(folder: Path, *, after: timedelta = timedelta(), segment: str = "") -> list[str]:
    newest = segment or "000000010000000100000001"
    return read_backups(folder=folder, segment=newest, now=NOW + after).faults


def test_a_whole_chain_can_be_restored(folder: Path) -> None:
    assert faults(folder) == []


def test_a_gap_in_the_chain_is_found(folder: Path) -> None:
    (folder / "wal" / "0000000100000000000000FF.gz").unlink()
    assert faults(folder) == ["Thiếu 1 đoạn WAL sau bản sao lưu mới nhất: chạy sao lưu ngay."]


def test_a_chain_without_its_begin_is_found(folder: Path) -> None:
    (folder / "wal" / "0000000100000000000000FE.gz").unlink()
    assert faults(folder) == [
        "Thiếu đoạn WAL 0000000100000000000000FE, bản sao lưu mới nhất cần đoạn này."
    ]


def test_a_backup_that_was_not_renewed_is_found(folder: Path) -> None:
    assert faults(folder, after=timedelta(hours=30)) == [
        "Bản sao lưu mới nhất đã quá 31 giờ: xem “systemctl status minhthi-backup”."
    ]


def test_a_segment_that_does_not_arrive_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "ARCHIVING_SECONDS", 0.0)
    assert faults(folder, segment="000000010000000100000002") == [
        "PostgreSQL không lưu được đoạn WAL: xem nhật ký PostgreSQL và chỗ trống ổ đĩa."
    ]


def test_what_an_older_timeline_wrote_later_fills_no_gap(folder: Path) -> None:
    """After a restore the old log's later segments lie beside the new one's."""
    (base,) = (folder / "base").iterdir()
    (base / "data" / "backup_label").write_text(LABEL.replace("file 00000001", "file 00000002"))
    assert faults(folder) == [
        "Thiếu đoạn WAL 0000000200000000000000FE, bản sao lưu mới nhất cần đoạn này."
    ]
