"""A blueprint larger than its bank is refused, and only then."""

from hypothesis import given
from hypothesis import strategies as st

from accounts.errors import Fault
from quiz.engine.drawing import BlueprintRow as DrawnRow
from quiz.engine.drawing import DrawError, PoolForDraw
from quiz.rules.document import check_feasible, parse_rules
from quiz.rules.feasibility import Cell, items_left
from quiz.rules.schema import BlueprintRow, PaperRules
from tests.quiz.rules.documents import good_rules


def _check(blueprint: list[dict], counts: dict[Cell, int]) -> list[tuple[str, str]]:
    data = good_rules()
    data["groups"][0]["paper"] = {"blueprint": blueprint}
    faults = check_feasible(parse_rules(data), {"dan": counts})
    return [(fault.place, fault.message) for fault in faults]


def test_a_row_larger_than_its_topic_and_level_is_named() -> None:
    data = good_rules()
    data["groups"][0]["paper"]["blueprint"] = [
        {"topic": "Một cửa", "level": "van_dung", "count": 4},
        {"count": 2},
    ]
    counts = {("Một cửa", "van_dung"): 3, ("Một cửa", "nhan_biet"): 9}
    assert check_feasible(parse_rules(data), {"dan": counts}) == [
        Fault(
            place="Đối tượng dự thi, dòng 1, “Đề thi”, “Ma trận đề”, dòng 1",
            code="bank_too_small",
            message="cần 4 câu nhưng ngân hàng chỉ có 3 câu dùng được.",
            hint="Thêm và duyệt câu hỏi, hoặc giảm số câu của đề thi.",
        )
    ]


def test_rows_that_share_items_are_counted_together() -> None:
    rows = [{"topic": "A", "count": 3}, {"count": 2}]
    place = "Đối tượng dự thi, dòng 1, “Đề thi”, “Ma trận đề”, dòng 2"
    assert _check(rows, {("A", None): 3, ("B", None): 1}) == [
        (place, "cần 2 câu nhưng ngân hàng chỉ có 1 câu dùng được.")
    ]
    assert _check(rows, {("A", None): 3, ("B", None): 2}) == []


def test_a_group_without_items_lacks_everything() -> None:
    document = parse_rules(good_rules())
    assert [fault.code for fault in check_feasible(document, {})] == ["bank_too_small"] * 2


def test_a_fixed_paper_needs_as_many_items() -> None:
    data = good_rules()
    data["groups"][0]["paper"] = {"fixed_items": [1, 2, 3]}
    document = parse_rules(data)
    assert check_feasible(document, {"dan": {(None, None): 3}}) == []
    faults = check_feasible(document, {"dan": {(None, None): 2}})
    assert [fault.code for fault in faults] == ["bank_too_small"]


_cells = st.tuples(st.sampled_from(["A", "B", None]), st.sampled_from(["x", "y", None]))


@given(
    st.lists(st.tuples(_cells, st.integers(0, 4)), max_size=4),
    st.dictionaries(_cells, st.integers(0, 4), max_size=6),
)
def test_what_is_feasible_can_always_be_drawn(
    rows: list[tuple[Cell, int]], counts: dict[Cell, int]
) -> None:
    """The same verdict as the drawing itself reaches on the frozen pool."""
    paper = PaperRules(
        blueprint=[BlueprintRow(topic=cell[0], level=cell[1], count=n) for cell, n in rows]
    )
    items = [cell for cell, number in counts.items() for _item in range(number)]
    drawn = tuple(
        DrawnRow(
            tuple(
                place
                for place, (topic, level) in enumerate(items)
                if row.topic in (None, topic) and row.level in (None, level)
            ),
            row.count,
        )
        for row in paper.blueprint
    )
    left = items_left(paper, counts)
    feasible = all(left[index] >= row.count for index, row in enumerate(paper.blueprint))
    try:
        PoolForDraw(drawn, (4,) * len(items), (False,) * len(items))
    except DrawError:
        assert not feasible
    else:
        assert feasible
