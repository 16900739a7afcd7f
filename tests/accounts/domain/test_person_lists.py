"""A list of people: what it would change, and that it changes just that, once."""

import pytest

from accounts.domain.people import LastAdministrator
from accounts.domain.person_lines import PersonLine
from accounts.domain.person_lists import plan_people, store_people
from accounts.domain.plans import PlanOutdated
from accounts.enums import Role
from accounts.errors import Faults
from accounts.models import AuditEntry, Membership, OrgUnit, User
from tests.people import make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    """Administers a commune of two offices; `ngoai` belongs to somebody else."""
    top = make_unit("T", name="Tỉnh Đắk Lắk")
    here = make_unit("A", name="Xã Hòa Thịnh", parent=top)
    make_unit("A1", name="Văn phòng", parent=here)
    make_unit("A2", name="Trung tâm", parent=here)
    make_person("ngoai", unit=make_unit("N", name="Xã Ngoài", parent=top))
    return make_person("alice", Role.ADMINISTRATOR, unit=here)


def lines(*rows: dict[str, str]) -> list[PersonLine]:
    return [PersonLine(place=f"dòng {number}", **row) for number, row in enumerate(rows, start=2)]


def store(user: User, *rows: dict[str, str]) -> dict[str, int]:
    """Check, confirm; then check that the same rows say nothing more. How many of each change."""
    read = lines(*rows)
    summary = plan_people(lines=read, user=user).summary
    store_people(lines=read, user=user, digest=summary.digest())
    assert plan_people(lines=read, user=user).summary.changes == []
    return summary.as_result()["counts"]


