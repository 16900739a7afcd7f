"""Whether a bank holds enough items for the papers the rules describe.

Rows may overlap (“any topic: 5” beside “Topic A: 3”), so what fits a row is not yet what the row
gets. Two questions are asked: is every row sure of its items whatever other rows drew before it
(that is what a draw needs, and what decides), and could any division at all serve every row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.errors import Fault
from quiz.rules.labels import describe_place
from quiz.rules.schema import BlueprintRow, GroupRules, PaperRules, RuleDocument

Cell = tuple[str | None, str | None]


@dataclass(frozen=True)
class RowOutlook:
    """One row: `wanted` items, `held` that fit it, `sure` whatever other rows drew before.

    `shares`: the places of the rows that draw from some of the same items.
    """

    wanted: int
    held: int
    sure: int
    shares: tuple[int, ...]

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.sure)


@dataclass(frozen=True)
class PaperOutlook:
    """All rows of a blueprint; `placed` is the most that the best division could give out."""

    rows: tuple[RowOutlook, ...]
    placed: int

    @property
    def wanted(self) -> int:
        return sum(row.wanted for row in self.rows)

    @property
    def is_sure(self) -> bool:
        """Whether every paper can be drawn."""
        return not any(row.missing for row in self.rows)

    @property
    def is_divisible(self) -> bool:
        """Whether some division would serve every row, though a draw may not find it."""
        return self.placed == self.wanted


def judge_paper(paper: PaperRules, counts: Mapping[Cell, int]) -> PaperOutlook:
    """What each row of the blueprint finds in a bank of so many usable items per cell."""
    rows = paper.blueprint
    fitting = [_fitting(row, counts) for row in rows]
    sure = items_left(paper, counts)
    judged = tuple(
        RowOutlook(
            wanted=row.count,
            held=sum(counts[cell] for cell in fitting[place]),
            sure=sure[place],
            shares=tuple(
                other
                for other in range(len(rows))
                if other != place and rows[other].count and fitting[other] & fitting[place]
            ),
        )
        for place, row in enumerate(rows)
    )
    return PaperOutlook(judged, most_placed([row.count for row in rows], fitting, counts))


def most_placed(
    wanted: Sequence[int], fitting: Sequence[set[Cell]], counts: Mapping[Cell, int]
) -> int:
    """The most items that rows can get together: a maximum flow from rows through cells.

    Each round moves items along a chain of rows that can make room for each other (Ford and
    Fulkerson, Canadian Journal of Mathematics 8, 1956).
    """
    given: list[dict[Cell, int]] = [{} for _row in wanted]
    free = dict(counts)

    def make_room(row: int, most: int, seen: set[Cell]) -> int:
        """Give the row up to `most` items of one cell, moving other rows out of it if need be."""
        for cell in sorted(fitting[row] - seen, key=str):
            seen.add(cell)
            moved = min(most, free[cell])
            if moved:
                free[cell] -= moved
            else:
                moved = _move_out(cell, row, most, seen)
            if moved:
                given[row][cell] = given[row].get(cell, 0) + moved
                return moved
        return 0

    def _move_out(cell: Cell, row: int, most: int, seen: set[Cell]) -> int:
        for other, own in enumerate(given):
            held = own.get(cell, 0)
            moved = make_room(other, min(most, held), seen) if other != row and held else 0
            if moved:
                own[cell] -= moved
                return moved
        return 0

    placed = 0
    for row, count in enumerate(wanted):
        left = count
        while left and (moved := make_room(row, left, set())):
            left -= moved
        placed += count - left
    return placed


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
    if group.paper.fixed_items is not None:
        held = sum(counts.values())
        if held < group.paper.item_count:
            yield _shortage([*path, "fixed_items"], group.paper.item_count, held)
        return
    for place, row in enumerate(judge_paper(group.paper, counts).rows):
        if row.missing:
            yield _row_shortage([*path, "blueprint", place], row)


def items_left(paper: PaperRules, counts: Mapping[Cell, int]) -> dict[int, int]:
    """For each row of the blueprint, how many items it is sure to find when its turn comes.

    Rows may overlap (“any topic: 5” beside “Topic A: 3”). As in `quiz.engine.drawing` the row with
    the fewest items draws first, and the worst is assumed of what earlier rows took.
    """
    fitting = [_fitting(row, counts) for row in paper.blueprint]
    sizes = [sum(counts[cell] for cell in cells) for cells in fitting]
    turns = sorted(range(len(sizes)), key=lambda row: sizes[row])
    left = {}
    for turn, row in enumerate(turns):
        taken = 0
        for earlier in turns[:turn]:
            shared = sum(counts[cell] for cell in fitting[row] & fitting[earlier])
            taken += min(paper.blueprint[earlier].count, shared)
        left[row] = max(0, sizes[row] - taken)
    return dict(sorted(left.items()))


def _shortage(path: list[str | int], wanted: int, held: int) -> Fault:
    return Fault(
        describe_place(path),
        "bank_too_small",
        _("cần %(wanted)s câu nhưng ngân hàng chỉ có %(held)s câu dùng được.")
        % {"wanted": wanted, "held": held},
        _("Thêm và duyệt câu hỏi, hoặc giảm số câu của đề thi."),
    )


def _row_shortage(path: list[str | int], row: RowOutlook) -> Fault:
    if row.held < row.wanted:
        return _shortage(path, row.wanted, row.held)
    return Fault(
        describe_place(path),
        "rows_compete",
        _(
            "cần %(wanted)s câu; có %(held)s câu hợp dòng này nhưng các dòng khác lấy chung, "
            "chỉ chắc còn %(sure)s câu."
        )
        % {"wanted": row.wanted, "held": row.held, "sure": row.sure},
        _("Ghi rõ chủ đề, mức độ để các dòng không lấy chung câu, hoặc thêm và duyệt câu hỏi."),
    )


def cells_used(paper: PaperRules, counts: Mapping[Cell, int]) -> set[Cell]:
    """The cells from which some row of the blueprint draws."""
    rows = (row for row in paper.blueprint if row.count)
    return {cell for row in rows for cell in _fitting(row, counts)}


def _fitting(row: BlueprintRow, counts: Mapping[Cell, int]) -> set[Cell]:
    return {cell for cell, count in counts.items() if count and _fits(row, cell)}


def _fits(row: BlueprintRow, cell: Cell) -> bool:
    topic, level = cell
    return row.topic in (None, topic) and row.level in (None, level)
