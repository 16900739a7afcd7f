"""How long the reasons for which somebody was ticked in a class are kept."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.domain.erasure import ERASED_USER
from accounts.domain.retention import Store, register_store
from training.domain.retention import ERASED_REASON
from training.models import Attendance


def _held() -> QuerySet[Attendance]:
    return Attendance.objects.exclude(reason__in=["", ERASED_REASON])


def _due(_now: datetime) -> QuerySet[Attendance]:
    return _held().filter(person__full_name=ERASED_USER)


def _end(ids: list[int], _now: datetime) -> None:
    Attendance.objects.filter(pk__in=ids).update(reason=ERASED_REASON)


def register_class_stores() -> None:
    """Called once when Django starts."""
    register_store(
        Store(
            code="attendance",
            title=_("Lý do điểm danh thay ở lớp tập huấn"),
            why=_("Ghi nhận người dự lớp không có điện thoại."),
            kept=_("Đến khi tài khoản của người học bị xoá."),
            fields={"training.attendance": ("reason",)},
            held=_held,
            due=_due,
            end=_end,
        )
    )
