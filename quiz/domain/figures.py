"""The figures of a contest or a round as pages, API and workbook show them, counted once.

Few entries are counted while somebody waits; many by the worker, and kept (`KeptFigures`), as are
the final figures of a release. Whoever reads them passes the rule on secret counts first.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.models import Job, OrgUnit, User
from quiz.domain.count_secrecy import check_may_see_counts
from quiz.domain.snapshots import one_snapshot
from quiz.enums import ReleaseState, RoundState
from quiz.models import Attempt, AudienceGroup, Contest, KeptFigures, Release, Round
from quiz.queries import participation

COUNT_FIGURES = "count_figures"
# More entries than these are counted by the worker; for everybody's page, which is drawn anew every
# other second, far fewer.
MOST_AT_ONCE = 20_000
MOST_IN_PUBLIC = 2_000
ENDS = 5


@dataclass(frozen=True)
class Figure:
    """Persons and entries of one part: `value` finds its entries, `label` is for people."""

    value: str
    label: str
    persons: int
    entries: int


@dataclass(frozen=True)
class Figures:
    """`tables` by dimension (quiz.queries.participation.DIMENSIONS); ends are entrants' ids."""

    counted_at: datetime
    persons: int
    entries: int
    submitted: int
    tables: dict[str, list[Figure]]
    units: list[participation.UnitCount]
    oldest: list[int] = field(default_factory=list)
    youngest: list[int] = field(default_factory=list)

    def as_document(self) -> dict[str, Any]:
        return asdict(self) | {"counted_at": self.counted_at.isoformat()}

    @classmethod
    def read(cls, document: dict[str, Any]) -> "Figures":
        tables = {
            name: [Figure(**row) for row in rows] for name, rows in document["tables"].items()
        }
        units = [participation.UnitCount(**row) for row in document["units"]]
        moment = datetime.fromisoformat(document["counted_at"])
        return cls(**document | {"counted_at": moment, "tables": tables, "units": units})


def rounds_of(*, contest: Contest, round: Round | None) -> list[Round]:
    """That round, or all of the contest that were frozen."""
    if round is not None:
        return [round]
    return list(contest.rounds.exclude(state=RoundState.DRAFT).order_by("number"))


def last_day(rounds: Sequence[Round]) -> date:
    """The day on which ages and headcounts are taken: of the last close."""
    return timezone.localdate(max(round.closes_at for round in rounds))


def count_figures(*, contest: Contest, rounds: Sequence[Round], now: datetime) -> Figures:
    """Count everything of these rounds at one moment; `rounds` holds one at least."""
    ids, day = [round.pk for round in rounds], last_day(rounds)
    with one_snapshot():
        totals = participation.totals(ids)
        tables = {
            name: _labelled(name, participation.count_by(name, ids, day=day), rounds)
            for name in participation.DIMENSIONS
            if name not in ("unit", "band")
        }
        tables["band"] = _bands(participation.score_bands(ids))
        units = participation.by_unit(ids, roster_id=contest.roster_id, day=day)
        oldest, youngest = participation.oldest_and_youngest(ids, limit=ENDS)
    return Figures(
        counted_at=now,
        persons=totals.persons,
        entries=totals.entries,
        submitted=totals.submitted,
        tables=tables,
        units=units,
        oldest=oldest,
        youngest=youngest,
    )


def _labelled(
    name: str, counts: Sequence[participation.Count], rounds: Sequence[Round]
) -> list[Figure]:
    labels = {
        "round": lambda: {round.pk: round.name for round in rounds},
        "group": lambda: _names(AudienceGroup, counts),
        "commune": lambda: _names(OrgUnit, counts),
    }.get(name, dict)()
    order = list(labels)
    if name in ("group", "round"):
        counts = sorted(counts, key=lambda count: order.index(count.label))
    elif name == "commune":
        counts = sorted(counts, key=lambda count: (count.label is None, -count.entries))
    return [
        Figure(
            value="" if count.label is None else str(count.label),
            label=str(labels.get(count.label, "")),
            persons=count.persons,
            entries=count.entries,
        )
        for count in counts
    ]


