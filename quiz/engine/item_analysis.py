"""Item analysis: how hard an item was and how well it tells who knows from who does not.

Answers are tallied one paper after another into small tables (item × answer × total), so memory
grows with the pool and never with the number of papers. From the tables follow, for each item:

* facility P = right / met, the share of those who met the item that answered it right: higher is
  easier. Omitted and not reached count as not right.
* discrimination D = P(upper) - P(lower), of the 27 % with the highest and the 27 % with the lowest
  totals among those who met the item (T. L. Kelley, "The selection of upper and lower groups for
  the validation of test items", Journal of Educational Psychology 30, 1939, 17-24). Of people tied
  at the edge of a group each counts by the share of the places left.
* correlation: the point-biserial correlation of the item (0, 1) with the rest of the paper, the
  total less the item itself (S. Henrysson, "Correction of item-total correlations in item
  analysis", Psychometrika 28, 1963, 211-218). None where one of the two does not vary.

The total is the number of items answered right. Papers drawn from one blueprint have equally many
items, so totals of different papers compare. How much the totals of a whole round can be trusted:
`reliability.py`; what to look at again: `item_hints.py`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

TAIL = 0.27
NOT_REACHED = -1
# One integer for an answer and a total: (mask + 1) × this + total.
_TOTALS = 1 << 12

# Answer (a mask; 0 omitted; NOT_REACHED) and total → how many.
Cells = Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """What answers tell of one item; shares and coefficients are None where nobody met it.

    `met` = `answered` + `omitted` + `not_reached`. `choices`: by option id, how many chose it;
    `upper`, `lower`: which share of the highest and of the lowest 27 % did.
    """

    met: int
    answered: int
    omitted: int
    not_reached: int
    correct: int
    facility: float | None
    discrimination: float | None
    correlation: float | None
    choices: tuple[int, ...]
    upper: tuple[float, ...]
    lower: tuple[float, ...]


class ItemTally:
    """Answers to the items of one pool, by place in it; `totals`: how many had each total."""

    def __init__(self, items: int) -> None:
        self.papers = 0
        self.totals: dict[int, int] = {}
        self.drawn = [0] * items
        self._cells: list[dict[int, int]] = [{} for _item in range(items)]

    def count_paper(self, items: Sequence[int]) -> None:
        """A paper with these items was handed out."""
        self.papers += 1
        drawn = self.drawn
        for item in items:
            drawn[item] += 1

    def count_answers(self, items: Sequence[int], masks: Sequence[int], total: int) -> None:
        """What was answered on a paper of which `total` items were right.

        Blank answers behind the last given one were not reached.
        """
        self.totals[total] = self.totals.get(total, 0) + 1
        reached = len(masks)
        while reached and not masks[reached - 1]:
            reached -= 1
        for slot, item in enumerate(items):
            mask = masks[slot] if slot < reached else NOT_REACHED
            cells = self._cells[item]
            key = (mask + 1) * _TOTALS + total
            cells[key] = cells.get(key, 0) + 1

    def add_cell(self, item: int, mask: int, total: int, papers: int, *, first: bool) -> None:
        """So many papers held the item, gave this answer (or NOT_REACHED) and have this total.

        Answers and totals count of each entrant's `first` paper. Call `end_cells` after the last.
        """
        self.drawn[item] += papers
        if first:
            cells, key = self._cells[item], (mask + 1) * _TOTALS + total
            cells[key] = cells.get(key, 0) + papers

    def end_cells(self, *, slots: int) -> None:
        """Papers and totals follow from the cells, for each paper stands in `slots` of them."""
        self.papers = sum(self.drawn) // slots
        sums: dict[int, int] = {}
        for cells in self._cells:
            for key, count in cells.items():
                sums[key % _TOTALS] = sums.get(key % _TOTALS, 0) + count
        self.totals = {total: count // slots for total, count in sums.items()}

    def cells(self, item: int) -> Cells:
        """How often each answer was given with each total."""
        return {
            (key // _TOTALS - 1, key % _TOTALS): count for key, count in self._cells[item].items()
        }


def item_statistics(
    cells: Cells, *, is_right: Callable[[int], bool], option_count: int
) -> ItemStatistics:
    """The statistics of one item; `is_right` tells whether an answer earned full marks."""
    right: dict[int, int] = {}  # by total
    met: dict[int, int] = {}
    not_reached = omitted = 0
    chosen: list[dict[int, int]] = [{} for _option in range(option_count)]  # by total
    for (mask, total), count in cells.items():
        met[total] = met.get(total, 0) + count
        if mask == NOT_REACHED:
            not_reached += count
        elif mask == 0:
            omitted += count
        for option, by_total in enumerate(chosen):
            if mask > 0 and mask >> option & 1:
                by_total[total] = by_total.get(total, 0) + count
        if mask > 0 and is_right(mask):
            right[total] = right.get(total, 0) + count
    size, correct = sum(met.values()), sum(right.values())
    return ItemStatistics(
        met=size,
        answered=size - omitted - not_reached,
        omitted=omitted,
        not_reached=not_reached,
        correct=correct,
        facility=correct / size if size else None,
        discrimination=discrimination(met, right),
        correlation=rest_correlation(met, right),
        choices=tuple(sum(by_total.values()) for by_total in chosen),
        upper=tuple(tail_share(met, by_total, best_first=True) for by_total in chosen),
        lower=tuple(tail_share(met, by_total, best_first=False) for by_total in chosen),
    )


def discrimination(met: Mapping[int, int], right: Mapping[int, int]) -> float | None:
    """D of the module's docstring from how many with each total met the item and got it right."""
    if not any(met.values()):
        return None
    return tail_share(met, right, best_first=True) - tail_share(met, right, best_first=False)


def tail_share(met: Mapping[int, int], of: Mapping[int, int], *, best_first: bool) -> float:
    """The share of `of` among the 27 % of those who `met` the item at one end; 0 of nobody.

    Both count people by total; of people tied at the edge of the group each counts in part.
    """
    # In hundredths of a person, so that a whole group is exactly one.
    size = left = sum(met.values()) * round(100 * TAIL)
    share = 0.0
    for total in sorted(met, reverse=best_first):
        taken = min(left, 100 * met[total])
        share += taken * of.get(total, 0) / met[total]
        left -= taken
    return min(share / size, 1.0) if size else 0.0


def rest_correlation(met: Mapping[int, int], right: Mapping[int, int]) -> float | None:
    """The corrected point-biserial correlation; None where item or rest does not vary."""
    n, sum_x = sum(met.values()), sum(right.values())
    sum_r = sum_rr = sum_xr = 0
    for rest, weight, is_right in _rests(met, right):
        sum_r += rest * weight
        sum_rr += rest * rest * weight
        sum_xr += rest * weight if is_right else 0
    spread = (n * sum_x - sum_x**2) * (n * sum_rr - sum_r**2)
    return (n * sum_xr - sum_x * sum_r) / sqrt(spread) if spread else None


def _rests(met: Mapping[int, int], right: Mapping[int, int]) -> Iterator[tuple[int, int, bool]]:
    """(right answers to the other items, how many people, whether this one was right)."""
    for total, count in met.items():
        knew = right.get(total, 0)
        if knew:
            yield total - 1, knew, True
        if count - knew:
            yield total, count - knew, False
