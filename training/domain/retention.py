"""How long what people did while learning is kept."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.domain.erasure import ERASED_USER
from accounts.domain.retention import Store, register_store
from training.models import (
    Certificate,
    Credit,
    Enrolment,
    LessonProgress,
    QuizTry,
    StudyDay,
    StudySpan,
)

# A reason has to stay where somebody is exempt; this one says nothing about them.
ERASED_REASON = "—"


def _told() -> Q:
    """Enrolments that still tell something about their person."""
    own = {"enrolment": OuterRef("pk")}
    return (
        Exists(LessonProgress.objects.filter(**own))
        | Exists(StudySpan.objects.filter(**own))
        | Exists(QuizTry.objects.filter(**own))
        | ~Q(exempt_reason__in=["", ERASED_REASON])
    )


def _held() -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(_told())


def _due(_now: datetime) -> QuerySet[Enrolment]:
    return _held().filter(person__full_name=ERASED_USER)


def _end(ids: list[int], _now: datetime) -> None:
    LessonProgress.objects.filter(enrolment__in=ids).delete()
    StudySpan.objects.filter(enrolment__in=ids).delete()
    QuizTry.objects.filter(enrolment__in=ids).delete()
    StudyDay.objects.filter(enrolment__in=ids).delete()
    exempted = Enrolment.objects.filter(pk__in=ids).exclude(exempted_at=None)
    exempted.update(exempt_reason=ERASED_REASON)


def _certificates() -> QuerySet[Certificate]:
    return Certificate.objects.exclude(holder_name="")


def _certificates_due(_now: datetime) -> QuerySet[Certificate]:
    return _certificates().filter(enrolment__person__full_name=ERASED_USER)


def _end_certificates(ids: list[int], _now: datetime) -> None:
    held = Certificate.objects.filter(pk__in=ids)
    held.exclude(revoked_at=None).update(revoke_reason=ERASED_REASON)
    held.update(holder_name="", holder_unit="", search_text="")


def register_stores() -> None:
    """Called once when Django starts."""
    register_store(
        Store(
            code="certificates",
            title=_("Giấy xác nhận hoàn thành"),
            why=_("Để người được cấp dùng và người khác kiểm tra được."),
            kept=_("Đến khi tài khoản của người được cấp bị xoá."),
            fields={
                "training.certificate": (
                    *("holder_name", "holder_unit"),
                    *("search_text", "revoke_reason"),
                )
            },
            held=_certificates,
            due=_certificates_due,
            end=_end_certificates,
        )
    )
    register_store(
        Store(
            code="learning",
            title=_("Quá trình học tập"),
            why=_("Ghi nhận việc học, giờ học và miễn học của cán bộ."),
            kept=_("Đến khi tài khoản của người học bị xoá."),
            fields={
                "training.enrolment": ("exempt_reason",),
                "training.lessonprogress": ("state",),
                "training.studyspan": ("tab",),
                "training.quiztry": ("answers",),
                "training.studyday": ("day",),
            },
            held=_held,
            due=_due,
            end=_end,
        )
    )
    register_store(
        Store(
            code="credits",
            title=_("Giờ học ngoài hệ thống"),
            why=_("Tính giờ bồi dưỡng đã học ở nơi khác, có giấy kèm theo."),
            kept=_("Đến khi tài khoản của người học bị xoá."),
            fields={
                "training.credit": ("title", "issuer", "number", "taken_on", "refusal"),
                "training.creditscan": ("content",),
            },
            held=Credit.objects.all,
            due=lambda _now: Credit.objects.filter(person__full_name=ERASED_USER),
        )
    )
