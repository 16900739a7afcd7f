"""“Kết quả đã chắc chưa?”: which prizes of a closed round can still move, and by which case."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from quiz.domain.actual_values import actual_values, value_bounds
from quiz.domain.awards import count_entrants
from quiz.domain.certainty_ages import assess_ages
from quiz.domain.certainty_rows import CandidateReader
from quiz.domain.prize_bars import barred_entrants, winners_elsewhere
from quiz.domain.rule_sets import rules_of_round
from quiz.engine.awards import lay_out, prize_cap
from quiz.engine.certainty import Outlook, outlooks
from quiz.enums import DuplicateState, RoundState
from quiz.errors import RoundNotReady
from quiz.models import (
    Attempt,
    AudienceGroup,
    Contest,
    DuplicateCase,
    DuplicateMember,
    EntrantReport,
    Round,
)
from quiz.queries.counting import tally
from quiz.rules.document import RuleDocument

# A list that is opened again and again is not weighed in rounds of more attempts.
MOST_WEIGHED = 200_000


@dataclass(frozen=True)
class OpenCase:
    """What waits for a person's decision: `kind` is "duplicate" or "report"."""

    kind: str
    pk: int
    entrants: frozenset[int]


@dataclass(frozen=True)
class GroupCertainty:
    """One group's prizes. `bounds`: what the prediction's true value may be, None if it is known
    or nothing is predicted; `prizes`: (tier's name, how many, how many of them are certain), those
    by age last. Who may get one by age has an outlook of its own for it.
    """

    group: AudienceGroup
    bounds: tuple[Decimal, Decimal] | None
    prizes: list[tuple[str, int, int]]
    outlooks: list[Outlook]


@dataclass(frozen=True)
class Certainty:
    """`cases`: all that are open, by their number in the outlooks."""

    cases: list[OpenCase]
    groups: list[GroupCertainty]

    @property
    def certain(self) -> bool:
        """Whether no open case moves any prize, and no tie waits."""
        return all(one.certain for group in self.groups for one in group.outlooks)

    @property
    def effective(self) -> set[int]:
        """The numbers of the cases on which a prize hangs."""
        found: set[int] = set()
        for group in self.groups:
            for one in group.outlooks:
                found.update(range(len(self.cases)) if one.by_counts else one.cases)
        return found


def open_cases(*, round: Round) -> list[OpenCase]:
    """Duplicates and reports of misuse that wait, and have entered nobody's result yet for good."""
    members: dict[int, set[int]] = defaultdict(set)
    waiting = DuplicateCase.objects.filter(contest=round.contest_id, state=DuplicateState.OPEN)
    rows = DuplicateMember.objects.filter(case__in=waiting, entrant__duplicate_of=None)
    for case, entrant in rows.values_list("case_id", "entrant_id"):
        members[case].add(entrant)
    reports = EntrantReport.objects.filter(
        contest=round.contest_id, handled_at=None, entrant__isnull=False
    )
    return [
        *(OpenCase("duplicate", pk, frozenset(found)) for pk, found in sorted(members.items())),
        *(
            OpenCase("report", pk, frozenset({entrant}))
            for pk, entrant in reports.order_by("pk").values_list("pk", "entrant_id")
        ),
    ]


def assess_certainty(*, round: Round) -> Certainty:
    """What is certain of a closed, marked round. Raises RoundNotReady before that.

    After the seal nothing is open: then all that was given is certain.
    """
    rules = rules_of_round(round=round)
    if rules is None or round.state in (RoundState.DRAFT, RoundState.FROZEN):
        raise RoundNotReady
    unmarked = Attempt.objects.filter(round=round, grade__isnull=True).valid()
    if unmarked.exists():
        raise RoundNotReady(
            _("Có bài chưa được chấm."), _("Chạy “Chấm, xếp hạng, xét giải” rồi xem lại.")
        )
    open_yet = round.state == RoundState.CLOSED
    cases = open_cases(round=round) if open_yet else []
    doubts: dict[int, list[int]] = defaultdict(list)
    for number, case in enumerate(cases):
        for entrant in case.entrants:
            doubts[entrant].append(number)
    alike = _persons(cases)
    groups = [
        _assess_group(
            round=round, group=group, rules=rules, barred=barred, doubts=doubts, alike=alike
        )
        for group, barred in _groups_with_barred(round, rules)
    ]
    return Certainty(cases, groups)


