"""A package played on its own origin: completed, resumed, its time reported."""

import pytest
from django.conf import settings as project
from django.test import Client
from playwright.sync_api import Page, expect

from tests.training.scorm_packages import golf, of_2004
from tests.training.scorm_world import ScormWorld, make_scorm_world
from training.models import LessonProgress

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def sign_in(page: Page, live_server, made: ScormWorld) -> None:
    signed_in = Client()
    signed_in.force_login(made.learner)
    session = signed_in.cookies[project.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": project.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )


def stored() -> dict:
    return LessonProgress.objects.get().state["scorm"]


def test_a_golf_package_is_left_taken_up_again_and_passed(quiet: Page, live_server):
    made = make_scorm_world(golf())
    sign_in(quiet, live_server, made)
    quiet.goto(live_server.url + made.page)
    package = quiet.frame_locator(".scorm__frame").frame_locator("#package")
    inner = package.frame_locator("#trang")
    expect(package.get_by_text("Nhớ:")).to_be_visible()
    inner.get_by_role("button", name="Trang sau").click()
    inner.get_by_role("button", name="Trang sau").click()
    expect(inner.get_by_role("heading", name="Trang 2")).to_be_visible()
    quiet.wait_for_timeout(1100)
    quiet.goto("about:blank")

    # What the package said while its page was closed has come by the last word.
    for _try in range(20):
        record = stored()["scos"]["I1"]
        if record["suspend"] == "trang=2" and record["values"].get("cmi.core.exit"):
            break
        quiet.wait_for_timeout(100)
    assert (record["suspend"], record["location"], record["values"]) == (
        "trang=2",
        "2",
        {"cmi.core.exit": "suspend"},
    )
    assert 1 <= stored()["seconds"] <= 10

    quiet.goto(live_server.url + made.page)
    expect(package.get_by_text("Nhớ: trang=2")).to_be_visible()
    expect(inner.get_by_role("heading", name="Trang 2")).to_be_visible()
    inner.get_by_role("button", name="Nộp bài").click()
    expect(quiet.get_by_text("Đã hoàn thành bài này")).to_be_visible()
    expect(quiet.get_by_text("Điểm: 85/100.")).to_be_visible()
    progress = LessonProgress.objects.get()
    assert progress.completed_at is not None
    assert (stored()["status"], stored()["success"]) == ("completed", "passed")


def test_a_package_of_2004_has_none_of_the_sites_rights(page: Page, live_server):
    made = make_scorm_world(of_2004(2))
    sign_in(page, live_server, made)
    page.goto(live_server.url + made.page)
    package = page.frame_locator(".scorm__frame").frame_locator("#package")
    expect(package.get_by_text("Nhớ:")).to_be_visible()
    frame = next(each for each in page.frames if "/goi/" in each.url and "bai1" in each.url)
    assert frame.url.startswith(live_server.url.replace("localhost", "127.0.0.1"))
    tried = frame.evaluate(
        """async (site) => {
          const out = { cookie: document.cookie };
          try { out.page = String(window.top.document); } catch (e) { out.page = e.name; }
          try { await fetch(site + "/lam-viec/", { credentials: "include" }); out.fetch = "ok"; }
          catch (e) { out.fetch = e.name; }
          return out;
        }""",
        live_server.url,
    )
    assert tried == {"cookie": "", "page": "SecurityError", "fetch": "TypeError"}
