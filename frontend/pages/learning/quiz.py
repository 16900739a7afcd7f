"""A quiz lesson: begun, answered item by item, looked back at."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frontend.pages.learning.access import lesson_view
from frontend.pages.media_html import media_html
from quiz.domain.clock import read_now
from quiz.drafts import STEM
from quiz.errors import MediaNotFound
from quiz.interfaces.media_answer import media_answer
from quiz.models import ItemMedia
from training.domain.quiz_errors import BadAnswer
from training.domain.quiz_papers import ShownItem, shown_items
from training.domain.quiz_settings import read_settings
from training.domain.quizzes import answer_item, start_try, tries_left
from training.models import Enrolment, Lesson, QuizTry

KEPT = "private, max-age=31536000, immutable"


def quiz_context(request: HttpRequest, enrolment: Enrolment, lesson: Lesson) -> dict[str, Any]:
    """The open try at the item asked for (`?cau=`), or the last one's result and what is left."""
    tries = list(QuizTry.objects.filter(enrolment=enrolment, lesson=lesson))
    shown = tries[-1] if tries else None
    context: dict[str, Any] = {
        "tries": [each for each in tries if each.ended_at],
        "shown": shown,
        "left": tries_left(lesson=lesson, made=len(tries)),
        "item_count": read_settings(lesson.settings).paper.item_count,
    }
    if shown is None:
        return context
    shown.lesson = lesson
    items = shown_items(shown)

    def address(sha256: str) -> str:
        return reverse("learn-item-media", args=[enrolment.course.code, lesson.pk, sha256])

    context |= {"items": [with_media(item, address) for item in items]}
    waiting = [item.slot for item in items if not item.answered]
    asked = request.GET.get("cau", "")
    chosen = int(asked) - 1 if asked.isascii() and asked.isdecimal() and len(asked) < 5 else None
    if chosen is not None and 0 <= chosen < len(items) and items[chosen].told:
        at = chosen
    elif waiting:
        at = waiting[0]
    else:
        return context
    return context | {
        "at": context["items"][at],
        "number": at + 1,
        "answered": len(items) - len(waiting),
        "more": bool(waiting),
    }


def with_media(item: ShownItem, address: Callable[[str], str]) -> dict[str, Any]:
    """An item with its pictures and sounds; `address` of each by its digest."""
    return {
        "item": item,
        "stem_media": media_html(item.media, STEM, address),
        "options": [
            (option, media_html(item.media, option.place, address)) for option in item.options
        ],
    }


@require_POST
@lesson_view
def start(_request: HttpRequest, enrolment: Enrolment, lesson: Lesson) -> HttpResponse:
    start_try(enrolment=enrolment, lesson=lesson, now=read_now())
    return redirect("learn-lesson", code=enrolment.course.code, lesson_pk=lesson.pk)


@require_POST
@lesson_view
def answer(request: HttpRequest, enrolment: Enrolment, lesson: Lesson) -> HttpResponse:
    """Posted: `slot`, and `place` once or several times. Then the item with what is told of it."""
    page = reverse("learn-lesson", args=[enrolment.course.code, lesson.pk])
    try:
        slot = int(request.POST.get("slot", "")[:4])
        places = [int(place[:2]) for place in request.POST.getlist("place")]
        given = answer_item(
            enrolment=enrolment, lesson=lesson, slot=slot, places=places, now=read_now()
        )
    except (BadAnswer, ValueError):
        messages.error(request, str(BadAnswer()))
        return redirect(page)
    tells = read_settings(lesson.settings).instant
    return redirect(f"{page}?cau={slot + 1}#cau" if tells or given.ended_at is None else page)


@require_safe
@lesson_view
def item_media(
    request: HttpRequest, enrolment: Enrolment, lesson: Lesson, sha256: str
) -> HttpResponse:
    """A picture or sound of an item that one of the person's papers asks. Raises MediaNotFound."""
    papers = QuizTry.objects.filter(enrolment=enrolment, lesson=lesson).values_list(
        "paper", flat=True
    )
    versions = {version for paper in papers for version, _order in paper}
    shown = ItemMedia.objects.filter(version__in=versions, file__sha256=sha256)
    found = shown.select_related("file").first()
    if found is None:
        raise MediaNotFound
    response = media_answer(request, sha256=sha256, mime=found.file.mime)
    response["Cache-Control"] = KEPT
    return response
