"""Whether a bank holds enough items for the papers the rules describe."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from accounts.errors import Fault
from quiz.rules.labels import describe_place
from quiz.rules.schema import BlueprintRow, GroupRules, RuleDocument

Cell = tuple[str | None, str | None]


def check_feasible(
    document: RuleDocument, bank_counts: Mapping[str, Mapping[Cell, int]]
) -> list[Fault]:
    """Faults where a paper asks for more than the bank holds.

    `bank_counts`: by group code, how many usable items each (topic name, level) has; an item
    without topic or level counts under None.
    """
    faults: list[Fault] = []
    for index, group in enumerate(document.groups):
        faults.extend(_check_group(index, group, bank_counts.get(group.code, {})))
    return faults


def _check_group(index: int, group: GroupRules, counts: Mapping[Cell, int]) -> Iterator[Fault]:
    path: list[str | int] = ["groups", index, "paper"]
    total = sum(counts.values())
    short_rows = False
    for row, wanted in enumerate(group.paper.blueprint):
        held = sum(number for cell, number in counts.items() if _fits(wanted, cell))
        if held < wanted.count:
            short_rows = True
            yield _shortage([*path, "blueprint", row], wanted.count, held)
    if not short_rows:
        wanted_count = group.paper.item_count
        held = (
            total
            if group.paper.fixed_items is not None
            else _most_drawn(group.paper.blueprint, counts)
        )
        if held < wanted_count:
            yield _shortage(path, wanted_count, held)


def _shortage(path: list[str | int], wanted: int, held: int) -> Fault:
    numbers = {"wanted": wanted, "held": held}
    return Fault(
        describe_place(path),
        "bank_too_small",
        _("cần %(wanted)s câu nhưng ngân hàng chỉ có %(held)s câu dùng được.") % numbers,
        _("Thêm và duyệt câu hỏi, hoặc giảm số câu trong ma trận đề."),
    )


def _fits(row: BlueprintRow, cell: Cell) -> bool:
    topic, level = cell
    return row.topic in (None, topic) and row.level in (None, level)


def _most_drawn(rows: list[BlueprintRow], counts: Mapping[Cell, int]) -> int:
    """How many items the rows can draw together, each item once: a maximum flow.

    Rows may overlap (“any topic: 5” beside “Topic A: 3”), so sums per row are not enough.
    """
    cells = list(counts)
    left = [counts[cell] for cell in cells]
    given = [[0] * len(cells) for _row in rows]
    fits = [[_fits(row, cell) for cell in cells] for row in rows]

    def take(row: int, tried: set[int]) -> bool:
        """Give one more item to a row, moving another row's item if need be."""
        for place in range(len(cells)):
            if not fits[row][place] or place in tried:
                continue
            tried.add(place)
            if left[place]:
                left[place] -= 1
                given[row][place] += 1
                return True
            for other in range(len(rows)):
                if other != row and given[other][place] and take(other, tried):
                    given[other][place] -= 1
                    given[row][place] += 1
                    return True
        return False

    drawn = 0
    for index, row in enumerate(rows):
        for _item in range(row.count):
            if not take(index, set()):
                break
            drawn += 1
    return drawn
