"""The parts of a course, and the order in which things stand."""

from collections.abc import Sequence
from typing import Literal, Protocol

from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from accounts.text import nfc
from training.domain.course_errors import ModuleNotEmpty
from training.domain.courses import held_course
from training.models import Course, CourseModule

LONGEST_TITLE = 200
Way = Literal["up", "down"]


class Placed(Protocol):
    """What has a place among its neighbours."""

    pk: int
    position: int


@transaction.atomic
def add_module(*, course: Course, title: str, user: User) -> CourseModule:
    """The last part of the course. Raises NotAllowed, Faults."""
    held = held_course(course, user)
    last = held.modules.aggregate(last=Max("position"))["last"] or 0
    module = CourseModule.objects.create(
        course=held, title=_checked_title(title), position=last + 1
    )
    _record("add_module", held, user, module=module.pk)
    return module


@transaction.atomic
def rename_module(*, module: CourseModule, title: str, user: User) -> None:
    """Raises NotAllowed, Faults."""
    held = held_course(module.course, user)
    module.title = _checked_title(title)
    module.save(update_fields=["title"])
    _record("rename_module", held, user, module=module.pk)


@transaction.atomic
def move_module(*, module: CourseModule, way: Way, user: User) -> None:
    """One place up or down; at the end it stays. Raises NotAllowed."""
    held = held_course(module.course, user)
    if swap(list(held.modules.all()), module.pk, way):
        _record("move_module", held, user, module=module.pk)


@transaction.atomic
def remove_module(*, module: CourseModule, user: User) -> None:
    """Raises NotAllowed, ModuleNotEmpty."""
    held = held_course(module.course, user)
    if module.lessons.exists():
        raise ModuleNotEmpty
    _record("remove_module", held, user, module=module.pk)
    module.delete()


def swap(rows: Sequence[Placed], pk: int, way: Way) -> bool:
    """Let a row change places with its neighbour; whether there was one."""
    at = next(at for at, row in enumerate(rows) if row.pk == pk)
    other = at + (1 if way == "down" else -1)
    if not 0 <= other < len(rows):
        return False
    mine, theirs = rows[at], rows[other]
    mine.position, theirs.position = theirs.position, mine.position
    for row in (mine, theirs):
        assert isinstance(row, Model)  # noqa: S101
        row.save(update_fields=["position"])
    return True


def _checked_title(title: str) -> str:
    title = nfc(title)
    if not 0 < len(title) <= LONGEST_TITLE:
        message = _("Tên phần cần từ 1 đến %d ký tự.") % LONGEST_TITLE
        raise Faults([Fault(_("Tên phần"), "module_title", message, _("Nhập lại tên."))])
    return title


def _record(act: str, course: Course, user: User, **details: object) -> None:
    record_act(actor=user, act=act, subject=course, unit_id=course.unit_id, **details)
