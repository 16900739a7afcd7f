"""A TV at a desk plays on without network, in a real browser with its own service worker."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, Response, expect

from frontend.bundles import SOURCE
from quiz.models import Round
from tests.factories import make_open_contest
from tests.training.file_samples import write_film
from tests.training.screens import make_screen
from tests.training.stored_files import make_ready_file
from training.domain.playlists import save_slide
from training.domain.screens import revoke_screen
from training.enums import FileKind, SlideKind
from training.models import Screen, TrainingFile

pytestmark = [pytest.mark.needs_chromium, pytest.mark.django_db(transaction=True)]
CUE = "document.querySelector('video').textTracks[0].activeCues[0].text"
# Film, subtitles and list, the page itself, and the worker in charge.
KEPT = """
(async () => {
  const names = await caches.keys();
  const size = async (name) => (await (await caches.open(name)).keys()).length;
  const held = await Promise.all(names.map(size));
  return held.length === 2 && Math.min(...held) >= 3 && !!navigator.serviceWorker.controller;
})()
"""
VTT = "WEBVTT\n\n00:00.000 --> 00:09.000\nNộp hồ sơ từ nhà\n"


SOON = timedelta(seconds=5)


@pytest.fixture
def playing(live_server: Any, page: Page, tmp_path: Path) -> tuple[Screen, Any, str]:
    """A screen that shows a text, a film with subtitles and a contest that closes soon."""
    made = make_open_contest()
    Round.objects.filter(pk=made.round.pk).update(closes_at=timezone.now() + SOON)
    screen, user = make_screen(made.unit)
    screen.playlist.slides.update(seconds=1)
    owner = {"unit": made.unit, "user": user}
    content = write_film(tmp_path / "p.webm", format="webm", codec="libvpx", seconds=1)
    film = make_ready_file(**owner, kind=FileKind.VIDEO, content=content, name="p.webm")
    TrainingFile.objects.filter(pk=film.pk).update(mime="video/webm")
    track = make_ready_file(**owner, kind=FileKind.SUBTITLES, content=VTT.encode(), name="p.vtt")
    common = {"playlist": screen.playlist, "user": user}
    save_slide(**common, kind=SlideKind.FILE, title="Phim", file=film, subtitles=track)
    save_slide(**common, kind=SlideKind.CONTEST, contest=made.contest, seconds=1)
    return screen, user, live_server.url + reverse("screen", args=[screen.key])


def shown(page: Page, kind: str) -> None:
    expect(page.locator(f".kiosk__slide--{kind}")).to_be_visible()


def until(page: Page, said: str) -> None:
    """Until what is asked of the page holds; its CSP lets Playwright's own waiting not run."""
    ends = time.monotonic() + 8
    while not page.evaluate(said):
        assert time.monotonic() < ends, said
        page.wait_for_timeout(50)


def note_answers(page: Page) -> list[tuple[int, bool]]:
    """Of each file asked for from now on: its status, and whether the worker answered."""
    answers: list[tuple[int, bool]] = []

    def note(answer: Response) -> None:
        if "/tep/" in answer.url:
            answers.append((answer.status, answer.from_service_worker))

    page.on("response", note)
    return answers


def test_a_screen_plays_on_with_the_network_cut(playing: Any, page: Page) -> None:
    screen, _user, address = playing
    page.set_viewport_size({"width": 1080, "height": 1920})
    page.goto(address)
    until(page, KEPT)
    screen.refresh_from_db()
    assert screen.seen_at is not None
    shown(page, "code")

    answers = note_answers(page)
    page.context.set_offline(True)
    page.reload()
    shown(page, "film")
    until(page, f"{CUE} === 'Nộp hồ sơ từ nhà'")
    assert page.evaluate("document.querySelector('video').muted")
    # A part cut from the whole that the worker holds: wound to any place, it goes on from there.
    assert page.evaluate("document.querySelector('video').seekable.end(0)") >= 0.9
    assert set(answers) == {(206, True), (200, True)}
    wide = "document.documentElement.scrollWidth + document.documentElement.scrollHeight"
    assert page.evaluate(wide) == 1080 + 1920
    # The contest closes by the screen's own clock; the rest goes on.
    page.wait_for_timeout(max(0, (screen.seen_at + SOON - timezone.now()).total_seconds()) * 1000)
    for kind in ("text", "film"):
        shown(page, kind)
        assert page.locator(".kiosk__slide--code").count() == 0


def test_a_screen_follows_its_list_and_stops_when_revoked(playing: Any, page: Page) -> None:
    screen, user, address = playing
    page.goto(address)
    shown(page, "text")
    screen.playlist.slides.exclude(kind=SlideKind.TEXT).delete()
    screen.playlist.slides.update(text="Nghỉ lễ ngày 2/9")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Nghỉ lễ ngày 2/9")).to_be_visible()
    revoke_screen(screen=screen, user=user, now=timezone.now())
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Màn hình này đã ngừng dùng")).to_be_visible()
    until(page, "caches.keys().then((names) => names.length === 0)")


WHEN = [
    ({}, "2026-03-10T03:00:00Z", True),
    ({"days": [2]}, "2026-03-10T03:00:00Z", True),
    ({"days": [3]}, "2026-03-10T03:00:00Z", False),
    # Already Wednesday in Viet Nam.
    ({"days": [3]}, "2026-03-10T17:00:00Z", True),
    ({"days": [7]}, "2026-03-15T03:00:00Z", True),
    ({"starts": 450, "ends": 1020}, "2026-03-10T00:30:00Z", True),
    ({"starts": 450, "ends": 1020}, "2026-03-10T00:29:59Z", False),
    ({"starts": 450, "ends": 1020}, "2026-03-10T10:00:00Z", False),
    ({"first": "2026-03-11"}, "2026-03-10T16:59:59Z", False),
    ({"first": "2026-03-11"}, "2026-03-10T17:00:00Z", True),
    ({"last": "2026-03-10"}, "2026-03-10T16:59:59Z", True),
    ({"last": "2026-03-10"}, "2026-03-10T17:00:00Z", False),
]


def test_what_is_due_by_the_hours_of_viet_nam(page: Page) -> None:
    code = (SOURCE / "kiosk" / "schedule.js").read_text(encoding="utf-8").replace("export ", "")
    asked = f"([item, moment]) => {{ {code}; return isDue(item, Date.parse(moment)); }}"
    always = {"days": [], "first": "", "last": "", "starts": None, "ends": None}
    found = [page.evaluate(asked, [always | when, moment]) for when, moment, _due in WHEN]
    assert found == [due for _when, _moment, due in WHEN]
