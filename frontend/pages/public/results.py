"""The published results of a contest: name, unit, result, prize, from the releases themselves."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.pages.public.contest import public_contest
from frontend.pages.public.keeping import kept_briefly
from frontend.pages.public.release_changes import Corrected, corrected
from quiz.domain.clock import read_now
from quiz.domain.finality import Finality, describe_finality, finalities_of
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.withdrawn_names import shown_winners
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
    finality: Finality
    corrected: Corrected | None

    @property
    def status(self) -> str:
        return describe_finality(self.finality)

    @property
    def units(self) -> list[dict[str, Any]]:
        """The collective prizes: bloc, prize, unit, its result (None: too few people), money."""
        told = self.release.document.get("unit_prizes", {}).get("winners", [])
        return [{**row, "sum": None if row["sum"] is None else Decimal(row["sum"])} for row in told]

    @property
    def has_bundle(self) -> bool:
        return may_download(self.release)

    @property
    def keys_kept(self) -> bool:
        """Whether the rules never show the key, so that no bundle is offered."""
        rules = rules_of_round(round=self.release.round)
        return rules is None or rules.result.key_shown == "never"


@require_safe
@kept_briefly
def results(request: HttpRequest, code: str) -> HttpResponse:
    now = read_now()
    shown = public_contest(code, now)
    contest = shown.contest
    finalities = finalities_of(contest=contest, now=now)
    names = {group.code: group.name for group in contest.groups.all()}
    releases = Release.objects.filter(contest=contest, state=ReleaseState.RELEASED)
    ordered = releases.select_related("round__rules", "round__contest__rules").order_by(
        "round__number", "number"
    )
    rounds = [
        _released(list(rows), names, finalities[round_id])
        for round_id, rows in groupby(ordered, key=lambda release: release.round_id)
    ]
    context = {
        "section": "contests",
        "contest": contest,
        "shown": shown,
        "rounds": rounds[::-1],
        "several_groups": len(names) > 1,
    }
    return render(request, "frontend/public/results.html", context)


def _released(releases: list[Release], names: dict[str, str], finality: Finality) -> ReleasedRound:
    newest = releases[-1]
    rows = shown_winners(release=newest)
    groups = [
        (names.get(code, code), [_winner(row) for row in winners])
        for code, winners in groupby(rows, key=lambda row: row["group"])
    ]
    return ReleasedRound(newest, groups, releases[:-1][::-1], finality, corrected(newest))


def _winner(row: dict[str, Any]) -> Winner:
    fields = ("prize", "name", "unit", "correct", "total", "duration_ms")
    return Winner(**{field: row[field] for field in fields})


@require_safe
def release_bundle(request: HttpRequest, code: str, round_number: int, number: int) -> FileResponse:
    """What anyone needs to recheck a release, `verify.py` included."""
    contest = public_contest(code, read_now()).contest
    release = (
        Release.objects.filter(contest=contest, state=ReleaseState.RELEASED)
        .filter(round__number=round_number, number=number)
        .select_related("round__rules", "round__contest__rules")
        .first()
    )
    if release is None or not may_download(release):
        raise Http404
    name = f"goi-kiem-chung-{code}-{round_number}-{number}.zip"
    return FileResponse(release.bundle.open("rb"), as_attachment=True, filename=name)


def may_download(release: Release) -> bool:
    """The bundle holds the keys, which some rules never show."""
    rules = rules_of_round(round=release.round)
    return bool(release.bundle) and rules is not None and rules.result.key_shown != "never"
