"""What became of items in rounds: written when a round is sealed, read beside each item.

The seal draws every paper for the tree; the same pass counts the answers (`UsageCount`). Nothing is
kept of a round that is not sealed, so no page can tell of one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import ExpressionWrapper, F, FloatField, Q, QuerySet

from quiz.domain.attempt_rows import AttemptRow
from quiz.domain.grading import PoolMarker, pool_marker
from quiz.domain.leaves import LeafValues
from quiz.engine.item_analysis import ItemTally, item_statistics
from quiz.engine.scoring import MarkTable
from quiz.enums import RoundState
from quiz.models import Attempt, Entrant, ItemUsage, ItemVersion, Pool, Round
from quiz.rules.document import EntryRules

EASY_FROM, HARD_BELOW = 0.7, 0.3
OFTEN_FROM = 0.3

_COUNTS = ("papers", "drawn", "met", "answered", "not_reached", "correct")
_NOTHING_COUNTED: dict[str, Any] = dict.fromkeys(_COUNTS, 0) | {
    "discrimination": None,
    "correlation": None,
    "choices": [],
}


class Hardness(StrEnum):
    """By facility over the sealed rounds."""

    EASY = "de"
    MEDIUM = "vua"
    HARD = "kho"


class Used(StrEnum):
    NEVER = "chua"
    ONCE = "da"
    OFTEN = "nhieu"  # in a large share of the papers of its sealed rounds


def note_usage(*, pool: Pool) -> None:
    """A pool was frozen: its items are in use from now on."""
    versions = {item["version"] for item in pool.document["items"]}
    ItemUsage.objects.bulk_create(
        ItemUsage(pool=pool, version_id=version) for version in sorted(versions)
    )


class UsageCount:
    """Counts the answers of a round while its papers pass by; memory goes with its pools."""

    def __init__(self, *, round: Round, entry: EntryRules) -> None:
        self._round = round
        self._pools = {pool.pk: pool for pool in round.pools.select_related("key")}
        self._markers: Mapping[int, PoolMarker] = {
            pk: pool_marker(pool, entry) for pk, pool in self._pools.items()
        }
        self._tallies = {
            pk: ItemTally(len(pool.document["items"])) for pk, pool in self._pools.items()
        }
        duplicates = Entrant.objects.filter(contest=round.contest).exclude(duplicate_of=None)
        self._duplicates = set(duplicates.values_list("pk", flat=True))

    def count(self, attempt: Attempt | AttemptRow, values: LeafValues) -> None:
        """One closed attempt; one that is voided, a duplicate's or erased is passed over."""
        if attempt.voided_at or not values or attempt.entrant_id in self._duplicates:
            return
        tally, tables = self._tallies[attempt.pool_id], self._markers[attempt.pool_id].tables
        items = [slot.item_ref for slot in values["paper"]]
        tally.count_paper(items)
        if attempt.ordinal == 1:
            answers = values["answers"]
            total = 0
            for item, mask in zip(items, answers, strict=True):
                table = tables[item]
                total += table.get(mask) == table.full
            tally.count_answers(items, answers, total)

    def store(self) -> None:
        """Write the figures of every item; those of an earlier seal go."""
        for pk, pool in self._pools.items():
            ItemUsage.objects.bulk_update(
                self._figures(pool, pk), list(_NOTHING_COUNTED), batch_size=500
            )

    def _figures(self, pool: Pool, pk: int) -> list[ItemUsage]:
        tally, tables = self._tallies[pk], self._markers[pk].tables
        places = {item["version"]: at for at, item in enumerate(pool.document["items"])}
        usages = list(ItemUsage.objects.filter(pool=pool))
        for usage in usages:
            place = places[usage.version_id]
            ids, table = pool.document["items"][place]["option_ids"], tables[place]
            found = item_statistics(
                tally.cells(place), is_right=_is_right(table), option_count=len(ids)
            )
            usage.papers, usage.drawn = tally.papers, tally.drawn[place]
            usage.met, usage.answered = found.met, found.answered
            usage.not_reached, usage.correct = found.not_reached, found.correct
            usage.discrimination, usage.correlation = found.discrimination, found.correlation
            by_id = dict(zip(ids, found.choices, strict=True))
            usage.choices = [by_id[option] for option in sorted(by_id)]
        return usages


