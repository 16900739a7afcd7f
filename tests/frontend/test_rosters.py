"""Compulsory lists on pages: uploaded whole, seen as far as one reaches."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from accounts.domain.rosters import RosterRow, load_roster
from accounts.enums import Role
from accounts.models import OrgUnit, Roster
from tests.people import make_person, make_trio, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio():
    return make_trio(Role.ADMINISTRATOR)


def upload(*rows: tuple) -> SimpleUploadedFile:
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("danh sách.xlsx", file.getvalue())


def post_roster(client, file):
    data = {"name": "Quý IV", "unit": "o-day", "as_of": "01/10/2026", "file": file}
    return client.post(reverse("w-roster-new"), data)


def test_a_list_is_stored_and_shown(client, trio):
    client.force_login(trio.alice)
    made = post_roster(client, upload(("Họ và tên", "Mã cán bộ"), ("Lê Thử", "007")))
    roster = Roster.objects.get()
    assert made["Location"] == reverse("w-roster", args=[roster.pk])
    page = client.get(made["Location"]).content.decode()
    assert ("Lê Thử" in page, "007" in page) == (True, True)


def test_faults_are_listed_and_nothing_is_stored(client, trio):
    client.force_login(trio.alice)
    response = post_roster(client, upload(("Họ và tên", "Đơn vị"), ("Lê Thử", "Xã Lạ")))
    assert (response.status_code, Roster.objects.count()) == (422, 0)
    page = response.content.decode()
    assert "Trang “Sheet”, dòng 2" in page
    assert 'value="Quý IV"' in page


def test_what_is_no_workbook_is_told_beside_the_file(client, trio):
    client.force_login(trio.alice)
    response = post_roster(client, SimpleUploadedFile("a.xlsx", b"xin"))
    assert response.status_code == 422
    assert "Tệp này không phải tệp Excel." in response.content.decode()


def test_each_sees_the_people_of_their_reach_only(client, trio):
    below = make_unit("duoi", name="Xã Dưới", parent=trio.here)
    rows = [RosterRow("1", "Người Trên"), RosterRow("2", "Người Dưới", "duoi")]
    roster = load_roster(name="A", unit=trio.here, as_of="2026-10-01", rows=rows, user=None)
    url = reverse("w-roster", args=[roster.pk])
    lead = make_person("lead", Role.UNIT_LEAD, unit=below)
    for user, names in ((trio.alice, ["Người Trên", "Người Dưới"]), (lead, ["Người Dưới"])):
        client.force_login(user)
        shown = [entry.full_name for entry in client.get(url).context["page"].object_list]
        assert shown == names
    client.force_login(trio.bob)
    assert client.get(url).status_code == 404
    client.force_login(trio.charlie)
    assert client.get(url).status_code == 403


def test_other_names_are_uploaded_all_or_none(client, trio):
    client.force_login(trio.alice)
    url = reverse("w-unit-aliases")
    wrong = upload(("Mã", "Tên cũ"), ("o-day", "Xã Xưa"), ("noi-khac", "Xã Lạ"))
    assert client.post(url, {"file": wrong}).status_code == 422
    assert OrgUnit.objects.get(code="o-day").aliases == []
    right = upload(("Mã", "Tên cũ"), ("o-day", "Xã Xưa"))
    assert client.post(url, {"file": right})["Location"] == reverse("w-units")
    assert OrgUnit.objects.get(code="o-day").aliases == ["Xã Xưa"]
    assert client.post(url).status_code == 422
