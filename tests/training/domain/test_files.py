"""Files come in piece by piece, and what is not whole, sound and in its place is not there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import JobState, Role
from accounts.errors import NotAllowed
from accounts.models import Job
from tests.media_samples import PNG
from tests.people import make_trio
from tests.training.stored_files import make_ready_file
from training.domain import file_storage, file_use
from training.domain.file_errors import (
    DiskFull,
    FileEmpty,
    FileInUse,
    FileNotFound,
    FileTooLarge,
    UnitSpaceUsedUp,
    UploadOver,
    WrongOffset,
)
from training.domain.file_storage import KEPT_FREE, folder_of, upload_path
from training.domain.file_use import may_read_file, register_file_use, unused_files
from training.domain.files import (
    UPLOAD_LASTS,
    append,
    cancel_upload,
    delete_file,
    file_url,
    finish,
    open_path,
    start_upload,
    sweep_uploads,
)
from training.enums import FileState
from training.models import TrainingFile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]

MB = 2**20
WHOLE = len(PNG)
HALF = WHOLE // 2


@pytest.fixture
def trio():
    return make_trio(Role.ORGANISER)


def begin(trio, *, name="hình.png", size=WHOLE, user=None):
    return start_upload(
        unit=trio.here, name=name, size=size, user=user or trio.alice, now=timezone.now()
    )


def send(file, offset, chunk):
    return append(file=file, offset=offset, chunk=chunk, now=timezone.now())


def test_a_cut_upload_goes_on_where_it_stopped_and_the_worker_is_asked_once(trio):
    file = begin(trio)
    send(file, 0, PNG[:HALF])
    file = TrainingFile.objects.get(pk=file.pk)
    assert (file.state, file.received) == (FileState.UPLOADING, HALF)
    file = send(file, HALF, PNG[HALF:])
    assert file.state == FileState.CHECKING
    assert upload_path(file).read_bytes() == PNG
    jobs = Job.objects.filter(kind="check_training_file")
    assert [(job.params, job.state) for job in jobs] == [({"file": file.pk}, JobState.QUEUED)]


def test_bytes_a_killed_process_left_behind_the_counted_ones_are_written_over(trio):
    file = begin(trio)
    send(file, 0, PNG[:HALF])
    with upload_path(file).open("ab") as left:
        left.write(b"x" * 500)
    file = send(file, HALF, PNG[HALF:])
    assert upload_path(file).read_bytes() == PNG


@pytest.mark.parametrize(
    ("offset", "chunk"), [(0, PNG[:4]), (HALF + 1, b"x"), (HALF, b"x" * len(PNG))]
)
def test_a_part_that_does_not_go_on_is_told_where_to_go_on(trio, offset, chunk):
    file = begin(trio)
    send(file, 0, PNG[:HALF])
    with pytest.raises(WrongOffset) as refused:
        send(file, offset, chunk)
    assert refused.value.details == {"received": HALF}
    assert upload_path(file).read_bytes() == PNG[:HALF]


def test_who_runs_training_elsewhere_brings_no_file(trio):
    for person in (trio.bob, trio.charlie):
        with pytest.raises(NotAllowed):
            begin(trio, user=person)


@pytest.mark.parametrize(
    ("name", "size", "refusal"),
    [
        ("a.pdf", 0, FileEmpty),
        ("a.pdf", 300 * MB, FileTooLarge),
        ("a.PNG", 9 * MB, FileTooLarge),
        ("a.mp4", 3000 * MB, FileTooLarge),
        ("a", 3000 * MB, FileTooLarge),
    ],
)
def test_the_limit_of_a_kind_is_told_before_anything_is_sent(trio, name, size, refusal):
    with pytest.raises(refusal):
        begin(trio, name=name, size=size)
    assert TrainingFile.objects.count() == 0


def test_a_large_pdf_under_another_name_is_refused_at_its_first_bytes(trio):
    file = begin(trio, name="bài giảng.mp4", size=300 * MB)
    file = send(file, 0, b"%PDF-1.7\n".ljust(2000))
    file.refresh_from_db()
    assert (file.state, file.refusal) == (FileState.REFUSED, "PDF lớn quá 100 MB.")
    assert not Job.objects.exists()
    with pytest.raises(UploadOver):
        send(file, 2000, b"x")


def test_an_executable_is_refused_at_its_first_bytes_and_leaves_none(
    trio, django_capture_on_commit_callbacks
):
    file = begin(trio, name="phim.mp4", size=3 * MB)
    with django_capture_on_commit_callbacks(execute=True):
        send(file, 0, b"MZ".ljust(4096, b"\0"))
    file.refresh_from_db()
    assert file.state == FileState.REFUSED
    assert file.refusal.startswith("Tệp không phải hình, PDF, video MP4/WebM")
    assert not folder_of(file).exists()


def test_a_unit_has_only_so_much_room(trio, settings):
    settings.TRAINING_UNIT_BYTES = 2 * len(PNG)
    begin(trio)
    begin(trio)
    with pytest.raises(UnitSpaceUsedUp):
        begin(trio)


def test_a_full_disk_is_told_before_and_while_bytes_come(trio, monkeypatch):
    class Usage:
        free = KEPT_FREE + len(PNG) - 1

    monkeypatch.setattr(file_storage.shutil, "disk_usage", lambda _path: Usage)
    with pytest.raises(DiskFull):
        begin(trio)
    Usage.free += 1
    file = begin(trio)
    send(file, 0, PNG[:HALF])

    def full(_number):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as filling:
        filling.setattr(file_storage.os, "fsync", full)
        with pytest.raises(DiskFull):
            send(file, HALF, PNG[HALF:])
    assert upload_path(file).read_bytes() == PNG[:HALF]
    assert send(file, HALF, PNG[HALF:]).state == FileState.CHECKING


def test_abandoned_uploads_are_swept_with_their_bytes(trio):
    file = begin(trio)
    send(file, 0, PNG[:HALF])
    assert sweep_uploads(now=file.added_at + UPLOAD_LASTS - timedelta(minutes=1)) == 0
    assert sweep_uploads(now=file.added_at + UPLOAD_LASTS + timedelta(minutes=1)) == 1
    assert not TrainingFile.objects.exists()
    assert not folder_of(file).exists()


def test_an_upload_given_up_is_gone_and_one_being_checked_is_not(
    trio, django_capture_on_commit_callbacks
):
    file = begin(trio)
    send(file, 0, PNG[:HALF])
    with django_capture_on_commit_callbacks(execute=True):
        cancel_upload(file=file)
    assert not folder_of(file).exists()
    whole = begin(trio)
    send(whole, 0, PNG)
    with pytest.raises(UploadOver):
        cancel_upload(file=whole)
    with pytest.raises(UploadOver):
        finish(file=whole, now=timezone.now())


def test_names_keep_no_folder_and_no_control_character(trio):
    names = {
        "C:\\tài liệu\\bài 1.pdf": "bài 1.pdf",
        "../../etc/passwd": "passwd",
        "a\u202e\nb.pdf": "a b.pdf",
        "x" * 300 + ".pdf": ("x" * 300 + ".pdf")[-200:],
        "": "tệp không tên",
    }
    assert {name: begin(trio, name=name).name for name in names} == names


def test_nothing_outside_a_files_folder_is_opened(trio):
    file = make_ready_file(unit=trio.here, user=trio.alice)
    upload_path(file).write_bytes(b"x")
    assert open_path(file=file).read_bytes() == PNG
    for part in ("../content", "/etc/passwd", "upload", "package", "a/../../../x"):
        with pytest.raises(FileNotFound):
            open_path(file=file, part=part)
    link = folder_of(file) / "poster.jpg"
    link.symlink_to("/etc/passwd")
    with pytest.raises(FileNotFound):
        open_path(file=file, part="poster.jpg")


def test_a_file_in_use_stays_and_an_unused_one_goes(
    trio, monkeypatch, django_capture_on_commit_callbacks
):
    held, free = (make_ready_file(unit=trio.here, user=trio.alice) for _ in range(2))
    monkeypatch.setattr(file_use, "USES", [])
    register_file_use(lambda _user, _file: False, held=lambda: [held.pk])
    assert list(unused_files()) == [free]
    with pytest.raises(FileInUse):
        delete_file(file=held, user=trio.alice)
    with pytest.raises(NotAllowed):
        delete_file(file=free, user=trio.bob)
    with django_capture_on_commit_callbacks(execute=True):
        delete_file(file=free, user=trio.alice)
    assert list(TrainingFile.objects.all()) == [held]
    assert not folder_of(free).exists()


def test_who_may_read_follows_from_the_unit_and_from_who_uses_the_file(trio, monkeypatch):
    file = make_ready_file(unit=trio.here, user=trio.alice)
    monkeypatch.setattr(file_use, "USES", [])
    assert [may_read_file(who, file) for who in (trio.alice, trio.bob, trio.charlie)] == [
        True,
        False,
        False,
    ]
    register_file_use(lambda user, asked: asked == file and user == trio.charlie)
    assert [may_read_file(who, file) for who in (trio.bob, trio.charlie)] == [False, True]


def test_the_address_changes_with_the_content(trio):
    file = make_ready_file(unit=trio.here, user=trio.alice)
    assert file_url(file, "poster.jpg") == f"/tep/{file.public_id}/{file.sha256[:16]}/poster.jpg"
