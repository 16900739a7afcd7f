"""What became of items in sealed rounds, read beside each item; counted in `usage_counting.py`.

Only rounds that are sealed are told of here, whatever was counted before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import ExpressionWrapper, F, FloatField, Q, QuerySet

from quiz.enums import RoundState
from quiz.models import ItemUsage, ItemVersion, Round

EASY_FROM, HARD_BELOW = 0.7, 0.3
OFTEN_FROM = 0.3


class Hardness(StrEnum):
    """By facility over the sealed rounds."""

    EASY = "de"
    MEDIUM = "vua"
    HARD = "kho"


class Used(StrEnum):
    NEVER = "chua"
    ONCE = "da"
    OFTEN = "nhieu"  # in a large share of the papers of its sealed rounds


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
