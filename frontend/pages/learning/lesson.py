"""One lesson, read, watched or answered in the page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.rich_text import to_html
from frontend.pages.learning.access import lesson_view
from frontend.pages.learning.quiz import quiz_context
from quiz.domain.clock import read_now
from training.domain.completion_words import rule_words
from training.domain.files import file_url
from training.domain.own_courses import lesson_share
from training.domain.progress import (
    Standing,
    course_standing,
    extent_of,
    open_lesson,
    rule_of,
    say_read,
)
from training.engine.completion import Read
from training.enums import PAGED, FileState, LessonKind
from training.interfaces.pages.drawing import AT_ONCE, page_path, pages_of
from training.interfaces.serving import Served, file_answer
from training.models import Enrolment, Lesson, LessonProgress

DAY = 86_400


@require_GET
@lesson_view
def lesson(request: HttpRequest, enrolment: Enrolment, lesson: Lesson) -> HttpResponse:
    """`?trang=`: the first page shown of a document; otherwise where the person was."""
    now = read_now()
    progress = open_lesson(enrolment=enrolment, lesson=lesson, now=now)
    standing = course_standing(enrolment=enrolment)
    rule = rule_of(lesson)
    order = [each.pk for each in standing.lessons]
    at = order.index(lesson.pk)
    context = {
        "course": enrolment.course,
        "enrolment": enrolment,
        "lesson": lesson,
        "kind": f"frontend/learning/kinds/{lesson.kind}.html",
        "body": to_html(lesson.body) if lesson.body else "",
        "progress": progress,
        "share": lesson_share(standing, lesson, now),
        "rule": rule_words(rule),
        "by_word": any(isinstance(each, Read) and each.by_word for each in rule.all),
        "elapsed": round((now - progress.opened_at).total_seconds(), 1),
        "key": f"{enrolment.pk}-{lesson.pk}",
        "position": progress.state.get("position", 0),
        "previous": standing.lessons[at - 1] if at else None,
        "next": _next(standing, at),
        "ready": lesson.file is not None and lesson.file.state == FileState.READY,
        "citations": lesson.citations.select_related("document"),
    }
    context |= _of_kind(request, enrolment, lesson, progress)
    return render(request, "frontend/learning/lesson.html", context)


def _next(standing: Standing, at: int) -> Lesson | None:
    return standing.lessons[at + 1] if at + 1 < len(standing.lessons) else None


def _of_kind(
    request: HttpRequest, enrolment: Enrolment, lesson: Lesson, progress: LessonProgress
) -> dict[str, Any]:
    """What only a lesson's kind needs."""
    file = lesson.file
    if lesson.kind == LessonKind.QUIZ:
        return quiz_context(request, enrolment, lesson)
    if file is None or file.state != FileState.READY:
        return {}
    if lesson.kind in PAGED:
        return _pages(request, lesson, progress)
    if lesson.kind == LessonKind.VIDEO:
        extras = lesson.extras.select_related("file")
        ready = [extra for extra in extras if extra.file.state == FileState.READY]
        poster = next((extra.file for extra in ready if not extra.language), None)
        made = file_url(file, "poster.jpg") if file.facts.get("poster") else ""
        return {
            "source": file_url(file),
            "mime": file.mime,
            "poster": file_url(poster) if poster else made,
            "subtitles": [(each.language, file_url(each.file)) for each in ready if each.language],
        }
    return {"source": file_url(file), "facts": file.facts, "alt": file.alt}


def _pages(request: HttpRequest, lesson: Lesson, progress: LessonProgress) -> dict[str, Any]:
    """The pages from the asked one on, in groups, so that addresses stay few."""
    assert lesson.file is not None  # noqa: S101 - looked at by the caller
    count = extent_of(lesson).pages
    asked = request.GET.get("trang", "")
    wanted = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
    at = min(max(1, wanted or int(progress.state.get("position", 1))), max(1, count))
    first = at - (at - 1) % AT_ONCE
    pages = pages_of(lesson.file, first=first)
    last = first + len(pages) - 1
    return {
        "pages": pages,
        "page_count": count,
        "first": first,
        "last": last,
        "earlier": f"?trang={first - AT_ONCE}" if first > 1 else "",
        "later": f"?trang={last + 1}" if last < count else "",
        "download": file_url(lesson.file) + "?tai-ve",
    }


@require_safe
@lesson_view
def page_picture(
    request: HttpRequest, enrolment: Enrolment, lesson: Lesson, number: int
) -> HttpResponseBase:
    """A page that was drawn when the lesson was opened. Raises FileNotFound."""
    open_lesson(enrolment=enrolment, lesson=lesson, now=read_now())
    assert lesson.file is not None  # noqa: S101 - a picture's address is of a lesson with a file
    served = Served(
        path=page_path(lesson.file, number),
        mime="image/webp",
        name=f"trang-{number}.webp",
        version=f"{lesson.file.sha256[:16]}-{number}",
        cache=f"private, max-age={DAY}",
    )
    return file_answer(request, served)


@require_POST
@lesson_view
def said_read(request: HttpRequest, enrolment: Enrolment, lesson: Lesson) -> HttpResponse:
    """“Tôi đã đọc đến cuối”, where the rule takes it."""
    say_read(enrolment=enrolment, lesson=lesson, now=read_now())
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("learn-lesson", code=enrolment.course.code, lesson_pk=lesson.pk)
