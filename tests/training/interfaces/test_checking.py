"""What a file is follows from its bytes, whatever it is called; what is broken is refused."""

import json
import struct

import av
import pytest
from django.utils import timezone

from accounts.domain.jobs import run_job
from accounts.enums import JobState, Role
from tests.media_samples import (
    JPEG,
    MP3,
    PNG,
    PNG_TELLING,
    SECRET,
    WEBP,
    jpeg_telling,
    png,
    webp_telling,
)
from tests.people import make_trio
from tests.training.file_samples import (
    PDF_ATTACHMENT,
    PDF_ENCRYPTED,
    PDF_SCRIPT,
    pdf,
    write_film,
)
from training.domain.file_storage import CONTENT, POSTER, folder_of, upload_path
from training.domain.files import append, open_path, start_upload
from training.enums import FileState
from training.interfaces.checking import child, sandbox
from training.interfaces.checking.child import check
from training.interfaces.checking.found import FileRefused
from training.interfaces.checking.jobs import check_file
from training.interfaces.checking.sentences import known_codes, sentence

SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,500\r\nXin chào\r\n\r\n"
    "2\r\n00:00:03,000 --> 00:00:04,000\r\nHai"
)
VTT = "WEBVTT\n\nNOTE 1 --> 2\n\n00:01.000 --> 00:02.000\n<b>Một</b>\n"


@pytest.fixture
def looked_at(tmp_path):
    """(what is found in the bytes, the folder where the check wrote)."""

    def look(content):
        path, folder = tmp_path / "upload", tmp_path / "made"
        path.write_bytes(content)
        folder.mkdir(exist_ok=True)
        return check(path, folder), folder

    return look


def refusal(looked_at, content):
    with pytest.raises(FileRefused) as refused:
        looked_at(content)
    return refused.value.code, refused.value.values


@pytest.mark.parametrize(
    ("content", "mime"), [(PNG, "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp")]
)
def test_a_picture_is_known_with_its_sides(looked_at, content, mime):
    found, _folder = looked_at(content)
    assert (found.kind, found.mime, found.facts) == ("image", mime, {"width": 8, "height": 4})


@pytest.mark.parametrize("content", [PNG_TELLING, jpeg_telling(), webp_telling()])
def test_a_picture_is_kept_without_what_it_tells_besides(looked_at, content):
    assert SECRET in content
    _found, folder = looked_at(content)
    assert SECRET not in (folder / CONTENT).read_bytes()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PNG[:-20], "picture_damaged"),
        (PNG.replace(b"IDAT", b"IDAX"), "picture_damaged"),
        (png(10_001, 1), "picture_too_wide"),
        (b"GIF89a", "unknown_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown_kind"),
        (b"\x7fELF", "unknown_kind"),
        (b"", "unknown_kind"),
        (b"xin chao 00:00:01,000 --> 00:00:02,000", "unknown_kind"),
        (b"\0\0\0\x18ftypmp42".ljust(500, b"\0"), "film_damaged"),
        (b"\0\0\0\x18ftypqt  ".ljust(500, b"\0"), "film_quicktime"),
        (b"\x1aE\xdf\xa3webm".ljust(500, b"\0"), "film_damaged"),
        (b"\x1aE\xdf\xa3matroska".ljust(500, b"\0"), "film_matroska"),
        (b"ID3".ljust(500, b"\0"), "film_damaged"),
        (b"OggS".ljust(500, b"\0"), "film_damaged"),
        (b"%PDF-1.7 nothing", "pdf_damaged"),
        (pdf()[:300], "pdf_damaged"),
        (PDF_ENCRYPTED, "pdf_encrypted"),
        (PDF_SCRIPT, "pdf_script"),
        (PDF_ATTACHMENT, "pdf_attachments"),
        (SRT.encode("utf-16-le"), "unknown_kind"),
        (SRT.encode("cp1258", "replace").replace(b"?", b"\xe0"), "subtitles_encoding"),
        (b"WEBVTT\n\n", "subtitles_empty"),
    ],
)
def test_what_is_not_what_it_promises_is_refused(looked_at, content, code):
    assert refusal(looked_at, content)[0] == code


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (SRT.replace("03,000", "3s"), 6),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\n00:03 -> 4\n00:61.000 --> 00:62.000\nB", 7),
    ],
)
def test_a_broken_subtitle_is_refused_with_its_line(looked_at, broken, line):
    assert refusal(looked_at, broken.encode()) == ("subtitles_damaged", {"line": line})


def test_a_subtitle_that_ends_before_it_begins_is_named(looked_at):
    backwards = SRT.replace("04,000", "02,000").encode()
    assert refusal(looked_at, backwards) == (
        "subtitles_backwards",
        {"cue": 2, "start": "00:00:03.000"},
    )


