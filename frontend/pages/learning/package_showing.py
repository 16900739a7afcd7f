"""The room in which a package is played, for who learns and for who tries it out."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from frontend.content_origin import content_origin
from frontend.packages import package_url
from frontend.pages.content.urls import PLAYER
from training.domain.package_links import package_token
from training.domain.scorm import Facts, launch_values, package_of
from training.engine.scorm_manifest import V12
from training.models import Lesson, LessonProgress

_STATES = {"completed": "done", "incomplete": "current"}


def package_room(request: HttpRequest, lesson: Lesson) -> dict[str, Any]:
    """What the page needs before anything is played. Raises PackageNotReady."""
    told = package_of(lesson)
    return {
        "lesson": lesson,
        "course": lesson.module.course,
        "package": told,
        "origin": content_origin(request),
        "brought": package_url("scorm12.js" if told["version"] == V12 else "scorm2004.js"),
    }


def played(
    request: HttpRequest,
    progress: LessonProgress,
    sco: Facts,
    tab: str,
    last_word: str,
) -> dict[str, Any]:
    """One part before the person. `last_word`: where a closing page says its last, or ""."""
    lesson = progress.lesson
    told = package_of(lesson)
    site = f"{request.scheme}://{request.get_host()}"
    token = package_token(file=lesson.file, site=site, now=timezone.now())
    task = {
        "version": told["version"],
        "sco": sco["id"],
        "tab": tab,
        "href": sco["href"],
        "values": launch_values(told, sco, records_of(progress).get(sco["id"], {}), request.user),
        "lastWord": last_word,
    }
    return {
        "progress": progress,
        "sco": sco,
        "tab": tab,
        "player": f"{content_origin(request)}/{PLAYER}/{token}/",
        "parts": _parts(told, progress, sco),
        "words": state_words(progress),
        "task": json.dumps(task),
    }


def package_page(request: HttpRequest, room: dict[str, Any]) -> HttpResponse:
    """The page, with leave to frame the origin on which packages run."""
    response = render(request, "frontend/learning/package.html", room)
    framed = {"frame-src": [room["origin"]]} if room["origin"] else {}
    response._csp_update = framed  # noqa: SLF001  (django-csp's)
    return response


def records_of(progress: LessonProgress) -> dict[str, Any]:
    """{part's id: what it has said so far}."""
    return progress.state.get("scorm", {}).get("scos", {})


def _parts(told: Facts, progress: LessonProgress, shown: Facts) -> list[dict[str, Any]]:
    records = records_of(progress)
    return [
        {
            "title": sco["title"] or _("Bài %d") % number,
            "url": f"?bai={sco['id']}",
            "shown": sco["id"] == shown["id"],
            "state": _STATES.get(records.get(sco["id"], {}).get("status", ""), "todo"),
        }
        for number, sco in enumerate(told["scos"], start=1)
    ]


def state_words(progress: LessonProgress) -> str:
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
