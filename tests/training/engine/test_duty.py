"""Rounding and what is missing, by the rule of the year."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.engine.duty import Duty

DUTIES = st.builds(
    Duty,
    measure=st.just("tiết"),
    minutes_per_unit=st.integers(1, 480),
    yearly=st.decimals(Decimal("0.5"), Decimal(200), places=1),
    rounding=st.sampled_from(["down", "half", "nearest"]),
)


@given(DUTIES, st.integers(0, 20_000))
def test_the_gap_is_the_fewest_minutes_after_which_nothing_is_missing(duty, minutes):
    gap = duty.gap(minutes)
    assert duty.missing(minutes + gap) == 0
    assert gap == 0 or duty.missing(minutes + gap - 1) > 0


@given(DUTIES, st.integers(0, 5000), st.integers(0, 5000))
def test_more_minutes_are_never_fewer_units(duty, fewer, more):
    assert duty.units(fewer) <= duty.units(fewer + more)


@pytest.mark.parametrize(("rounding", "units"), [("down", "1"), ("half", "1.5"), ("nearest", "2")])
def test_eighty_minutes_in_periods_of_45(rounding, units):
    duty = Duty("tiết", 45, Decimal(40), rounding)
    assert duty.units(80) == Decimal(units)