@pytest.mark.parametrize("text", [SRT, "\ufeff" + SRT])
def test_subrip_becomes_webvtt(looked_at, text):
    found, folder = looked_at(text.encode())
    assert (found.kind, found.mime, found.facts) == (
        "subtitles",
        "text/vtt",
        {"cues": 2, "seconds": 4},
    )
    assert (folder / CONTENT).read_text() == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nXin chào\n\n00:00:03.000 --> 00:00:04.000\nHai\n"
    )


def test_webvtt_is_taken_with_its_marks(looked_at):
    found, folder = looked_at(VTT.encode())
    assert found.facts == {"cues": 1, "seconds": 2}
    assert "<b>Một</b>" in (folder / CONTENT).read_text()


def test_a_pdf_is_known_with_its_pages_and_drawn_once(looked_at):
    found, folder = looked_at(pdf(3))
    assert (found.kind, found.facts) == (
        "pdf",
        {"pages": 3, "width": 595, "height": 842, "poster": True},
    )
    assert (folder / POSTER).read_bytes().startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("format", "codec", "sound", "mime", "names"),
    [
        ("mp4", "libx264", "aac", "video/mp4", ("h264", "aac")),
        ("webm", "libvpx", "libopus", "video/webm", ("vp8", "opus")),
        ("mp4", "", "aac", "audio/mp4", (None, "aac")),
        ("ogg", "", "libopus", "audio/ogg", (None, "opus")),
    ],
)
def test_films_and_sounds_of_browsers_are_known(
    looked_at, tmp_path, format, codec, sound, mime, names
):
    content = write_film(tmp_path / "film", format=format, codec=codec, sound=sound)
    found, folder = looked_at(content)
    assert found.mime == mime
    assert (found.facts.get("video_codec"), found.facts["sound_codec"]) == names
    assert 1.9 <= found.facts["seconds"] <= 2.1
    assert (folder / POSTER).exists() is bool(codec)


def test_a_sound_of_mp3_is_known(looked_at):
    found, _folder = looked_at(MP3)
    assert (found.kind, found.mime) == ("sound", "audio/mpeg")


@pytest.mark.parametrize(
    ("how", "code"),
    [({"codec": "mpeg4"}, "film_codec"), ({"pixels": "yuv444p"}, "film_pixels")],
)
def test_films_that_browsers_do_not_play_are_refused(looked_at, tmp_path, how, code):
    assert refusal(looked_at, write_film(tmp_path / "film", **how))[0] == code


def test_a_film_cut_short_is_refused(looked_at, tmp_path):
    whole = write_film(tmp_path / "film", format="webm", codec="libvpx", seconds=8)
    head = whole.index(b"\x1f\x43\xb6\x75") + 400
    assert refusal(looked_at, whole[:head])[0] in ("film_cut", "film_damaged")


PLACE = "+16.0700+108.2200/"
PLACES = {"location": PLACE, "com.apple.quicktime.location.ISO6709": PLACE, "comment": PLACE}


@pytest.mark.parametrize(
    ("format", "codec", "options"),
    [
        ("mp4", "libx264", {}),  # ©xyz
        ("mp4", "libx264", {"movflags": "use_metadata_tags"}),  # keys, as Apple writes them
        ("webm", "libvpx", {}),
        ("mp4", "", {}),  # a recording of a voice
    ],
)
def test_a_film_is_kept_without_the_place_where_it_was_made(
    looked_at, tmp_path, format, codec, options
):
    content = write_film(
        tmp_path / "film",
        format=format,
        codec=codec,
        sound="aac" if format == "mp4" else "libopus",
        metadata=PLACES,
        options=options,
    )
    assert PLACE.encode() in content
    found, folder = looked_at(content)
    kept = folder / CONTENT
    assert PLACE.encode() not in kept.read_bytes()
    with av.open(str(tmp_path / "film")) as before, av.open(str(kept)) as after:
        assert not set(after.metadata) & {"location", "location-eng", "comment", "creation_time"}
        for one, other in zip(before.streams, after.streams, strict=True):
            assert bytes_of(before, one) == bytes_of(after, other)
    assert check(kept, tmp_path / "made").facts["seconds"] == found.facts["seconds"]


def bytes_of(opened, stream) -> list[bytes]:
    """What a stream holds, packet by packet."""
    opened.seek(0)
    return [bytes(packet) for packet in opened.demux(stream) if packet.size]


def test_a_film_held_upright_stays_upright(looked_at, tmp_path):
    content = write_film(tmp_path / "film")
    level = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    turned = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 48 << 16, 0, 1 << 30)
    head, matrix, rest = content.rpartition(level)  # the track's; the film's own comes before
    assert matrix
    _found, folder = looked_at(head + turned + rest)
    written = (folder / CONTENT).read_bytes()
    assert turned[:20] in written


