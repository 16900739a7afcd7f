"""Training files come in by tus and go out in parts, to whom they are for."""

import base64

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from frontend.pages.workplace import uploads
from tests.media_samples import PNG
from tests.people import make_trio
from tests.training.stored_files import make_ready_file
from training.domain import file_use
from training.domain.file_storage import upload_path
from training.domain.files import file_url
from training.enums import FileKind, FileState
from training.interfaces import serving
from training.models import TrainingFile

pytestmark = pytest.mark.django_db

START = "/lam-viec/tap-huan/tai-len/"
TUS = {"Tus-Resumable": "1.0.0"}
PART = TUS | {"Content-Type": "application/offset+octet-stream"}


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def trio():
    return make_trio(Role.ORGANISER)


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def metadata(**values: str) -> str:
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in values.items())


def begin(client, unit, *, size=68, name="sơ đồ.png", **headers):
    told = {"Upload-Length": str(size), "Upload-Metadata": metadata(filename=name, unit=unit.code)}
    return client.post(START, headers=TUS | told | headers)


def send(client, address, offset, chunk, **headers):
    return client.patch(
        address,
        data=chunk,
        content_type="application/offset+octet-stream",
        headers=TUS | {"Upload-Offset": str(offset)} | headers,
    )


def test_a_cut_upload_is_asked_how_far_it_is_and_gone_on_with(trio):
    alice = browser(trio.alice)
    began = begin(alice, trio.here, size=len(PNG))
    assert (began.status_code, began["Upload-Offset"]) == (201, "0")
    address = began["Location"]
    assert send(alice, address, 0, PNG[:20])["Upload-Offset"] == "20"
    head = alice.head(address, headers=TUS)
    assert (head["Upload-Offset"], head["Upload-Length"], head["Cache-Control"]) == (
        "20",
        str(len(PNG)),
        "no-store",
    )
    again = send(alice, address, 0, PNG[:20])
    assert (again.status_code, again.json()["details"]) == (409, {"received": 20})
    assert send(alice, address, 20, PNG[20:]).status_code == 204
    told = alice.get(address).json()
    assert (told["state"], told["name"], told["url"]) == (FileState.CHECKING, "sơ đồ.png", "")
    assert upload_path(TrainingFile.objects.get()).read_bytes() == PNG


def test_an_upload_is_its_senders_alone(trio):
    address = begin(browser(trio.alice), trio.here)["Location"]
    assert browser(trio.bob).head(address, headers=TUS).status_code == 404
    assert begin(browser(trio.bob), trio.here).json()["details"] == {"wrong": "unit"}
    assert browser(trio.alice).delete(address, headers=TUS).status_code == 204
    assert not TrainingFile.objects.exists()


def test_what_the_protocol_does_not_allow_is_refused(trio, monkeypatch):
    alice = browser(trio.alice)
    assert alice.options(START)["Tus-Extension"] == "creation,termination,expiration"
    assert alice.post(START).status_code == 412
    wrong = {"Upload-Length": "1e3"}, {"Upload-Length": "-1"}, {"Upload-Metadata": "filename %%"}
    for headers in wrong:
        assert begin(alice, trio.here, **headers).status_code == 400
    too_large = begin(alice, trio.here, size=300 * 2**20, name="a.pdf")
    assert (too_large.status_code, too_large.json()["message"]) == (413, "PDF lớn quá 100 MB.")
    address = begin(alice, trio.here)["Location"]
    assert alice.patch(address, data=b"x", headers=TUS).status_code == 415
    monkeypatch.setattr(uploads, "MOST_CHUNK", 4)
    assert send(alice, address, 0, PNG[:5]).status_code == 413


def test_a_refused_upload_says_why(trio):
    alice = browser(trio.alice)
    address = begin(alice, trio.here, size=4096)["Location"]
    refused = send(alice, address, 0, b"MZ".ljust(2048))
    assert refused.status_code == 410
    assert refused.json()["message"].startswith("Tệp không phải hình, PDF")
    assert alice.head(address, headers=TUS).status_code == 410
    assert alice.get(address).json()["refusal"] == refused.json()["message"]


@pytest.fixture
def film(trio):
    return make_ready_file(
        unit=trio.here,
        user=trio.alice,
        kind=FileKind.VIDEO,
        content=bytes(range(100)),
        name="đ.mov",
    )


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("asked", "status", "given", "told"),
    [
        ("", 200, slice(None), None),
        ("bytes=0-1", 206, slice(0, 2), "bytes 0-1/100"),
        ("bytes=90-", 206, slice(90, 100), "bytes 90-99/100"),
        ("bytes=-5", 206, slice(95, 100), "bytes 95-99/100"),
        ("bytes=90-500", 206, slice(90, 100), "bytes 90-99/100"),
        ("bytes=100-", 416, slice(0, 0), "bytes */100"),
        ("bytes=5-2", 416, slice(0, 0), "bytes */100"),
        ("bytes=0-1,5-6", 200, slice(None), None),
        ("items=0-1", 200, slice(None), None),
    ],
)
def test_parts_are_given_as_asked_for(trio, film, asked, status, given, told):
    answer = browser(trio.alice).get(file_url(film), headers={"Range": asked})
    assert (answer.status_code, answer.get("Content-Range")) == (status, told)
    assert body(answer) == bytes(range(100))[given]


