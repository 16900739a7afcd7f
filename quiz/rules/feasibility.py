"""Whether a bank holds enough items for the papers the rules describe."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from accounts.errors import Fault
from quiz.rules.labels import describe_place
from quiz.rules.schema import BlueprintRow, GroupRules, PaperRules, RuleDocument

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
    if group.paper.fixed_items is not None:
        held = sum(counts.values())
        if held < group.paper.item_count:
            yield _shortage([*path, "fixed_items"], group.paper.item_count, held)
        return
    for row, held in items_left(group.paper, counts).items():
        wanted = group.paper.blueprint[row].count
        if held < wanted:
            yield _shortage([*path, "blueprint", row], wanted, held)


def items_left(paper: PaperRules, counts: Mapping[Cell, int]) -> dict[int, int]:
    """For each row of the blueprint, how many items it is sure to find when its turn comes.

    Rows may overlap (“any topic: 5” beside “Topic A: 3”). As in `quiz.engine.drawing` the row with
    the fewest items draws first, and the worst is assumed of what earlier rows took.
    """
    fitting = [
        {cell for cell in counts if _fits(row, cell) and counts[cell]} for row in paper.blueprint
    ]
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


def _fits(row: BlueprintRow, cell: Cell) -> bool:
    topic, level = cell
    return row.topic in (None, topic) and row.level in (None, level)