def faults(user: User, *rows: dict[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(Faults) as refusal:
        plan_people(lines=lines(*rows), user=user)
    return [(fault.place, fault.code) for fault in refusal.value.faults]


def roles(username: str) -> list[tuple[str, str]]:
    held = Membership.objects.filter(user__username=username).order_by("unit__code", "role")
    return list(held.values_list("unit__code", "role"))


def test_people_are_made_with_address_phone_and_roles(alice):
    row = {
        "username": "CB01",
        "full_name": "Nguyễn Thị An",
        "unit": "van phong",
        "email": "An@Example.com",
        "phone": "912345678",
        "roles": "Lãnh đạo, đầu mối đơn vị; author",
    }
    more = {"username": "cb01", "roles": "Người tổ chức", "role_unit": "A"}
    counts = store(alice, row, more, {"username": "CB02", "full_name": "Trần Bình", "unit": "A2"})
    assert counts == {"create_person": 2, "grant_role": 3}
    an = User.objects.get(username="CB01")
    told = (an.full_name, an.unit.code, an.email, an.phone_number, an.has_usable_password())
    assert told == ("Nguyễn Thị An", "A1", "an@example.com", "0912345678", False)
    assert roles("CB01") == [("A", "organiser"), ("A1", "author"), ("A1", "unit_lead")]
    acts = AuditEntry.objects.filter(subject_id=an.pk).exclude(subject_kind="accounts.orgunit")
    assert sorted(acts.values_list("act", flat=True)) == ["create_person"] + ["grant_role"] * 3


def test_somebody_who_moves_leaves_their_roles_there(alice):
    store(
        alice, {"username": "CB01", "full_name": "An", "unit": "A1", "roles": "author; unit_lead"}
    )
    store(alice, {"username": "CB01", "roles": "auditor", "role_unit": "A"})
    counts = store(
        alice,
        {"username": "CB01", "unit": "A2"},
        {"username": "CB01", "roles": "author", "role_unit": "A1"},
    )
    assert counts == {"transfer_person": 1, "revoke_role": 1}
    assert User.objects.get(username="CB01").unit.code == "A2"
    assert roles("CB01") == [("A", "auditor"), ("A1", "author")]


def test_accounts_are_locked_with_a_reason_and_opened_again(alice):
    store(alice, {"username": "CB01", "full_name": "An", "unit": "A1"})
    assert store(alice, {"username": "cb01", "state": "Khóa", "reason": "nghỉ hưu"}) == {
        "deactivate_person": 1
    }
    locked = User.objects.get(username="CB01")
    assert (locked.is_active, locked.inactive_reason) == (False, "nghỉ hưu")
    assert store(alice, {"username": "CB01", "state": "mở lại"}) == {"reactivate_person": 1}
    opened = User.objects.get(username="CB01")
    assert (opened.is_active, opened.inactive_reason) == (True, "")


def test_a_new_address_has_to_be_confirmed_anew(alice):
    store(alice, {"username": "CB01", "full_name": "An", "unit": "A1", "email": "a@example.com"})
    User.objects.filter(username="CB01").update(email_verified=True)
    assert store(alice, {"username": "CB01", "email": "b@example.com"}) == {"update_person": 1}
    an = User.objects.get(username="CB01")
    assert (an.email, an.email_verified, an.full_name) == ("b@example.com", False, "An")


def test_every_fault_is_told_with_its_row(alice):
    make_person("cb", unit=OrgUnit.objects.get(code="A1"), totp=False)
    User.objects.filter(username="cb").update(email="cb@example.com")
    found = faults(
        alice,
        {"full_name": "Không Mã", "unit": "A"},
        {"username": "x1", "unit": "A"},
        {"username": "x2", "full_name": "Hai"},
        {"username": "x 3", "full_name": "Ba", "unit": "A"},
        {"username": "x4", "full_name": "Bốn", "unit": "Xã Ngoài"},
        {"username": "x5", "full_name": "Năm", "unit": "A", "roles": "Vua"},
        {"username": "x6", "full_name": "Sáu", "unit": "A", "phone": "12"},
        {"username": "x7", "full_name": "Bảy", "unit": "A", "state": "bay"},
        {"username": "x8", "full_name": "Tám", "unit": "A", "email": "tam"},
        {"username": "x9", "full_name": "Chín", "unit": "A", "email": "cb@example.com"},
        {"username": "y1", "full_name": "Mười", "unit": "A", "phone": "0912345678"},
        {"username": "y2", "full_name": "Mười Một", "unit": "A", "phone": "0912 345 678"},
        {"username": "ngoai", "full_name": "Người Ngoài"},
        {"username": "y3", "full_name": "Một", "unit": "A"},
        {"username": "Y3", "full_name": "Hai"},
        {"username": "y4", "full_name": "Bốn", "unit": "A", "roles": "author", "role_unit": "N"},
        {"username": "y5", "full_name": "Năm", "unit": "A", "state": "khóa"},
        {"username": "y6", "full_name": "Dài " * 40, "unit": "A"},
    )
    assert sorted(found) == sorted(
        [
            ("dòng 2", "username_empty"),
            ("dòng 3", "name_empty"),
            ("dòng 4", "unit_empty"),
            ("dòng 5", "username_invalid"),
            ("dòng 6", "unit_unknown"),
            ("dòng 7", "role_unknown"),
            ("dòng 8", "phone_invalid"),
            ("dòng 9", "state_unknown"),
            ("dòng 10", "email_invalid"),
            ("dòng 11", "contact_taken"),
            ("dòng 13", "contact_twice"),
            ("dòng 14", "out_of_reach"),
            ("dòng 16", "contradiction"),
            ("dòng 17", "unit_unknown"),
            ("dòng 18", "nobody_to_lock"),
            ("dòng 19", "too_long"),
        ]
    )
    assert not User.objects.filter(username__in=["x1", "y3"]).exists()


def test_nobody_changes_the_account_of_somebody_with_a_role_above(alice):
    boss = make_person("boss", unit=OrgUnit.objects.get(code="A1"))
    Membership.objects.create(
        user=boss, unit=OrgUnit.objects.get(code="T"), role=Role.ADMINISTRATOR
    )
    row = {"username": "boss", "email": "alice@example.com"}
    assert faults(alice, row) == [("dòng 2", "person_outranks")]


def test_the_only_administrator_of_all_may_leave_a_role_further_down():
    root = make_unit("R", name="Cơ quan chủ quản")
    carol = make_person("carol", Role.ADMINISTRATOR, unit=make_unit("R1", parent=root))
    Membership.objects.create(user=carol, unit=root, role=Role.ADMINISTRATOR)
    assert store(carol, {"username": "carol", "unit": "R"}) == {
        "transfer_person": 1,
        "revoke_role": 1,
    }
    assert roles("carol") == [("R", "administrator")]


def test_the_last_administrator_stays():
    root = make_unit("R", name="Cơ quan chủ quản")
    carol = make_person("carol", Role.ADMINISTRATOR, unit=root)
    read = lines({"username": "carol", "state": "khóa"})
    digest = plan_people(lines=read, user=carol).summary.digest()
    with pytest.raises(LastAdministrator):
        store_people(lines=read, user=carol, digest=digest)


def test_what_was_confirmed_is_what_is_done(alice):
    read = lines({"username": "CB01", "full_name": "An", "unit": "A1"})
    digest = plan_people(lines=read, user=alice).summary.digest()
    make_person("CB01", unit=OrgUnit.objects.get(code="A1"), totp=False)
    with pytest.raises(PlanOutdated):
        store_people(lines=read, user=alice, digest=digest)
