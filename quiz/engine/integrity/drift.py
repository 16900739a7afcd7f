"""Items that became easier while the round went on, as they do when a key gets around.

The time of a round is cut into `PERIODS`. For each item and each cut, people before and after it
are compared at equal knowledge, the number of other items they got right (Mantel and Haenszel's
statistic, as P. W. Holland and D. T. Thayer use it for differential item functioning: "Differential
item performance and the Mantel-Haenszel procedure", in H. Wainer and H. I. Braun, eds., Test
Validity, 1988, 129-145). An item is told of when chance explains the difference in fewer than one
of a hundred rounds, all items and cuts counted, and the common odds ratio is large on the scale of
the Educational Testing Service: 2.35 × log(odds ratio) of at least 1.5. Both are taken beyond what
the median item shows at that cut: the rest of a paper measures knowledge only roughly, so where
everybody learns all items seem to drift a little.

If most items leak at once nobody can tell it from people who learned.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from statistics import NormalDist, median

PERIODS = 7
BY_CHANCE = 0.01
LARGE = 1.5 / 2.35

# Of people with equal rests: [wrong before, right before, wrong after, right after].
Table = Sequence[int]


@dataclass(frozen=True)
class DriftingItem:
    """`cut`: of `PERIODS` parts of the round, the first of the later ones; shares are P."""

    item: int
    cut: int
    people_before: int
    people_after: int
    before: float
    after: float
    z: float


class DriftTally:
    """First entries by item, part of the round and rest; memory goes with the pool."""

    def __init__(self) -> None:
        # item → (period, rest) → [wrong, right]
        self._cells: dict[int, dict[tuple[int, int], list[int]]] = defaultdict(dict)

    def count(self, items: Sequence[int], right: Sequence[bool], period: int) -> None:
        """One paper begun in that part of the round."""
        total = sum(right)
        for item, is_right in zip(items, right, strict=True):
            cell = self._cells[item].setdefault((period, total - is_right), [0, 0])
            cell[is_right] += 1

    def drifting(self) -> list[DriftingItem]:
        """The items that became easier, each at its clearest cut, the clearest first."""
        tests = max(1, len(self._cells) * (PERIODS - 1))
        bound = NormalDist().inv_cdf(1 - BY_CHANCE / tests)
        clearest: dict[int, DriftingItem] = {}
        for cut in range(1, PERIODS):
            for found in self._at(cut):
                before = clearest.get(found.item)
                if found.z > bound and (before is None or found.z > before.z):
                    clearest[found.item] = found
        return sorted(clearest.values(), key=lambda each: -each.z)

    def _at(self, cut: int) -> Iterator[DriftingItem]:
        """The items whose odds grew much more than the median item's, before and after the cut."""
        tables = {item: _tables(cells, cut) for item, cells in self._cells.items()}
        seen = {item: mantel_haenszel(rows) for item, rows in tables.items()}
        grown = {item: log(odds) for item, (_z, odds) in seen.items() if odds}
        usual = max(0.0, median(grown.values())) if grown else 0.0
        for item, growth in grown.items():
            if growth - usual < LARGE:
                continue
            wrong_b, right_b, wrong_a, right_a = (
                sum(column) for column in zip(*tables[item], strict=True)
            )
            yield DriftingItem(
                item=item,
                cut=cut,
                people_before=wrong_b + right_b,
                people_after=wrong_a + right_a,
                before=right_b / (wrong_b + right_b),
                after=right_a / (wrong_a + right_a),
                z=seen[item][0] * (growth - usual) / growth,
            )


def _tables(cells: Mapping[tuple[int, int], Sequence[int]], cut: int) -> list[list[int]]:
    """A table for each rest."""
    tables: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for (period, rest), (wrong, right) in cells.items():
        at = 2 if period >= cut else 0
        tables[rest][at] += wrong
        tables[rest][at + 1] += right
    return list(tables.values())


def mantel_haenszel(tables: Sequence[Table]) -> tuple[float, float | None]:
    """(z, common odds ratio) of being right after against before; without both (0, None)."""
    surplus = variance = above = below = 0.0
    for wrong_b, right_b, wrong_a, right_a in tables:
        n = wrong_b + right_b + wrong_a + right_a
        before, after = wrong_b + right_b, wrong_a + right_a
        right, wrong = right_b + right_a, wrong_b + wrong_a
        if not (before and after and right and wrong):
            continue
        surplus += right_a - after * right / n
        variance += before * after * right * wrong / (n * n * (n - 1))
        above += right_a * wrong_b / n
        below += wrong_a * right_b / n
    if not variance or not above:
        return 0.0, None
    # As if half a person more had been wrong after: odds stay finite where nobody was.
    return surplus / sqrt(variance), above / (below or 0.5)