def _is_right(table: MarkTable) -> Callable[[int], bool]:
    return lambda mask: table.get(mask) == table.full


def forget_figures(*, round: Round) -> None:
    """The seal is opened: what was counted tells nothing any more."""
    ItemUsage.objects.filter(pool__round=round).update(**_NOTHING_COUNTED)


@dataclass(frozen=True)
class Usage:
    """What sealed rounds tell of one version, all together.

    `rounds` it was used in; `drawn` of `papers` papers held it; `met` people came upon it in their
    first entry, of whom `answered` answered and `correct` were right. `discrimination` is the mean
    over the rounds by `met`; None where there is none.
    """

    rounds: int
    papers: int
    drawn: int
    met: int
    answered: int
    not_reached: int
    correct: int
    discrimination: float | None = None

    @property
    def facility(self) -> float | None:
        return self.correct / self.met if self.met else None

    @property
    def exposure(self) -> float | None:
        """The share of papers that held it."""
        return self.drawn / self.papers if self.papers else None

    @property
    def omitted(self) -> int:
        return self.met - self.answered - self.not_reached


def usages(versions: Iterable[ItemVersion | int]) -> dict[int, Usage]:
    """What sealed rounds tell of these versions, by id; unused ones are left out."""
    told = ItemUsage.objects.told().filter(version__in=versions)
    weighed: dict[int, list[tuple[float, int]]] = {}
    for pk, value, met in told.exclude(discrimination=None).values_list(
        "version", "discrimination", "met"
    ):
        weighed.setdefault(pk, []).append((value, met))
    return {
        row["version"]: Usage(
            rounds=row["rounds"],
            papers=row["all_papers"],
            drawn=row["all_drawn"],
            met=row["all_met"],
            answered=row["all_answered"],
            not_reached=row["all_not_reached"],
            correct=row["all_correct"],
            discrimination=_mean(weighed.get(row["version"], [])),
        )
        for row in told.by_version()
    }


def _mean(weighed: list[tuple[float, int]]) -> float | None:
    total = sum(weight for _value, weight in weighed)
    return sum(value * weight for value, weight in weighed) / total if total else None


def facilities(versions: Iterable[ItemVersion | int]) -> dict[int, float]:
    """The facility of each of these versions over all sealed rounds, by id; others are unknown."""
    return {
        pk: usage.facility for pk, usage in usages(versions).items() if usage.facility is not None
    }


def rounds_in_use(version: ItemVersion) -> list[Round]:
    """The rounds, sealed or not, that the version is frozen with, the latest first."""
    used = Round.objects.filter(pools__usages__version=version).exclude(state=RoundState.DRAFT)
    return list(used.select_related("contest").distinct().order_by("-opens_at", "-pk"))


def versions_of_hardness(hardness: str) -> QuerySet:
    """The ids of versions whose facility over the sealed rounds lies in that band."""
    told = ItemUsage.objects.told().by_version().filter(all_met__gt=0)
    told = told.annotate(facility=_share("all_correct", "all_met"))
    bands = {
        Hardness.EASY: Q(facility__gte=EASY_FROM),
        Hardness.MEDIUM: Q(facility__gte=HARD_BELOW, facility__lt=EASY_FROM),
        Hardness.HARD: Q(facility__lt=HARD_BELOW),
    }
    return told.filter(bands[Hardness(hardness)]).values("version")


def of_use(used: str) -> Q:
    """The condition on versions of being used so: in a round frozen by now, sealed or not."""
    if used == Used.OFTEN:
        told = ItemUsage.objects.told().by_version()
        often = told.annotate(exposure=_share("all_drawn", "all_papers"))
        return Q(pk__in=often.filter(exposure__gte=OFTEN_FROM).values("version"))
    in_use = Q(pk__in=ItemUsage.objects.values("version"))
    return ~in_use if used == Used.NEVER else in_use


def _share(part: str, whole: str) -> ExpressionWrapper:
    return ExpressionWrapper(F(part) * 1.0 / F(whole), output_field=FloatField())
