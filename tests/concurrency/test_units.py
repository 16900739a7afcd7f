"""Two administrators rearrange units at once: the tree stays a tree."""

from datetime import date

import pytest

from accounts.domain.unit_changes import merge_units, move_unit, read_tree
from accounts.domain.unit_errors import UnitBelowItself, UnitClosed
from tests.concurrency.conftest import race
from tests.people import make_unit

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 7, 1)


@pytest.fixture
def units():
    top = make_unit("T")
    return {code: make_unit(code, parent=top) for code in "AB"}


def test_two_moves_that_would_make_a_circle_together(units):
    a, b = units["A"], units["B"]
    results = race(
        lambda: move_unit(unit=a, parent=b, user=None),
        lambda: move_unit(unit=b, parent=a, user=None),
    )
    assert [type(r) for r in results].count(UnitBelowItself) == 1
    tree = read_tree()
    assert all(tree.is_at_or_below(code, "T") for code in tree.nodes)


def test_two_units_that_are_merged_into_each_other(units):
    a, b = units["A"], units["B"]
    results = race(
        lambda: merge_units(unit=a, into=b, on_date=TODAY, today=TODAY, user=None),
        lambda: merge_units(unit=b, into=a, on_date=TODAY, today=TODAY, user=None),
    )
    assert [type(r) for r in results].count(UnitClosed) == 1
    assert sorted(node.merger_done for node in read_tree().nodes.values()) == [False, False, True]
