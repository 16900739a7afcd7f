"""How far drawn papers differ in difficulty: what is expected of them, and what came of them.

What is expected of a paper is the sum of the facilities of its items (facility: the share that
answers right, so higher is easier): the mean number of right answers of a middling entrant. Only
sums are compared, so items are taken to be answered independently of each other.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median, pstdev

from quiz.engine.drawing import PoolForDraw, draw_paper

BINS = 12
PARTS = 10


@dataclass(frozen=True)
class Bin:
    """`count` values from `low` to below `high`; the last bin holds its `high` too."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Spread:
    """Of `count` papers: expected right answers, and how they are distributed."""

    count: int
    minimum: float
    median: float
    maximum: float
    mean: float
    deviation: float
    bins: tuple[Bin, ...]

    @property
    def width(self) -> float:
        return self.maximum - self.minimum


@dataclass(frozen=True)
class Part:
    """A tenth of the papers, the hardest first: what was expected, and the mean score."""

    number: int
    papers: int
    expected: float
    score: float


def expected_of(pool: PoolForDraw, facility: Sequence[float], seed: bytes) -> float:
    """The expected number of right answers of one seed's paper; `facility` by place in the pool."""
    slots = draw_paper(pool, seed, shuffle_items=False, shuffle_options=False)
    return math.fsum(facility[slot.item_ref] for slot in slots)


def spread_of(values: Sequence[float]) -> Spread:
    """The distribution of these values. Raises ValueError for none."""
    if not values:
        raise ValueError("no papers")
    low, high = min(values), max(values)
    return Spread(
        count=len(values),
        minimum=low,
        median=median(values),
        maximum=high,
        mean=fmean(values),
        deviation=pstdev(values),
        bins=_bins(values, low, high),
    )


def _bins(values: Sequence[float], low: float, high: float) -> tuple[Bin, ...]:
    """Equal in width; all values in one bin if they are alike."""
    if high - low < 1e-9:
        return (Bin(low, high, len(values)),)
    step = (high - low) / BINS
    counts = [0] * BINS
    for value in values:
        counts[min(int((value - low) / step), BINS - 1)] += 1
    return tuple(
        Bin(low + place * step, low + (place + 1) * step, count)
        for place, count in enumerate(counts)
    )


def parts_of(papers: Iterable[tuple[float, float]]) -> list[Part]:
    """(expected, score) of each paper in ten parts by what was expected, as equal as can be."""
    ordered = sorted(papers)
    parts = []
    for number in range(PARTS):
        begin, end = number * len(ordered) // PARTS, (number + 1) * len(ordered) // PARTS
        some = ordered[begin:end]
        if some:
            expected, score = (fmean(column) for column in zip(*some, strict=True))
            parts.append(Part(number + 1, len(some), expected, score))
    return parts


def correlation_of(papers: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's correlation of expected and score; None where one of them does not vary."""
    if len(papers) < 2:
        return None
    expected, scores = zip(*papers, strict=True)
    mean_e, mean_s = fmean(expected), fmean(scores)
    across = math.fsum((e - mean_e) * (s - mean_s) for e, s in papers)
    square_e = math.fsum((e - mean_e) ** 2 for e in expected)
    square_s = math.fsum((s - mean_s) ** 2 for s in scores)
    if square_e < 1e-12 or square_s < 1e-12:
        return None
    return max(-1.0, min(1.0, across / math.sqrt(square_e * square_s)))
