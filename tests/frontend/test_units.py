"""Units on pages: each sees their reach, administrators change theirs."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Headcount, OrgUnit
from tests.people import make_person, make_trio, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio():
    return make_trio()


def rows(response) -> list[str]:
    return [unit.code for unit in response.context["page"].object_list]


def test_each_sees_their_own_units(client, trio):
    below = make_unit("duoi", parent=trio.here)
    make_unit("duoi-nua", parent=below)
    for user, codes in ((trio.alice, ["o-day", "duoi"]), (trio.bob, ["noi-khac"])):
        client.force_login(user)
        assert sorted(rows(client.get(reverse("w-units")))) == sorted(codes)
    client.force_login(trio.alice)
    assert rows(client.get(reverse("w-units"), {"q": "don vi nua"})) == ["duoi-nua"]
    assert client.get(reverse("w-unit", args=[trio.there.pk])).status_code == 404


def test_a_unit_head_looks_and_changes_nothing(client, trio):
    lead = make_person("lead", Role.UNIT_LEAD, unit=trio.here)
    client.force_login(lead)
    page = client.get(reverse("w-unit", args=[trio.here.pk]))
    assert (page.status_code, page.context["manages"]) == (200, False)
    assert "Sửa thông tin" not in page.content.decode()
    assert client.post(reverse("w-unit-change", args=[trio.here.pk]), {}).status_code == 403


def test_a_unit_is_added_in_one_form(client, trio):
    client.force_login(trio.alice)
    data = {"name": "Phòng Văn hóa", "parent": "o-day", "kind": "office", "code": ""}
    response = client.post(reverse("w-unit-new"), data)
    assert response["Location"] == reverse("w-units")
    unit = OrgUnit.objects.get(name="Phòng Văn hóa")
    assert (unit.code, unit.parent, unit.kind) == ("phong-van-hoa", trio.here, "office")


def test_not_below_a_unit_out_of_reach(client, trio):
    client.force_login(trio.alice)
    data = {"name": "Phòng X", "parent": "noi-khac", "kind": "office"}
    response = client.post(reverse("w-unit-new"), data)
    assert response.status_code == 422
    assert response.context["form"].errors == {"parent": ["Chọn một đơn vị trong danh sách."]}
    assert not OrgUnit.objects.filter(name="Phòng X").exists()


def test_a_refused_form_keeps_what_was_typed(client, trio):
    client.force_login(trio.alice)
    data = {"name": "Phòng X", "parent": "o-day", "kind": "office", "code": "o-day"}
    response = client.post(reverse("w-unit-new"), data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["code"]
    assert 'value="Phòng X"' in response.content.decode()


def test_a_new_name_and_other_names_are_saved(client, trio):
    client.force_login(trio.alice)
    data = {
        "name": "Xã Mới",
        "kind": "commune",
        "aliases": "Xã Cũ\n\n Xã Xưa ",
        "keep_name": "on",
    }
    client.post(reverse("w-unit-change", args=[trio.here.pk]), data)
    unit = OrgUnit.objects.get(pk=trio.here.pk)
    saved = (unit.name, unit.kind, unit.aliases)
    assert saved == ("Xã Mới", "commune", ["Xã Cũ", "Xã Xưa", "Đơn vị o-day"])
    assert rows(client.get(reverse("w-units"), {"q": "xa cu"})) == ["o-day"]


def test_a_headcount_is_saved_and_a_wrong_one_refused(client, trio):
    client.force_login(trio.alice)
    url = reverse("w-headcount", args=[trio.here.pk])
    client.post(url, {"on_date": "01/01/2026", "count": "47"})
    assert client.post(url, {"on_date": "01/01/2026", "count": "-1"}).status_code == 422
    assert [(str(h.on_date), h.count) for h in Headcount.objects.all()] == [("2026-01-01", 47)]


def test_the_picker_finds_only_units_one_administers(client, trio):
    client.force_login(trio.alice)
    found = client.get(reverse("w-units-json"), {"q": "đơn vị"}).json()
    assert found == {"units": [{"code": "o-day", "name": "Đơn vị o-day", "place": ""}]}


def test_nothing_found_says_what_to_do(client, trio):
    client.force_login(trio.alice)
    page = client.get(reverse("w-units"), {"q": "khong co"}).content.decode()
    assert "Không tìm thấy đơn vị nào" in page
    assert "Xem tất cả đơn vị" in page


def test_the_list_asks_the_database_as_often_for_one_unit_as_for_thirty(
    client, trio, django_assert_max_num_queries
):
    client.force_login(trio.alice)
    for number in range(30):
        make_unit(f"con-{number}", parent=trio.here)
    with django_assert_max_num_queries(25):
        client.get(reverse("w-units"))
