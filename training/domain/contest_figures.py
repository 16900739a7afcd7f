"""Contests of some units whose rounds ended in a period, as far as their counts may be told."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.queries.org_unit import OrgUnitQuerySet
from quiz.domain.figures import last_day
from quiz.enums import RoundState
from quiz.models import Contest, Round
from quiz.queries import participation
from training.domain.contest_counts import told_rounds


@dataclass(frozen=True)
class ContestLine:
    """One contest's rounds of the period; `part` of `whole` took part: of the compulsory list
    (`by_list`) or, without one, of the headcount. Persons are once each over its rounds.
    """

    title: str
    rounds: tuple[str, ...]
    entries: int
    persons: int
    part: int
    whole: int
    by_list: bool


@dataclass(frozen=True)
class ContestFigures:
    """`left_out`: rounds of the period that are not over, or whose count is still a secret."""

    lines: Sequence[ContestLine]
    left_out: Sequence[str]

    @property
    def rounds(self) -> int:
        return sum(len(line.rounds) for line in self.lines)

    @property
    def entries(self) -> int:
        return sum(line.entries for line in self.lines)

    @property
    def persons(self) -> int:
        """Counted in each contest: nothing ties a person's entries in two contests together."""
        return sum(line.persons for line in self.lines)


def read_contests(*, units: OrgUnitQuerySet, begins: datetime, ends: datetime) -> ContestFigures:
    """A round counts in the period in which it closed."""
    contests = Contest.objects.real().filter(unit__in=units)
    touching = Round.objects.filter(
        contest__in=contests, opens_at__lt=ends, closes_at__gte=begins
    ).exclude(state=RoundState.DRAFT)
    by_contest: dict[Contest, list[Round]] = defaultdict(list)
    for round in touching.select_related("contest", "rules").order_by("contest_id", "number"):
        by_contest[round.contest].append(round)
    lines, left_out = [], []
    for contest, rounds in by_contest.items():
        closed = [round for round in rounds if round.closes_at < ends]
        told = told_rounds(contest=contest, rounds=closed)
        if told:
            lines.append(_line(contest, told))
        left_out += [f"{contest.title} – {round.name}" for round in rounds if round not in told]
    return ContestFigures(lines, left_out)


def _line(contest: Contest, rounds: Sequence[Round]) -> ContestLine:
    ids = [round.pk for round in rounds]
    counts = participation.totals(ids)
    units = participation.by_unit(ids, roster_id=contest.roster_id, day=last_day(rounds))
    listed = sum(unit.listed for unit in units)
    if listed:
        part, whole = sum(unit.done for unit in units), listed
    else:
        known = [unit for unit in units if unit.headcount]
        part = sum(unit.on_duty for unit in known)
        whole = sum(unit.headcount or 0 for unit in known)
    return ContestLine(
        title=contest.title,
        rounds=tuple(round.name for round in rounds),
        entries=counts.entries,
        persons=counts.persons,
        part=part,
        whole=whole,
        by_list=bool(listed),
    )
