"""A course of a long text, a film of two seconds and a quiz of two items, in order."""

from pathlib import Path

from django.db import connections
from django.utils import timezone

from accounts.enums import Role
from accounts.models import OrgUnit, User
from quiz.domain.practice_banks import set_for_practice
from quiz.models import ItemVersion
from tests.factories import make_bank, make_person
from tests.training.courses import add_lesson, make_course
from tests.training.file_samples import write_film
from tests.training.stored_files import make_ready_file
from training.enums import FileKind, LessonKind
from training.models import Course, QuizTry, TrainingFile

SECONDS, ITEMS = 2, 2
TEXT = "\n\n".join(f"Đoạn {number}. " + "Nội dung cần đọc. " * 20 for number in range(12))


def make_film_course(unit: OrgUnit, organiser: User, folder: Path, **given: object) -> Course:
    """“Đọc”, “Xem”, “Kiểm tra”; all answers of the quiz have to be right."""
    course = make_course(unit, organiser, in_order=True, **given)
    add_lesson(course, "Đọc", body=TEXT)
    film = make_ready_file(
        unit=unit,
        user=organiser,
        kind=FileKind.VIDEO,
        content=write_film(folder / "film.webm", format="webm", codec="libvpx", seconds=SECONDS),
        facts={"seconds": SECONDS},
    )
    TrainingFile.objects.filter(pk=film.pk).update(mime="video/webm")
    watched = {"all": [{"kind": "watched", "percent": 90}]}
    add_lesson(course, "Xem", kind=LessonKind.VIDEO, file=film, completion=watched)
    author, reviewer = (make_person(role, unit=unit) for role in (Role.AUTHOR, Role.REVIEWER))
    bank = make_bank(unit=unit, author=author, reviewer=reviewer)
    set_for_practice(bank=bank, practice=True, user=author, now=timezone.now())
    add_lesson(
        course,
        "Kiểm tra",
        kind=LessonKind.QUIZ,
        completion={"all": [{"kind": "quiz", "percent": 100}]},
        settings={"bank": bank.pk, "paper": {"blueprint": [{"count": ITEMS}]}, "instant": True},
    )
    return course


def right_place(slot: int) -> int:
    """Where the key of an item of the only try was shown."""
    try:
        version, order = QuizTry.objects.get().paper[slot]
        key = ItemVersion.objects.get(pk=version).key_mask
        return next(place for place, option in enumerate(order) if key >> option & 1)
    finally:
        connections["default"].close()
