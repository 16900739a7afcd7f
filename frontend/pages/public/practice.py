"""“Ôn luyện” for everyone: topics, one item after another, and what rests on the weak ones."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from frontend.pages.media_html import media_html
from frontend.pages.public.library_parts import library_context
from quiz.domain.clock import read_now
from quiz.drafts import STEM
from quiz.errors import MediaNotFound
from quiz.interfaces.media_answer import media_answer
from quiz.models import ItemMedia, ItemVersion
from training.domain.practice import (
    answer_practice,
    next_item,
    practice_topics,
    practice_version,
    suggested_lessons,
)
from training.domain.quiz_errors import BadAnswer
from training.domain.quiz_papers import ShownItem, show_item
from training.domain.weak_clauses import StudiedClause, weak_clauses

SHOWN_CLAUSES = 5


@require_safe
def practice(request: HttpRequest) -> HttpResponse:
    now, person = read_now(), request.user
    context = library_context(
        "practice",
        topics=practice_topics(person=person, now=now),
        lessons=suggested_lessons(person=person, now=now) if person.is_authenticated else (),
        weak=_weak_of_unit(person, now),
    )
    return _private(render(request, "frontend/public/library/practice.html", context))


def _weak_of_unit(person: User | AnonymousUser, now: datetime) -> list[StudiedClause]:
    """What the unit of who is signed in knows least."""
    if not isinstance(person, User) or person.unit is None:
        return []
    return weak_clauses(unit=person.unit, now=now, most=SHOWN_CLAUSES)


@require_http_methods(["GET", "HEAD", "POST"])
def practice_item(request: HttpRequest) -> HttpResponse:
    """One item of a topic (`?chu-de=`); posted `version` and `place`, it is told."""
    topic = _number(request.GET.get("chu-de", ""))
    if request.method == "POST":
        return _answered(request, topic)
    version = next_item(person=request.user, topic=topic, now=read_now())
    if version is None:
        return redirect("practice")
    asked = show_item(0, version, range(len(version.options)), None, told=False)
    return _page(request, topic, version, asked)


def _answered(request: HttpRequest, topic: int | None) -> HttpResponse:
    now = read_now()
    version = practice_version(pk=_number(request.POST.get("version", "")) or 0, now=now)
    if version is None:
        return redirect(_address(topic))
    try:
        places = [int(place[:2]) for place in request.POST.getlist("place")]
        told = answer_practice(person=request.user, version=version, places=places, now=now)
    except (BadAnswer, ValueError):
        asked = show_item(0, version, range(len(version.options)), None, told=False)
        return _page(request, topic, version, asked, refusal=BadAnswer())
    return _page(request, topic, version, told)


def _page(
    request: HttpRequest,
    topic: int | None,
    version: ItemVersion,
    item: ShownItem,
    refusal: BadAnswer | None = None,
) -> HttpResponse:
    context = library_context(
        "practice",
        version=version,
        item=item,
        stem_media=_media(item, STEM),
        options=[(option, _media(item, option.place)) for option in item.options],
        topic=topic,
        address=_address(topic),
        refusal=refusal,
    )
    status = refusal.status if refusal else 200
    page = "frontend/public/library/practice_item.html"
    return _private(render(request, page, context, status=status))


def _media(item: ShownItem, place: int) -> Any:
    return media_html(item.media, place, lambda sha256: reverse("practice-media", args=[sha256]))


def _address(topic: int | None) -> str:
    query = f"?{urlencode({'chu-de': topic})}" if topic is not None else ""
    return reverse("practice-item") + query


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def practice_media(request: HttpRequest, sha256: str) -> HttpResponse:
    """A picture or sound of an item that may be practised now. Raises MediaNotFound."""
    uses = ItemMedia.objects.filter(
        file__sha256=sha256, version__item__bank__practice_since__isnull=False
    )
    for used in uses.select_related("file", "version"):
        if practice_version(pk=used.version_id, now=read_now()) is not None:
            return media_answer(request, sha256=sha256, mime=used.file.mime)
    raise MediaNotFound
