"""The collective prizes of a round, from what is sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone

from quiz.domain.rule_sets import rules_of_round
from quiz.domain.unit_decisions import BoardWord, board_word
from quiz.engine.unit_prizes import Placed, Unit, rank_units, tier_of
from quiz.enums import RoundState
from quiz.models import Round
from quiz.queries.participation import UnitCount, by_unit
from quiz.queries.unit_marks import marks_by_unit, winners_by_unit
from quiz.rules.document import RuleDocument
from quiz.rules.unit_prizes import UnitBloc, UnitPrizeRules, UnitPrizeTier


@dataclass(frozen=True)
class UnitResult:
    """`open_tie`: who shares the place would not all get the same; the board has to decide."""

    unit_id: int
    name: str
    above: str
    placed: Placed
    tier: UnitPrizeTier | None
    open_tie: bool


@dataclass(frozen=True)
class BlocResults:
    """The units of one bloc in order; `name` is empty where there are no blocs."""

    name: str
    units: Sequence[UnitResult]

    @property
    def open_ties(self) -> list[list[UnitResult]]:
        """The units of each place that only the board can give to one of them."""
        places: dict[int | None, list[UnitResult]] = {}
        for unit in self.units:
            if unit.open_tie:
                places.setdefault(unit.placed.place, []).append(unit)
        return list(places.values())


def unit_results(*, round: Round) -> tuple[UnitPrizeRules, list[BlocResults]] | None:
    """The rules and the units by bloc; None before the seal or without collective prizes.

    While the board has not given the points that the rules ask for, no prize follows.
    Units without anybody to count (no list, or no headcount, after the exempt left) are left out.
    """
    document = rules_of_round(round=round)
    if document is None or document.result.unit_prizes is None:
        return None
    if round.state not in (RoundState.SEALED, RoundState.RELEASED):
        return None
    rules = document.result.unit_prizes
    counts = {count.unit_id: count for count in _counts(round)}
    word = board_word(round=round)
    units = _units(round, document, rules, counts, word)
    tiers_known = not points_missing(rules, word)
    blocs: Sequence[UnitBloc | None] = rules.blocs or [None]
    kinds = _kinds(round) if rules.blocs else {}
    results = []
    for bloc in blocs:
        mine = [unit for unit in units if bloc is None or kinds.get(int(unit.code)) in bloc.kinds]
        results.append(_bloc_results(rules, bloc, mine, counts, tiers_known=tiers_known))
    return rules, results


def points_missing(rules: UnitPrizeRules, word: BoardWord) -> bool:
    """Whether the rules wait for points that the board gives."""
    return rules.component("points") is not None and word.points is None


def _counts(round: Round) -> list[UnitCount]:
    day = timezone.localdate(round.closes_at)
    return by_unit([round.pk], roster_id=round.contest.roster_id, day=day)


def _units(
    round: Round,
    document: RuleDocument,
    rules: UnitPrizeRules,
    counts: dict[int, UnitCount],
    word: BoardWord,
) -> list[Unit]:
    roster = round.contest.roster_id
    marks = marks_by_unit(
        round.pk,
        roster_id=roster,
        members=rules.members,
        counted=document.result.counted_attempt,
        points=document.entry.points_per_item,
    )
    winners = winners_by_unit(round.pk, roster_id=roster, members=rules.members)
    formula = rules.formula()
    units = [
        Unit(
            code=str(pk),
            listed=count.listed,
            done=count.done,
            headcount=max(0, (count.headcount or 0) - count.exempt),
            entrants=count.on_duty,
            marks=marks.get(pk, ()),
            winners=winners.get(pk, 0),
            points=(word.points or {}).get(pk, Fraction(0)),
            preferred=word.preferred.get(pk, 0),
        )
        for pk, count in counts.items()
    ]
    return [unit for unit in units if unit.size(formula) > 0]


def _kinds(round: Round) -> dict[int, str]:
    """The kind of each unit as it was when the round was frozen."""
    tree = round.unit_tree
    return {} if tree is None else {unit["id"]: unit["kind"] for unit in tree.document}


def _bloc_results(
    rules: UnitPrizeRules,
    bloc: UnitBloc | None,
    units: Sequence[Unit],
    counts: dict[int, UnitCount],
    *,
    tiers_known: bool,
) -> BlocResults:
    tiers = rules.prizes_of(bloc.code if bloc else None) if tiers_known else ()
    results = []
    for placed in rank_units(rules.formula(), units):
        count = counts[int(placed.result.unit.code)]
        tier = tier_of(placed, [tier.count for tier in tiers])
        results.append(
            UnitResult(
                unit_id=count.unit_id,
                name=count.unit,
                above=count.above,
                placed=placed,
                tier=tiers[tier] if tier is not None and tier >= 0 else None,
                open_tie=tier == -1,
            )
        )
    return BlocResults(bloc.name if bloc else "", results)
