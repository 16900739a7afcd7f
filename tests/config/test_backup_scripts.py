"""The scripts of deploy/bin and the check of backups, without a server."""

import gzip
import hashlib
import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from accounts.domain.jobs import queue_job
from accounts.enums import Role
from accounts.models import Job
from config import backups
from config.backups import media_faults, read_backups, tell_lost, training_faults
from quiz.domain.banks import create_bank
from quiz.domain.lost_media import LostMedia
from quiz.domain.media import keep_media
from quiz.models import MediaFile
from tests.factories import make_person, make_unit
from tests.media_samples import PNG
from tests.stack import ROOT
from tests.training.stored_files import make_ready_file
from training.domain.files import CHECK_FILE

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


def name_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def plant(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("??/*")}


def test_pictures_are_copied_once_and_only_whole_ones(tmp_path: Path) -> None:
    live, copies = tmp_path / "live", tmp_path / "copies"
    whole, spoilt, half = name_of(b"hinh"), name_of(b"hinh khac"), "tmp8x2"
    plant(live, whole, b"hinh")
    plant(live, spoilt, b"da hong")
    plant(live, half, b"hin")  # being written
    answer = script("copy-items", live, copies)
    assert (answer.returncode, held(copies)) == (1, {whole: b"hinh"})
    assert f"{spoilt} khác với tên" in answer.stderr
    before = (copies / whole[:2] / whole).stat()
    plant(live, spoilt, b"hinh khac")
    answer = script("copy-items", live, copies)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert held(copies) == {whole: b"hinh", spoilt: b"hinh khac"}
    assert (copies / whole[:2] / whole).stat() == before
    assert sorted(path.name for path in copies.iterdir() if path.is_file()) == [".copied"]


def test_no_good_copy_is_replaced_by_a_spoilt_one(tmp_path: Path) -> None:
    live, copies, name = tmp_path / "live", tmp_path / "copies", name_of(b"hinh")
    plant(copies, name, b"hinh")
    plant(live, name, b"hong")
    assert script("copy-items", live, copies).returncode == 0
    assert script("copy-items", live, copies, "--repair").returncode == 0
    assert held(copies) == {name: b"hinh"}
    assert script("copy-items", copies, live, "--repair").returncode == 0
    assert held(live) == {name: b"hinh"}


def test_an_installation_without_pictures_has_nothing_to_copy(tmp_path: Path) -> None:
    answer = script("copy-items", tmp_path / "live", tmp_path / "copies")
    assert (answer.returncode, list(tmp_path.iterdir())) == (0, [])


def folder_with(place: Path, name: str, **files: str) -> Path:
    folder = place / name[:2] / name
    for part, words in files.items():
        path = folder / part.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words)
    return folder


def test_training_files_are_copied_once_when_they_are_ready(tmp_path: Path) -> None:
    live, copies = tmp_path / "live", tmp_path / "copies"
    ready, checked = "a" * 32, "b" * 32
    folder_with(live, ready, content="phim", package__index="bài", pages__1="vẽ")
    folder_with(live, checked, content="phim", upload="phim")
    folder_with(live, "c" * 32, upload="phi")  # coming in
    assert script("copy-training", live, copies).returncode == 0
    held = {str(path.relative_to(copies)) for path in copies.rglob("*") if path.is_file()}
    assert held == {f"aa/{ready}/content", f"aa/{ready}/package/index", ".copied"}
    before = (copies / "aa" / ready / "content").stat().st_ino
    (live / "bb" / checked / "upload").unlink()
    assert script("copy-training", live, copies).returncode == 0
    assert (copies / "bb" / checked / "content").read_text() == "phim"
    assert (copies / "aa" / ready / "content").stat().st_ino == before


def test_an_installation_without_training_files_has_nothing_to_copy(tmp_path: Path) -> None:
    answer = script("copy-training", tmp_path / "live", tmp_path / "copies")
    assert (answer.returncode, list(tmp_path.iterdir())) == (0, [])


