"""The certificate at 100 %, and what a released round keeps of its list."""

from datetime import date, timedelta

import pytest

from accounts.domain.roster_entries import exempt_entry, lift_exemption, remove_entry
from accounts.models import Headcount, RosterEntry
from quiz.domain.roster_certificates import find_certificate, issue_certificate
from quiz.domain.roster_duty import missing_people, read_duty
from quiz.enums import RoundState
from quiz.errors import CountsSecret, RoundNotReady
from quiz.models import Entrant, Round, RoundListing, UnitCertificate
from quiz.queries import participation as figures
from quiz.queries.roster_listed import keep_figures
from tests.factories import database_now
from tests.quiz.rosters import ListedContest, make_listed_contest

pytestmark = pytest.mark.django_db


def issue(listed: ListedContest, **asked) -> UnitCertificate:
    sight = listed.sight(**asked)
    return issue_certificate(sight=sight, user=listed.lead, now=database_now())


def complete(listed: ListedContest) -> None:
    for code in ("CB1", "CB2", "CB3"):
        listed.enter(code)


def test_at_100_percent_there_is_one_numbered_certificate():
    listed = make_listed_contest()
    listed.enter("CB1")
    with pytest.raises(RoundNotReady):
        issue(listed)
    for code in ("CB2", "CB3"):
        listed.enter(code)
    below = issue(listed, unit=listed.below)
    whole = issue(listed)
    assert [(c.number, c.persons, c.exempt) for c in (below, whole)] == [(1, 1, 0), (2, 3, 1)]
    assert issue(listed) == whole
    assert find_certificate(whole.code) == whole
    assert find_certificate("khong-co") is None


def test_a_unit_without_anybody_on_the_list_has_no_certificate():
    listed = make_listed_contest()
    exempt_entry(entry=listed.roster.entries.get(staff_code="CB3"), reason="Ốm", user=None)
    with pytest.raises(RoundNotReady):
        issue(listed, unit=listed.below)


def test_while_counts_are_kept_there_is_no_certificate():
    listed = make_listed_contest(secret=True)
    long_ago = database_now() - timedelta(days=2)
    for code in ("CB1", "CB2"):
        listed.enter(code, at=long_ago)
    assert read_duty(sight=listed.sight()).whole.complete
    with pytest.raises(CountsSecret):
        issue(listed)


def told(listed: ListedContest) -> tuple:
    """Everything that a report and the unit's page say of the round."""
    rounds, day = [listed.made.round.pk], date(2026, 6, 1)
    by_unit = figures.by_unit(rounds, roster_id=listed.roster.pk, day=day)
    duty = read_duty(sight=listed.sight())
    whole, parts = duty.whole, duty.parts
    return (
        by_unit,
        (whole.listed, whole.done, whole.exempt),
        [(part.unit.name, part.listed, part.done) for part in parts],
    )


def test_what_changes_after_the_release_leaves_its_figures():
    listed = make_listed_contest()
    listed.enter("CB1")
    round = listed.made.round
    before = told(listed)
    keep_figures(round_id=round.pk, roster_id=listed.roster.pk, day=date(2026, 6, 1))
    Round.objects.update(state=RoundState.RELEASED)
    round.state = RoundState.RELEASED
    assert told(listed) == before
    entries = {entry.staff_code: entry for entry in listed.roster.entries.all()}
    exempt_entry(entry=entries["CB2"], reason="Biệt phái", user=None)
    lift_exemption(entry=entries["CB4"], user=None)
    remove_entry(entry=entries["CB3"], user=None)
    RosterEntry.objects.filter(staff_code="CB2").update(unit=listed.below, group_code="khac")
    Entrant.objects.update(roster_entry=None)
    assert Headcount.objects.get(unit=listed.here).count == 2 - 1 + 1
    assert told(listed) == before
    assert [person.full_name for person in missing_people(sight=listed.sight())] == [
        "",
        "Lê Thị Bình",
    ]
    assert RoundListing.objects.count() == 4
