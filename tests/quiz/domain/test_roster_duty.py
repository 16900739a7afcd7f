"""What a lead is told of the compulsory list, while counts are kept and when they are not."""

from datetime import timedelta

import pytest

from accounts.domain.roster_entries import exempt_entry, lift_exemption
from accounts.enums import Role
from accounts.errors import NotAllowed, NotFound
from accounts.models import AuditEntry
from quiz.domain.count_secrecy import may_see_counts, open_counts
from quiz.domain.roster_duty import (
    duties_of,
    last_midnight,
    missing_people,
    read_duty,
)
from quiz.enums import ContestState, RoundState
from quiz.errors import CountsSecret
from quiz.models import Attempt, Contest, CountOpening, Entrant, Round
from tests.factories import database_now
from tests.people import make_person, make_unit
from tests.quiz.rosters import ListedContest, make_listed_contest

pytestmark = pytest.mark.django_db


def told(listed: ListedContest, **asked):
    """The whole as (done, listed, exempt), the parts by name, and the missing names."""
    sight = listed.sight(**asked)
    duty = read_duty(sight=sight)
    whole, parts = duty.whole, duty.parts
    return (
        (whole.done, whole.listed, whole.exempt),
        {part.unit.name: (part.done, part.listed) for part in parts},
        [person.full_name for person in missing_people(sight=sight)],
    )


def test_a_clean_contest_is_followed_live_with_the_units_below():
    listed = make_listed_contest()
    everyone = ["Phạm Chi", "Lê Thị Bình", "Trần Văn An"]
    parts = {"Xã An": (0, 2), "Phòng An": (0, 1)}
    assert told(listed) == ((0, 3, 1), parts, everyone)
    listed.enter("CB3")
    assert told(listed) == ((1, 3, 1), parts | {"Phòng An": (1, 1)}, everyone[1:])


def test_while_counts_are_kept_only_entries_before_midnight_are_told():
    """23:59 yesterday is told today; 00:01 today is not."""
    listed = make_listed_contest(secret=True)
    midnight = last_midnight(database_now())
    listed.enter("CB1", at=midnight - timedelta(minutes=1))
    listed.enter("CB2", at=midnight + timedelta(minutes=1))
    assert told(listed) == ((1, 2, 1), {}, ["Lê Thị Bình"])
    assert told(listed, now=midnight + timedelta(days=1)) == ((2, 2, 1), {}, [])


def test_midnight_is_the_one_of_viet_nam():
    now = database_now().replace(hour=17, minute=0, second=0, microsecond=0)
    assert last_midnight(now) == now
    assert last_midnight(now - timedelta(seconds=1)) == now - timedelta(days=1)


def test_while_counts_are_kept_nothing_is_told_of_other_units():
    listed = make_listed_contest(secret=True)
    for unit in (listed.below, listed.here.parent):
        above = make_person(f"above-{unit.code}", Role.UNIT_LEAD, unit=listed.here.parent)
        if unit == listed.below:
            with pytest.raises(CountsSecret):
                listed.sight(above, unit)
        else:
            assert read_duty(sight=listed.sight(above, unit)).whole.listed == 0
    with pytest.raises(CountsSecret):
        listed.sight(unit=listed.below)
    with pytest.raises(CountsSecret):
        listed.sight(listed.made.organiser)


def test_a_lead_who_opens_more_is_recorded_and_sees_it_live():
    listed = make_listed_contest(secret=True)
    listed.enter("CB3")
    open_counts(user=listed.lead, contest=listed.made.contest)
    assert CountOpening.objects.get().user == listed.lead
    assert AuditEntry.objects.filter(act="open_counts", actor=listed.lead).count() == 1
    parts = {"Xã An": (0, 2), "Phòng An": (1, 1)}
    assert told(listed) == ((1, 3, 1), parts, ["Lê Thị Bình", "Trần Văn An"])
    assert not may_see_counts(user=listed.lead, contest=listed.made.contest)


def test_a_lead_whose_people_are_not_listed_opens_nothing():
    listed = make_listed_contest(secret=True)
    stranger = make_person("stranger", Role.UNIT_LEAD, unit=make_unit("xa-khac"))
    with pytest.raises(NotAllowed):
        open_counts(user=stranger, contest=listed.made.contest)


def test_leads_see_units_at_and_below_theirs_and_organisers_all():
    listed = make_listed_contest()
    elsewhere = make_person("elsewhere", Role.UNIT_LEAD, unit=listed.below)
    auditor = make_person("auditor", Role.AUDITOR, unit=listed.here)
    assert listed.sight(elsewhere, listed.below).unit == listed.below
    assert listed.sight(listed.made.organiser).unit == listed.here
    for user in (elsewhere, auditor):
        with pytest.raises(NotFound):
            listed.sight(user)


def test_there_is_nothing_to_see_before_the_freeze_or_without_a_list():
    listed = make_listed_contest()
    listed.made.round.state = RoundState.DRAFT
    with pytest.raises(NotFound):
        listed.sight()
    listed.made.round.state = RoundState.FROZEN
    listed.made.contest.roster = None
    with pytest.raises(NotFound):
        listed.sight()


def test_the_exempt_leave_the_denominator_at_once_and_come_back():
    listed = make_listed_contest()
    entry = listed.roster.entries.get(staff_code="CB2")
    exempt_entry(entry=entry, reason="Biệt phái", user=None)
    assert told(listed)[0] == (0, 2, 2)
    reasons = [(p.full_name, p.exemption) for p in read_duty(sight=listed.sight()).exempt]
    assert reasons == [("Lê Thị Bình", "Biệt phái"), ("Vũ Dung", "Nghỉ thai sản")]
    lift_exemption(entry=entry, user=None)
    assert told(listed)[0] == (0, 3, 1)


def test_a_void_entry_is_none_and_a_duplicate_counts_by_the_one_kept():
    listed = make_listed_contest()
    void = listed.enter("CB1")
    Attempt.objects.filter(pk=void.pk).update(voided_at=void.started_at)
    linked = listed.enter("CB2")
    kept = listed.enter("")
    Entrant.objects.filter(pk=linked.entrant_id).update(duplicate_of=kept.entrant_id)
    assert told(listed)[2] == ["Phạm Chi", "Trần Văn An"]
    Attempt.objects.filter(pk=kept.pk).update(voided_at=kept.started_at)
    assert told(listed)[2] == ["Phạm Chi", "Lê Thị Bình", "Trần Văn An"]


def test_a_lead_finds_their_lists_by_round_and_unit():
    listed = make_listed_contest()
    assert duties_of(user=listed.lead) == [(listed.made.round, listed.here)]
    assert duties_of(user=listed.made.organiser) == []
    Contest.objects.update(state=ContestState.ARCHIVED)
    assert duties_of(user=listed.lead) == []
    Contest.objects.update(state=ContestState.PUBLISHED)
    Round.objects.update(state=RoundState.DRAFT)
    assert duties_of(user=listed.lead) == []
