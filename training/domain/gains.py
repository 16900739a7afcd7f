"""What a course taught: the items asked before and after, of at least ten people."""

from django.db import transaction

from accounts.domain.audit import record_act
from accounts.models import User
from training.domain.feedback_errors import BadGainPair
from training.engine.gain import Anchors, Gain, learning_gain
from training.enums import LessonKind
from training.models import Course, GainPair, Lesson
from training.permissions import require_may_run_course
from training.queries.gain import read_anchors


def quizzes_of(course: Course) -> list[Lesson]:
    """Its quiz lessons, in their order."""
    lessons = Lesson.objects.filter(module__course=course, kind=LessonKind.QUIZ)
    return list(lessons.order_by("module__position", "position"))


@transaction.atomic
def set_gain_pair(*, course: Course, before: int, after: int, user: User) -> GainPair:
    """Which quizzes are compared. Raises NotAllowed, BadGainPair."""
    require_may_run_course(user, course)
    known = {lesson.pk for lesson in quizzes_of(course)}
    if before == after or not {before, after} <= known:
        raise BadGainPair
    pair, _new = GainPair.objects.update_or_create(
        course=course, defaults={"before_id": before, "after_id": after}
    )
    record_act(actor=user, act="set_gain_pair", subject=course, unit_id=course.unit_id)
    return pair


def read_gain(*, course: Course) -> Gain | None:
    """None without two quizzes, or while fewer than ten were asked an item in both."""
    pair = GainPair.objects.filter(course=course).first()
    if pair is None:
        return None
    rows = read_anchors(before=pair.before_id, after=pair.after_id)
    return learning_gain([Anchors(*row) for row in rows])
