"""Workbooks of units and people on their pages: upload, plan, confirm; slips for the new."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from accounts.domain.jobs import run_job
from accounts.enums import JobState, Role
from accounts.models import Job, OrgUnit, SignInLink, User
from tests.people import make_person, make_trio, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def trio(client):
    made = make_trio(Role.ADMINISTRATOR)
    client.force_login(made.alice)
    return made


def upload(client, route: str, *rows: list[str]):
    """Send a workbook of these rows, and follow to what the page says."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    sent = SimpleUploadedFile("danh sách.xlsx", file.getvalue())
    return client.post(reverse(route), {"file": sent}, follow=True)


def confirm(client, response) -> Job:
    job = response.context["job"]
    answer = client.post(reverse("w-plan", args=[job.public_id]))
    return Job.objects.get(public_id=answer.url.split("/")[-2])


def test_units_are_changed_once_they_are_confirmed(client, trio):
    head = ["Mã đơn vị", "Tên đơn vị", "Thuộc đơn vị"]
    response = upload(client, "w-units-import", head, ["moi", "Xã Mới", "o-day"])
    assert response.status_code == 200
    told = [(part["title"], part["count"], part["rows"]) for part in response.context["parts"]]
    assert told == [("Thêm đơn vị", 1, [["moi", "Xã Mới", "", "Đơn vị o-day"]])]
    assert not OrgUnit.objects.filter(code="moi").exists()
    job = confirm(client, response)
    assert (job.state, job.result["message"]) == (
        JobState.DONE,
        "Đã thực hiện 1 thay đổi về đơn vị.",
    )
    assert OrgUnit.objects.get(code="moi").parent == trio.here
    again = upload(client, "w-units-import", head, ["moi", "Xã Mới", "o-day"])
    assert (again.context["parts"], again.context["total"]) == ([], 0)


def test_faults_are_told_with_sheet_and_row(client, trio):
    response = upload(client, "w-units-import", ["Mã đơn vị", "Loại"], ["o-day", "Bang"])
    assert response.status_code == 422
    assert [fault["place"] for fault in response.context["faults"]] == ["Trang “Sheet”, dòng 2"]
    job = response.context["job"]
    assert client.post(reverse("w-plan", args=[job.public_id])).status_code == 409


def test_a_file_that_is_no_workbook_and_none_at_all(client, trio):
    url = reverse("w-people-import")
    response = client.post(url, {"file": SimpleUploadedFile("a.xlsx", b"khong")}, follow=True)
    assert (response.status_code, response.context["job"].error_code) == (422, "not_a_workbook")
    assert client.post(url).status_code == 422


def test_a_big_file_is_left_to_the_worker(client, trio, monkeypatch):
    monkeypatch.setattr("accounts.interfaces.excel.list_jobs.AT_ONCE", 10)
    response = upload(client, "w-units-import", ["Mã đơn vị", "Loại"], ["o-day", "Xã"])
    assert response.context["running"]
    job = run_job(job_id=response.context["job"].pk)
    response = client.get(reverse("w-plan", args=[job.public_id]))
    assert [part["rows"] for part in response.context["parts"]] == [
        [["o-day", "Đơn vị o-day", "Đơn vị khác", "Xã"]]
    ]


def test_new_people_without_an_address_get_slips(client, trio):
    head = ["Mã cán bộ", "Họ và tên", "Đơn vị", "Email"]
    rows = [["CB1", "Trần An", "o-day", ""], ["CB2", "Lê Bình", "o-day", "b@example.com"]]
    response = upload(client, "w-people-import", head, *rows)
    checked = response.context["job"]
    job = confirm(client, response)
    assert job.params["next"] == f"{reverse('w-slips')}?tep={checked.public_id}"
    page = client.get(job.params["next"])
    assert page.context["created"] == 1
    answer = client.post(reverse("w-slips"), {"tep": str(checked.public_id)})
    slips = Job.objects.get(public_id=answer.url.split("/")[-2])
    done = run_job(job_id=slips.pk)
    assert (done.state, done.file_name) == (JobState.DONE, "phieu-kich-hoat.pdf")
    assert done.file.read(5) == b"%PDF-"
    assert list(SignInLink.objects.values_list("user__username", flat=True)) == ["CB1"]


def test_slips_for_those_who_were_ticked(client, trio):
    people = [trio.charlie.pk, trio.bob.pk]
    answer = client.post(reverse("w-slips"), {"person": people})
    run_job(job_id=Job.objects.get(public_id=answer.url.split("/")[-2]).pk)
    assert list(SignInLink.objects.values_list("user", flat=True)) == [trio.charlie.pk]


def test_slips_for_a_unit_without_anybody(client, trio):
    User.objects.exclude(pk=trio.alice.pk).update(is_active=False)
    client.force_login(trio.alice)
    empty = make_unit("trong", parent=trio.here)
    response = client.post(reverse("w-slips"), {"unit": empty.code, "only": "new"})
    assert (response.status_code, response.context["refusal"].code) == (422, "nobody_for_slips")


def test_the_plan_of_another_person_is_not_found(client, trio):
    head = ["Mã đơn vị", "Loại"]
    job = upload(client, "w-units-import", head, ["o-day", "Xã"]).context["job"]
    client.force_login(make_person("dora", Role.ADMINISTRATOR, unit=trio.here))
    assert client.get(reverse("w-plan", args=[job.public_id])).status_code == 404


def test_the_template_of_units_sent_back_changes_nothing(client, trio):
    make_unit("con", name="Phường Con", parent=trio.here)
    answer = client.get(reverse("w-units-template"))
    file = b"".join(answer.streaming_content)
    codes = [row[0].value for row in load_workbook(io.BytesIO(file))["Đơn vị"].iter_rows()]
    assert sorted(codes[1:]) == ["con", "o-day"]
    sent = SimpleUploadedFile("mau.xlsx", file)
    response = client.post(reverse("w-units-import"), {"file": sent}, follow=True)
    counts = [(part["title"], part["count"]) for part in response.context["parts"]]
    assert (response.status_code, counts) == (200, [])


def test_the_template_of_people_has_every_column_the_reader_knows(client, trio):
    file = b"".join(client.get(reverse("w-people-template")).streaming_content)
    rows = list(load_workbook(io.BytesIO(file))["Cán bộ"].iter_rows(values_only=True))
    response = upload(client, "w-people-import", list(rows[0]), ["CB9", "An", "o-day", *[""] * 6])
    assert [part["count"] for part in response.context["parts"]] == [1]
