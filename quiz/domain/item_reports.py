"""The item analysis of one round: every item of its papers, and how reliable the papers were.

Counted by the worker (`usage_counting.py`), read here. Until the seal it is open to those who may
see the round's counts, for it tells how many entered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.models import Job, User
from quiz.domain.amendments import remedies_in_force
from quiz.domain.count_secrecy import check_may_see_counts
from quiz.domain.result_jobs import round_of
from quiz.domain.usage_counting import COUNTABLE, count_usage
from quiz.engine.item_hints import NEEDS_CHECKING, Figures, ItemHint, attracting, idle, item_hints
from quiz.engine.reliability import Reliability, reliability_of
from quiz.engine.scoring import Remedy, RemedyKind
from quiz.enums import ItemKind
from quiz.errors import RoundNotReady
from quiz.models import Attempt, ItemUsage, ItemVersion, Pool, PoolUsage, Round
from quiz.permissions import may_see_keys, require_may_run

ANALYSE_ITEMS = "analyse_items"


@dataclass(frozen=True)
class AnalysedOption:
    """One row of an item's table of distractors; shares of the whole and of the two ends."""

    text: str
    is_key: bool
    chosen: int
    share: float
    upper: float
    lower: float
    attracts: bool
    idle: bool


@dataclass(frozen=True)
class AnalysedItem:
    """An item of a pool with its figures.

    `key_mask`: the round's key over the version's own option ids; 0: not to be shown.
    """

    usage: ItemUsage
    version: ItemVersion
    key_mask: int

    @property
    def shows_key(self) -> bool:
        return self.key_mask > 0

    @cached_property
    def figures(self) -> Figures:
        return Figures(
            met=self.usage.met,
            correct=self.usage.correct,
            omitted=self.omitted,
            not_reached=self.usage.not_reached,
            discrimination=self.usage.discrimination,
            choices=self.usage.choices,
            upper=self.usage.upper,
            lower=self.usage.lower,
            key_mask=self.key_mask,
            one_answer=self.version.kind != ItemKind.MULTIPLE,
        )

    @property
    def omitted(self) -> int:
        return self.usage.met - self.usage.answered - self.usage.not_reached

    @property
    def facility(self) -> float | None:
        return self.usage.correct / self.usage.met if self.usage.met else None

    @cached_property
    def hints(self) -> tuple[ItemHint, ...]:
        return item_hints(self.figures)

    @property
    def needs_checking(self) -> bool:
        return bool(NEEDS_CHECKING.intersection(self.hints))

    def options(self) -> list[AnalysedOption]:
        """Empty where nobody met the item, or it was counted before the ends were."""
        usage, met = self.usage, self.usage.met
        if not met or len(usage.upper) != len(usage.choices):
            return []
        drawn, unused = attracting(self.figures), idle(self.figures)
        return [
            AnalysedOption(
                text=text,
                is_key=bool(self.key_mask >> option & 1),
                chosen=chosen,
                share=chosen / met,
                upper=upper,
                lower=lower,
                attracts=option in drawn,
                idle=option in unused,
            )
            for option, (text, chosen, upper, lower) in enumerate(
                zip(self.version.options, usage.choices, usage.upper, usage.lower, strict=True)
            )
        ]


@dataclass(frozen=True)
class PoolReport:
    """The papers of one group: those that need checking first, then the hardest first."""

    pool: Pool
    counted_at: datetime
    reliability: Reliability | None
    totals: Sequence[int]
    items: Sequence[AnalysedItem]
    shows_keys: bool

    @property
    def to_check(self) -> int:
        return sum(item.needs_checking for item in self.items)


def queue_analysis(*, round: Round, user: User, now: datetime) -> Job:
    """Queue the counting of a closed round's answers. Raises NotAllowed, RoundNotReady."""
    require_may_run(user, round.contest)
    if round.state not in COUNTABLE:
        raise RoundNotReady
    return queue_job(kind=ANALYSE_ITEMS, params={"round": round.pk}, user=user, now=now)


