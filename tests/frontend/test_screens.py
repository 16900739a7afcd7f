"""The pages of a screen and of those who look after it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.training.file_samples import pdf
from tests.training.screens import make_screen
from tests.training.stored_files import make_ready_file
from training.domain.playlists import save_slide
from training.domain.screens import issue_code, note_report, revoke_screen
from training.enums import FileKind, SlideKind
from training.models import Playlist, Screen

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(static_files):
    return make_screen()


def address(screen: Screen, name: str = "screen") -> str:
    return reverse(name, args=[screen.key])


def test_a_tv_gets_player_worker_and_list_without_a_cookie(client: Client, shown):
    screen, _user = shown
    answers = [
        client.get(address(screen, name)) for name in ("screen", "screen-worker", "screen-playlist")
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert all(answer.cookies == {} and answer["Cache-Control"] == "no-store" for answer in answers)
    page, worker, listed = answers
    assert worker["Content-Type"] == "text/javascript"
    # The worker's scope is its folder: no other screen's, and no page of the site.
    assert address(screen, "screen-worker").rpartition("/")[0] + "/" == address(screen)
    assert listed.json()["build"] in page.content.decode()
    assert "unsafe" not in page["Content-Security-Policy"]


def test_a_revoked_tv_is_answered_404(client: Client, shown):
    screen, user = shown
    revoke_screen(screen=screen, user=user, now=timezone.now())
    for name in ("screen", "screen-worker", "screen-playlist"):
        assert client.get(address(screen, name)).status_code == 404
    said = client.post(address(screen, "screen-report"), "{}", content_type="application/json")
    assert said.status_code == 404


def test_a_code_typed_at_the_tv_leads_to_its_address(client: Client, shown):
    screen, user = shown
    code = issue_code(screen=screen, user=user, now=timezone.now())
    wrong = client.post(reverse("screen-pair"), {"code": "SAI-MA"})
    assert (wrong.status_code, wrong.cookies) == (422, {})
    assert "Mã ghép chưa đúng" in wrong.content.decode()
    right = client.post(reverse("screen-pair"), {"code": code})
    assert right["Location"] == address(screen)


def test_a_page_of_a_pdf_is_a_picture_for_the_screen_that_shows_it(client: Client, shown):
    screen, user = shown
    content = pdf(2)
    owner = {"unit": screen.unit, "user": user, "content": content, "kind": FileKind.PDF}
    file, other = make_ready_file(**owner), make_ready_file(**owner)
    save_slide(playlist=screen.playlist, user=user, kind=SlideKind.FILE, file=file)
    page = client.get(reverse("screen-page", args=[screen.key, file.public_id, 2]))
    assert (page.status_code, page.content[:2]) == (200, b"\xff\xd8")
    for public_id, number in ((file.public_id, 3), (file.public_id, 0), (other.public_id, 1)):
        gone = client.get(reverse("screen-page", args=[screen.key, public_id, number]))
        assert gone.status_code == 404


def test_the_silent_screen_is_told_first(shown):
    screen, user = shown
    client = Client()
    client.force_login(user)
    loud = Screen.objects.create(
        unit=screen.unit, name="TV quầy 2", playlist=screen.playlist, key="k2"
    )
    now = timezone.now()
    note_report(screen=screen, body=b'{"item": "Phim"}', now=now - timedelta(minutes=6))
    note_report(screen=loud, body=b'{"item": "Tranh"}', now=now)
    page = client.get(reverse("w-screens")).content.decode()
    assert "1 màn hình im lặng quá 5 phút." in page
    assert page.index("TV quầy 1") < page.index("TV quầy 2")
    told = client.get(reverse("api-work-screen-list")).json()["results"]
    assert {row["name"]: row["silent"] for row in told} == {"TV quầy 1": True, "TV quầy 2": False}
    one = client.get(reverse("w-screen", args=[screen.pk])).content.decode()
    assert f"/trinh-chieu/{screen.key}/" in one


def test_an_organiser_sets_everything_up_by_pages(shown):
    screen, user = shown
    client = Client()
    client.force_login(user)
    code = screen.unit.code
    client.post(reverse("w-playlist-new"), {"name": "Tết", "unit": code})
    playlist = Playlist.objects.get(name="Tết")
    new = reverse("w-slide-new", args=[playlist.pk])
    refused = client.post(new, {"kind": "file", "starts": "09:00", "ends": "08:00"})
    assert refused.status_code == 422
    for sentence in ("Chọn tệp để phát.", "Ghi sau lúc bắt đầu."):
        assert sentence in refused.content.decode()
    said = {"kind": "text", "title": "Chúc mừng", "text": "Năm mới", "weekdays": ["1", "7"]}
    client.post(new, said | {"starts": "07:30", "ends": "11:30", "valid_to": "2027-02-20"})
    slide = playlist.slides.get()
    page = client.get(reverse("w-playlist", args=[playlist.pk])).content.decode()
    assert "Thứ Hai, Chủ Nhật · 07:30–11:30 · …–20/02/2027" in page
    edit = reverse("w-slide", args=[playlist.pk, slide.pk])
    client.post(edit, said | {"title": "Chúc mừng năm mới"})
    slide.refresh_from_db()
    assert (slide.title, slide.starts) == ("Chúc mừng năm mới", None)
    made = {"name": "TV mới", "unit": code, "playlist": str(playlist.pk)}
    client.post(reverse("w-screen-new"), made)
    new_screen = Screen.objects.get(name="TV mới")
    client.post(reverse("w-screen-pair", args=[new_screen.pk]))
    new_screen.refresh_from_db()
    shown = client.get(reverse("w-screen", args=[new_screen.pk])).content.decode()
    assert new_screen.code in shown
    kept = client.post(reverse("w-playlist-delete", args=[playlist.pk]), follow=True)
    assert "Còn màn hình đang phát" in kept.content.decode()
    act = reverse("w-slide-act", args=[playlist.pk, slide.pk])
    client.post(act, {"act": "down"})
    client.post(act, {"act": "remove"})
    assert not playlist.slides.exists()
    client.post(reverse("w-screen-revoke", args=[new_screen.pk]))
    assert Screen.objects.running().get() == screen
