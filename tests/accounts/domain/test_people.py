"""Who is made, by whom, with which roles where; and that nobody locks everybody out."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.domain.people import (
    LastAdministrator,
    UnitOutOfReach,
    create_person,
    deactivate_person,
    grant_role,
    reactivate_person,
    revoke_role,
    set_roles,
)
from accounts.domain.sign_in_links import issue_sign_in_link
from accounts.enums import Role
from accounts.errors import Faults
from accounts.models import AuditEntry, Membership, User
from accounts.permissions import (
    managed_people,
    may_manage_person,
    may_manage_unit,
    needs_second_factor,
)
from tests.people import make_person, make_trio, make_unit

pytestmark = pytest.mark.django_db


def roles_of(person: User) -> list[tuple[str, str]]:
    return list(person.memberships.order_by("role").values_list("unit__code", "role"))


def test_an_administrator_makes_a_person_below_their_unit():
    trio = make_trio()
    below = make_unit("duoi", parent=trio.here)
    dinh = create_person(
        full_name=" Đinh  Thử ",
        username="dinh.thu",
        email="Dinh@Example.VN",
        unit=below,
        roles=[Role.AUTHOR, Role.REVIEWER],
        user=trio.alice,
    )
    assert (dinh.full_name, dinh.email) == ("Đinh Thử", "dinh@example.vn")
    assert not dinh.has_usable_password()
    assert roles_of(dinh) == [("duoi", "author"), ("duoi", "reviewer")]
    acts = AuditEntry.objects.filter(subject_id=dinh.pk, subject_kind="accounts.user")
    assert list(acts.order_by("pk").values_list("act", flat=True)) == [
        "create_person",
        "grant_role",
        "grant_role",
    ]


def test_not_in_a_unit_out_of_reach():
    trio = make_trio()
    for user in (trio.bob, trio.charlie):
        with pytest.raises(UnitOutOfReach):
            create_person(full_name="X", username="x", unit=trio.here, user=user)
        with pytest.raises(UnitOutOfReach):
            grant_role(person=trio.charlie, unit=trio.here, role=Role.AUTHOR, user=user)
    assert roles_of(trio.charlie) == []


def test_everything_wrong_with_a_person_is_told_at_once():
    unit = make_unit()
    make_person("alice", unit=unit)
    User.objects.update(email="alice@example.vn")
    with pytest.raises(Faults) as refusal:
        create_person(
            full_name=" ", username="ALICE", email="Alice@example.vn", unit=unit, user=None
        )
    codes = [fault.code for fault in refusal.value.faults]
    assert codes == ["name_empty", "username_taken", "email_taken"]
    with pytest.raises(Faults) as refusal:
        create_person(full_name="A", username="a b", email="không", unit=unit, user=None)
    assert [fault.code for fault in refusal.value.faults] == ["username_invalid", "email_invalid"]
    assert all(fault.hint for fault in refusal.value.faults)


def test_roles_are_set_as_a_whole_at_one_unit():
    trio = make_trio()
    grant_role(person=trio.charlie, unit=trio.there, role=Role.JUDGE, user=trio.bob)
    for roles in ([Role.AUTHOR, Role.ORGANISER], [Role.ORGANISER, Role.EXPORTER]):
        set_roles(person=trio.charlie, unit=trio.here, roles=roles, user=trio.alice)
    assert roles_of(trio.charlie) == [
        ("o-day", "exporter"),
        ("noi-khac", "judge"),
        ("o-day", "organiser"),
    ]


def test_the_last_administrator_stays():
    root = make_unit("goc")
    alice = make_person("alice", Role.ADMINISTRATOR, unit=root)
    with pytest.raises(LastAdministrator):
        revoke_role(membership=alice.memberships.get(), user=alice)
    with pytest.raises(LastAdministrator):
        deactivate_person(person=alice, user=alice)
    make_person("bob", Role.ADMINISTRATOR, unit=root)
    revoke_role(membership=alice.memberships.get(), user=alice)
    assert Membership.objects.get().user.username == "bob"


def test_deactivating_ends_open_sessions():
    trio = make_trio()
    client, other = Client(), Client()
    make_person("dung", unit=trio.here, totp=False)
    for browser, name in ((client, "charlie"), (other, "dung")):
        person = User.objects.get(username=name)
        browser.get(issue_sign_in_link(user=person, now=timezone.now()))
    deactivate_person(person=trio.charlie, user=trio.alice)
    assert Session.objects.count() == 1
    trio.charlie.refresh_from_db()
    assert trio.charlie.is_active is False
    reactivate_person(person=trio.charlie, user=trio.alice)
    assert User.objects.get(pk=trio.charlie.pk).is_active is True


def test_reach_is_one_queryset():
    trio = make_trio()
    assert list(managed_people(trio.alice).order_by("username")) == [trio.alice, trio.charlie]
    assert [may_manage_person(user, trio.charlie) for user in (trio.alice, trio.bob)] == [
        True,
        False,
    ]
    assert [may_manage_unit(user, trio.here) for user in (trio.alice, trio.charlie)] == [
        True,
        False,
    ]


@pytest.mark.parametrize("role", Role)
def test_a_second_factor_is_asked_of_roles_that_see_keys_or_export(role, settings):
    unit = make_unit()
    bare = make_person("demo.bare", role, unit=unit, totp=False)
    asked = role not in {Role.UNIT_LEAD, Role.JUDGE}
    assert needs_second_factor(bare) is asked
    assert needs_second_factor(make_person("done", role, unit=unit)) is False
    settings.DEMO = True
    assert needs_second_factor(bare) is False
    assert needs_second_factor(make_person("real", role, unit=unit, totp=False)) is asked