def _names(model: Any, counts: Sequence[participation.Count]) -> dict[int, str]:
    rows = model.objects.filter(pk__in=[count.label for count in counts])
    return dict(rows.values_list("pk", "name"))


def _bands(counts: Sequence[participation.Count]) -> list[Figure]:
    """No band at all before marks are given."""
    if not any(count.entries for count in counts):
        return []
    return [Figure(str(count.label), "", count.persons, count.entries) for count in counts]


def read_figures(
    *, contest: Contest, round: Round | None, user: User, now: datetime
) -> Figures | None:
    """The figures of a round or of the whole contest; None while the worker has not counted them.

    Raises NotAllowed, CountsSecret.
    """
    check_may_see_counts(user=user, contest=contest)
    rounds = rounds_of(contest=contest, round=round)
    if not rounds:
        return None
    if are_many(rounds):
        return kept_figures(contest=contest, round=round)
    return count_figures(contest=contest, rounds=rounds, now=now)


def are_many(rounds: Sequence[Round], *, most: int = MOST_AT_ONCE) -> bool:
    """Whether counting takes longer than a page may."""
    attempts = Attempt.objects.filter(round__in=[round.pk for round in rounds])
    return attempts[: most + 1].count() > most


def kept_figures(*, contest: Contest, round: Round | None) -> Figures | None:
    kept = KeptFigures.objects.filter(contest=contest, round=round).first()
    return Figures.read(kept.document) if kept else None


def published_figures(*, release: Release) -> Figures | None:
    """The figures of a released round, as counted since; None before the worker has."""
    round = release.round
    kept = KeptFigures.objects.filter(round=round, made_at__gte=release.released_at).first()
    if kept is not None:
        return Figures.read(kept.document)
    if are_many([round], most=MOST_IN_PUBLIC):
        return None
    return count_figures(contest=release.contest, rounds=[round], now=timezone.now())


def queue_count(*, contest: Contest, round: Round | None, user: User, now: datetime) -> Job:
    """Have the worker count and keep the figures. Raises NotAllowed, CountsSecret.

    A released round's are final whatever is still secret in the rounds after it.
    """
    if not _is_released(round):
        check_may_see_counts(user=user, contest=contest)
    params = {"contest": contest.pk} | ({"of_round": round.pk} if round else {})
    return queue_job(kind=COUNT_FIGURES, params=params, user=user, now=now)


def _is_released(round: Round | None) -> bool:
    released = RoundState.RELEASED
    return round is not None and Round.objects.filter(pk=round.pk, state=released).exists()


def run_count(run: JobRun) -> dict[str, Any]:
    """Job “count_figures” of {"contest": id} and, for one round of it, {"of_round": id}."""
    contest = Contest.objects.get(pk=run.params["contest"])
    round = contest.rounds.filter(pk=run.params.get("of_round") or 0).first()
    if not _is_released(round):
        check_may_see_counts(user=run.user, contest=contest)
    keep_counted(contest=contest, round=round, now=run.now)
    return {}


def keep_counted(*, contest: Contest, round: Round | None, now: datetime) -> None:
    """Count the figures and keep them in the place of those kept before."""
    rounds = rounds_of(contest=contest, round=round)
    if rounds:
        figures = count_figures(contest=contest, rounds=rounds, now=now)
        KeptFigures.objects.update_or_create(
            contest=contest,
            round=round,
            defaults={"made_at": now, "document": figures.as_document()},
        )


def newest_releases(contest: Contest) -> list[Release]:
    """The release in force of each released round, in the order of rounds."""
    released = Release.objects.filter(contest=contest, state=ReleaseState.RELEASED)
    rows = released.select_related("round", "contest").order_by("round__number", "number")
    return list({release.round_id: release for release in rows}.values())
