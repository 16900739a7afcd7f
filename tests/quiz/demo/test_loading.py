"""The demo is loaded by the acts of the house."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import OrgUnit, User
from quiz.demo.accounts import DEMO_ACCOUNTS
from quiz.demo.loading import load_demo
from quiz.enums import ItemState, ReleaseState, RoundState
from quiz.models import Attempt, ItemVersion, Release, Round, Seal

pytestmark = pytest.mark.django_db


def test_demo_shows_an_open_contest_a_released_one_and_items_that_wait() -> None:
    """One loading, looked at from all sides: it takes seconds."""
    load_demo(now=timezone.now())
    check_contests()
    check_items()
    check_people()


def check_contests() -> None:
    assert list(Round.objects.order_by("pk").values_list("state", flat=True)) == [
        RoundState.RELEASED,
        RoundState.FROZEN,
    ]
    release = Release.objects.get()
    assert release.state == ReleaseState.RELEASED
    assert release.approved_by != release.submitted_by
    assert len(release.document["winners"]) == 2 * 16
    seal = Seal.objects.get()
    assert sum(seal.counts.values()) == seal.size == Attempt.objects.count()


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
