"""The demo is loaded by the acts of the house."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OrgUnit, User
from quiz.demo.accounts import DEMO_ACCOUNTS
from quiz.demo.loading import load_demo
from quiz.demo.setting import LEAD_UNIT, ORGANISER, UNIT_LEAD
from quiz.domain.leaves import leaves_of
from quiz.domain.receipt_checks import prove_leaf
from quiz.domain.roster_duty import duties_of, read_duty, sight_of
from quiz.domain.roster_matching import find_matches
from quiz.enums import ItemState, ReleaseState, RoundState
from quiz.models import Attempt, ItemVersion, Release, Round, Seal

pytestmark = pytest.mark.django_db


def test_demo_shows_an_open_contest_a_released_one_and_items_that_wait(settings, tmp_path) -> None:
    """One loading, looked at from all sides: it takes seconds."""
    settings.MEDIA_ROOT = tmp_path
    load_demo(now=timezone.now())
    check_contests()
    check_items()
    check_people()
    check_unit_lead()


def check_unit_lead() -> None:
    """Sixteen on the list, one exempt, three missing, and one who forgot the staff code."""
    lead = User.objects.get(username=UNIT_LEAD)
    (round, unit), *_past = duties_of(user=lead)
    sight = sight_of(user=lead, round=round, unit=unit, now=timezone.now())
    whole = read_duty(sight=sight).whole
    assert (whole.done, whole.listed, whole.exempt, unit.code) == (11, 15, 1, LEAD_UNIT)
    organiser = User.objects.get(username=ORGANISER)
    assert find_matches(contest=round.contest, user=organiser) == 1


def check_contests() -> None:
    assert list(Round.objects.order_by("pk").values_list("state", flat=True)) == [
        RoundState.RELEASED,
        RoundState.FROZEN,
    ]
    release = Release.objects.get()
    assert release.state == ReleaseState.RELEASED
    assert release.approved_by != release.submitted_by
    assert len(release.document["winners"]) == 2 * 16
    check_recheck(release)
    seal = Seal.objects.get()
    attempts = Attempt.objects.filter(round=seal.round_id)
    assert sum(seal.counts.values()) == seal.size == attempts.count()


def check_recheck(release: Release) -> None:
    """Whoever looks for the first time can download the proof and check a receipt at once."""
    address = reverse("release-bundle", args=[release.contest.code, 1, 1])
    assert Client().get(address).status_code == 200
    attempt = Attempt.objects.filter(round=release.round_id).earliest("pk")
    [leaf] = leaves_of(round=release.round, attempts=[attempt.pk]).values()
    proof = prove_leaf(leaf=leaf)
    assert proof is not None
    assert proof.release == release


def check_items() -> None:
    """Those on decrees nobody confirmed stay unapproved (“kiểm hiệu lực”)."""
    approved = ItemVersion.objects.filter(state=ItemState.APPROVED)
    flagged = ItemVersion.objects.filter(citations__document__needs_check=True).distinct()
    assert (ItemVersion.objects.count(), approved.count(), flagged.count()) == (45, 35, 10)
    assert not approved.filter(pk__in=flagged).exists()


def check_people() -> None:
    usernames = {username for _role, username in DEMO_ACCOUNTS}
    assert usernames == set(User.objects.values_list("username", flat=True))
    assert OrgUnit.objects.get(code="22276").name == "Xã Hòa Thịnh"


def test_demo_is_never_loaded_over_people() -> None:
    User.objects.create_user("nguoi-that", full_name="Người Thật")
    with pytest.raises(CommandError):
        call_command("load_demo")
