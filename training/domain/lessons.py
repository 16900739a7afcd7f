"""Lessons: writing, changing, moving, retiring."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.domain.audit import record_act
from accounts.errors import Faults
from accounts.models import User
from accounts.text import nfc, tidy_text
from training.domain.courses import held_course
from training.domain.lesson_checks import lesson_faults
from training.domain.lesson_citations import cite_lesson
from training.domain.modules import Way, swap
from training.models import Course, CourseModule, Lesson, LessonFile, TrainingFile


@dataclass(frozen=True)
class LessonInput:
    """What a person says of a lesson; see `training.models.Lesson`.

    `alt`: the picture in words, kept with its file. `citation`: one document a line, as at items.
    `extras`: {language: file}, "" for the poster.
    """

    title: str
    body: str = ""
    file: TrainingFile | None = None
    alt: str = ""
    link: str = ""
    minutes: int = 10
    completion: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    is_required: bool = True
    prerequisites: Sequence[Lesson] = ()
    citation: str = ""
    extras: dict[str, TrainingFile] = field(default_factory=dict)


@transaction.atomic
def add_lesson(*, module: CourseModule, kind: str, given: LessonInput, user: User) -> Lesson:
    """The last lesson of the module. Raises NotAllowed, Faults."""
    course = held_course(module.course, user)
    last = module.lessons.aggregate(last=Max("position"))["last"] or 0
    lesson = Lesson(module=module, kind=kind, position=last + 1)
    _store(lesson, given, course)
    _record("add_lesson", lesson, course, user)
    return lesson


@transaction.atomic
def change_lesson(*, lesson: Lesson, given: LessonInput, user: User) -> Lesson:
    """What people did in it stays; who completed it has completed it. Raises NotAllowed, Faults."""
    course = held_course(lesson.module.course, user)
    _store(lesson, given, course)
    _record("change_lesson", lesson, course, user)
    return lesson


def _store(lesson: Lesson, given: LessonInput, course: Course) -> None:
    if faults := list(lesson_faults(lesson=lesson, given=given, course=course)):
        raise Faults(faults)
    lesson.title, lesson.body = nfc(given.title), tidy_text(given.body)
    lesson.file, lesson.link = given.file, nfc(given.link)
    lesson.minutes, lesson.is_required = given.minutes, given.is_required
    lesson.completion, lesson.settings = given.completion, given.settings
    if given.file is not None and given.alt:
        given.file.alt = nfc(given.alt)
        given.file.save(update_fields=["alt"])
    lesson.save()
    lesson.prerequisites.set(given.prerequisites)
    kept = {each.language: each for each in lesson.extras.all()}
    if {language: each.file_id for language, each in kept.items()} != {
        language: file.pk for language, file in given.extras.items()
    }:
        lesson.extras.all().delete()
        LessonFile.objects.bulk_create(
            LessonFile(lesson=lesson, language=language, file=file)
            for language, file in given.extras.items()
        )
    cite_lesson(lesson=lesson, text=given.citation)


@transaction.atomic
def move_lesson(*, lesson: Lesson, way: Way, user: User) -> None:
    """One place up or down; at the edge of its module into the next one. Raises NotAllowed."""
    course = held_course(lesson.module.course, user)
    if not swap(list(lesson.module.lessons.all()), lesson.pk, way):
        modules = list(course.modules.all())
        at = [module.pk for module in modules].index(lesson.module_id)
        other = at + (1 if way == "down" else -1)
        if not 0 <= other < len(modules):
            return
        _put_into(lesson, modules[other], first=way == "down")
    _record("move_lesson", lesson, course, user)


def _put_into(lesson: Lesson, module: CourseModule, *, first: bool) -> None:
    there = list(module.lessons.all())
    order = [lesson, *there] if first else [*there, lesson]
    lesson.module = module
    for position, each in enumerate(order, start=1):
        each.position = position
        each.save(update_fields=["module", "position"])


@transaction.atomic
def set_retired(*, lesson: Lesson, retired: bool, user: User) -> None:
    """Retired, it is shown to nobody and asked of nobody; it can come back. Raises NotAllowed."""
    course = held_course(lesson.module.course, user)
    if Lesson.objects.filter(pk=lesson.pk).exclude(is_retired=retired).update(is_retired=retired):
        _record("retire_lesson" if retired else "restore_lesson", lesson, course, user)
    lesson.is_retired = retired


def _record(act: str, lesson: Lesson, course: Course, user: User) -> None:
    record_act(actor=user, act=act, subject=lesson, unit_id=course.unit_id, course=course.pk)
