"""Entries without the staff code are proposed for people of the list, and a person decides."""

import pytest
from django.utils import timezone

from accounts.domain.roster_rows import RosterRow
from accounts.errors import NotAllowed
from accounts.models import AuditEntry
from quiz.domain.count_secrecy import open_counts
from quiz.domain.roster_duty import read_duty
from quiz.domain.roster_matching import (
    confirm_match,
    confirm_sure,
    find_matches,
    open_matches,
    refuse_match,
    reopen_match,
)
from quiz.errors import CaseDecided, CountsSecret
from quiz.models import Entrant
from tests.quiz.rosters import ListedContest, make_listed_contest

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ROWS = [
    RosterRow("1", "Trần Văn An", "xa-an", "CB 01", "01/02/1980"),
    RosterRow("2", "Lê Thị Bình", "xa-an", "CB2", "05/06/1990"),
    RosterRow("3", "Phạm Chi", "xa-an", "CB3", "07/08/1985"),
    RosterRow("4", "Vũ Dung", "xa-an"),
]


@pytest.fixture
def listed() -> ListedContest:
    return make_listed_contest(rows=ROWS)


def proposals(listed: ListedContest) -> list[tuple[str, str]]:
    find_matches(contest=listed.made.contest, user=listed.made.organiser)
    found = open_matches(contest=listed.made.contest).select_related("entry")
    return [(match.entry.full_name, match.reason) for match in found]


def done(listed: ListedContest) -> int:
    return read_duty(sight=listed.sight()).whole.done


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"staff_code": "cb01", "full_name": "An"}, [("Trần Văn An", "staff_code")]),
        ({"full_name": "le thi binh", "birth_date": "05/06/1990"}, [("Lê Thị Bình", "name_birth")]),
        ({"full_name": "Lê Thị Bình", "birth_date": "05/06/1980"}, [("Lê Thị Bình", "birth_near")]),
        ({"full_name": "Lê Thị Bình", "birth_date": "06/05/1990"}, [("Lê Thị Bình", "birth_near")]),
        ({"full_name": "Lê Thị Bình", "birth_date": "1990"}, [("Lê Thị Bình", "birth_near")]),
        ({"full_name": "Lê Thị Bình", "birth_date": "17/11/1990"}, []),
        ({"full_name": "Vũ Dung", "unit": "xa-an"}, [("Vũ Dung", "name_unit")]),
        ({"full_name": "Vũ Dung", "unit": "phong-an"}, []),
        ({"full_name": "Người Lạ", "birth_date": "05/06/1990"}, []),
    ],
)
def test_what_looks_like_one_person_is_proposed_with_its_reason(listed, typed, expected):
    listed.enter(typed.pop("staff_code", ""), **typed)
    assert proposals(listed) == expected
    assert done(listed) == 0


def test_whom_the_registration_links_needs_no_decision(listed):
    listed.enter("CB2", birth_date="05/06/1990")
    assert (proposals(listed), done(listed)) == ([], 1)


def test_a_confirmed_pair_counts_and_can_be_taken_back(listed):
    listed.enter("", full_name="Lê Thị Bình", birth_date="05/06/1990")
    assert len(proposals(listed)) == 1
    match = open_matches(contest=listed.made.contest).get()
    confirm_match(match=match, user=listed.made.organiser, now=NOW)
    assert (done(listed), proposals(listed)) == (1, [])
    with pytest.raises(CaseDecided):
        refuse_match(match=match, user=listed.made.organiser, now=NOW)
    reopen_match(match=match, user=listed.made.organiser)
    assert (done(listed), len(proposals(listed))) == (0, 1)
    acts = AuditEntry.objects.filter(subject_kind="quiz.rostermatch").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == ["match_confirmed", "match_open"]


def test_a_refused_pair_is_not_proposed_again(listed):
    listed.enter("", full_name="Lê Thị Bình", birth_date="05/06/1990")
    assert len(proposals(listed)) == 1
    match = open_matches(contest=listed.made.contest).get()
    refuse_match(match=match, user=listed.made.organiser, now=NOW)
    assert (proposals(listed), done(listed)) == ([], 0)


def test_of_two_who_look_alike_only_one_stands_for_a_person(listed):
    for birth_date in ("05/06/1990", "05/06/1991"):
        listed.enter("", full_name="Lê Thị Bình", birth_date=birth_date)
    assert [reason for _name, reason in proposals(listed)] == ["name_birth", "birth_near"]
    first, second = open_matches(contest=listed.made.contest)
    confirm_match(match=first, user=listed.made.organiser, now=NOW)
    assert proposals(listed) == []
    with pytest.raises(CaseDecided):
        confirm_match(match=second, user=listed.made.organiser, now=NOW)
    assert Entrant.objects.exclude(roster_entry=None).count() == 1


def test_the_sure_ones_are_confirmed_at_one_go(listed):
    listed.enter("", full_name="Lê Thị Bình", birth_date="05/06/1990", unit="xa-an")
    listed.enter("", full_name="Phạm Chi", birth_date="07/08/1985")  # of which unit?
    assert len(proposals(listed)) == 2
    assert confirm_sure(contest=listed.made.contest, user=listed.made.organiser, now=NOW) == 1
    assert (done(listed), proposals(listed)) == (1, [("Phạm Chi", "name_birth")])


def test_only_those_who_run_the_contest_and_may_see_counts_decide():
    listed = make_listed_contest(secret=True, rows=ROWS)
    contest = listed.made.contest
    with pytest.raises(NotAllowed):
        find_matches(contest=contest, user=listed.lead)
    with pytest.raises(CountsSecret):
        find_matches(contest=contest, user=listed.made.organiser)
    open_counts(user=listed.made.organiser, contest=contest)
    assert find_matches(contest=contest, user=listed.made.organiser) == 0
