"""What a unit gains by blank entries and by being split; and the formula that gives nothing."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.unit_gains import (
    BEST_OF_LIST,
    cannot_be_gained,
    largest_blank_gain,
    largest_split_gain,
    with_blanks,
)
from quiz.engine.unit_prizes import (
    Component,
    Condition,
    Formula,
    Placed,
    Unit,
    evaluate,
    rank_units,
)

F = Fraction
THANH_KHE = Formula(
    components=(
        Component("completion", F(50)),
        Component("average", F(30)),
        Component("share", F(20), over="all"),
    ),
    conditions=(Condition("completion", F(70)),),
    ties=("completion", "average", "share"),
)
marks = st.sampled_from([F(0), F(10), F(30), F(80), F(100)])


@st.composite
def units(draw: st.DrawFn, code: str = "a") -> Unit:
    """Any unit: its list need not be its headcount, and strangers may have entered for it."""
    scores = draw(st.lists(marks, max_size=6))
    listed = len(scores) + draw(st.integers(0, 4))
    entrants = len(scores) + draw(st.integers(0, 3))
    return Unit(
        code,
        max(1, listed),
        len(scores),
        draw(st.integers(0, 9)),
        entrants,
        tuple((score, 1) for score in scores),
        draw(st.integers(0, 1)) if scores else 0,
    )


@st.composite
def closed_units(draw: st.DrawFn) -> Unit:
    scores = draw(st.lists(marks, max_size=4))
    size = max(2, len(scores) + draw(st.integers(0, 2)))
    taken = tuple((score, 1) for score in scores)
    return Unit("a", size, len(scores), size, len(scores), taken)


safe_formulas = st.builds(
    lambda count, decimals: replace(
        BEST_OF_LIST, components=(Component("top", count=count),), decimals=decimals
    ),
    st.integers(1, 8),
    st.integers(0, 3),
)
any_formulas = st.builds(
    Formula,
    components=st.tuples(
        st.builds(
            Component,
            kind=st.sampled_from(["completion", "participation", "average", "share", "top"]),
            weight=st.just(F(60)),
            over=st.sampled_from(["entered", "all"]),
            count=st.integers(1, 4),
        ),
        st.builds(Component, kind=st.just("winner"), weight=st.just(F(40))),
        st.builds(Component, kind=st.just("points"), weight=st.just(F(40))),
    ),
    conditions=st.sampled_from([(), (Condition("completion", F(70)),), (Condition("winner"),)]),
    members=st.sampled_from(["listed", "everybody"]),
)


def place_of(code: str, formula: Formula, others: list[Unit]) -> int:
    placed: list[Placed] = rank_units(formula, others)
    return next(p.place for p in placed if p.result.unit.code == code and p.place)


@given(safe_formulas, units(), st.data())
def test_blank_entries_never_better_the_safe_formula(formula, unit, data) -> None:
    """By people of the list, by others, in any number: same result, same place among the units."""
    listed = data.draw(st.integers(0, unit.listed - unit.done))
    blank = with_blanks(formula, unit, listed=listed, others=data.draw(st.integers(0, 5)))
    others = [data.draw(units(code=f"o{n}")) for n in range(3)]
    assert evaluate(formula, blank).sum == evaluate(formula, unit).sum
    before = place_of("a", formula, [unit, *others])
    assert place_of("a", formula, [blank, *others]) == before


@given(safe_formulas, units(), st.data())
def test_no_part_of_a_split_unit_betters_the_safe_formula(formula, unit, data) -> None:
    """However list, marks, headcount and entrants are divided; either part, result and place."""
    taken = [score for score in unit.marks if data.draw(st.booleans())]
    left = list(unit.marks)
    for score in taken:
        left.remove(score)
    missing = data.draw(st.integers(0, unit.listed - unit.done))
    heads = data.draw(st.integers(0, unit.headcount))
    one = Unit("b", len(taken) + missing, len(taken), heads, len(taken), tuple(taken))
    two = Unit(
        "c",
        unit.listed - one.listed,
        len(left),
        unit.headcount - heads,
        unit.entrants - len(taken),
        tuple(left),
        unit.winners,
    )
    others = [data.draw(units(code=f"o{n}")) for n in range(3)]
    before = place_of("a", formula, [unit, *others])
    for part in (one, two):
        assert evaluate(formula, part).sum <= evaluate(formula, unit).sum
        assert place_of(part.code, formula, [one, two, *others]) >= before


@given(safe_formulas, closed_units())
def test_the_search_finds_no_gain_in_the_safe_formula(formula, unit) -> None:
    assert cannot_be_gained(formula)
    assert not largest_blank_gain(formula, unit, 5).gained
    assert not largest_split_gain(formula, unit).gained


@given(any_formulas, closed_units(), st.integers(0, 4))
def test_the_searches_find_the_largest_gain_there_is(formula, unit, k) -> None:
    """Against every way to divide the people, and every way to add the entries."""

    def worth(result):
        return (not result.barred, 0 if result.barred else result.sum)

    people = [mark for mark, _one in unit.marks] + [None] * (unit.listed - unit.done)
    results = [evaluate(formula, unit)]
    for chosen in product([False, True], repeat=len(people)):
        part = [person for person, taken in zip(people, chosen, strict=True) if taken]
        scores = tuple((mark, 1) for mark in part if mark is not None)
        if 0 < len(part) < len(people):
            size, entered = len(part), len(scores)
            winners = unit.winners if scores else 0
            results.append(
                evaluate(formula, Unit("a", size, entered, size, entered, scores, winners))
            )
    found = largest_split_gain(formula, unit)
    assert worth(found.after) == max(map(worth, results))
    blanks = [
        with_blanks(formula, unit, listed=listed, others=others)
        for listed in range(min(k, unit.listed - unit.done) + 1)
        for others in range(k - listed + 1)
    ]
    best = max(worth(evaluate(formula, blank)) for blank in blanks)
    assert worth(largest_blank_gain(formula, unit, k).after) == best


def test_one_blank_entry_under_thanh_khe() -> None:
    """70 of 100 listed done, on average 20 %, nobody at 80 %; the average is over those who
    entered, the share over the list: 41.00 becomes 41.42.
    """
    unit = Unit("a", 100, 70, 100, 70, ((F(30), 35), (F(10), 35)))
    gain = largest_blank_gain(THANH_KHE, unit, 1)
    assert (gain.before.sum, gain.after.sum) == (F("41.00"), F("41.42"))
    assert (gain.blanks, gain.gained) == (1, True)
    split = largest_split_gain(THANH_KHE, unit)
    assert (split.part, split.after.sum) == (35, F("59.00"))
    assert not cannot_be_gained(THANH_KHE)


def test_a_blank_entry_lifts_a_unit_over_a_threshold() -> None:
    unit = Unit("a", 100, 69, 100, 69, ((F(20), 69),))
    gain = largest_blank_gain(THANH_KHE, unit, 1)
    assert (bool(gain.before.barred), bool(gain.after.barred), gain.gained) == (True, False, True)


@pytest.mark.parametrize(
    "change",
    [
        {"members": "everybody"},
        {"conditions": (Condition("winner"),)},
        {"ties": ("completion",)},
        {"components": (Component("average"),)},
    ],
)
def test_every_other_formula_is_not_called_safe(change) -> None:
    assert not cannot_be_gained(replace(BEST_OF_LIST, **change))


def test_what_can_not_be_searched_is_refused() -> None:
    unit = Unit("a", 3, 2, 4, 2, ())
    with pytest.raises(ValueError, match="a"):
        largest_split_gain(THANH_KHE, unit)
    with pytest.raises(ValueError, match="2"):
        with_blanks(THANH_KHE, unit, listed=2)
