"""The form at the end of a course or class: five statements, five levels, a remark.

Anonymous by design: each answer is added to the sums of a batch of ten and not kept; of the person
only that they have answered. What is told are whole batches, so whatever is subtracted from
whatever, ten answers or none are between them.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.text import nfc
from training.domain.feedback_errors import FeedbackDone, FeedbackEarly, FeedbackIncomplete
from training.engine.gain import BATCH, whole_batches
from training.models import (
    Attendance,
    Course,
    Enrolment,
    Feedback,
    FeedbackGiven,
    FeedbackRemark,
    FeedbackSum,
    TrainingClass,
)

STATEMENTS: Mapping[str, str | Promise] = {
    "content": _("Nội dung thiết thực với công việc của tôi."),
    "clear": _("Cách trình bày dễ hiểu."),
    "material": _("Tài liệu đầy đủ, dễ dùng."),
    "pace": _("Thời lượng và tiến độ phù hợp."),
    "apply": _("Tôi sẽ áp dụng được vào công việc."),
}
LEVELS: Mapping[int, str | Promise] = {
    5: _("Rất đồng ý"),
    4: _("Đồng ý"),
    3: _("Bình thường"),
    2: _("Không đồng ý"),
    1: _("Rất không đồng ý"),
}
LONGEST = 1000
Subject = Course | TrainingClass

_ADD = """
INSERT INTO training_feedbacksum AS held (feedback_id, batch, statement, level, count)
VALUES (%(feedback)s, %(batch)s, %(statement)s, %(level)s, 1)
ON CONFLICT (feedback_id, batch, statement, level) DO UPDATE SET count = held.count + 1
"""


@dataclass(frozen=True)
class StatementFigures:
    """Counts by level, 5 first; `agree`: levels 4 and 5."""

    text: str | Promise
    counts: list[tuple[str | Promise, int]]
    agree: int
    answers: int

    @property
    def percent(self) -> int:
        return self.agree * 100 // self.answers


@dataclass(frozen=True)
class FeedbackFigures:
    """`answers`: those told, a multiple of ten."""

    answers: int
    statements: list[StatementFigures]
    remarks: list[str]


def _about(subject: Subject) -> dict[str, Any]:
    return {"course" if isinstance(subject, Course) else "training_class": subject}


def may_give(*, subject: Subject, user: User) -> bool:
    """Who completed the course, or came to the class."""
    if isinstance(subject, Course):
        done = Enrolment.objects.filter(course=subject, person=user, completed_at__isnull=False)
        return done.exists()
    return Attendance.objects.filter(session__training_class=subject, person=user).exists()


def has_given(*, subject: Subject, user: User) -> bool:
    about = {f"feedback__{name}": value for name, value in _about(subject).items()}
    return FeedbackGiven.objects.filter(person=user, **about).exists()


@transaction.atomic
def give_feedback(*, subject: Subject, levels: Mapping[str, int], remark: str, user: User) -> None:
    """Add one answer. Raises FeedbackEarly, FeedbackIncomplete, FeedbackDone."""
    if not may_give(subject=subject, user=user):
        raise FeedbackEarly
    if set(levels) != set(STATEMENTS) or not set(levels.values()) <= set(LEVELS):
        raise FeedbackIncomplete
    made, _new = Feedback.objects.get_or_create(**_about(subject))
    # Held: two answers at once are the n-th and the next, so no batch gets eleven.
    feedback = Feedback.objects.select_for_update().get(pk=made.pk)
    try:
        with transaction.atomic():
            FeedbackGiven.objects.create(feedback=feedback, person=user)
    except IntegrityError:
        raise FeedbackDone from None
    batch = feedback.answers // BATCH
    with connection.cursor() as cursor:
        for statement, level in levels.items():
            bound = {"feedback": feedback.pk, "batch": batch}
            cursor.execute(_ADD, {**bound, "statement": statement, "level": level})
    if told := nfc(remark).strip()[:LONGEST]:
        FeedbackRemark.objects.create(feedback=feedback, batch=batch, text=told)
    feedback.answers += 1
    feedback.save(update_fields=["answers"])


def read_feedback(*, subject: Subject) -> FeedbackFigures | None:
    """Whole batches of ten; None before the first is full."""
    feedback = Feedback.objects.filter(**_about(subject)).first()
    told = whole_batches(feedback.answers) if feedback else 0
    if feedback is None or not told:
        return None
    full = {"feedback": feedback, "batch__lt": told // BATCH}
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    rows = FeedbackSum.objects.filter(**full).values_list("statement", "level")
    for statement, level, count in rows.annotate(total=Sum("count")):
        counts[statement][level] = count
    statements = [
        StatementFigures(
            text=text,
            counts=[(words, counts[code].get(level, 0)) for level, words in LEVELS.items()],
            agree=counts[code].get(5, 0) + counts[code].get(4, 0),
            answers=told,
        )
        for code, text in STATEMENTS.items()
    ]
    remarks = list(FeedbackRemark.objects.filter(**full).values_list("text", flat=True))
    return FeedbackFigures(told, statements, remarks)
