"""Compulsory lists on pages: uploaded whole, seen as far as one reaches."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from accounts.domain.rosters import RosterRow, compare_roster, load_roster
from accounts.enums import Role
from accounts.interfaces.excel.rosters import read_roster
from accounts.models import AuditEntry, Job, OrgUnit, Roster
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


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def post_roster(client, file):
    data = {"name": "Quý IV", "unit": "o-day", "as_of": "01/10/2026", "file": file}
    return client.post(reverse("w-roster-new"), data)


def test_a_list_is_looked_at_stored_and_shown(client, trio):
    client.force_login(trio.alice)
    checked = client.get(
        post_roster(client, upload(("Họ và tên", "Mã cán bộ"), ("Lê Thử", "007")))["Location"]
    )
    page = checked.content.decode()
    assert ("Lê Thử" in page, "007" in page, Roster.objects.count()) == (True, True, 0)
    made = client.post(reverse("w-roster-store", args=[checked.context["job"].public_id]))
    roster = Roster.objects.get()
    assert made["Location"] == reverse("w-roster", args=[roster.pk])
    page = client.get(made["Location"]).content.decode()
    assert ("Lê Thử" in page, "007" in page) == (True, True)


def test_a_newer_file_removes_only_when_told_to(client, trio):
    rows = [RosterRow("1", "Lê Thử", "", "007"), RosterRow("2", "Trần Đi", "", "008")]
    roster = load_roster(name="A", unit=trio.here, as_of="2026-10-01", rows=rows, user=None)
    client.force_login(trio.alice)
    url = reverse("w-roster-upload", args=[roster.pk])
    file = upload(("Họ và tên", "Mã cán bộ"), ("Lê Thử", "007"))
    checked = client.get(client.post(url, {"file": file})["Location"])
    assert [checked.context["found"][name] for name in ("new", "gone", "same")] == [0, 1, 1]
    store = reverse("w-roster-store", args=[checked.context["job"].public_id])
    client.post(store, {"remove_gone": "1"})
    assert [entry.full_name for entry in roster.entries.all()] == ["Lê Thử"]


def test_faults_are_listed_and_nothing_is_stored(client, trio):
    client.force_login(trio.alice)
    file = upload(("Họ và tên", "Đơn vị"), ("Lê Thử", "Xã Lạ"))
    page = client.get(post_roster(client, file)["Location"]).content.decode()
    assert ("Trang “Sheet”, dòng 2" in page, Roster.objects.count()) == (True, 0)


def test_what_is_no_workbook_is_told(client, trio):
    client.force_login(trio.alice)
    posted = post_roster(client, SimpleUploadedFile("a.xlsx", b"xin"))
    assert "Tệp này không phải tệp Excel." in client.get(posted["Location"]).content.decode()


def test_a_form_without_file_comes_back_with_what_was_typed(client, trio):
    client.force_login(trio.alice)
    response = post_roster(client, "")
    assert (response.status_code, 'value="Quý IV"' in response.content.decode()) == (422, True)


def test_one_person_is_added_changed_exempted_and_removed(client, trio):
    roster = load_roster(name="A", unit=trio.here, as_of="2026-10-01", rows=[], user=None)
    client.force_login(trio.alice)
    typed = {"full_name": "Lê Thử", "unit": "o-day", "staff_code": "007", "birth_date": "1990"}
    new = reverse("w-roster-entry-new", args=[roster.pk])
    wrong = client.post(new, typed | {"birth_date": "31/02/1990"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["birth_date"])
    assert client.post(new, typed)["Location"] == reverse("w-roster", args=[roster.pk])
    entry = roster.entries.get()
    assert (entry.staff_code, entry.birth_date.year) == ("007", 1990)
    args = [roster.pk, entry.pk]
    client.post(reverse("w-roster-entry", args=args), typed | {"full_name": "Lê Thử Hai"})
    assert client.post(reverse("w-roster-exempt", args=args), {"reason": " "}).status_code == 422
    client.post(reverse("w-roster-exempt", args=args), {"reason": "Nghỉ thai sản"})
    entry.refresh_from_db()
    assert (entry.full_name, entry.exemption) == ("Lê Thử Hai", "Nghỉ thai sản")
    client.post(reverse("w-roster-exempt", args=args))
    entry.refresh_from_db()
    assert entry.exemption == ""
    client.post(reverse("w-roster-remove", args=args))
    assert roster.entries.count() == 0


def test_the_list_leaves_as_a_file_that_can_be_uploaded_again(client, trio):
    rows = [RosterRow("1", "=Lê Thử", "", "007", "05/09/1990", "can-bo", "Ốm")]
    roster = load_roster(name="A", unit=trio.here, as_of="2026-10-01", rows=rows, user=None)
    client.force_login(make_person("exporter", Role.EXPORTER, unit=trio.here))
    url = reverse("w-roster-export", args=[roster.pk])
    assert client.post(url).status_code == 422  # no reason
    client.post(url, {"reason": "report"})
    job = Job.objects.get(kind="export_roster")
    with job.file.open("rb") as file:
        read = read_roster(file)
    found = compare_roster(roster=roster, unit=trio.here, rows=read)
    assert (job.state, found.same, len(found.new)) == ("done", 1, 0)
    assert AuditEntry.objects.filter(act="export_roster", details__rows=1).count() == 1


def test_the_template_is_read_as_it_is_given(client, trio):
    client.force_login(trio.alice)
    content = b"".join(client.get(reverse("w-roster-template")).streaming_content)
    (row,) = read_roster(content)
    assert (row.full_name, row.birth_date) == ("Nguyễn Văn Mẫu", "05/09/1990")


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
