"""Pages drawn once for many: never older than what they show."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from frontend.pages.public import keeping
from quiz.domain.clock import shifted_clock
from quiz.domain.contests import add_round, move_round, publish_contest, update_contest
from quiz.domain.rounds import freeze_round, unfreeze_round
from quiz.domain.rule_sets import set_rules
from quiz.enums import ContestState, ReleaseState, RoundState
from quiz.models import Contest, Release, Round
from quiz.rules.document import dump_rules
from tests.factories import HOUR, OpenContest, make_contest, make_open_contest, make_rules, register
from tests.public_world import PublicWorld, make_public_world, make_release

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def keeps_pages(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are kept for a minute, and each request may look whether they still hold."""
    settings.READING_PAGE_SECONDS = 60
    monkeypatch.setattr(keeping, "LOOK_AGAIN_SECONDS", 0)
    monkeypatch.setattr(keeping, "_kept", keeping._Kept())


@pytest.fixture
def world() -> PublicWorld:
    return make_public_world()


def shown(client: Client, name: str, made: OpenContest) -> str:
    response = client.get(reverse(name, args=[made.contest.code]))
    assert response.status_code == 200
    return response.content.decode()


def statements(look: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        look()
    return len(asked)


def test_a_page_drawn_a_moment_ago_is_sent_again(client: Client) -> None:
    made = make_open_contest()
    address = reverse("contest", args=[made.contest.code])
    first = client.get(address)
    assert statements(lambda: client.get(address)) == 1  # whether anything has changed
    again = client.get(address)
    assert again.content == first.content
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_within_a_moment_not_even_that_is_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_open_contest()
    monkeypatch.setattr(keeping, "LOOK_AGAIN_SECONDS", 60)
    for name in ("contest", "contest-rules", "results"):
        shown(client, name, made)
    for name in ("contest", "contest-rules", "results"):
        assert statements(lambda name=name: shown(client, name, made)) == 0


def test_entries_do_not_draw_pages_anew(client: Client) -> None:
    made = make_open_contest()
    first = shown(client, "contest", made)
    register(made)
    assert statements(lambda: shown(client, "contest", made)) == 1
    assert shown(client, "contest", made) == first


def test_who_is_signed_in_gets_a_page_of_their_own(client: Client) -> None:
    made = make_open_contest()
    address = reverse("contest", args=[made.contest.code])
    anonymous = client.get(address).content
    client.force_login(made.organiser)
    assert client.get(address).content != anonymous


@pytest.mark.parametrize("asked_every", [0, 60])
def test_no_page_outlives_the_opening_or_the_close(
    client: Client, monkeypatch: pytest.MonkeyPatch, asked_every: float
) -> None:
    """The next opening or closing is known, so it costs no statement to notice."""
    monkeypatch.setattr(keeping, "LOOK_AGAIN_SECONDS", asked_every)
    made = make_open_contest(opens_in=HOUR, closes_in=2 * HOUR)
    enter = reverse("register", args=[made.contest.code])
    for after, takes_entries in [
        (HOUR - 5 * SECOND, False),
        (HOUR + SECOND, True),
        (2 * HOUR - 5 * SECOND, True),
        (2 * HOUR + SECOND, False),
    ]:
        with shifted_clock(after):
            assert (enter in shown(client, "contest", made)) is takes_entries
            assert (enter in client.get("/").content.decode()) is takes_entries


def changed_rules(made: OpenContest) -> None:
    data = dump_rules(make_rules(entry={"time_limit_seconds": 1260}))
    set_rules(contest=made.contest, data=data, user=made.organiser)


def later_close(made: OpenContest) -> None:
    """A round that has not opened is unfrozen, given another close, and frozen again."""
    now = timezone.now()
    unfreeze_round(round=made.round, user=made.organiser, now=now)
    round = Round.objects.get(pk=made.round.pk)
    closes = made.round.closes_at + timedelta(days=3)
    move_round(round=round, opens_at=round.opens_at, closes_at=closes, user=made.organiser)
    freeze_round(round=round, user=made.organiser, now=now)


def another_round(made: OpenContest) -> None:
    opens = made.round.closes_at + HOUR
    add_round(
        contest=made.contest,
        opens_at=opens,
        closes_at=opens + HOUR,
        user=made.organiser,
        name="Kỳ 2",
    )


def another_title(made: OpenContest) -> None:
    update_contest(
        contest=made.contest,
        user=made.organiser,
        title="Tên mới của cuộc thi",
        summary="",
        body_name=made.contest.body_name,
        hotline=made.contest.hotline,
    )


def closed_early(made: OpenContest) -> None:
    Round.objects.filter(pk=made.round.pk).update(state=RoundState.CLOSED)


def released(made: OpenContest) -> None:
    Round.objects.filter(pk=made.round.pk).update(state=RoundState.CLOSED)
    make_release(made)


@pytest.mark.parametrize(
    ("act", "pages"),
    [
        (changed_rules, ["contest", "contest-rules"]),
        (later_close, ["contest", "contest-rules"]),
        (another_round, ["contest"]),
        (another_title, ["contest", "contest-rules", "results"]),
        (closed_early, ["contest"]),
        (released, ["contest", "results"]),
    ],
)
def test_no_page_outlives_what_the_organisers_change(
    client: Client, act: Callable[[OpenContest], None], pages: list[str]
) -> None:
    made = make_open_contest(opens_in=HOUR, closes_in=2 * HOUR)
    if act is changed_rules:  # of a round that is not frozen yet
        unfreeze_round(round=made.round, user=made.organiser, now=timezone.now())
    before = {name: shown(client, name, made) for name in pages}
    act(made)
    after = {name: shown(client, name, made) for name in pages}
    assert [name for name in pages if before[name] == after[name]] == []
    keeping._kept.pages.clear()
    assert after == {name: shown(client, name, made) for name in pages}


def test_a_release_taken_back_is_gone_at_once(client: Client, world: PublicWorld) -> None:
    assert "Giải Nhất" in shown(client, "results", world.released)
    Release.objects.update(state=ReleaseState.SUBMITTED)
    assert "Giải Nhất" not in shown(client, "results", world.released)


def test_the_front_page_follows_what_is_published(client: Client) -> None:
    made = make_contest()
    Contest.objects.update(state=ContestState.DRAFT)
    assert made.contest.title not in client.get("/").content.decode()
    made.contest.refresh_from_db()
    publish_contest(contest=made.contest, user=made.organiser)
    assert made.contest.title in client.get("/").content.decode()


def test_kept_page_is_kept_for_each_language(client: Client, world: PublicWorld) -> None:
    address = reverse("contest", args=[world.open.contest.code])
    assert '<html lang="vi">' in client.get(address).content.decode()
    client.get(reverse("language", args=["en"]))
    assert '<html lang="en">' in client.get(address).content.decode()


def test_refusal_is_not_kept(client: Client, world: PublicWorld) -> None:
    address = reverse("contest", args=[world.draft.code])
    assert client.get(address).status_code == 404
    Contest.objects.filter(pk=world.draft.pk).update(state=ContestState.PUBLISHED)
    assert client.get(address).status_code == 200
