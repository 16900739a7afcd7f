"""The published results of a contest: name, unit, result, prize, from the releases themselves."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.pages.public.contest import public_contest
from frontend.pages.public.keeping import kept_briefly
from quiz.domain.clock import read_now
from quiz.enums import ReleaseState
from quiz.models import Release


@dataclass(frozen=True)
class Winner:
    """One row of the published list."""

    prize: str
    name: str
    unit: str
    correct: int
    total: int
    duration_ms: int

    @property
    def time(self) -> str:
        """“4:07”, minutes and seconds."""
        minutes, seconds = divmod(self.duration_ms // 1000, 60)
        return f"{minutes}:{seconds:02}"


@dataclass(frozen=True)
class ReleasedRound:
    """The newest release of a round, by group; `earlier` are the ones it replaces."""

    release: Release
    groups: list[tuple[str, list[Winner]]]
    earlier: list[Release]


@require_safe
@kept_briefly
def results(request: HttpRequest, code: str) -> HttpResponse:
    shown = public_contest(code, read_now())
    contest = shown.contest
    names = {group.code: group.name for group in contest.groups.all()}
    releases = Release.objects.filter(contest=contest, state=ReleaseState.RELEASED)
    ordered = releases.select_related("round").order_by("round__number", "number")
    rounds = [
        _released(list(rows), names)
        for _round, rows in groupby(ordered, key=lambda release: release.round_id)
    ]
    context = {
        "section": "contests",
        "contest": contest,
        "shown": shown,
        "rounds": rounds[::-1],
        "several_groups": len(names) > 1,
    }
    return render(request, "frontend/public/results.html", context)


def _released(releases: list[Release], names: dict[str, str]) -> ReleasedRound:
    newest = releases[-1]
    rows: list[dict[str, Any]] = newest.document["winners"]
    groups = [
        (names.get(code, code), [_winner(row) for row in winners])
        for code, winners in groupby(rows, key=lambda row: row["group"])
    ]
    return ReleasedRound(newest, groups, releases[:-1])


def _winner(row: dict[str, Any]) -> Winner:
    fields = ("prize", "name", "unit", "correct", "total", "duration_ms")
    return Winner(**{field: row[field] for field in fields})
