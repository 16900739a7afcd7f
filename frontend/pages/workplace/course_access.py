"""The door of every page of one course in the workplace."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from frontend.pages.workplace.access import workplace_view
from training.models import Course, CourseModule, Lesson
from training.permissions import SEE_TRAINING, courses_for_units_of

View = Callable[..., HttpResponse]


def course_view(*roles: str) -> Callable[[View], View]:
    """A page of one course, for holders of `roles` at the course's unit or above.

    The view gets the course instead of `pk`, the module instead of `module_pk` and the lesson
    instead of `lesson_pk`; out of reach each is a 404.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, pk: int, **kwargs: object) -> HttpResponse:
            reach = Course.objects.within_reach_of(request.user, *roles)
            course = get_object_or_404(reach.select_related("unit"), pk=pk)
            if "module_pk" in kwargs:
                modules = CourseModule.objects.filter(course=course)
                kwargs["module"] = get_object_or_404(modules, pk=kwargs.pop("module_pk"))
                kwargs["module"].course = course
            if "lesson_pk" in kwargs:
                lessons = Lesson.objects.filter(module__course=course)
                shown = lessons.select_related("module", "file")
                kwargs["lesson"] = get_object_or_404(shown, pk=kwargs.pop("lesson_pk"))
                kwargs["lesson"].module.course = course
            return view(request, course, **kwargs)

        return workplace_view(*roles)(opened)

    return decorate


def course_asked(request: HttpRequest) -> Course | None:
    """The course that `?course=` narrows a list to, if the person sees it."""
    code = request.GET.get("course", "")
    return courses_for_units_of(request.user, *SEE_TRAINING).filter(code=code).first()
