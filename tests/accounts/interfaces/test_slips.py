"""Activation slips: who gets one, that it lets in, and that eight fit a page."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.domain.sign_in_links import LinkSpent, issue_activation_link, open_activation
from accounts.domain.slips import NO_EMAIL, NobodyForSlips, issue_slips, people_for_slips
from accounts.enums import Role
from accounts.interfaces.pdf.slips import write_slips
from accounts.models import AuditEntry, Membership, User
from tests.people import make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    """Administers a commune of an office; four people wait there for their first link."""
    top = make_unit("T")
    here = make_unit("A", parent=top)
    office = make_unit("A1", parent=here)
    alice = make_person("alice", Role.ADMINISTRATOR, unit=here)
    make_person("b", unit=office, totp=False)
    User.objects.filter(pk=make_person("c", unit=here, totp=False).pk).update(email="c@example.com")
    locked = make_person("d", unit=here, totp=False)
    User.objects.filter(pk=locked.pk).update(is_active=False)
    boss = make_person("boss", unit=here, totp=False)
    Membership.objects.create(user=boss, unit=top, role=Role.ORGANISER)
    User.objects.filter(pk=alice.pk).update(last_login=timezone.now())
    make_person("outside", unit=top, totp=False)
    return alice


def names(**chosen) -> list[str]:
    return sorted(people_for_slips(**chosen).values_list("username", flat=True))


def test_slips_are_for_people_in_reach_who_were_never_inside(alice):
    assert names(user=alice) == ["b", "c"]
    assert names(user=alice, only=NO_EMAIL) == ["b"]
    office = User.objects.get(username="b").unit
    assert names(user=alice, unit=office) == ["b"]
    ids = list(User.objects.values_list("pk", flat=True))
    assert names(user=alice, people=ids) == ["alice", "b", "c"]
    c = User.objects.get(username="c").pk
    assert names(user=alice, created=[[c, c]]) == ["c"]
    assert names(user=alice, created=[]) == []


def test_a_slip_lets_in_for_fourteen_days_and_ends_earlier_links(alice):
    now, b = timezone.now(), User.objects.get(username="b")
    before = issue_activation_link(user=b, issued_by=None, now=now).split("/")[-2]
    slips = issue_slips(user=alice, now=now)
    token = {slip.person.username: slip.path.split("/")[-2] for slip in slips}["b"]
    assert open_activation(token=token, now=now + timedelta(days=13)) == b
    for spent, when in ((token, now + timedelta(days=15)), (before, now)):
        with pytest.raises(LinkSpent):
            open_activation(token=spent, now=when)
    issued = AuditEntry.objects.filter(act="issue_activation_link", actor=alice)
    assert issued.count() == len(slips) == 2


def test_nobody_to_print_for(alice):
    with pytest.raises(NobodyForSlips):
        issue_slips(user=alice, now=timezone.now(), created=[])


def test_eight_slips_to_a_page(alice):
    slips = issue_slips(user=alice, now=timezone.now())
    for count, pages in ((1, 1), (8, 1), (9, 2)):
        pdf = write_slips((slips * 5)[:count], origin="https://thi.example.vn", body="UBND tỉnh")
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == pages
