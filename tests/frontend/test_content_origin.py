"""On the content host there are packages and nothing else; on the site's host there are none."""

from io import BytesIO

import pytest
from django.conf import settings as project
from django.test import Client
from django.utils import timezone

from config.wsgi import application
from frontend.content_origin import is_content_host
from tests.training.scorm_packages import golf
from tests.training.scorm_world import make_scorm_world
from training.domain.package_links import LASTS, package_token, save_token
from training.models import LessonProgress

pytestmark = pytest.mark.django_db

CONTENT, SITE = "goi.thi.vn", "https://thi.vn"


@pytest.fixture(autouse=True)
def two_origins(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.CONTENT_ORIGIN, settings.SITE_ORIGIN = f"https://{CONTENT}", SITE


@pytest.fixture
def made():
    return make_scorm_world(golf())


@pytest.fixture
def token(made):
    return package_token(file=made.file, site=SITE, now=timezone.now())


@pytest.fixture
def content():
    """A browser at the content host, with whatever cookies the site gave it."""
    client = Client(headers={"Host": CONTENT})
    client.cookies[project.SESSION_COOKIE_NAME] = "x"
    return client


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_player_and_the_packages_files_are_there_framed_by_the_site_alone(content, token):
    player = content.get(f"/choi/{token}/")
    assert player.status_code == 200
    assert player["Content-Security-Policy"].endswith(f"frame-ancestors {SITE}")
    assert "unsafe" not in player["Content-Security-Policy"]
    page = content.get(f"/goi/{token}/launch.html")
    assert b"Golf" in body(page)
    assert page["Content-Type"] == "text/html"
    policy = page["Content-Security-Policy"]
    assert "'unsafe-eval'" in policy
    assert policy.endswith(f"frame-ancestors 'self' {SITE}")
    assert page.get("X-Frame-Options") is None
    assert (page["X-Content-Type-Options"], page.cookies.output()) == ("nosniff", "")
    part = content.get(f"/goi/{token}/launch.html", headers={"Range": "bytes=0-1"})
    assert (part.status_code, body(part)) == (206, b"<!")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/lam-viec/",
        "/hoc/",
        "/tai-khoan/dang-nhap/",
        "/api/v1/entry/save",
        "/goi/",
        "/choi/x/",
    ],
)
def test_nothing_of_the_site_is_on_the_content_host(content, path):
    answer = content.get(path)
    assert answer.status_code == 404
    assert answer.cookies.output() == ""


def test_no_package_is_on_the_sites_host(token):
    site = Client(headers={"Host": "thi.vn"})
    for path in (f"/choi/{token}/", f"/goi/{token}/launch.html", f"/luu-goi/{token}/"):
        assert site.get(path).status_code == 404


@pytest.mark.parametrize(
    "part", ["../content", "%2e%2e/content", "../../upload", "khac.html", "pages", "/etc/passwd"]
)
def test_nothing_outside_the_package_is_given(content, token, part):
    assert content.get(f"/goi/{token}/{part}").status_code == 404


def test_an_address_ends_cannot_be_guessed_and_installs_no_worker(content, made, token):
    assert content.get(f"/goi/{token[:-1]}x/launch.html").status_code == 404
    worker = content.get(f"/goi/{token}/launch.html", headers={"Service-Worker": "script"})
    assert worker.status_code == 404
    past = timezone.now() - timezone.timedelta(seconds=LASTS)
    ended = package_token(file=made.file, site=SITE, now=past)
    assert content.get(f"/goi/{ended}/launch.html").status_code == 404
    # The right to open is no right to save, nor the other way round.
    saving = save_token(enrolment=made.enrolment, lesson=made.lesson, now=timezone.now())
    assert content.get(f"/goi/{saving}/launch.html").status_code == 404
    assert content.post(f"/luu-goi/{token}/", "{}", content_type="text/plain").status_code == 404


def report(tab="tab-mot-1", sequence=1, **values):
    return {"tab": tab, "sco": "I1", "sequence": sequence, "elapsed": 30, "values": values}


def test_the_last_word_of_a_closed_page_is_taken_by_its_address(content, made):
    token = save_token(enrolment=made.enrolment, lesson=made.lesson, now=timezone.now())
    address = f"/luu-goi/{token}/"
    kept = content.post(
        address, report(**{"cmi.suspend_data": "trang=2"}), content_type="application/json"
    )
    assert kept.status_code == 204
    progress = LessonProgress.objects.get()
    assert progress.state["scorm"]["scos"]["I1"]["suspend"] == "trang=2"
    assert progress.state["scorm"]["seconds"] == 0
    for broken in ("{", "[]", '{"tab": "x"}'):
        assert content.post(address, broken, content_type="text/plain").status_code == 400


def learner(made) -> Client:
    client = Client(headers={"Host": "thi.vn"})
    client.force_login(made.learner)
    return client


def test_the_lessons_page_frames_the_content_origin_alone(made, settings):
    settings.ALLOWED_HOSTS = ["*"]
    page = learner(made).get(made.page)
    text = page.content.decode()
    assert f"https://{CONTENT}/choi/" in text
    assert f"frame-src https://{CONTENT}" in page["Content-Security-Policy"]
    settings.CONTENT_ORIGIN = ""
    without = learner(made).get(made.page)
    assert "Chưa mở được gói SCORM ở địa chỉ này" in without.content.decode()
    assert "frame-src" not in without["Content-Security-Policy"]


def test_a_missing_run_time_is_said_on_the_page(made, monkeypatch):
    monkeypatch.setattr("frontend.pages.learning.package_showing.package_url", lambda _name: "")
    assert "Máy chủ chưa có phần phát gói SCORM" in learner(made).get(made.page).content.decode()


def test_what_a_package_says_is_saved_and_told_back(made):
    client = learner(made)
    client.get(made.page)
    saved = client.post(
        made.page + "luu/",
        report(**{"cmi.core.lesson_status": "completed", "cmi.core.score.raw": "85"}),
        content_type="application/json",
    )
    assert saved.json() == {
        "words": "Đã hoàn thành. Đạt. Điểm: 85/100.",
        "completed": True,
        "status": "completed",
        "success": "passed",
        "score": 85.0,
        "seconds": 0,
    }
    bad = client.post(made.page + "luu/", {"tab": "x"}, content_type="application/json")
    assert (bad.status_code, bad.json()["code"]) == (400, "bad_progress")


@pytest.mark.parametrize(
    ("host", "is_content"), [("localhost:8000", True), ("127.0.0.1:8000", False), ("thi.vn", False)]
)
def test_without_configuration_the_machines_other_name_plays_packages(settings, host, is_content):
    settings.CONTENT_ORIGIN = settings.SITE_ORIGIN = ""
    settings.LOOPBACK_CONTENT = "localhost"
    assert is_content_host(host) is is_content
    if is_content:
        led = Client(headers={"Host": host}).get("/lam-viec/?a=1")
        assert (led.status_code, led["Location"]) == (302, "http://127.0.0.1:8000/lam-viec/?a=1")


def test_the_short_chain_is_not_reached_from_the_content_host():
    told = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/v1/entry/save",
        "HTTP_HOST": CONTENT,
        "SERVER_NAME": CONTENT,
        "SERVER_PORT": "443",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "https",
        "REMOTE_ADDR": "127.0.0.1",
        "QUERY_STRING": "",
    }
    application(environ, lambda status, headers: told.append(status))
    assert told == ["404 Not Found"]