def test_of_a_long_film_a_player_gets_a_piece_and_asks_on(trio, film, monkeypatch):
    monkeypatch.setattr(serving, "MOST_AT_ONCE", 10)
    answer = browser(trio.alice).get(file_url(film), headers={"Range": "bytes=50-"})
    assert (answer.status_code, answer["Content-Range"], answer["Content-Length"]) == (
        206,
        "bytes 50-59/100",
        "10",
    )


def test_nothing_in_an_answer_can_run_and_browsers_keep_it(trio, film):
    answer = browser(trio.alice).get(file_url(film))
    assert {name: answer[name] for name in answer.headers if name != "Last-Modified"} == {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Language": "vi",
        "Content-Disposition": "inline; filename*=utf-8''%C4%91.mp4",
        "Content-Length": "100",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Type": "video/mp4",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "ETag": f'"{film.sha256[:16]}"',
        "Permissions-Policy": answer["Permissions-Policy"],
        "Referrer-Policy": "same-origin",
        "Vary": answer["Vary"],
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    again = browser(trio.alice).get(file_url(film), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    download = browser(trio.alice).get(file_url(film) + "?tai-ve")
    assert download["Content-Disposition"].startswith("attachment; ")


def test_a_package_is_only_ever_downloaded(trio):
    package = make_ready_file(
        unit=trio.here, user=trio.alice, kind=FileKind.SCORM, content=b"PK", name="a.zip"
    )
    answer = browser(trio.alice).get(file_url(package))
    assert answer["Content-Disposition"] == 'attachment; filename="a.zip"'


def test_strangers_read_what_a_use_opens_to_them_and_nothing_else(trio, film, monkeypatch):
    monkeypatch.setattr(file_use, "USES", [])
    for client in (Client(), browser(trio.bob), browser(trio.charlie)):
        assert client.get(file_url(film)).status_code == 404
    file_use.register_file_use(lambda user, file: isinstance(user, AnonymousUser))
    answer = Client().get(file_url(film))
    assert (answer.status_code, answer["Cache-Control"]) == (
        200,
        "public, max-age=31536000, immutable",
    )
    changed = file_url(film).replace(film.sha256[:16], "0" * 16)
    assert Client().get(changed).status_code == 404
    TrainingFile.objects.update(state=FileState.CHECKING)
    assert Client().get(file_url(film)).status_code == 404


def test_nginx_is_told_where_the_bytes_lie(trio, film, settings):
    settings.FILES_BY_NGINX = True
    answer = browser(trio.alice).get(file_url(film), headers={"Range": "bytes=0-1"})
    assert (answer.status_code, answer.content) == (200, b"")
    hex = film.public_id.hex
    assert answer["X-Accel-Redirect"] == f"/tep-noi-bo/{hex[:2]}/{hex}/content"
    assert answer["Content-Type"] == "video/mp4"


FILES = "/lam-viec/tap-huan/tep/"


def test_without_script_a_file_comes_with_the_form(trio, monkeypatch):
    alice = browser(trio.alice)
    posted = alice.post(FILES, {"file": "", "file_plain": SimpleUploadedFile("a.png", PNG)})
    assert (posted.status_code, posted["Location"]) == (302, FILES)
    file = TrainingFile.objects.get()
    assert (file.name, file.state, upload_path(file).read_bytes()) == ("a.png", "checking", PNG)
    monkeypatch.setattr("training.domain.files.MOST_PLAIN", 4)
    refused = alice.post(FILES, {"file_plain": SimpleUploadedFile("a.png", PNG)})
    assert refused.status_code == 422
    assert "không được quá" in refused.content.decode()
    assert "Chưa chọn tệp nào." in alice.post(FILES).content.decode()


def test_a_form_takes_only_a_file_that_is_there_and_ones_own(trio, film):
    alice, bob = browser(trio.alice), browser(trio.bob)
    assert alice.post(FILES, {"file": str(film.public_id)}).status_code == 302
    for client, chosen in ((bob, str(film.public_id)), (alice, "x"), (alice, str(trio.alice.pk))):
        assert client.post(FILES, {"file": chosen}).status_code == 422
    TrainingFile.objects.update(state=FileState.REFUSED, refusal="Video bị cắt cụt.")
    assert "Video bị cắt cụt." in alice.post(FILES, {"file": film.public_id}).content.decode()


def test_files_that_nothing_uses_are_listed_and_deleted(trio, film, monkeypatch):
    held = make_ready_file(unit=trio.here, user=trio.alice, name="đang dùng.png")
    monkeypatch.setattr(file_use, "USES", [])
    file_use.register_file_use(lambda _user, _file: False, held=lambda: [held.pk])
    alice = browser(trio.alice)
    listed = alice.get(FILES, {"loc": "khong-dung"}).content.decode()
    assert ("đ.mov" in listed, "đang dùng.png" in listed) == (True, False)
    for file in (film, held):
        assert alice.post(f"{FILES}{file.public_id}/xoa/").status_code == 302
    assert list(TrainingFile.objects.all()) == [held]
    assert "Tệp đang được dùng nên không xoá được." in alice.get(FILES).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_times_for_one_file_and_three(
    trio, count, django_assert_max_num_queries
):
    for _number in range(count):
        make_ready_file(unit=trio.here, user=trio.alice)
    alice = browser(trio.alice)
    alice.get(FILES)
    with django_assert_max_num_queries(20):
        alice.get(FILES)