def test_every_refusal_has_its_sentence():
    values = {
        "kind": "pdf",
        **dict.fromkeys(("pages", "most", "seconds", "promised", "side", "hours"), 1),
        "line": 1,
        "cue": 1,
        "start": "",
        "codec": "",
        "pixels": "",
        "name": "",
        "version": "",
    }
    for code in known_codes():
        assert "%" not in sentence(code, values)


def test_a_reader_that_dies_or_hangs_refuses_the_file(tmp_path, monkeypatch):
    for program, code in (
        ("import os; os.abort()", "too_heavy"),
        ("raise SystemExit(3)", "damaged"),
        ("import time; time.sleep(9)", "too_heavy"),
    ):
        monkeypatch.setattr(sandbox, "LONGEST", 0.5)
        with pytest.raises(FileRefused) as refused:
            sandbox.run_apart([sandbox.sys.executable, "-c", program])
        assert refused.value.code == code


def test_the_reader_knows_no_secret_and_little_memory():
    program = (
        "import json, os, resource; from training.interfaces.checking import child;"
        "child.limit_self(); print(json.dumps({'env': sorted(os.environ),"
        "'memory': resource.getrlimit(resource.RLIMIT_AS)[0],"
        "'django': 'django' in __import__('sys').modules}))"
    )
    told = sandbox.run_apart([sandbox.sys.executable, "-c", program])
    assert set(told["env"]) <= {"LANG", "LC_CTYPE", "PATH"}
    assert (told["memory"], told["django"]) == (child.MOST_MEMORY, False)


def upload(trio, content, name="tệp"):
    file = start_upload(
        unit=trio.here, name=name, size=len(content), user=trio.alice, now=timezone.now()
    )
    return append(file=file, offset=0, chunk=content, now=timezone.now())


def run(file):
    from accounts.models import Job

    return run_job(job_id=Job.objects.get(params={"file": file.pk}).pk)


@pytest.mark.django_db
def test_the_worker_makes_a_sound_file_ready(media_folder):
    trio = make_trio(Role.ORGANISER)
    file = upload(trio, PNG_TELLING)
    job = run(file)
    file.refresh_from_db()
    assert (job.state, file.state, file.kind, file.mime) == (
        JobState.DONE,
        FileState.READY,
        "image",
        "image/png",
    )
    assert file.size == file.received == open_path(file=file).stat().st_size < len(PNG_TELLING)
    assert {path.name for path in folder_of(file).iterdir()} == {CONTENT}


@pytest.mark.django_db
def test_a_refused_file_keeps_the_reason_and_no_byte(
    media_folder, django_capture_on_commit_callbacks
):
    trio = make_trio(Role.ORGANISER)
    file = upload(trio, b"\0\0\0\x18ftypmp42".ljust(500, b"\0"))
    with django_capture_on_commit_callbacks(execute=True):
        job = run(file)
    file.refresh_from_db()
    assert (job.state, file.state, file.sha256) == (JobState.DONE, FileState.REFUSED, "")
    assert file.refusal.startswith("Tệp không phải video, âm thanh xem được")
    assert not folder_of(file).exists()


class Run:
    def __init__(self, file):
        self.params = {"file": file.pk}


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["check_apart", "_put_in_place", "_make_ready"])
def test_a_worker_killed_at_any_step_leaves_the_check_to_be_done_again(
    media_folder, monkeypatch, step
):
    file = upload(make_trio(Role.ORGANISER), PNG)

    def killed(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as killing:
        killing.setattr(f"training.interfaces.checking.jobs.{step}", killed)
        with pytest.raises(KeyboardInterrupt):
            check_file(Run(file))
    (folder_of(file) / "draft-left").mkdir()
    assert upload_path(file).read_bytes() == PNG
    assert check_file(Run(file)) == {"state": "ready", "refusal": ""}
    assert {path.name for path in folder_of(file).iterdir()} == {CONTENT}
    # Killed between the row and the end of the upload: the next run only tidies up.
    upload_path(file).write_bytes(PNG)
    assert check_file(Run(file)) == {"state": "ready", "refusal": ""}
    assert not upload_path(file).exists()


def test_the_child_says_what_it_found_as_json(tmp_path, capsys, monkeypatch):
    (tmp_path / "a").write_bytes(PNG)
    monkeypatch.setattr(child, "limit_self", lambda: None)
    child.main(str(tmp_path / "a"), str(tmp_path))
    assert json.loads(capsys.readouterr().out)["found"]["kind"] == "image"
