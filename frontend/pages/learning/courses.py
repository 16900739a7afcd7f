"""My courses, and one of them: how far I am, what is next, what is locked and why."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.rich_text import to_html
from frontend.pages.learning.access import learn_course_view
from frontend.pages.workplace.access import workplace_view
from quiz.domain.clock import read_now
from training.domain.completion_words import rule_words
from training.domain.completions import lessons_of
from training.domain.enrolments import enrol_self
from training.domain.own_courses import lesson_share, own_course, own_courses
from training.domain.progress import Standing, course_standing, is_running, rule_of
from training.models import Course, Enrolment, Lesson


@require_GET
@workplace_view()
def home(request: HttpRequest) -> HttpResponse:
    """Due first, then what is open to the person, then what is done."""
    now = read_now()
    context = {
        "own": own_courses(user=request.user, now=now),
        "today": timezone.localdate(now),
    }
    return render(request, "frontend/learning/home.html", context)


@dataclass(frozen=True)
class LessonRow:
    """A lesson as its learner sees it. `waits`: titles of the lessons it waits for."""

    lesson: Lesson
    done: bool
    share: int
    waits: list[str]
    rule: list[str]


@require_GET
@learn_course_view
def course(request: HttpRequest, course: Course, *, enrolment: Enrolment | None) -> HttpResponse:
    now = read_now()
    context = {
        "course": course,
        "summary": to_html(course.summary) if course.summary else "",
        "enrolment": enrolment,
        "running": is_running(course, now),
        "lessons": lessons_of(course),
    }
    if enrolment is not None:
        context |= _progress(enrolment)
    return render(request, "frontend/learning/course.html", context)


def _progress(enrolment: Enrolment) -> dict[str, object]:
    now = read_now()
    standing = course_standing(enrolment=enrolment)
    own = own_course(enrolment=enrolment, now=now)
    return {"own": own, "modules": lesson_rows(standing, now)}


def lesson_rows(standing: Standing, now: datetime) -> list[tuple[object, list[LessonRow]]]:
    """Each module with its lessons, as somebody of this standing sees them."""
    modules: dict[int, tuple[object, list[LessonRow]]] = {}
    for lesson in standing.lessons:
        row = LessonRow(
            lesson=lesson,
            done=lesson.pk in standing.done,
            share=lesson_share(standing, lesson, now),
            waits=[each.title for each in standing.waits[lesson.pk]],
            rule=rule_words(rule_of(lesson)),
        )
        modules.setdefault(lesson.module_id, (lesson.module, []))[1].append(row)
    return list(modules.values())


@require_POST
@learn_course_view
def enrol(request: HttpRequest, course: Course, *, enrolment: Enrolment | None) -> HttpResponse:
    """Take the course; refused, the refusal's own page says why."""
    if enrolment is None:
        enrol_self(user=request.user, course=course, now=read_now())
    return redirect("learn-course", code=course.code)
