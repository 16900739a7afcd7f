"""A file on its way: cut off, gone on with after a reload, checked, told."""

from pathlib import Path

import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.domain.jobs import run_job
from accounts.enums import Role
from accounts.models import Job
from tests.media_samples import MP3
from tests.people import make_person, make_unit
from training.enums import FileState
from training.models import TrainingFile

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]

PIECE = 4 * 1024 * 1024


def test_a_cut_upload_goes_on_after_a_reload(page: Page, live_server, settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path / "media"
    sound = tmp_path / "bài nói.mp3"
    sound.write_bytes(MP3 * (1 + (PIECE + 1000) // len(MP3)))
    signed_in = Client()
    signed_in.force_login(make_person("alice", Role.ORGANISER, unit=make_unit()))
    session = signed_in.cookies[project.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": project.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    sent: list[int] = []
    cut = [True]

    def pass_on(route):
        """Pieces behind the first are lost while the line is cut."""
        if route.request.method == "PATCH":
            sent.append(int(route.request.headers["upload-offset"]))
            if sent[-1] and cut[0]:
                route.abort()
                return
        route.continue_()

    page.route("**/tai-len/*/", pass_on)
    files = live_server.url + reverse("w-training-files")
    page.goto(files)
    page.get_by_label("Tệp", exact=True).set_input_files(sound)
    expect(page.get_by_role("status").filter(has_text="Mất kết nối")).to_be_visible()
    page.get_by_role("button", name="Thêm vào danh sách").click()
    expect(page.get_by_role("status").filter(has_text="Tệp chưa tải lên xong")).to_be_visible()

    cut[0] = False
    page.goto(files)
    page.get_by_label("Tệp", exact=True).set_input_files(sound)
    expect(page.get_by_role("status").filter(has_text="Đang kiểm tra")).to_be_visible()
    assert [sent.count(0), *set(sent)] == [1, 0, PIECE]
    run_job(job_id=Job.objects.get().pk)
    expect(page.get_by_role("status").filter(has_text="Tệp dùng được")).to_be_visible()
    page.get_by_role("button", name="Thêm vào danh sách").click()
    expect(page.get_by_role("cell", name="Âm thanh")).to_be_visible()
    file = TrainingFile.objects.get()
    assert (file.state, file.name, file.size) == (
        FileState.READY,
        "bài nói.mp3",
        sound.stat().st_size,
    )
