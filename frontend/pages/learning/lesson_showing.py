"""What a lesson's page shows, to who takes the course and to who tries it out."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.rich_text import to_html
from training.domain.completion_words import rule_words
from training.domain.files import file_url
from training.domain.own_courses import lesson_share
from training.domain.progress import Standing, extent_of, rule_of
from training.engine.completion import Read
from training.enums import LANGUAGES, PAGED, FileState, LessonKind
from training.interfaces.pages.drawing import AT_ONCE, page_path, pages_of
from training.interfaces.serving import Served, file_answer
from training.models import Course, Lesson, LessonProgress

DAY = 86_400


def lesson_context(
    request: HttpRequest,
    course: Course,
    progress: LessonProgress,
    standing: Standing,
    now: datetime,
) -> dict[str, Any]:
    """All but what a quiz asks; `progress` may be of nobody and not stored.

    `?trang=`: the first page shown of a document; otherwise where the person was.
    """
    lesson = progress.lesson
    rule = rule_of(lesson)
    at = [each.pk for each in standing.lessons].index(lesson.pk)
    return {
        "course": course,
        "lesson": lesson,
        "kind": f"frontend/learning/kinds/{lesson.kind}.html",
        "body": to_html(lesson.body) if lesson.body else "",
        "progress": progress,
        "share": lesson_share(standing, lesson, now),
        "rule": rule_words(rule),
        "by_word": any(isinstance(each, Read) and each.by_word for each in rule.all),
        "elapsed": round((now - progress.opened_at).total_seconds(), 1),
        "position": progress.state.get("position", 0),
        "previous": standing.lessons[at - 1] if at else None,
        "next": _next(standing, at),
        "ready": lesson.file is not None and lesson.file.state == FileState.READY,
        "citations": lesson.citations.select_related("document"),
    } | _of_file(request, lesson, progress)


def _next(standing: Standing, at: int) -> Lesson | None:
    return standing.lessons[at + 1] if at + 1 < len(standing.lessons) else None


def _of_file(request: HttpRequest, lesson: Lesson, progress: LessonProgress) -> dict[str, Any]:
    """What only a lesson with a file needs."""
    file = lesson.file
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
            "subtitles": [
                (each.language, LANGUAGES.get(each.language, each.language), file_url(each.file))
                for each in ready
                if each.language
            ],
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


def page_answer(request: HttpRequest, lesson: Lesson, number: int) -> HttpResponseBase:
    """A page that was drawn when the lesson was opened. Raises FileNotFound."""
    assert lesson.file is not None  # noqa: S101 - a picture's address is of a lesson with a file
    served = Served(
        path=page_path(lesson.file, number),
        mime="image/webp",
        name=f"trang-{number}.webp",
        version=f"{lesson.file.sha256[:16]}-{number}",
        cache=f"private, max-age={DAY}",
    )
    return file_answer(request, served)
