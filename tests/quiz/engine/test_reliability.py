"""Reliability against other ways to the same number, in exact fractions."""

from fractions import Fraction
from math import isclose, sqrt

from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.reliability import reliability_of

Matrix = list[list[int]]  # a row a person: 1 right, 0 not

matrices = st.integers(2, 6).flatmap(
    lambda items: st.lists(
        st.lists(st.integers(0, 1), min_size=items, max_size=items), min_size=2, max_size=25
    )
)


def totals_of(matrix: Matrix) -> dict[int, int]:
    totals: dict[int, int] = {}
    for row in matrix:
        totals[sum(row)] = totals.get(sum(row), 0) + 1
    return totals


def same_items(matrix: Matrix):
    right = [sum(column) for column in zip(*matrix, strict=True)]
    return reliability_of(totals_of(matrix), items=len(matrix[0]), right=right)


def own_items(matrix: Matrix):
    return reliability_of(totals_of(matrix), items=len(matrix[0]), right=None)


def mean(values) -> Fraction:
    values = list(values)
    return Fraction(sum(values), len(values))


def hoyt(matrix: Matrix) -> Fraction | None:
    """Hoyt's analysis of variance (Psychometrika 6, 1941): persons against what is left over."""
    people, items = len(matrix), len(matrix[0])
    grand = mean(cell for row in matrix for cell in row)
    rows = [mean(row) for row in matrix]
    columns = [mean(column) for column in zip(*matrix, strict=True)]
    between = items * sum((row - grand) ** 2 for row in rows) / (people - 1)
    left = sum(
        (matrix[p][i] - rows[p] - columns[i] + grand) ** 2
        for p in range(people)
        for i in range(items)
    )
    return 1 - left / ((people - 1) * (items - 1)) / between if between else None


@given(matrices)
def test_the_same_paper_for_all_gives_hoyts_coefficient(matrix: Matrix) -> None:
    found = same_items(matrix)
    assert found.coefficient == hoyt(matrix)


@given(matrices)
def test_a_paper_for_each_counts_the_draw_as_error(matrix: Matrix) -> None:
    """Error is what one person's answers differ by: x (k - x) / (k - 1) of a total x."""
    items, totals = len(matrix[0]), [sum(row) for row in matrix]
    error = mean(Fraction(x * (items - x), items - 1) for x in totals)
    variance = mean(x * x for x in totals) - mean(totals) ** 2
    assert own_items(matrix).coefficient == (1 - error / variance if variance else None)


@given(matrices)
def test_the_draw_never_makes_papers_more_reliable(matrix: Matrix) -> None:
    own, same = own_items(matrix).coefficient, same_items(matrix).coefficient
    assert (own is None) == (same is None)
    assert own is None or own <= same


def test_a_table_worked_by_hand() -> None:
    """Five people, four items: totals 4, 3, 2, 1, 0; right 4, 3, 2, 1 of 5.

    s² = 2, Σpq = 4/25 + 6/25 + 6/25 + 4/25 = 4/5, KR-20 = 4/3 × (1 - 2/5) = 4/5; the mean is 2,
    so KR-21 = 4/3 × (1 - 2 × 2 / (4 × 2)) = 2/3.
    """
    matrix = [[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]
    found = same_items(matrix)
    assert (found.persons, found.mean, found.variance) == (5, 2, 2)
    assert found.coefficient == Fraction(4, 5)
    assert isclose(found.standard_error, sqrt(Fraction(2, 5)))
    assert own_items(matrix).coefficient == Fraction(2, 3)


def test_without_people_or_differences_there_is_no_coefficient() -> None:
    assert reliability_of({}, items=5, right=None) is None
    found = reliability_of({3: 7}, items=5, right=None)
    assert (found.coefficient, found.standard_error) == (None, None)
    assert reliability_of({0: 1, 1: 1}, items=1, right=[1]).coefficient is None
