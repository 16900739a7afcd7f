"""A blueprint larger than its bank is refused, and only then."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from accounts.errors import Fault
from quiz.engine.drawing import BlueprintRow as DrawnRow
from quiz.engine.drawing import DrawError, PoolForDraw
from quiz.rules.document import check_feasible, parse_rules
from quiz.rules.feasibility import Cell, items_left, judge_paper, most_placed
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
        (
            place,
            "cần 2 câu; có 4 câu hợp dòng này nhưng các dòng khác lấy chung, chỉ chắc còn 1 câu.",
        )
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


def _paper(*rows: tuple[Cell, int]) -> PaperRules:
    return PaperRules(
        blueprint=[BlueprintRow(topic=cell[0], level=cell[1], count=n) for cell, n in rows]
    )


def test_an_outlook_names_the_rows_that_share_items() -> None:
    outlook = judge_paper(
        _paper((("A", None), 2), ((None, None), 3), (("B", "x"), 1), ((None, None), 0)),
        {("A", "x"): 2, ("B", "x"): 1, ("B", "y"): 4},
    )
    assert [row.shares for row in outlook.rows] == [(1,), (0, 2), (1,), (0, 1, 2)]
    assert [(row.wanted, row.held, row.sure) for row in outlook.rows] == [
        (2, 2, 2),
        (3, 7, 4),
        (1, 1, 1),
        (0, 7, 1),
    ]
    assert outlook.is_sure
    assert outlook.is_divisible


def test_a_division_may_exist_that_a_draw_can_miss() -> None:
    """Topic A at any level and any topic at level x may both take the items that are both."""
    competing = (("A", None), 2), ((None, "x"), 2)
    outlook = judge_paper(_paper(*competing), {("A", "x"): 2, ("A", "y"): 1, ("B", "x"): 1})
    assert (outlook.is_sure, outlook.is_divisible, outlook.placed) == (False, True, 4)
    outlook = judge_paper(_paper(*competing), {("A", "x"): 1, ("A", "y"): 1, ("B", "x"): 1})
    assert (outlook.is_sure, outlook.is_divisible, outlook.placed) == (False, False, 3)


@given(
    st.lists(st.tuples(_cells, st.integers(0, 5)), max_size=5),
    st.dictionaries(_cells, st.integers(0, 4), max_size=6),
)
def test_the_best_division_is_hall_s(rows: list[tuple[Cell, int]], counts: dict[Cell, int]) -> None:
    """König: what lacks is the worst lack of any set of rows in the cells they share."""
    wanted = [n for _cell, n in rows]
    fitting = [
        {c for c in counts if counts[c] and row[0] in (None, c[0]) and row[1] in (None, c[1])}
        for row, _n in rows
    ]
    lack = max(
        sum(wanted[r] for r in some)
        - sum(counts[c] for c in set().union(*(fitting[r] for r in some)))
        for size in range(len(rows) + 1)
        for some in combinations(range(len(rows)), size)
    )
    assert most_placed(wanted, fitting, counts) == sum(wanted) - max(0, lack)


@given(
    st.lists(st.tuples(_cells, st.integers(0, 4)), max_size=5),
    st.dictionaries(_cells, st.integers(0, 4), max_size=6),
)
def test_what_is_sure_is_divisible(rows: list[tuple[Cell, int]], counts: dict[Cell, int]) -> None:
    outlook = judge_paper(_paper(*rows), counts)
    assert not outlook.is_sure or outlook.is_divisible