def test_a_training_file_without_its_copy_is_named(db: None, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    copies = tmp_path / "training"
    assert training_faults(folder=copies, now=NOW) == []
    unit = make_unit()
    file = make_ready_file(unit=unit, user=make_person(Role.ORGANISER, unit=unit), name="bài.pdf")
    assert training_faults(folder=copies, now=NOW) == [
        "Chưa chép tệp học liệu: chạy “systemctl start minhthi-backup”."
    ]
    path = folder_with(copies, file.public_id.hex, content="x")
    copied(copies, NOW - timedelta(hours=1))
    lost = ["Tệp học liệu “bài.pdf” không có bản sao dùng được."]
    assert training_faults(folder=copies, now=NOW) == lost
    (path / "content").write_bytes(PNG)
    assert training_faults(folder=copies, now=NOW) == []
    assert training_faults(folder=copies, now=NOW + timedelta(hours=30)) == [
        "Tệp học liệu chép lần cuối cách đây 31 giờ: xem “systemctl status minhthi-items”."
    ]
    # It became ready after the last copying: the next one takes it.
    (path / "content").unlink()
    job = queue_job(kind=CHECK_FILE, params={"file": file.pk}, user=file.added_by, now=NOW)
    assert training_faults(folder=copies, now=NOW) == []
    Job.objects.filter(pk=job.pk).update(finished_at=NOW - timedelta(hours=2))
    assert training_faults(folder=copies, now=NOW) == lost


@pytest.fixture
def picture(db: None, settings: Any, tmp_path: Path) -> MediaFile:
    """A picture of a bank, in the media folder and, by the time it was added, in the copies."""
    settings.MEDIA_ROOT = tmp_path / "media"
    unit = make_unit()
    author = make_person(Role.AUTHOR, unit=unit)
    bank = create_bank(name="Ngân hàng chung", unit=unit, user=author)
    file = keep_media(bank=bank, content=PNG, user=author)
    MediaFile.objects.update(added_at=NOW - timedelta(hours=2))
    plant(tmp_path / "items", file.sha256, PNG)
    copied(tmp_path / "items", NOW - timedelta(hours=1))
    return file


def copied(folder: Path, moment: datetime) -> None:
    (folder / ".copied").touch()
    os.utime(folder / ".copied", (moment.timestamp(), moment.timestamp()))


def test_copies_of_all_pictures_are_no_fault(picture: MediaFile, tmp_path: Path) -> None:
    assert media_faults(folder=tmp_path / "items", now=NOW) == []


def test_a_lost_copy_is_named_with_its_bank(picture: MediaFile, tmp_path: Path) -> None:
    path = tmp_path / "items" / picture.sha256[:2] / picture.sha256
    short = picture.sha256[:12]
    where = "Hình, âm thanh của ngân hàng “Ngân hàng chung”"
    path.write_bytes(PNG + b"x")
    assert media_faults(folder=tmp_path / "items", now=NOW) == [
        f"{where}: tệp {short}… đã bị đổi nội dung."
    ]
    path.unlink()
    assert media_faults(folder=tmp_path / "items", now=NOW) == [f"{where}: không có tệp {short}…."]
    # It came after the last copying, or was being written then: the next one takes it.
    copied(tmp_path / "items", NOW - timedelta(hours=2))
    assert media_faults(folder=tmp_path / "items", now=NOW) == []


def test_of_many_lost_pictures_as_many_are_named_as_can_be_read() -> None:
    lost = [LostMedia("a" * 64, "Chung", number, differs=False) for number in range(1, 24)]
    told = tell_lost(lost)
    assert told[0] == f"Hình, âm thanh của câu 1 của ngân hàng “Chung”: không có tệp {'a' * 12}…."
    assert (len(told), told[-1]) == (21, "… và 3 tệp nữa.")


def test_pictures_that_are_not_copied_any_more_are_found(
    picture: MediaFile, tmp_path: Path
) -> None:
    assert media_faults(folder=tmp_path / "items", now=NOW + timedelta(hours=30)) == [
        "Hình, âm thanh của câu hỏi chép lần cuối cách đây 31 giờ: "
        "xem “systemctl status minhthi-items”."
    ]
    assert media_faults(folder=tmp_path / "nowhere", now=NOW) == [
        "Chưa chép hình, âm thanh của câu hỏi: chạy “systemctl start minhthi-backup”."
    ]
    MediaFile.objects.all().delete()
    assert media_faults(folder=tmp_path / "nowhere", now=NOW) == []
