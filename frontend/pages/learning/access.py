"""The doors of the learner's pages."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from accounts.errors import DomainError
from frontend.pages.workplace.access import workplace_view
from frontend.refusals import wants_json
from training.domain.enrolments import enrolment_of
from training.enums import CourseState
from training.errors import CourseNotFound, NotEnrolled
from training.models import Course, Enrolment, Lesson
from training.permissions import may_learn

View = Callable[..., HttpResponse]


def learn_course_view(view: View) -> View:
    """A page of one course, for who takes it or may take it; to others there is no such course.

    The view gets the course instead of `code`, and the person's enrolment or None.
    """

    @wraps(view)
    def opened(request: HttpRequest, code: str, **kwargs: object) -> HttpResponse:
        courses = Course.objects.exclude(state=CourseState.DRAFT).select_related("unit")
        course = courses.filter(code=code).first()
        if course is None:
            raise CourseNotFound
        enrolment = enrolment_of(request.user, course)
        if enrolment is None and not may_learn(request.user, course):
            raise CourseNotFound
        if enrolment is not None:
            enrolment.course = course
        return view(request, course, enrolment=enrolment, **kwargs)

    return workplace_view()(opened)


def lesson_view(view: View) -> View:
    """A page or an act of one lesson, for who takes its course.

    The view gets enrolment and lesson. What a person meets on the way (a locked lesson, a closed
    course) is told on the course's page; machines get the refusal itself.
    """

    @wraps(view)
    def opened(
        request: HttpRequest,
        course: Course,
        *,
        enrolment: Enrolment | None,
        lesson_pk: int,
        **kwargs: object,
    ) -> HttpResponse:
        lessons = Lesson.objects.filter(module__course=course)
        lesson = get_object_or_404(lessons.select_related("module", "file"), pk=lesson_pk)
        lesson.module.course = course
        try:
            if enrolment is None:
                raise NotEnrolled
            return view(request, enrolment, lesson, **kwargs)
        except DomainError as refusal:
            if wants_json(request) or refusal.status == 404:
                raise
            messages.error(request, str(refusal))
            return redirect("learn-course", code=course.code)

    return learn_course_view(opened)
