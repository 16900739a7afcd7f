"""Progress as machines speak of it: JSON in, JSON out."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from accounts.errors import DomainError
from frontend.pages.learning.access import lesson_view
from frontend.refusals import refusal_response
from quiz.domain.clock import read_now
from training.domain.own_courses import lesson_share
from training.domain.progress import course_standing, open_lesson, read_report, save_progress
from training.errors import BadProgress
from training.models import Enrolment, Lesson, LessonProgress

MOST_BYTES = 200_000


@require_http_methods(["GET", "POST"])
@lesson_view
def progress(request: HttpRequest, enrolment: Enrolment, lesson: Lesson) -> HttpResponse:
    """GET tells how far the person is; POST takes a report (`training.engine.growing.Report`).

    Refusals come as JSON whatever was asked for: a page's script reads them.
    """
    now = read_now()
    try:
        if request.method == "POST":
            report = read_report(_sent(request))
            held = save_progress(enrolment=enrolment, lesson=lesson, report=report, now=now)
        else:
            held = open_lesson(enrolment=enrolment, lesson=lesson, now=now)
    except DomainError as refusal:
        request.META["HTTP_ACCEPT"] = "application/json"
        return refusal_response(request, refusal)
    return JsonResponse(_told(held))


def _sent(request: HttpRequest) -> Any:
    if len(request.body) > MOST_BYTES:
        raise BadProgress
    try:
        return json.loads(request.body)
    except ValueError as broken:
        raise BadProgress from broken


def _told(held: LessonProgress) -> dict[str, Any]:
    enrolment = Enrolment.objects.select_related("course").get(pk=held.enrolment_id)
    standing = course_standing(enrolment=enrolment)
    return {
        "revision": held.revision,
        "state": held.state,
        "share": lesson_share(standing, held.lesson, read_now()),
        "completed": held.completed_at is not None,
        "course_completed": enrolment.completed_at is not None,
    }
