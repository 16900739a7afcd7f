"""How long what people did while learning is kept."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.domain.erasure import ERASED_USER
from accounts.domain.retention import Store, register_store
from training.models import (
    BulletinLetter,
    Certificate,
    Credit,
    Enrolment,
    EnrolmentReminder,
    FeedbackGiven,
    LessonProgress,
    PracticeCard,
    QuizTry,
    StudyDay,
    StudySpan,
    StudyTally,
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


_UNTIL_ERASED = _("Đến khi tài khoản của người học bị xoá.")


def _of_person(
    model: type[Model], code: str, title: Promise, why: Promise, fields: Sequence[str]
) -> Store:
    """Rows that say something of their `person` and go whole with that account."""

    def due(_now: datetime) -> QuerySet:
        return model._default_manager.filter(person__full_name=ERASED_USER)  # noqa: SLF001

    return Store(
        code=code,
        title=title,
        why=why,
        kept=_UNTIL_ERASED,
        fields={model._meta.label_lower: fields},  # noqa: SLF001
        held=model._default_manager.all,  # noqa: SLF001
        due=due,
    )


_CERTIFICATES = Store(
    code="certificates",
    title=_("Giấy xác nhận hoàn thành"),
    why=_("Để người được cấp dùng và người khác kiểm tra được."),
    kept=_("Đến khi tài khoản của người được cấp bị xoá."),
    fields={"training.certificate": ("holder_name", "holder_unit", "search_text", "revoke_reason")},
    held=_certificates,
    due=_certificates_due,
    end=_end_certificates,
)
_LEARNING = Store(
    code="learning",
    title=_("Quá trình học tập"),
    why=_("Ghi nhận việc học, giờ học và miễn học của cán bộ."),
    kept=_UNTIL_ERASED,
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
_CREDITS = Store(
    code="credits",
    title=_("Giờ học ngoài hệ thống"),
    why=_("Tính giờ bồi dưỡng đã học ở nơi khác, có giấy kèm theo."),
    kept=_UNTIL_ERASED,
    fields={
        "training.credit": ("title", "issuer", "number", "taken_on", "refusal"),
        "training.creditscan": ("content",),
    },
    held=Credit.objects.all,
    due=lambda _now: Credit.objects.filter(person__full_name=ERASED_USER),
)
_PRACTICE = _of_person(
    PracticeCard,
    "practice",
    _("Thẻ ôn luyện"),
    _("Nhớ câu nào đã thuộc để hỏi lại đúng lúc; chỉ người ôn luyện xem được."),
    ("memory",),
)
_TALLIES = _of_person(
    StudyTally,
    "study_tallies",
    _("Sổ đếm giờ học"),
    _("Biết ngày học nào chưa cộng."),
    ("person",),
)
_REMINDERS = _of_person(
    EnrolmentReminder,
    "enrolment_reminders",
    _("Thư, tin nhắc học đã gửi"),
    _("Để không nhắc một người hai lần trong một ngày."),
    ("day", "way"),
)
_LETTERS = _of_person(
    BulletinLetter,
    "bulletin_letters",
    _("Thư bản tin đã gửi"),
    _("Để không gửi một số bản tin hai lần."),
    ("person",),
)
_FEEDBACKS = _of_person(
    FeedbackGiven,
    "feedback_given",
    _("Người đã đánh giá khoá học, lớp học"),
    _("Để mỗi người chỉ đánh giá một lần; không biết ai trả lời gì."),
    ("person",),
)


def register_stores() -> None:
    """Called once when Django starts."""
    for store in (_CERTIFICATES, _LEARNING, _CREDITS, _PRACTICE):
        register_store(store)
    for store in (_TALLIES, _REMINDERS, _LETTERS, _FEEDBACKS):
        register_store(store)
