"""A contest's address is free until people know it; an ended contest can be put away."""

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from quiz.domain.contest_keeping import archive_contest, readdress_contest, unarchive_contest
from quiz.enums import ContestState
from quiz.errors import AddressFixed, ContestRunning
from quiz.models import Contest
from tests.factories import HOUR, make_contest, make_open_contest, make_person

pytestmark = pytest.mark.django_db


def draft():
    made = make_contest()
    made.contest.state = ContestState.DRAFT
    made.contest.save()
    return made


def test_a_draft_takes_another_address():
    made = draft()
    readdress_contest(contest=made.contest, code=" CCHC-2026 ", user=made.organiser)
    assert Contest.objects.get(pk=made.contest.pk).code == "cchc-2026"


@pytest.mark.parametrize("code", ["ab", "có dấu", "a--b", "-ab", "a" * 61, "a/b", ""])
def test_an_address_is_plain_words_and_hyphens(code):
    made = draft()
    with pytest.raises(Faults) as refused:
        readdress_contest(contest=made.contest, code=code, user=made.organiser)
    assert [fault.code for fault in refused.value.faults] == ["code_invalid"]


def test_two_contests_never_share_an_address():
    made, other = draft(), draft()
    with pytest.raises(Faults) as refused:
        readdress_contest(contest=made.contest, code=other.contest.code, user=made.organiser)
    # The factory's addresses may be longer than people may choose.
    assert [fault.code for fault in refused.value.faults] == ["code_taken"]


def test_a_published_contest_keeps_its_address():
    made = make_contest()
    with pytest.raises(AddressFixed):
        readdress_contest(contest=made.contest, code="dia-chi-moi", user=made.organiser)


def test_a_contest_is_archived_after_its_rounds_and_comes_back():
    made = make_open_contest()
    with pytest.raises(ContestRunning):
        archive_contest(contest=made.contest, user=made.organiser, now=timezone.now())
    later = made.round.closes_at + HOUR
    archive_contest(contest=made.contest, user=made.organiser, now=later)
    assert Contest.objects.get().state == ContestState.ARCHIVED
    assert list(Contest.objects.public()) == [made.contest]
    unarchive_contest(contest=made.contest, user=made.organiser)
    assert Contest.objects.get().state == ContestState.PUBLISHED


def test_a_draft_is_never_made_public_by_the_archive():
    made = draft()
    with pytest.raises(ContestRunning):
        archive_contest(contest=made.contest, user=made.organiser, now=timezone.now())


def test_who_may_only_read_changes_nothing():
    made = draft()
    auditor = make_person(Role.AUDITOR, unit=made.unit)
    for act in (
        lambda: readdress_contest(contest=made.contest, code="moi-moi", user=auditor),
        lambda: archive_contest(contest=made.contest, user=auditor, now=timezone.now()),
        lambda: unarchive_contest(contest=made.contest, user=auditor),
    ):
        with pytest.raises(NotAllowed):
            act()