def run_analysis(run: JobRun) -> dict[str, Any]:
    """Job “analyse_items” of {"round": id}."""
    round = round_of(run)
    require_may_run(run.user, round.contest)
    total = Attempt.objects.filter(round=round).valid().count()
    count_usage(round=round, now=run.now, progress=lambda done: run.progress(done, total))
    return {}


def read_item_report(*, round: Round, user: User) -> list[PoolReport]:
    """The groups of a round that were counted, in order; none before the close.

    Keys are told to those who may see the keys of all the banks the group's items come from. Raises
    NotAllowed, CountsSecret.
    """
    check_may_see_counts(user=user, contest=round.contest)
    if round.state not in COUNTABLE:
        return []
    counted = PoolUsage.objects.filter(pool__round=round).select_related(
        "pool__group", "pool__key", "pool__round"
    )
    return [_report(usage, user) for usage in counted.order_by("pool__group__order", "pool__group")]


def _report(counted: PoolUsage, user: User) -> PoolReport:
    usages = counted.pool.usages.select_related("version__item__bank__unit", "version__topic")
    rows = list(usages)
    banks = {usage.version.item.bank_id: usage.version.item.bank for usage in rows}
    shows = all(may_see_keys(user, bank) for bank in banks.values())
    keys = keys_of_pool(counted.pool) if shows else {}
    items = [AnalysedItem(usage, usage.version, keys.get(usage.version_id, 0)) for usage in rows]
    return PoolReport(
        pool=counted.pool,
        counted_at=counted.counted_at,
        reliability=_reliability(counted, rows),
        totals=counted.totals,
        items=sorted(items, key=_urgency),
        shows_keys=shows,
    )


def keys_of_pool(pool: Pool) -> dict[int, int]:
    """The round's key of each version as it is in force, over the version's own option ids."""
    keys, amended = {}, remedies_in_force(round=pool.round).get(pool.pk, {})
    for place, item in enumerate(pool.document["items"]):
        mask = key_in_force(pool.key.masks[place], amended.get(place))
        own = (1 << option for at, option in enumerate(item["option_ids"]) if mask >> at & 1)
        keys[item["version"]] = sum(own)
    return keys


def key_in_force(mask: int, remedy: Remedy | None) -> int:
    """Of a key that was amended the new one; given to all or dropped, what it was stays."""
    if remedy is not None and remedy.kind == RemedyKind.REPLACE:
        return remedy.key_mask
    if remedy is not None and remedy.kind == RemedyKind.ACCEPT_BOTH:
        return mask | remedy.key_mask
    return mask


def _urgency(item: AnalysedItem) -> tuple[bool, float, int]:
    return (
        not item.needs_checking,
        item.facility if item.facility is not None else 2.0,
        item.usage.pk,
    )


def _reliability(counted: PoolUsage, usages: Sequence[ItemUsage]) -> Reliability | None:
    same = len(usages) == counted.slots
    return reliability_of(
        dict(enumerate(counted.totals)),
        items=counted.slots,
        right=[usage.correct for usage in usages] if same else None,
    )


@dataclass(frozen=True)
class ToldHints:
    """What the analysis of one sealed round says of an item."""

    round: Round
    hints: tuple[ItemHint, ...]


def told_hints(version: ItemVersion) -> list[ToldHints]:
    """The hints of sealed rounds about this version, the latest first, by the rounds' own keys.

    For people who may see the keys of its bank.
    """
    told = ItemUsage.objects.told().filter(version=version)
    rows = told.select_related("pool__round", "pool__key").order_by("-pool__round__opens_at", "pk")
    found = [
        ToldHints(
            row.pool.round, AnalysedItem(row, version, keys_of_pool(row.pool)[version.pk]).hints
        )
        for row in rows
    ]
    return [each for each in found if each.hints]


def banks_shown(reports: Sequence[PoolReport]) -> list[Any]:
    """The banks whose keys these reports tell, for whoever notes the opening."""
    return list(
        {
            item.version.item.bank_id: item.version.item.bank
            for report in reports
            if report.shows_keys
            for item in report.items
        }.values()
    )
