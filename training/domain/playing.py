"""A playlist as a screen gets it: everything it needs to go on for a day by itself."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.interfaces.pdf.typesetting import qr_svg
from accounts.models import OrgUnit
from accounts.rich_text import to_html
from quiz.enums import ContestState, RoundState
from quiz.models import Contest, Round
from training.domain.files import file_url
from training.engine.playlists import SECONDS, version_of
from training.enums import FileKind, FileState, SlideKind
from training.models import Screen, Slide, Survey, TrainingFile

MOST_PAGES = 100


@dataclass(frozen=True)
class Links:
    """How addresses are made: whole ones for the QR codes, from the root for page images."""

    contest: Callable[[Contest, OrgUnit], str]
    survey: Callable[[Survey, OrgUnit], str]
    page: Callable[[TrainingFile, int], str]


def screen_document(*, screen: Screen, links: Links, now: datetime) -> dict[str, Any]:
    """{version, name, now, items}; moments in milliseconds, hours in minutes of the day.

    The screen decides by its own clock, set by `now`, what is due: also without network a contest
    is no longer shown once its round has closed. `version` differs when anything shown does.
    """
    slides = screen.playlist.slides.select_related("file", "subtitles", "contest", "survey")
    items = [
        {"id": f"{slide.pk}{place}", **_when(slide), **item}
        for slide in slides
        for place, item in _shown(slide, screen.unit, links, now)
    ]
    return {
        "version": version_of(items),
        "name": screen.name,
        "now": _ms(now),
        "items": items,
    }


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _when(slide: Slide) -> dict[str, Any]:
    return {
        "days": sorted(slide.weekdays),
        "starts": _minutes(slide.starts),
        "ends": _minutes(slide.ends),
        "first": slide.valid_from.isoformat() if slide.valid_from else "",
        "last": slide.valid_to.isoformat() if slide.valid_to else "",
        "seconds": slide.seconds or SECONDS,
    }


def _minutes(at: Any) -> int | None:
    return at.hour * 60 + at.minute if at else None


def _shown(
    slide: Slide, unit: OrgUnit, links: Links, now: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    """(what is added to the slide's id, what is shown); nothing for what can't be shown now."""
    title = {"title": slide.title}
    if slide.kind == SlideKind.TEXT:
        yield "", {**title, "kind": "text", "html": to_html(slide.text)}
    elif slide.kind == SlideKind.CONTEST and slide.contest:
        round = _round_to_show(slide.contest, now)
        if round is not None:
            link = links.contest(slide.contest, unit)
            said = {"title": slide.title or slide.contest.title, "call": _("Quét mã để vào thi")}
            hours = {"opens": _ms(round.opens_at), "closes": _ms(round.closes_at)}
            yield "", {"kind": "code", **said, **hours, **_code(link)}
    elif slide.kind == SlideKind.SURVEY and slide.survey and slide.survey.is_open:
        said = {"title": slide.title or slide.survey.title, "call": _("Quét mã để góp ý")}
        yield "", {"kind": "code", **said, **_code(links.survey(slide.survey, unit))}
    elif slide.file and slide.file.state == FileState.READY:
        for place, item in _file(slide, slide.file, links):
            yield place, {**title, **item}


def _round_to_show(contest: Contest, now: datetime) -> Round | None:
    """The round open now, else the next one whose papers are fixed."""
    if contest.state != ContestState.PUBLISHED:
        return None
    frozen = contest.rounds.filter(state=RoundState.FROZEN, closes_at__gt=now)
    return frozen.order_by("opens_at").first()


def _code(link: str) -> dict[str, str]:
    picture = base64.b64encode(qr_svg(link, error="q").encode()).decode()
    return {
        "picture": f"data:image/svg+xml;base64,{picture}",
        "address": link.split("://", 1)[-1].rstrip("/"),
    }


def _file(slide: Slide, file: TrainingFile, links: Links) -> Iterator[tuple[str, dict[str, Any]]]:
    if file.kind == FileKind.VIDEO:
        track = slide.subtitles
        ready = track is not None and track.state == FileState.READY
        yield (
            "",
            {
                "kind": "film",
                "src": file_url(file),
                "bytes": file.size,
                "track": file_url(track) if track and ready else "",
                # Without a time of its own a film runs to its end.
                "seconds": slide.seconds or 0,
            },
        )
    elif file.kind == FileKind.IMAGE:
        yield (
            "",
            {
                "kind": "picture",
                "src": file_url(file),
                "bytes": file.size,
                "alt": file.alt,
            },
        )
    elif file.kind == FileKind.PDF:
        pages = min(int(file.facts.get("pages", 1)), MOST_PAGES)
        for number in range(1, pages + 1):
            page = {"src": links.page(file, number), "bytes": 0, "alt": file.alt}
            yield f"-{number}", {"kind": "picture", **page}


def shown_on_screens(_user: Any, file: TrainingFile) -> bool:
    """What hangs in a public hall may be read by anybody (training.domain.file_use)."""
    used = Slide.objects.filter(playlist__screens__revoked_at=None, playlist__screens__gt=0)
    return used.filter(file=file).exists() or used.filter(subtitles=file).exists()
