"""The demo's course: written, opened and begun by the acts of the house."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.domain.jobs import run_job
from accounts.models import Job, OrgUnit, User
from quiz.demo.contest import province_code
from quiz.demo.setting import ORGANISER, REVIEWER, UNIT_LEAD
from quiz.domain.banks import create_bank
from quiz.domain.item_review import approve_versions
from quiz.domain.items import add_items
from quiz.domain.practice_banks import set_for_practice
from quiz.models import ItemBank
from training.demo import content, files
from training.domain.courses import CourseInput, create_course, publish_course
from training.domain.enrolments import enrol_people
from training.domain.files import CHECK_FILE, append, start_upload
from training.domain.lessons import LessonInput, add_lesson
from training.domain.modules import add_module
from training.enums import EnrolmentSource, FileState, LessonKind
from training.models import Course, TrainingFile

READ_OR_SAID = {"all": [{"kind": "read", "by_word": True}]}
DUE_IN = timedelta(days=21)


def load_training_demo(*, now: datetime) -> Course:
    """A course of the demo's province, open, its unit's head and reviewer enrolled.

    Files first: their check is a job of its own. The demo's people are there already.
    """
    province = OrgUnit.objects.get(code=province_code())
    organiser = User.objects.get(username=ORGANISER)
    kept = {
        name: _file(province, organiser, name, made, now)
        for name, made in (
            ("Khong-doi-giay-to.pdf", files.slides()),
            ("Bon-cach-nop.webm", files.film()),
            ("Bon-cach-nop.vtt", files.subtitles()),
        )
    }
    with transaction.atomic():
        bank = _bank(province, organiser, now)
        course = _course(province, organiser, bank, list(kept.values()))
        publish_course(course=course, user=organiser, now=now)
        learners = User.objects.filter(username__in=[UNIT_LEAD, REVIEWER])
        enrol_people(
            course=course,
            people=learners,
            source=EnrolmentSource.ORGANISER,
            user=organiser,
            due_on=timezone.localdate(now + DUE_IN),
            now=now,
        )
    return course


def _file(unit: OrgUnit, user: User, name: str, made: bytes, now: datetime) -> TrainingFile:
    """Uploaded and checked like any other, here instead of in the worker."""
    file = start_upload(unit=unit, name=name, size=len(made), user=user, now=now)
    append(file=file, offset=0, chunk=made, now=now)
    for job in Job.objects.filter(kind=CHECK_FILE, params={"file": file.pk}):
        run_job(job_id=job.pk)
    file.refresh_from_db()
    assert file.state == FileState.READY, file.refusal  # noqa: S101 - of our own making
    return file


def _bank(unit: OrgUnit, author: User, now: datetime) -> ItemBank:
    bank = create_bank(name=content.BANK, unit=unit, user=author, code=content.BANK_CODE)
    versions = add_items(bank=bank, drafts=content.items(), author=author)
    reviewer = User.objects.get(username=REVIEWER)
    approve_versions(versions=versions, user=reviewer, now=now)
    set_for_practice(bank=bank, practice=True, user=author, now=now)
    return bank


def _course(unit: OrgUnit, organiser: User, bank: ItemBank, kept: list[TrainingFile]) -> Course:
    slides, film, subtitles = kept
    given = CourseInput(
        title=content.TITLE, summary=content.SUMMARY, groups=content.GROUPS, renew_months=12
    )
    course = create_course(unit=unit, given=given, user=organiser, code=content.CODE)
    first = add_module(course=course, title="Nộp ở đâu, bằng cách nào", user=organiser)
    second = add_module(course=course, title="Nhận hồ sơ cho đúng", user=organiser)
    lessons = (
        (first, LessonKind.TEXT, _text()),
        (first, LessonKind.VIDEO, _film(film, subtitles)),
        (second, LessonKind.SLIDES, _slides(slides)),
        (second, LessonKind.QUIZ, _quiz(bank)),
    )
    for module, kind, lesson in lessons:
        add_lesson(module=module, kind=kind, given=lesson, user=organiser)
    return course


def _text() -> LessonInput:
    return LessonInput(
        title=content.WHERE,
        body=content.WHERE_TEXT,
        minutes=5,
        completion=READ_OR_SAID,
        citation=content.WHERE_CITED,
    )


def _film(film: TrainingFile, subtitles: TrainingFile) -> LessonInput:
    return LessonInput(
        title=content.FILM,
        body=content.FILM_TEXT,
        file=film,
        extras={"vi": subtitles},
        minutes=1,
        completion={"all": [{"kind": "watched", "percent": 90}]},
        citation=content.FILM_CITED,
    )


def _slides(slides: TrainingFile) -> LessonInput:
    return LessonInput(
        title=content.SLIDES,
        body=content.SLIDES_TEXT,
        file=slides,
        minutes=5,
        completion=READ_OR_SAID,
        citation=content.SLIDES_CITED,
    )


def _quiz(bank: ItemBank) -> LessonInput:
    return LessonInput(
        title=content.QUIZ,
        minutes=10,
        completion={"all": [{"kind": "quiz", "percent": 75, "retries": 4}]},
        settings={
            "bank": bank.pk,
            "paper": {"blueprint": [{"count": 4}]},
            "instant": True,
        },
    )
