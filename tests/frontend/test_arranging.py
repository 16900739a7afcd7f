"""Moving, merging, closing a unit, and moving and correcting a person, on their pages."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Membership, OrgUnit, User
from tests.people import make_person, make_trio, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio(client):
    """Alice administers `o-day` with A, B and A1 below A."""
    made = make_trio(Role.ADMINISTRATOR)
    a = make_unit("A", parent=made.here)
    make_unit("B", parent=made.here)
    make_unit("A1", parent=a)
    client.force_login(made.alice)
    return made


def arrange(client, code: str, **data: str):
    unit = OrgUnit.objects.get(code=code)
    return client.post(reverse("w-unit-arrange", args=[unit.pk]), data)


def place(code: str) -> tuple[str, str | None, str]:
    unit = OrgUnit.objects.select_related("parent", "merged_into").get(code=code)
    return (unit.parent.code, unit.merged_into and unit.merged_into.code, str(unit.valid_to))


def test_a_unit_is_moved_merged_and_opened_again(client, trio):
    assert arrange(client, "A1", act="move", parent="B").status_code == 302
    assert place("A1") == ("B", None, "None")
    assert arrange(client, "A", act="merge", into="B", on_date="01/07/2025").status_code == 302
    assert place("A") == ("B", "B", "2025-07-01")
    page = client.get(reverse("w-unit", args=[OrgUnit.objects.get(code="A").pk]))
    assert "ngừng hoạt động từ 01/07/2025" in page.content.decode()
    assert arrange(client, "A", act="reopen").status_code == 302
    assert place("A") == ("o-day", None, "None")
    assert arrange(client, "A1", act="close", on_date="01/07/2025").status_code == 302
    assert place("A1") == ("B", None, "2025-07-01")


def test_what_the_tree_does_not_take_is_told(client, trio):
    response = arrange(client, "A", act="move", parent="A1")
    assert (response.status_code, response.context["refusal"].code) == (409, "unit_below_itself")
    response = arrange(client, "A", act="close", on_date="01/07/2025")
    assert (response.status_code, response.context["refusal"].code) == (
        409,
        "unit_has_open_children",
    )
    assert arrange(client, "A", act="merge", into="noi-khac", on_date="1/7/2025").status_code == 422
    assert arrange(client, "A", act="fly").status_code == 200
    assert place("A") == ("o-day", None, "None")


def test_a_person_is_moved_and_leaves_their_roles(client, trio):
    a = OrgUnit.objects.get(code="A")
    dora = make_person("dora", Role.AUTHOR, unit=a)
    url = reverse("w-person-transfer", args=[dora.pk])
    assert client.post(url, {"to": "noi-khac"}).status_code == 422
    assert client.post(url, {"to": "A"}).status_code == 422
    assert client.post(url, {"to": "B", "keep_roles": "on"}).status_code == 302
    assert list(Membership.objects.filter(user=dora).values_list("unit__code", flat=True)) == ["A"]
    dora = User.objects.get(pk=dora.pk)
    Membership.objects.create(user=dora, unit=dora.unit, role=Role.JUDGE)
    client.post(url, {"to": "A1"})
    assert User.objects.get(pk=dora.pk).unit.code == "A1"
    assert list(Membership.objects.filter(user=dora).values_list("unit__code", flat=True)) == ["A"]


def test_a_person_is_corrected_and_every_fault_stands_beside_its_field(client, trio):
    dora = make_person("dora", unit=trio.here, totp=False)
    url = reverse("w-person-change", args=[dora.pk])
    data = {"full_name": "Dora Mới", "email": "D@example.com", "phone": "+84 912 345 678"}
    assert client.post(url, data).status_code == 302
    dora.refresh_from_db()
    assert (dora.full_name, dora.email, dora.phone_number) == (
        "Dora Mới",
        "d@example.com",
        "0912345678",
    )
    assert client.post(url, data).status_code == 302
    other = reverse("w-person-change", args=[trio.charlie.pk])
    response = client.post(other, data | {"phone": "0912345678"})
    assert response.status_code == 422
    assert list(response.context["change_form"].errors) == ["email", "phone"]


def test_an_account_with_a_role_above_is_left_alone(client, trio):
    boss = make_person("boss", unit=trio.here)
    Membership.objects.create(user=boss, unit=trio.there, role=Role.ADMINISTRATOR)
    before = list(User.objects.filter(pk=boss.pk).values())
    person = [boss.pk]
    for route, data in (
        ("w-person-change", {"full_name": "X"}),
        ("w-person-transfer", {"to": "A"}),
        ("w-person-active", {"reason": "x"}),
        ("w-person-link", {}),
    ):
        response = client.post(reverse(route, args=person), data)
        assert response.status_code == 422, route
    assert list(User.objects.filter(pk=boss.pk).values()) == before
