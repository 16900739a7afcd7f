"""The report of training: the same figures on page, in the workbook and by program, each reader
theirs.
"""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from quiz.domain.banks import create_bank
from quiz.domain.items import add_items
from quiz.models import ItemVersion
from tests.factories import make_draft
from tests.frontend.contest_pages import text_of
from tests.people import make_person
from tests.training.enrolment_world import make_course, make_province
from tests.training.study_world import approved_credit, make_duty
from training.domain.enrolments import enrol_people
from training.domain.weak_clauses import gather_clauses
from training.enums import EnrolmentSource
from training.models import CourseModule, Enrolment, Lesson, QuizTry

pytestmark = pytest.mark.django_db


def browser(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def world():
    """An is done, Ánh late, Bình exempt; both leads take a second course and are under way."""
    made = make_province()
    second = make_course(made.top, made.organiser, "so-hoa", title="Số hoá hồ sơ")
    now, today = timezone.now(), timezone.localdate()
    common = {"source": EnrolmentSource.ORGANISER, "user": made.organiser, "now": now}
    enrol_people(course=made.course, people=[made.an, made.anh, made.binh], **common)
    enrol_people(course=second, people=[made.lead_an, made.lead_binh], **common)
    Enrolment.objects.filter(person=made.an).update(completed_at=now)
    Enrolment.objects.filter(person=made.anh).update(due_on=today - timedelta(days=2))
    Enrolment.objects.filter(person=made.binh).update(
        exempted_at=now, exempted_by=made.organiser, exempt_reason="Nghỉ"
    )
    return made


def report(world, person, query=""):
    return browser(person).get(reverse("w-training-report") + query)


def rows(response, name="units"):
    return [
        (bar.label, bar.count.enrolments, bar.count.done, bar.count.late, bar.count.percent)
        for bar in response.context[name]
    ]


def test_units_and_courses_are_counted_with_all_below(world):
    shown = report(world, world.organiser)
    assert rows(shown) == [
        ("Tỉnh (trực tiếp)", 0, 0, 0, None),
        ("Xã An", 3, 1, 1, 33),
        ("Xã Bình", 2, 0, 0, 0),
    ]
    assert rows(shown, "courses") == [
        ("Số hoá hồ sơ", 2, 0, 0, 0),
        ("Tiếp công dân", 3, 1, 1, 50),
    ]
    whole = shown.context["report"].whole
    assert (whole.persons, whole.enrolments, whole.done, whole.exempt, whole.late) == (
        5,
        5,
        1,
        1,
        1,
    )


def test_a_head_sees_their_unit_and_nothing_of_its_sibling(world):
    shown = report(world, world.lead_binh)
    assert rows(shown) == [("Xã Bình (trực tiếp)", 2, 0, 0, 0)]
    assert "Xã An" not in text_of(shown)
    for route in ("w-training-report", "w-late", "w-training-export", "api-training-report"):
        for code, status in (("xa-an", 404), ("tinh", 404), ("xa-binh", 200)):
            answer = browser(world.lead_binh).get(reverse(route), {"unit": code})
            assert (route, code, answer.status_code) == (route, code, status)
    assert "Anh" not in text_of(browser(world.lead_binh).get(reverse("w-late")))
    assert "Anh" in text_of(browser(world.lead_an).get(reverse("w-late")))


def test_the_program_and_the_workbook_tell_what_the_page_tells(world):
    client = browser(world.organiser)
    told = client.get(reverse("api-training-report")).json()
    assert [(unit["name"], unit["count"]["done"]) for unit in told["units"]] == [
        ("Tỉnh", 0),
        ("Xã An", 1),
        ("Xã Bình", 0),
    ]
    book = load_workbook(BytesIO(client.get(reverse("w-training-export")).getvalue()))
    units = list(book["Theo đơn vị"].values)
    assert [row[:8] for row in units[5:]] == [
        ("Tỉnh", 1, 0, 0, 0, 0, 0, None),
        ("Xã An", 3, 3, 3, 1, 1, 0, 33),
        ("Xã Bình", 2, 2, 2, 0, 0, 1, 0),
        ("Tổng cộng", 6, 5, 5, 1, 1, 1, 25),
    ]
    assert [row[0] for row in book["Quá hạn"].values][5:] == ["Anh"]


def test_a_period_counts_what_was_open_or_completed_in_it(world):
    lately = datetime(2020, 5, 5, 5, tzinfo=UTC)
    Enrolment.objects.filter(person=world.an).update(enrolled_at=lately, completed_at=lately)
    shown = report(world, world.organiser, "?first=2020-01-01&last=2020-12-31")
    assert rows(shown)[1:2] == [("Xã An", 1, 1, 0, 100)]
    assert rows(report(world, world.organiser))[1:2] == [("Xã An", 2, 0, 1, 0)]
    wrong = report(world, world.organiser, "?first=2026-12-31&last=2026-01-01")
    assert (wrong.status_code, "Ngày cuối" in text_of(wrong)) == (422, True)


def test_clauses_are_told_of_ten_persons_and_by_first_tries_alone(world):
    bank = create_bank(name="Ngân hàng", unit=world.top, user=world.organiser)
    drafts = [make_draft(501, citation="Điều 5 Nghị định 118/2025/NĐ-CP")]
    add_items(bank=bank, drafts=drafts, author=world.organiser)
    version = ItemVersion.objects.latest("pk")
    module = CourseModule.objects.create(course=world.course, position=1, title="Phần 1")
    lesson = Lesson.objects.create(module=module, position=1, title="Kiểm tra", kind="quiz")
    now = timezone.now()
    for number in range(10):
        person = make_person(f"thi-{number}", unit=world.commune, totp=False)
        enrol_people(
            course=world.course,
            people=[person],
            source=EnrolmentSource.ORGANISER,
            user=world.organiser,
            now=now,
        )
        enrolment = Enrolment.objects.get(person=person)
        wrong = 1 if version.key_mask != 1 else 2
        for ordinal in (1, 2):
            answer = version.key_mask if number < 4 or ordinal == 2 else wrong
            QuizTry.objects.create(
                enrolment=enrolment,
                lesson=lesson,
                ordinal=ordinal,
                seed=b"s",
                draw_version=1,
                paper=[[version.pk, [0, 1, 2, 3]]],
                answers=[answer],
                began_at=now,
                ended_at=now,
                score=100,
            )
        gather_clauses(now=now + timedelta(hours=1))
        if number == 8:
            assert list(report(world, world.organiser).context["clauses"]) == []
    (row,) = report(world, world.organiser).context["clauses"]
    clause = row.count
    assert (clause.persons, clause.answers, clause.right, clause.percent) == (10, 10, 4, 40)
    assert list(report(world, world.lead_binh).context["clauses"]) == []
    about = Lesson.objects.create(module=module, position=2, title="Bài về Điều 5", kind="text")
    about.citations.create(document=version.citations.get().document, clause="Điều 5")
    home = browser(world.lead_an).get(reverse("w-training"))
    (weak,) = home.context["weak"]
    assert (home.context["unit"], weak.count, weak.lessons) == (world.commune, clause, (about,))
    assert "Bài về Điều 5" in text_of(home)
    assert browser(world.lead_binh).get(reverse("w-training")).context["weak"] == []
    assert "Bài về Điều 5" in text_of(browser(world.an).get(reverse("practice")))
    assert "Điều 5" not in text_of(browser(world.binh).get(reverse("practice")))


def test_each_officers_hours_are_the_same_on_page_workbook_and_by_program(world):
    year = timezone.localdate().year
    make_duty(world.top, world.organiser, from_date=date(year, 1, 1))
    approved_credit(world.binh, world.organiser, taken_on=timezone.localdate())
    client, asked = browser(world.organiser), {"unit": "xa-binh"}
    shown = client.get(reverse("w-training-report"), asked)
    rows = [(row["hours"].person.username, row["missing"]) for row in shown.context["officers"]]
    assert rows == [("dau-moi-binh", "2 tiết"), ("binh", "Đã đủ")]
    assert (shown.context["enough"], shown.context["lacking"]) == (1, 1)
    book = load_workbook(BytesIO(client.get(reverse("w-training-export"), asked).getvalue()))
    listed = [row for row in book["Giờ học"].values if isinstance(row[0], int)]
    assert [(row[1], row[8], row[9]) for row in listed] == [("dau-moi-binh", 0, 2), ("binh", 90, 0)]
    url = reverse("api-training-report")
    told = client.get(url, asked | {"officers": "true"}).json()["officers"]
    assert [(each["person"], each["minutes"], each["missing"]) for each in told] == [
        ("dau-moi-binh", 0, "2.00"),
        ("binh", 90, "0.00"),
    ]
    assert client.get(url, asked).json()["officers"] is None
