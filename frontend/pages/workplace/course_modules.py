"""The modules of a course: added, renamed, moved, removed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.pages.workplace.contest_access import attempted
from frontend.pages.workplace.course_access import course_view
from frontend.pages.workplace.courses import course_page
from training.domain.lessons import move_lesson, set_retired
from training.domain.modules import Way, add_module, move_module, remove_module, rename_module
from training.models import Course, CourseModule, Lesson
from training.permissions import RUN_TRAINING

WAYS: dict[str, Way] = {"up": "up", "down": "down"}


@require_POST
@course_view(*RUN_TRAINING)
def module_add(request: HttpRequest, course: Course) -> HttpResponse:
    def done() -> HttpResponse:
        add_module(course=course, title=request.POST.get("title", ""), user=request.user)
        messages.success(request, _("Đã thêm phần mới."))
        return redirect("w-course", pk=course.pk)

    return attempted(done, lambda refusal: course_page(request, course, refusal=refusal))


@require_POST
@course_view(*RUN_TRAINING)
def module_act(request: HttpRequest, course: Course, module: CourseModule) -> HttpResponse:
    """Posted: `act`, one of rename (with `title`), up, down, remove."""
    act = request.POST.get("act", "")

    def done() -> HttpResponse:
        if act == "rename":
            rename_module(module=module, title=request.POST.get("title", ""), user=request.user)
        elif act in WAYS:
            move_module(module=module, way=WAYS[act], user=request.user)
        elif act == "remove":
            remove_module(module=module, user=request.user)
        else:
            raise Http404
        return redirect("w-course", pk=course.pk)

    return attempted(done, lambda refusal: course_page(request, course, refusal=refusal))


@require_POST
@course_view(*RUN_TRAINING)
def lesson_act(request: HttpRequest, course: Course, lesson: Lesson) -> HttpResponse:
    """Posted: `act`, one of up, down, retire, restore."""
    act = request.POST.get("act", "")
    if act in WAYS:
        move_lesson(lesson=lesson, way=WAYS[act], user=request.user)
    elif act in {"retire", "restore"}:
        set_retired(lesson=lesson, retired=act == "retire", user=request.user)
    else:
        raise Http404
    return redirect(reverse("w-course", args=[course.pk]) + f"#bai-{lesson.pk}")
