"""What training stores."""

from training.models.course import Course, CourseModule, Lesson, LessonCitation, LessonFile
from training.models.enrolment import Enrolment, LessonProgress, StudySpan
from training.models.quiz_try import QuizTry
from training.models.training_file import TrainingFile

__all__ = [
    "Course",
    "CourseModule",
    "Enrolment",
    "Lesson",
    "LessonCitation",
    "LessonFile",
    "LessonProgress",
    "QuizTry",
    "StudySpan",
    "TrainingFile",
]
