"""Figures of released rounds for everybody: no row speaks of fewer than ten persons."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from frontend.pages.public.contest import public_contest
from frontend.pages.public.keeping import kept_briefly
from quiz.domain.clock import read_now
from quiz.domain.figures import newest_releases
from quiz.domain.public_figures import PublicFigures, public_figures
from quiz.engine.small_groups import LEAST, Part
from quiz.models import Release


@dataclass(frozen=True)
class Row:
    """One row of a table, its bar as wide as its entries are of the longest row's."""

    label: str
    persons: int
    entries: int
    width: int


@dataclass(frozen=True)
class ShownRound:
    """`figures` None: the worker is still counting."""

    release: Release
    figures: PublicFigures | None
    tables: list[tuple[str, list[Row]]]


@require_safe
@kept_briefly
def figures(request: HttpRequest, code: str) -> HttpResponse:
    shown = public_contest(code, read_now())
    rounds = [_shown(release) for release in newest_releases(shown.contest)]
    context = {
        "section": "contests",
        "contest": shown.contest,
        "shown": shown,
        "rounds": rounds[::-1],
        "compared": _compared(rounds),
        "least": LEAST,
    }
    return render(request, "frontend/public/figures.html", context)


def _shown(release: Release) -> ShownRound:
    found = public_figures(release=release)
    tables = found.tables if found else []
    return ShownRound(release, found, [(title, _rows(parts)) for title, parts in tables])


def _compared(rounds: list[ShownRound]) -> list[Row]:
    """Rounds beside each other, where there are several."""
    counted = [
        Part(each.release.round.name, each.figures.persons, each.figures.entries)
        for each in rounds
        if each.figures is not None
    ]
    return _rows(counted) if len(counted) > 1 else []


def _rows(parts: list[Part]) -> list[Row]:
    most = max((part.entries for part in parts), default=0) or 1
    return [
        Row(_label(part), part.persons, part.entries, -(-100 * part.entries // most))
        for part in parts
    ]


def _label(part: Part) -> str:
    if not part.together:
        return part.label
    return ngettext("Gộp %(n)s dòng ít người", "Gộp %(n)s dòng ít người", part.together) % {
        "n": part.together
    }
