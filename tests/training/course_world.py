"""The course that routes of training are asked about."""

from functools import cached_property
from typing import Any

from tests.training.courses import add_lesson, make_course
from training.models import Course, Lesson


class CourseWorld:
    """A part of tests/authorization_world.py's World, which has `unit` and `made`."""

    unit: Any
    made: Any

    @cached_property
    def course(self) -> Course:
        """Open to the people of `here`."""
        return make_course(self.unit, self.made.organiser)

    @cached_property
    def lesson(self) -> Lesson:
        return add_lesson(self.course)
