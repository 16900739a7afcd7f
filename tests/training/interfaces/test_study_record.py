"""“Phiếu theo dõi bồi dưỡng”: what stands on it, and that its figures lead to their evidence."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pypdfium2
import pytest
from django.template.loader import render_to_string
from openpyxl import load_workbook

from accounts.domain.jobs import run_job
from accounts.enums import JobState
from accounts.models import Job
from frontend.pages.learning.hours_showing import year_context
from tests.factories import make_person, make_unit
from tests.training.study_world import (
    NOW,
    approved_credit,
    enrol,
    lessons_of,
    make_course,
    make_duty,
)
from training.domain.certificates import issue_certificate
from training.domain.hours_evidence import read_evidence, read_records
from training.domain.own_hours import own_hours
from training.interfaces.excel.hours import queue_hours
from training.interfaces.pdf.study_record import write_study_records
from training.interfaces.pdf.study_record_jobs import queue_records
from training.models import (
    Credit,
    Enrolment,
    Lesson,
    LessonProgress,
    StudySpan,
    StudyTally,
    TrainingClass,
)

pytestmark = pytest.mark.django_db
LINK = "https://thi.example.vn/lam-viec/tap-huan/gio-hoc/7/?nam=2026"


@pytest.fixture
def person(unit, organiser):
    """40 minutes of one lesson, 10 of them with a second one open, and a paper of 90."""
    person = make_person(unit=unit, full_name="Nguyễn Thị Phượng", username="cb-1")
    course = make_course(unit, (25, 60), title="Dịch vụ công trực tuyến", made_by=organiser)
    enrolment = enrol(course, person)
    for lesson, begin, end in zip(lessons_of(course), (0, 30), (40, 35), strict=True):
        StudySpan.objects.create(
            enrolment=enrolment,
            lesson=lesson,
            tab="a",
            began_at=NOW + timedelta(minutes=begin),
            ended_at=NOW + timedelta(minutes=end),
        )
    StudyTally.objects.create(person=person, beats=9)
    approved_credit(person, organiser, taken_on=date(2026, 5, 4))
    make_duty(unit, organiser, yearly=Decimal(40), due_month=11, due_day=30)
    return person


def test_the_evidence_says_what_overlapped_and_what_was_beyond_the_lesson(person):
    first, second = read_evidence(person=person, year=2026)
    minutes = [each // 60 for each in (first.studied, first.overlap, first.beyond, first.credited)]
    assert minutes == [40, 5, 10, 25]
    assert (second.studied, second.overlap, second.credited) == (300, 0, 300)
    assert read_evidence(person=person, year=2025) == []


def test_a_packages_own_time_is_shown_no_longer_than_its_window_and_credits_nothing(person):
    span = StudySpan.objects.order_by("pk").last()
    Lesson.objects.filter(pk=span.lesson_id).update(kind="scorm")
    LessonProgress.objects.create(
        enrolment=span.enrolment,
        lesson=span.lesson,
        state={"scorm": {"seconds": 5000}},
        opened_at=NOW,
        changed_at=NOW,
    )
    _first, second = read_evidence(person=person, year=2026)
    assert (second.package, second.credited) == (300, 300)


def test_the_paper_names_every_figure_and_links_each_to_its_evidence(person):
    records = read_records(people=[person], year=2026)
    raw = write_study_records(records=records, links=[LINK], made_at=NOW)
    pdf = pypdfium2.PdfDocument(raw)
    text = " ".join(pdf[0].get_textpage().get_text_range().split())
    for words in (
        "PHIẾU THEO DÕI BỒI DƯỠNG",
        "Nguyễn Thị Phượng",
        "Giờ ghi nhận trên hệ thống 30 phút",
        "Tổng cộng 120 phút = 2 tiết",
        "Còn thiếu 38 tiết",
        "30/11/2026",
        "Kỹ năng số; Học viện; 12/GCN",
    ):
        assert words in text
    assert text.count("25,0") == 1
    credit, lesson = Credit.objects.get(), read_evidence(person=person, year=2026)[0].lesson
    for place in (f"#bai-{lesson.pk}", f"#giay-{credit.pk}", "#tren-he-thong", "#dinh-muc"):
        assert f"{LINK}{place}".encode() in raw


def test_sessions_attended_stand_between_lessons_and_papers_and_agree_with_the_page(
    person, organiser, unit
):
    room = TrainingClass.objects.create(
        unit=unit, title="Kỹ năng số nâng cao", made_by=organiser, made_at=NOW
    )
    for day, minutes in ((2, 90), (3, 75)):
        begins = NOW + timedelta(days=day)
        session = room.sessions.create(begins_at=begins, ends_at=begins + timedelta(hours=2))
        ticked = {"reason": "Ghi thay", "ticked_by": organiser}
        left = {"out_at": begins + timedelta(minutes=minutes, seconds=30), "out_way": "tick"}
        session.attendances.create(person=person, in_at=begins, in_way="tick", **left, **ticked)
    [record] = read_records(people=[person], year=2026)
    raw = write_study_records(records=[record], links=[LINK], made_at=NOW)
    pages = pypdfium2.PdfDocument(raw)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    for words in (
        "Kỹ năng số nâng cao 25/11/2026 90,5",
        "Kỹ năng số nâng cao 26/11/2026 75,5 Cộng 166",
        "Giờ ở lớp trực tiếp 166 phút",
        "Tổng cộng 286 phút",
    ):
        assert words in text
    shown = year_context(person, 2026)
    assert (shown["rooms"], shown["total"].partition(" =")[0]) == ("166 phút", "286 phút")
    page = render_to_string("frontend/learning/hours_year.html", shown)
    for each in record.sessions:
        place = f"buoi-{each.session}"
        assert f"{LINK}#{place}".encode() in raw
        assert f'id="{place}"' in page


def test_a_completed_course_stands_there_with_its_certificates_number(person):
    enrolment = Enrolment.objects.get(person=person)
    Enrolment.objects.update(completed_at=NOW)
    certificate = issue_certificate(enrolment=Enrolment.objects.get(pk=enrolment.pk), now=NOW)
    [record] = read_records(people=[person], year=2026)
    pdf = pypdfium2.PdfDocument(write_study_records(records=[record], links=[LINK], made_at=NOW))
    # Without spaces: the number is long enough to be broken.
    text = "".join(pdf[0].get_textpage().get_text_range().split())
    assert "hoànthànhngày23/11/2026,giấyxácnhậnsố" + certificate.full_number in text


def test_records_of_a_unit_are_one_file_and_hold_nobody_out_of_reach(person, organiser, unit):
    make_person(unit=make_unit(), full_name="Người nơi khác")
    job = queue_records(unit=unit, year=2026, link=LINK, user=organiser, now=NOW, back="")
    run_job(job_id=job.pk)
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.file_name) == (JobState.DONE, "phieu-boi-duong-2026.pdf")
    with job.file.open("rb") as file:
        pages = pypdfium2.PdfDocument(file.read())
    assert len(pages) == 2  # the person and the organiser


def test_the_workbook_is_sorted_by_what_is_missing(person, organiser):
    job = queue_hours(unit=None, year=2026, user=organiser, now=NOW, back="")
    run_job(job_id=job.pk)
    with Job.objects.get(pk=job.pk).file.open("rb") as file:
        book = load_workbook(io.BytesIO(file.read()))
    rows = [row for row in book["Giờ học"].values if isinstance(row[0], int)]
    assert [(row[2], row[6], row[8], row[9]) for row in rows] == [
        (organiser.full_name, 0, 0, 40),
        ("Nguyễn Thị Phượng", 30, 90, 38),
    ]


def test_the_own_copy_holds_years_days_and_papers(person):
    rows = dict(own_hours(person))
    assert rows["Giờ ghi nhận trên hệ thống năm 2026"].startswith("30 phút")
    assert rows["23/11/2026: Bài 1"] == "25 phút"
    assert "12/GCN" in rows["Giờ học ngoài hệ thống: Kỹ năng số"]
