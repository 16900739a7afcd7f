"""A unit's result and the order of units."""

from dataclasses import replace
from fractions import Fraction

import pytest

from quiz.engine.unit_prizes import (
    Component,
    Condition,
    Formula,
    Unit,
    evaluate,
    measure,
    rank_units,
    round_half_up,
    tier_of,
)

F = Fraction
# 10 on the list, 4 of them entered with 100, 80, 50 and 0 percent; 8 heads, 6 entrants.
UNIT = Unit("a", 10, 4, 8, 6, ((F(100), 1), (F(80), 1), (F(50), 1), (F(0), 1)), 1, F(75))
LISTED = Formula(components=(Component("completion"),))
EVERYBODY = replace(LISTED, members="everybody")


@pytest.mark.parametrize(
    ("component", "listed", "everybody"),
    [
        (Component("completion"), F(40), F(40)),
        (Component("participation"), F(75), F(75)),
        (Component("average"), F(230, 4), F(230, 4)),
        (Component("average", over="all"), F(23), F(230, 8)),
        (Component("share", at_least=80), F(50), F(50)),
        (Component("share", at_least=80, over="all"), F(20), F(25)),
        (Component("top", count=2), F(90), F(90)),
        (Component("top", count=5), F(46), F(46)),
        (Component("winner"), F(100), F(100)),
        (Component("points"), F(75), F(75)),
    ],
    ids=lambda value: value.kind if isinstance(value, Component) else str(value),
)
def test_each_figure(component: Component, listed: Fraction, everybody: Fraction) -> None:
    assert measure(component, UNIT, LISTED) == listed
    assert measure(component, UNIT, EVERYBODY) == everybody


def test_figures_of_an_empty_unit_are_zero() -> None:
    nobody = Unit("a", 0, 0, 0, 0, ())
    for kind in ("completion", "participation", "average", "share", "top", "winner", "points"):
        assert measure(Component(kind), nobody, LISTED) == 0
    with pytest.raises(ValueError, match="luck"):
        measure(Component("luck"), nobody, LISTED)


def test_more_entrants_than_heads_are_no_more_than_all() -> None:
    crowd = Unit("a", 0, 0, 3, 5, ((F(60), 5),))
    assert measure(Component("participation"), crowd, EVERYBODY) == 100
    assert measure(Component("average", over="all"), crowd, EVERYBODY) == 60


def test_numbers_are_rounded_half_up() -> None:
    assert round_half_up(F("41.415"), 2) == F("41.42")
    assert round_half_up(F("41.4149"), 2) == F("41.41")
    assert round_half_up(F(2, 3), 0) == 1
    assert round_half_up(F(0), 6) == 0


def test_the_result_follows_from_the_printed_figures() -> None:
    formula = Formula(components=(Component("average", F(30)), Component("completion", F(70))))
    unit = Unit("a", 3, 1, 3, 1, ((F(200, 3), 1),))
    result = evaluate(formula, unit)
    assert result.figures == (F("66.67"), F("33.33"))
    assert result.sum == round_half_up(F("0.3") * F("66.67") + F("0.7") * F("33.33"), 2)


def test_a_condition_holds_for_its_sizes_and_is_not_met_by_rounding() -> None:
    formula = Formula(
        components=(Component("average"),),
        conditions=(
            Condition("completion", F(30), size_below=50),
            Condition("completion", F(25), size_from=50),
        ),
    )
    assert evaluate(formula, Unit("a", 49, 14, 49, 14, ())).barred == (formula.conditions[0],)
    assert evaluate(formula, Unit("a", 50, 14, 50, 14, ())).barred == ()
    almost = Unit("a", 100_000, 24_999, 100_000, 24_999, ())
    assert evaluate(formula, almost).figures[1] == F(25)
    assert evaluate(formula, almost).barred == (formula.conditions[1],)


def test_units_are_ordered_by_sum_then_the_ties_and_the_barred_come_last() -> None:
    formula = Formula(
        components=(Component("average"),),
        conditions=(Condition("completion", F(50)),),
        ties=("completion", "size"),
    )

    def unit(code: str, listed: int, done: int, mark: int) -> Unit:
        return Unit(code, listed, done, listed, done, ((F(mark), done),))

    units = [
        unit("few", 10, 4, 100),
        unit("a", 10, 8, 60),
        unit("b", 10, 9, 60),
        unit("c", 20, 16, 60),
        unit("d", 10, 8, 60),
        unit("e", 10, 8, 50),
    ]
    placed = rank_units(formula, units)
    assert [(p.result.unit.code, p.place, p.tied) for p in placed] == [
        ("b", 1, 1),
        ("c", 2, 1),
        ("a", 3, 2),
        ("d", 3, 2),
        ("e", 5, 1),
        ("few", None, 1),
    ]
    units[4] = replace(units[4], preferred=1)
    decided = [(p.result.unit.code, p.place, p.tied) for p in rank_units(formula, units)]
    assert decided[2:4] == [("d", 3, 1), ("a", 4, 1)]
    assert [tier_of(p, [1, 2]) for p in placed] == [0, 1, -1, -1, None, None]
    assert [tier_of(p, [1, 1, 2]) for p in placed] == [0, 1, 2, 2, None, None]
