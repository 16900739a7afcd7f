"""Until when a contest knows who entered it."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.domain.consents import publish_consent_text
from accounts.domain.retention import STORES, expire
from accounts.domain.rosters import RosterRow, load_roster
from accounts.enums import ConsentPurpose
from accounts.models import Consent, RosterEntry
from quiz.domain.erasure import ERASED
from quiz.domain.retention import entrants_due, kept_until
from quiz.models import Contest, Entrant
from tests.factories import OpenContest, make_open_contest, register

pytestmark = pytest.mark.django_db


def after(made: OpenContest, days: int) -> datetime:
    return made.round.closes_at + timedelta(days=days, hours=1)


def named(made: OpenContest) -> list[str]:
    people = Entrant.objects.filter(contest=made.contest).order_by("pk")
    return list(people.values_list("full_name", flat=True))


def test_each_is_kept_for_the_time_they_agreed_to():
    made = make_open_contest()
    first, second = (register(made, full_name=name) for name in ("Lê Thị Một", "Lê Thị Hai"))
    short = publish_consent_text(
        purpose=ConsentPurpose.ENTER_CONTEST, body="Ngắn", retention_days=30, user=None
    )
    Consent.objects.filter(subject_id=first.entrant_id).update(text_id=short.pk)
    assert list(entrants_due(after(made, 29))) == []
    assert expire(store=STORES["entrants"], now=after(made, 30)) == 1
    assert named(made) == [ERASED, "Lê Thị Hai"]
    assert expire(store=STORES["entrants"], now=after(made, 729)) == 0
    assert expire(store=STORES["entrants"], now=after(made, 730)) == 1
    assert named(made) == [ERASED, ERASED]
    assert second.entrant_id == Entrant.objects.latest("erased_at").pk
    day = timezone.localdate(made.round.closes_at)
    assert kept_until(contest=made.contest) == day + timedelta(days=730)
    assert kept_until(contest=made.contest, days=30) == day + timedelta(days=30)


def test_nothing_is_due_while_a_later_round_is_still_to_come():
    made = make_open_contest()
    register(made)
    assert entrants_due(after(made, 730)).count() == 1
    made.contest.rounds.create(
        number=2,
        name="Tuần 2",
        opens_at=after(made, 700),
        closes_at=after(made, 707),
    )
    assert entrants_due(after(made, 731)).count() == 0
    assert entrants_due(after(made, 1438)).count() == 1


def test_a_list_is_kept_until_the_last_contest_that_uses_it_is_over():
    contests = [make_open_contest(), make_open_contest(closes_in=timedelta(days=400))]
    rows = [RosterRow(place="", full_name="Lê Thị Một", exemption="Nghỉ thai sản")]
    day = date(2026, 1, 1)
    roster = load_roster(name="A", unit=contests[0].unit, as_of=day, rows=rows, user=None)
    Contest.objects.update(roster=roster)
    lines = STORES["rosters"]
    assert expire(store=lines, now=after(contests[0], 731)) == 0
    assert expire(store=lines, now=after(contests[1], 731)) == 1
    line = RosterEntry.objects.get()
    assert (line.full_name, line.exemption, line.folded_name) == (ERASED, ERASED, "")
    assert expire(store=lines, now=after(contests[1], 731)) == 0
