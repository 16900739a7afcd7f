"""Screens and playlists: who may, what a screen is told, how it is paired, revoked and heard of."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.errors import NotAllowed
from quiz.models import Round
from tests.factories import make_open_contest
from tests.people import make_person, make_unit
from tests.training.screens import LINKS, NOW, add_text, make_screen
from tests.training.stored_files import make_ready_file
from tests.training.surveys import make_survey
from training.domain.playing import screen_document, shown_on_screens
from training.domain.playlists import (
    create_playlist,
    delete_playlist,
    move_slide,
    remove_slide,
    save_slide,
)
from training.domain.screen_errors import CodeUnknown, PlaylistInUse, ScreenNotFound
from training.domain.screens import (
    CODE_LASTS,
    SILENT_AFTER,
    change_screen,
    create_screen,
    find_screen,
    is_silent,
    issue_code,
    note_report,
    pair_screen,
    revoke_screen,
)
from training.domain.surveys import set_open
from training.enums import FileKind, SlideKind
from training.models import Slide

pytestmark = pytest.mark.django_db


def told(screen, now=NOW):
    screen.refresh_from_db()
    return screen_document(screen=screen, links=LINKS, now=now)


def items(screen, now=NOW):
    return told(screen, now)["items"]


def test_a_text_slide_is_cleaned_html_with_its_hours_and_days():
    screen, user = make_screen()
    add_text(
        screen.playlist,
        user,
        "<script>x</script>**Nghỉ lễ**",
        title="Thông báo",
        weekdays=[5, 1],
        starts=time(7, 30),
        ends=time(17),
        valid_from=date(2026, 4, 1),
        valid_to=date(2026, 4, 30),
        seconds=40,
    )
    first, second = items(screen)
    assert (first["seconds"], first["days"], first["starts"]) == (15, [], None)
    assert "<strong>Nghỉ lễ</strong>" in second["html"]
    assert "<script" not in second["html"]
    assert second | {"html": "", "id": ""} == {
        "id": "",
        "kind": "text",
        "title": "Thông báo",
        "html": "",
        "seconds": 40,
        "days": [1, 5],
        "starts": 450,
        "ends": 1020,
        "first": "2026-04-01",
        "last": "2026-04-30",
    }


def test_the_version_changes_with_anything_shown_and_with_nothing_else():
    screen, user = make_screen()
    before = told(screen)["version"]
    assert told(screen, NOW + timedelta(hours=1))["version"] == before
    slide = screen.playlist.slides.get()
    save_slide(playlist=screen.playlist, slide=slide, user=user, text="Khác")
    assert told(screen)["version"] != before


def test_a_contest_is_shown_with_its_close_and_the_screens_unit():
    made, now = make_open_contest(), timezone.now()
    screen, user = make_screen(made.unit)
    fields = {"kind": SlideKind.CONTEST, "contest": made.contest}
    save_slide(playlist=screen.playlist, user=user, **fields)
    shown = items(screen, now)[1]
    assert shown["closes"] == int(made.round.closes_at.timestamp() * 1000)
    assert shown["address"] == f"thi.example/{made.contest.code}/?don-vi={made.unit.code}"
    assert shown["picture"].startswith("data:image/svg+xml;base64,")
    version = told(screen, now)["version"]
    later = made.round.closes_at + timedelta(hours=2)
    Round.objects.filter(pk=made.round.pk).update(closes_at=later)
    assert told(screen, now)["version"] != version
    assert len(items(screen, later)) == 1


def test_a_survey_is_shown_while_it_is_open():
    survey, user = make_survey()
    screen, _organiser = make_screen(make_unit("xa", parent=survey.unit))
    Slide.objects.create(playlist=screen.playlist, place=2, kind=SlideKind.SURVEY, survey=survey)
    assert items(screen)[1]["address"].endswith(f"{survey.code}/?don-vi=xa")
    set_open(survey=survey, is_open=False, user=user)
    assert len(items(screen)) == 1


def test_files_are_films_pictures_and_pages():
    screen, user = make_screen()
    owner = {"unit": screen.unit, "user": user}
    film = make_ready_file(**owner, kind=FileKind.VIDEO, name="p.mp4")
    track = make_ready_file(**owner, kind=FileKind.SUBTITLES, name="p.vtt")
    pages = make_ready_file(**owner, kind=FileKind.PDF, name="t.pdf", facts={"pages": 3})
    unread = make_ready_file(**owner)
    for fields in ({"file": film, "subtitles": track}, {"file": pages, "seconds": 8}):
        save_slide(playlist=screen.playlist, user=user, kind=SlideKind.FILE, **fields)
    found = [(item["kind"], item["seconds"], bool(item.get("track"))) for item in items(screen)[1:]]
    assert found == [("film", 0, True), *[("picture", 8, False)] * 3]
    assert [item["src"] for item in items(screen)[2:]] == [
        f"/trang/{pages.pk}/{number}" for number in (1, 2, 3)
    ]
    read = {file: shown_on_screens(None, file) for file in (film, track, pages, unread)}
    assert read == {film: True, track: True, pages: True, unread: False}
    revoke_screen(screen=screen, user=user, now=NOW)
    assert not shown_on_screens(None, film)


def test_slides_move_and_go():
    screen, user = make_screen()
    for text in ("hai", "ba"):
        add_text(screen.playlist, user, text)
    one, two, three = screen.playlist.slides.all()
    move_slide(slide=three, up=True, user=user)
    move_slide(slide=one, up=True, user=user)
    remove_slide(slide=two, user=user)
    assert list(screen.playlist.slides.all()) == [one, three]


def test_a_slide_without_what_it_shows_is_refused():
    screen, _user = make_screen()
    for wrong in ({"kind": SlideKind.FILE}, {"kind": SlideKind.TEXT}):
        with transaction.atomic(), pytest.raises(IntegrityError, match="slide_has_what_it_shows"):
            Slide.objects.create(playlist=screen.playlist, place=9, **wrong)


def test_only_organisers_of_the_unit_run_screens():
    screen, organiser = make_screen()
    below = make_unit("xa", parent=screen.unit)
    head = make_person("dau.moi", Role.UNIT_LEAD, unit=screen.unit)
    other = make_person("xa", Role.ORGANISER, unit=below)
    for user in (head, other):
        for act in (
            lambda user: create_playlist(unit=screen.unit, name="x", user=user),
            lambda user: add_text(screen.playlist, user, "x"),
            lambda user: remove_slide(slide=screen.playlist.slides.get(), user=user),
            lambda user: delete_playlist(playlist=screen.playlist, user=user),
            lambda user: issue_code(screen=screen, user=user, now=NOW),
            lambda user: revoke_screen(screen=screen, user=user, now=NOW),
            lambda user: change_screen(
                screen=screen, name="x", playlist=screen.playlist, user=user
            ),
        ):
            with pytest.raises(NotAllowed):
                act(user)
    # A commune's screen may run its province's list, not a stranger's.
    create_screen(unit=below, name="TV xã", playlist=screen.playlist, user=other)
    foreign, _user = make_screen(make_unit("khac"))
    with pytest.raises(NotAllowed):
        create_screen(unit=below, name="TV", playlist=foreign.playlist, user=other)
    with pytest.raises(PlaylistInUse):
        delete_playlist(playlist=screen.playlist, user=organiser)


def test_a_code_pairs_once_and_for_half_an_hour():
    screen, user = make_screen()
    code = issue_code(screen=screen, user=user, now=NOW)
    with pytest.raises(CodeUnknown):
        pair_screen(code=code, now=NOW + CODE_LASTS)
    assert pair_screen(code=code.lower().replace("-", " "), now=NOW) == screen
    for used in (code, "", "-", "ABCD-EFGH"):
        with pytest.raises(CodeUnknown):
            pair_screen(code=used, now=NOW)


def test_a_revoked_screen_is_not_there():
    screen, user = make_screen()
    assert find_screen(key=screen.key) == screen
    code = issue_code(screen=screen, user=user, now=NOW)
    revoke_screen(screen=screen, user=user, now=NOW)
    for key in (screen.key, "khong-co"):
        with pytest.raises(ScreenNotFound):
            find_screen(key=key)
    with pytest.raises(CodeUnknown):
        pair_screen(code=code, now=NOW)
    with pytest.raises(ScreenNotFound):
        issue_code(screen=screen, user=user, now=NOW)


def test_a_screen_that_says_nothing_for_five_minutes_is_silent():
    screen, _user = make_screen()
    assert is_silent(screen=screen, now=NOW)
    said = b'{"version": "abc", "item": "Phim", "errors": ["film"], "kept": 3, "free": 9}'
    assert note_report(screen=screen, body=said, now=NOW)
    screen.refresh_from_db()
    assert (screen.seen["item"], screen.seen["errors"], screen.seen_at) == ("Phim", ["film"], NOW)
    assert not is_silent(screen=screen, now=NOW + SILENT_AFTER)
    assert is_silent(screen=screen, now=NOW + SILENT_AFTER + timedelta(seconds=1))


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"kept": -1}', b'{"errors": "x"}', b'{"version": 7}', b"\xff"]
)
def test_what_is_no_report_changes_nothing(body: bytes):
    screen, _user = make_screen()
    assert not note_report(screen=screen, body=body, now=NOW)
    screen.refresh_from_db()
    assert (screen.seen_at, screen.seen) == (None, {})
