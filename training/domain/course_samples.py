"""A course as somebody sees it who has just begun it. Nothing of it is stored."""

from datetime import datetime
from hashlib import sha256

from django.utils import timezone

from quiz.engine.drawing import DRAW_VERSION
from training.domain.completions import lessons_of
from training.domain.progress import Standing, standing_of
from training.domain.quizzes import SEED_BYTES, draw_quiz
from training.models import Course, Lesson, LessonProgress, QuizTry


def sample_standing(course: Course) -> Standing:
    """Nothing is done yet; what waits for other lessons waits."""
    return standing_of(course, lessons_of(course), {})


def sample_progress(lesson: Lesson, now: datetime) -> LessonProgress:
    """A lesson opened now, by nobody."""
    return LessonProgress(lesson=lesson, opened_at=now, changed_at=now)


def sample_try(lesson: Lesson, now: datetime) -> QuizTry:
    """A paper like those that learners get, with no answer; a lesson's is the same all day.

    Raises QuizNotReady.
    """
    day = timezone.localdate(now)
    seed = sha256(f"sample {lesson.pk} {day}".encode()).digest()[:SEED_BYTES]
    paper = draw_quiz(lesson, seed, day)
    return QuizTry(
        lesson=lesson,
        ordinal=1,
        seed=seed,
        draw_version=DRAW_VERSION,
        paper=paper,
        answers=[None] * len(paper),
        began_at=now,
    )
