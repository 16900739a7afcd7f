"""What training stores."""

from training.models.course import Course, CourseModule, Lesson, LessonCitation
from training.models.enrolment import Enrolment, LessonProgress, StudySpan
from training.models.training_file import TrainingFile

__all__ = [
    "Course",
    "CourseModule",
    "Enrolment",
    "Lesson",
    "LessonCitation",
    "LessonProgress",
    "StudySpan",
    "TrainingFile",
]
