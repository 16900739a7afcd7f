"""A SCORM lesson: the room in which a package is played, and what it says."""

import json
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import DomainError
from accounts.models import User
from frontend.content_origin import content_origin
from frontend.packages import package_url
from frontend.pages.content.urls import LAST_WORD, PLAYER
from frontend.pages.workplace.access import workplace_view
from training.domain.enrolments import enrolment_of
from training.domain.package_links import package_token, save_token
from training.domain.scorm import (
    Facts,
    launch_values,
    open_sco,
    package_of,
    read_runtime,
    save_runtime,
    sco_of,
)
from training.engine.scorm_manifest import V12
from training.enums import LessonKind
from training.errors import BadProgress, NotEnrolled
from training.models import Enrolment, Lesson, LessonProgress

MOST_BYTES = 2_000_000
View = Callable[..., HttpResponse]
_STATES = {"completed": "done", "incomplete": "current"}


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
    told = package_of(lesson)
    origin = content_origin(request)
    context: dict[str, Any] = {
        "lesson": lesson,
        "course": lesson.module.course,
        "package": told,
        "origin": origin,
        "brought": package_url("scorm12.js" if told["version"] == V12 else "scorm2004.js"),
    }
    if origin and context["brought"]:
        tab = secrets.token_urlsafe(12)
        wanted = request.GET.get("bai", "") or _first_open(enrolment, lesson, told)
        sco = sco_of(told, wanted)
        progress = open_sco(enrolment=enrolment, lesson=lesson, sco_id=sco["id"], tab=tab, now=now)
        token = package_token(file=lesson.file, site=_site(request), now=now)
        context |= {
            "progress": progress,
            "sco": sco,
            "tab": tab,
            "player": f"{origin}/{PLAYER}/{token}/",
            "parts": _parts(told, progress, sco),
            "words": _words(progress),
            "task": _task(request.user, progress, sco, tab),
            "save": reverse("learn-package-save", args=[context["course"].code, lesson.pk]),
        }
    response = render(request, "frontend/learning/package.html", context)
    response._csp_update = {"frame-src": [origin]} if origin else {}  # noqa: SLF001  (django-csp's)
    return response


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _first_open(enrolment: Enrolment, lesson: Lesson, told: Facts) -> str:
    progress = LessonProgress.objects.filter(enrolment=enrolment, lesson=lesson).first()
    records = _records(progress) if progress else {}
    for sco in told["scos"]:
        if records.get(sco["id"], {}).get("status") != "completed":
            return str(sco["id"])
    return ""


def _records(progress: LessonProgress) -> dict[str, Any]:
    return progress.state.get("scorm", {}).get("scos", {})


def _parts(told: Facts, progress: LessonProgress, shown: Facts) -> list[dict[str, Any]]:
    records = _records(progress)
    return [
        {
            "title": sco["title"] or _("Bài %d") % number,
            "url": f"?bai={sco['id']}",
            "shown": sco["id"] == shown["id"],
            "state": _STATES.get(records.get(sco["id"], {}).get("status", ""), "todo"),
        }
        for number, sco in enumerate(told["scos"], start=1)
    ]


def _task(person: User, progress: LessonProgress, sco: Facts, tab: str) -> str:
    """What the player is told once it is there, as JSON."""
    told = package_of(progress.lesson)
    record = _records(progress).get(sco["id"], {})
    last_word = save_token(
        enrolment=progress.enrolment, lesson=progress.lesson, now=progress.changed_at
    )
    return json.dumps(
        {
            "version": told["version"],
            "sco": sco["id"],
            "tab": tab,
            "href": sco["href"],
            "values": launch_values(told, sco, record, person),
            "lastWord": f"/{LAST_WORD}/{last_word}/",
        }
    )


def _words(progress: LessonProgress) -> str:
    """How the package stands, in one sentence."""
    scorm = progress.state.get("scorm", {})
    parts = [_("Đã hoàn thành.") if progress.completed_at else _("Đang học.")]
    if scorm.get("success") == "passed":
        parts.append(_("Đạt."))
    elif scorm.get("success") == "failed":
        parts.append(_("Chưa đạt."))
    if scorm.get("score") is not None:
        parts.append(_("Điểm: %(score)g/100.") % {"score": scorm["score"]})
    minutes, seconds = divmod(round(scorm.get("seconds", 0)), 60)
    if minutes or seconds:
        parts.append(
            _("Thời gian gói ghi nhận: %(minutes)d phút %(seconds)d giây.")
            % {"minutes": minutes, "seconds": seconds}
        )
    return " ".join(str(part) for part in parts)


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
            "words": _words(progress),
            "completed": progress.completed_at is not None,
            **{name: scorm.get(name) for name in ("status", "success", "score", "seconds")},
        }
    )


def _document(request: HttpRequest) -> object:
    try:
        return json.loads(request.body)
    except ValueError as broken:
        raise BadProgress from broken
