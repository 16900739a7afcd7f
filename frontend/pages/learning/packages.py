"""A SCORM lesson: the room in which a package is played, and what it says."""

import json
import secrets
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import DomainError
from frontend.pages.content.urls import LAST_WORD
from frontend.pages.learning.package_showing import (
    package_page,
    package_room,
    played,
    records_of,
    state_words,
)
from frontend.pages.workplace.access import workplace_view
from training.domain.enrolments import enrolment_of
from training.domain.package_links import save_token
from training.domain.scorm import open_sco, package_of, read_runtime, save_runtime, sco_of
from training.enums import LessonKind
from training.errors import BadProgress, NotEnrolled
from training.models import Enrolment, Lesson, LessonProgress

MOST_BYTES = 2_000_000
View = Callable[..., HttpResponse]


def package_view(view: View) -> View:
    """For who takes the course; the view gets enrolment and lesson. Raises NotEnrolled."""

    @wraps(view)
    def opened(request: HttpRequest, code: str, lesson_pk: int) -> HttpResponse:
        lessons = Lesson.objects.filter(module__course__code=code, kind=LessonKind.SCORM)
        lesson = get_object_or_404(lessons.select_related("module__course", "file"), pk=lesson_pk)
        enrolment = enrolment_of(request.user, lesson.module.course)
        if enrolment is None:
            raise NotEnrolled
        return view(request, enrolment, lesson)

    return workplace_view()(opened)


@require_GET
@package_view
def package(request: HttpRequest, enrolment: Enrolment, lesson: Lesson) -> HttpResponse:
    """`?bai=`: which part of the package; the first that is not done where none is named."""
    now = timezone.now()
    room = package_room(request, lesson)
    if room["origin"] and room["brought"]:
        tab = secrets.token_urlsafe(12)
        sco = sco_of(room["package"], request.GET.get("bai", "") or _first_open(enrolment, lesson))
        progress = open_sco(enrolment=enrolment, lesson=lesson, sco_id=sco["id"], tab=tab, now=now)
        last_word = save_token(enrolment=enrolment, lesson=lesson, now=progress.changed_at)
        room |= played(request, progress, sco, tab, f"/{LAST_WORD}/{last_word}/")
        room["save"] = reverse("learn-package-save", args=[room["course"].code, lesson.pk])
        room["key"] = f"{request.user.pk}-{lesson.pk}"
    return package_page(request, room)


def _first_open(enrolment: Enrolment, lesson: Lesson) -> str:
    progress = LessonProgress.objects.filter(enrolment=enrolment, lesson=lesson).first()
    records = records_of(progress) if progress else {}
    for sco in package_of(lesson)["scos"]:
        if records.get(sco["id"], {}).get("status") != "completed":
            return str(sco["id"])
    return ""


@require_POST
@package_view
def save(request: HttpRequest, enrolment: Enrolment, lesson: Lesson) -> HttpResponse:
    """A report of the player (`training.engine.scorm_state.Runtime`); answers how things stand."""
    try:
        if len(request.body) > MOST_BYTES:
            raise BadProgress
        told = read_runtime(_document(request))
        progress = save_runtime(enrolment=enrolment, lesson=lesson, told=told, now=timezone.now())
    except DomainError as refusal:
        return JsonResponse(refusal.as_dict(), status=refusal.status)
    scorm = progress.state["scorm"]
    return JsonResponse(
        {
            "words": state_words(progress),
            "completed": progress.completed_at is not None,
            **{name: scorm.get(name) for name in ("status", "success", "score", "seconds")},
        }
    )


def _document(request: HttpRequest) -> object:
    try:
        return json.loads(request.body)
    except ValueError as broken:
        raise BadProgress from broken