def effective_cases(*, contest: Contest) -> set[int] | None:
    """The duplicate cases on which a prize of a closed, unsealed round hangs.

    None while that can't be told: a round is not marked yet, or too large to be weighed each time.
    """
    found: set[int] = set()
    for round in contest.rounds.filter(state=RoundState.CLOSED):
        if Attempt.objects.filter(round=round)[MOST_WEIGHED : MOST_WEIGHED + 1].exists():
            return None
        try:
            told = assess_certainty(round=round)
        except RoundNotReady:
            return None
        open_ones = [told.cases[number] for number in told.effective]
        found |= {case.pk for case in open_ones if case.kind == "duplicate"}
    return found


def _groups_with_barred(
    round: Round, rules: RuleDocument
) -> Iterator[tuple[AudienceGroup, set[int]]]:
    """Each group with those who can't win in it; an entrant belongs to one group alone."""
    barred = barred_entrants(round=round)
    if rules.result.one_prize_per != "none":
        barred |= winners_elsewhere(round=round, rules=rules, groups=[])
    for group in round.contest.groups.all():
        yield group, barred


def _assess_group(
    *,
    round: Round,
    group: AudienceGroup,
    rules: RuleDocument,
    barred: set[int],
    doubts: Mapping[int, list[int]],
    alike: list[set[int]],
) -> GroupCertainty:
    ranked, side = rules.prizes_of(group.code), rules.side_prizes_of(group.code)
    bounds = _bounds(round, group, rules, doubts)
    laid_out = [lay_out((*ranked, *side), cap) for cap in _caps(round, group, rules, doubts)]
    layouts = [layout[: len(ranked)] for layout in laid_out]
    wanted = max(sum(count for _code, count in layout) for layout in layouts)
    reader = CandidateReader(round=round, group=group, rules=rules, bounds=bounds)
    found = outlooks(
        reader.front(wanted=wanted, unsure=barred | doubts.keys()),
        doubts=doubts,
        barred=barred,
        layouts=layouts,
        one_stays=alike,
    )
    found += assess_ages(
        reader=reader,
        rules=rules,
        places=found,
        counts=[[count for _code, count in layout[len(ranked) :]] for layout in laid_out],
        barred=barred,
        doubts=doubts,
        alike=alike,
    )
    sure = [one.tiers[0] for one in found if one.certain]
    prizes = [
        (tier.name, count, sure.count(code))
        for tier, (code, count) in zip((*ranked, *side), laid_out[-1], strict=True)
    ]
    moving = bounds if bounds and bounds[0] != bounds[1] else None
    return GroupCertainty(group, moving, prizes, found)


def _persons(cases: list[OpenCase]) -> list[set[int]]:
    """Entrants who may be one person, of whom one stays then; a report may take out anyone."""
    found: list[set[int]] = []
    for case in cases:
        if case.kind == "duplicate":
            together = set(case.entrants).union(*(one for one in found if one & case.entrants))
            found = [one for one in found if not one & together] + [together]
    reported = {who for case in cases if case.kind == "report" for who in case.entrants}
    return [one for one in found if not one & reported]


def _bounds(
    round: Round, group: AudienceGroup, rules: RuleDocument, doubts: Mapping[int, list[int]]
) -> tuple[Decimal, Decimal] | None:
    prediction = rules.entry.prediction
    if prediction is None or not rules.result.has("prediction_error"):
        return None
    if not doubts:
        known = actual_values(round=round).get(group.pk)
        return (known.value, known.value) if known else None
    about: dict[str, Any] = {
        "round_id": round.pk,
        "scope": prediction.scope,
        "group_id": group.pk,
    }
    most = tally(**about)
    least = tally(**about, without=doubts)
    return value_bounds(most, least, prediction)


def _caps(
    round: Round, group: AudienceGroup, rules: RuleDocument, doubts: Mapping[int, list[int]]
) -> list[int | None]:
    """How many prizes the rules allow with the fewest and the most entrants there may be."""
    share = rules.result.max_share_percent
    if share is None:
        return [None]
    most = count_entrants(round=round, group=group)
    least = count_entrants(round=round, group=group, without=doubts) if doubts else most
    return [prize_cap(share, count) for count in (least, most)]
