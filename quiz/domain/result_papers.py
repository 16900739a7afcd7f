"""What the papers of a result say, gathered once: no paper counts or names anything by itself.

Papers are made from the newest release that was not sent back: a draft while it waits for its
signature, the signed paper afterwards.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from accounts.domain.installation import parent_body_of, read_installation
from quiz.domain.actual_values import ActualValue, explain_value
from quiz.domain.lookup_reasons import complaints_until
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.ties import decisions_in_force
from quiz.domain.unit_results import unit_results
from quiz.domain.winners import WinnerRow, birth_text, home_of
from quiz.enums import AwardKind, DuplicateState, ReleaseState, TieMethod
from quiz.errors import ExportDisagrees, RoundNotReady
from quiz.models import Attempt, Award, DuplicateCase, Entrant, Release, Round, TieDecision
from quiz.queries.counting import Tally
from quiz.queries.participation import Totals, totals
from quiz.rules.document import RuleDocument


@dataclass(frozen=True)
class TierSum:
    """How often a prize is given, and the money of all of them."""

    name: str
    count: int
    money: int

    @property
    def each(self) -> int:
        return self.money // self.count


@dataclass(frozen=True)
class UnitWinner:
    bloc: str
    unit: str
    tier: str
    money: int


@dataclass(frozen=True)
class SettledTie:
    """A tie, who it was between in the order that was found, and how it was found."""

    group: str
    by_lot: bool
    source: str
    seed: str
    minutes: str
    names: tuple[str, ...]
    attempts: tuple[int, ...]


@dataclass(frozen=True)
class CorrectedFacts:
    """What one correction did, as far as it is published; `keys`: items whose key was amended."""

    number: int
    reason: str
    keys: int
    voided: int
    restored: int
    withdrawn: int


@dataclass(frozen=True)
class ResultFacts:
    """One release. `winners` bear the names that are published: initials of some minors.

    `entrants`: who they are, in the same order.
    """

    release: Release
    rules: RuleDocument
    parent_body: str
    place: str
    winners: list[WinnerRow]
    entrants: list[Entrant]

    @property
    def round(self) -> Round:
        return self.release.round

    @property
    def title(self) -> str:
        return self.release.contest.title

    @property
    def body_name(self) -> str:
        return self.release.contest.body_name

    @property
    def signed(self) -> bool:
        return self.release.state == ReleaseState.RELEASED

    @property
    def decision_number(self) -> str:
        return self.release.decision_number if self.signed else ""

    @property
    def decision_date(self) -> date | None:
        return self.release.decision_date if self.signed else None

    @property
    def replaces(self) -> Release | None:
        """The published release that this one takes the place of."""
        return self.release.previous

    @property
    def corrections(self) -> list[CorrectedFacts]:
        """Those that the release before does not name, the first first."""
        before = self.replaces.document.get("corrections", []) if self.replaces else []
        told = self.release.document.get("corrections", [])
        return [_corrected(one) for one in told[len(before) :]]

    @property
    def money(self) -> int:
        return sum(winner.money for winner in self.winners)

    @property
    def counts(self) -> dict[str, int]:
        """Entries by what became of them, as sealed."""
        return self.release.document["counts"]

    @property
    def tiers(self) -> list[TierSum]:
        """The prizes given, in the order in which they first stand in the list."""
        money: dict[str, int] = {}
        counted: Counter[str] = Counter()
        for winner in self.winners:
            counted[winner.tier] += 1
            money[winner.tier] = money.get(winner.tier, 0) + winner.money
        return [TierSum(name, counted[name], sum_) for name, sum_ in money.items()]

    @cached_property
    def totals(self) -> Totals:
        return totals([self.round.pk])

    @property
    def values(self) -> list[tuple[str, str]]:
        """(group, how the true value of the prediction came about) as the release has it."""
        prediction = self.rules.entry.prediction
        if prediction is None:
            return []
        told = self.release.document["actual_values"]
        return [
            (group.name, explain_value(_actual(told[group.code]), prediction))
            for group in self.round.contest.groups.all()
            if group.code in told
        ]

    @cached_property
    def ties(self) -> list[SettledTie]:
        made = decisions_in_force(round=self.round).select_related("group")
        return [_settled(tie) for tie in made]

    @property
    def duplicates(self) -> dict[str, int]:
        """Decided cases of the contest: {"same": n, "different": n}."""
        cases = DuplicateCase.objects.filter(contest=self.release.contest_id)
        found = Counter(cases.values_list("state", flat=True))
        return {state: found[state] for state in (DuplicateState.SAME, DuplicateState.DIFFERENT)}

    @property
    def extra_attempts(self) -> int:
        """Attempts granted beyond the rules' number."""
        return self.release.document.get("extra_attempts", 0)

    @property
    def voided(self) -> list[tuple[str, int]]:
        """(reason, how many entries), the most frequent first."""
        reasons = Attempt.objects.filter(round=self.round, voided_at__isnull=False)
        return Counter(reasons.values_list("void_reason", flat=True)).most_common()

    @cached_property
    def unit_winners(self) -> list[UnitWinner]:
        found = unit_results(round=self.round)
        blocs = found[1] if found else []
        return [
            UnitWinner(bloc.name, unit.name, unit.tier.name, unit.tier.money)
            for bloc in blocs
            for unit in bloc.units
            if unit.tier is not None and not unit.open_tie
        ]

    @property
    def complaints_until(self) -> date | None:
        """The last day for complaints, once published."""
        return complaints_until(rules=self.rules, round=self.round)


