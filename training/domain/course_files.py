"""Who may read the files of lessons."""

from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.models import User
from training.domain.file_use import register_file_use
from training.enums import CourseState
from training.models import Enrolment, Lesson, TrainingFile

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def may_read_lesson_file(user: "User | AnonymousUser", file: TrainingFile) -> bool:
    """Whoever takes a course that shows it in a lesson in use, once the course was opened."""
    if not user.is_authenticated:
        return False
    lessons = Lesson.objects.filter(Q(file=file) | Q(extras__file=file), is_retired=False)
    taken = Enrolment.objects.standing().filter(person=user, course__modules__lessons__in=lessons)
    return taken.exclude(course__state=CourseState.DRAFT).exists()


def register_course_files() -> None:
    """Called once when Django starts."""
    register_file_use(may_read_lesson_file)
