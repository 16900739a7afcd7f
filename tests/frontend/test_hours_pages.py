"""Pages of hours: the gap list, assigning, papers from elsewhere, one's own year."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from accounts.enums import JobState, Role
from accounts.models import Job
from tests.factories import make_person, make_unit
from tests.training.study_world import NOW, enrol, lessons_of, make_course, make_duty
from training.models import Credit, DutySetting, Enrolment, StudySpan, StudyTally

pytestmark = pytest.mark.django_db
PAPER = {
    "title": "Kỹ năng số",
    "issuer": "Học viện",
    "number": "12/GCN",
    "taken_on": "2026-05-04",
    "amount": "2",
    "measure": "period",
}


@pytest.fixture(autouse=True)
def no_second_factor(monkeypatch):
    monkeypatch.setattr("frontend.pages.workplace.access.needs_second_factor", lambda _user: False)


@pytest.fixture
def unit():
    return make_unit()


def signed_in(*roles, unit, **fields):
    person = make_person(*roles, unit=unit, **fields)
    client = Client()
    client.force_login(person)
    return person, client


@pytest.fixture
def organiser(unit):
    return signed_in(Role.ORGANISER, unit=unit, username="demo.organiser", full_name="Tổ chức")


@pytest.fixture
def learner(unit, organiser):
    """Half an hour studied of a duty of 4 periods of 45 minutes."""
    person, client = signed_in(unit=unit, username="demo.learner", full_name="Lê Thị Học")
    user, _client = organiser
    course = make_course(unit, (60,), made_by=user)
    StudySpan.objects.create(
        enrolment=enrol(course, person),
        lesson=lessons_of(course)[0],
        tab="a",
        began_at=NOW.replace(minute=0),
        ended_at=NOW.replace(minute=30),
    )
    StudyTally.objects.create(person=person, beats=1)
    make_duty(unit, user, yearly=Decimal(4))
    return person, client


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_list_is_sorted_by_what_is_missing_and_can_be_narrowed(learner, organiser):
    _user, client = organiser
    page = text_of(client.get(reverse("w-hours"), {"nam": "2026"}))
    assert page.index("Tổ chức</a>") < page.index("Lê Thị Học</a>")
    assert "<strong>4 tiết</strong>" in page
    assert "hạn đến hết ngày 31/12/2026" in page
    found = text_of(client.get(reverse("w-hours"), {"nam": "2026", "q": "le thi hoc"}))
    assert "Tổ chức</a>" not in found
    assert client.get(reverse("w-hours"), {"don-vi": make_unit().code}).status_code == 404


def test_the_shortest_set_is_shown_first_and_then_assigned(learner, organiser, unit):
    person, _client = learner
    user, client = organiser
    make_course(unit, (120,), title="Khoá vừa đủ", made_by=user)
    make_course(unit, (200,), title="Khoá dài", made_by=user)
    view = {"nam": "2026"}
    page = text_of(client.get(reverse("w-hours-assign"), view))
    assert "Khoá vừa đủ" in page
    assert not Enrolment.objects.filter(source="gap").exists()
    assert client.post(reverse("w-hours-assign"), view).status_code == 302
    assert Enrolment.objects.get(source="gap", person=person).course.title == "Khoá vừa đủ"


def test_a_paper_goes_from_the_learner_to_approval_to_the_figures(learner, organiser):
    person, own = learner
    _user, client = organiser
    scan = SimpleUploadedFile("giay.pdf", b"%PDF-1.7\n%%EOF\n")
    answer = own.post(reverse("my-credit-new"), PAPER | {"scan": scan})
    assert answer.status_code == 302
    credit = Credit.objects.get(person=person)
    assert credit.minutes == 90
    assert "Chờ duyệt" in text_of(own.get(answer["Location"]))
    decide = reverse("w-credit-decide", args=[credit.pk])
    client.post(decide, {"act": "refuse", "reason": ""})
    assert Credit.objects.get().state == "proposed"
    client.post(decide, {"act": "approve"})
    page = text_of(own.get(reverse("my-hours"), {"nam": "2026"}))
    assert "120 phút = 2 tiết" in page
    answer = client.get(reverse("credit-scan", args=[credit.pk]))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "application/pdf",
        "nosniff",
    )


def test_a_form_with_faults_says_so_and_stores_nothing(learner):
    _person, own = learner
    answer = own.post(
        reverse("my-credit-new"), PAPER | {"measure": "day", "taken_on": "2026-05-04"}
    )
    assert answer.status_code == 422
    assert "Chưa có định mức tính theo ngày" in text_of(answer)
    scan = SimpleUploadedFile("giay.pdf", b"MZ")
    assert own.post(reverse("my-credit-new"), PAPER | {"scan": scan}).status_code == 422
    assert not Credit.objects.exists()


def workbook(*rows):
    book, file = Workbook(), BytesIO()
    head = ["Mã cán bộ", "Tên khoá học", "Nơi cấp", "Số giấy"]
    book.active.append([*head, "Ngày hoàn thành", "Số lượng", "Đơn vị tính"])
    for row in rows:
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("giay.xlsx", file.getvalue())


def test_a_workbook_is_entered_whole_or_each_faulty_row_is_named(learner, organiser):
    _user, client = organiser
    good = ["demo.learner", "Kỹ năng số", "Học viện", "12", "04/05/2026", "2", "tiết"]
    bad = (
        ["nobody", *good[1:]],
        [*good[:3], "13", "32/05/2026", "2", "tiết"],
        [*good[:3], "14", "04/05/2026", "2", "buổi"],
        good,
    )
    client.post(reverse("w-credits-import"), {"file": workbook(good, *bad)})
    job = Job.objects.get()
    assert job.state == JobState.FAILED
    assert [fault["place"].split("dòng ")[1] for fault in job.faults] == ["3", "4", "5", "6"]
    assert not Credit.objects.exists()
    client.post(reverse("w-credits-import"), {"file": workbook(good)})
    assert Credit.objects.get().minutes == 90


def test_the_template_holds_the_columns_that_are_read(organiser):
    _user, client = organiser
    body = b"".join(client.get(reverse("w-credits-template")).streaming_content)
    head = next(load_workbook(BytesIO(body)).worksheets[0].values)
    assert head[:4] == ("Mã cán bộ", "Tên khoá học", "Nơi cấp", "Số giấy")


def test_a_duty_is_set_again_for_its_day_and_taken_away(organiser, unit):
    _user, client = organiser
    form = {
        "unit": unit.code,
        "from_date": "2026-01-01",
        "measure": "period",
        "minutes_per_unit": "45",
        "yearly": "40",
        "rounding": "down",
        "due_day": "31",
        "due_month": "12",
        "source": "Kế hoạch",
    }
    for yearly in ("40", "56"):
        assert client.post(reverse("w-duties"), form | {"yearly": yearly}).status_code == 302
    duty = DutySetting.objects.get()
    assert duty.yearly == 56
    wrong = form | {"due_day": "31", "due_month": "2", "from_date": "2027-01-01"}
    assert client.post(reverse("w-duties"), wrong).status_code == 422
    client.post(reverse("w-duty-remove", args=[duty.pk]))
    assert not DutySetting.objects.exists()


def test_a_persons_evidence_and_paper(learner, organiser):
    person, own = learner
    _user, client = organiser
    page = text_of(client.get(reverse("w-person-hours", args=[person.pk]), {"nam": "2026"}))
    assert "23/11/2026 09:00:00 – 09:30:00" in page
    for answer in (
        client.get(reverse("w-person-record", args=[person.pk]), {"nam": "2026"}),
        own.get(reverse("my-record"), {"nam": "2026"}),
    ):
        assert answer.content.startswith(b"%PDF-")


def test_the_own_copy_holds_the_hours(learner):
    _person, own = learner
    copy = own.get(reverse("own-account-json")).json()
    assert "Giờ ghi nhận trên hệ thống năm 2026" in [row["label"] for row in copy["fields"]]