def _corrected(told: dict[str, Any]) -> CorrectedFacts:
    acts = Counter(entry["act"] for entry in told["entries"])
    return CorrectedFacts(
        number=told["number"],
        reason=told["reason"],
        keys=len(told["keys"]),
        voided=acts["void"],
        restored=acts["restore"],
        withdrawn=len(told["withdrawn"]),
    )


def paper_release(*, round: Round) -> Release | None:
    """The release that papers are made from; None before any was submitted."""
    made = round.releases.exclude(state=ReleaseState.RETURNED).order_by("-number")
    return made.select_related("contest__unit", "round__contest__unit").first()


def released_winners(*, release: Release) -> list[tuple[WinnerRow, Entrant]]:
    """The release's winners, as published, and who they are; numbers are left out.

    Raises ExportDisagrees when one of them is not stored any more.
    """
    people = Entrant.objects.select_related("unit").in_bulk(release.winners)
    published = release.document["winners"]
    winners = [people[pk] for pk in release.winners if pk in people]
    if len(winners) != len(published):
        raise ExportDisagrees(
            sheet=_("Danh sách đạt giải"), written=len(winners), stored=len(published)
        )
    groups = dict(release.contest.groups.values_list("code", "name"))
    prizes = Award.objects.filter(round=release.round_id, kind=AwardKind.PRIZE)
    notes = dict(prizes.values_list("entrant", "note"))
    return [
        (_winner_row(told, person, groups, notes), person)
        for told, person in zip(published, winners, strict=True)
    ]


def result_facts(*, round: Round) -> ResultFacts:
    """Winners and sums are the release's own, whatever changed since; what an annex says besides
    (birth date, address) is the person's.

    Raises RoundNotReady before anything was submitted for signature, ExportDisagrees when a winner
    of the release is not stored any more.
    """
    release, rules = paper_release(round=round), rules_of_round(round=round)
    if release is None or rules is None:
        raise RoundNotReady(
            _("Vòng này chưa có kết quả trình ký."),
            _("Niêm phong rồi trình ký; giấy tờ được lập từ bản trình."),
        )
    told = released_winners(release=release)
    return ResultFacts(
        release=release,
        rules=rules,
        parent_body=parent_body_of(unit=release.contest.unit),
        place=read_installation().place,
        winners=[row for row, _person in told],
        entrants=[person for _row, person in told],
    )


def _winner_row(
    told: dict[str, Any], person: Entrant, groups: dict[str, str], notes: dict[int, str]
) -> WinnerRow:
    """The line of the release, with what an annex says besides of who it is."""
    guess = told["prediction"]
    return WinnerRow(
        group=groups.get(told["group"], told["group"]),
        place=told["place"],
        name=told["name"],
        birth=birth_text(person.birth_date, person.birth_precision),
        home=home_of(person),
        correct=told["correct"],
        total=told["total"],
        prediction=None if guess is None else Decimal(guess),
        duration_ms=told["duration_ms"],
        tier=told["prize"],
        money=told["money"],
        note=notes.get(person.pk, ""),
        phone="",
        national_id="",
    )


def _actual(told: dict[str, str | int]) -> ActualValue:
    counts = {name: int(told[name]) for name in Tally.__annotations__}
    return ActualValue(Decimal(told["value"]), Tally(**counts))


def _settled(tie: TieDecision) -> SettledTie:
    people = Entrant.objects.filter(attempts__in=tie.order)
    names = dict(people.values_list("attempts__pk", "full_name"))
    order: Sequence[int] = tie.order
    return SettledTie(
        group=tie.group.name,
        by_lot=tie.method == TieMethod.LOT,
        source=tie.source,
        seed=tie.seed,
        minutes=tie.minutes,
        names=tuple(names.get(attempt, "") for attempt in order),
        attempts=tuple(order),
    )
