"""Intervals hold their value, are as wide as their name says, and lead to the leaf."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.bounds import (
    BOUNDS,
    around_ms,
    around_prediction,
    bound_values,
    bounds_digest,
    open_bounds,
)
from quiz.engine.canonical import H, canon
from quiz.engine.commitments import FIELDS_2, field_commitments, leaf, leaf_of_opening, open_leaf
from tests.quiz.engine.vectors import read_vectors, untag

VECTOR = read_vectors("proofs")["bounds"]
SECRET = bytes.fromhex(VECTOR["secret"])
STARTED = datetime(2026, 11, 22, 18, 46, 28, 123000, UTC)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        ("14492", 1, ("10000", "20000")),
        ("14492", 2, ("14000", "15000")),
        ("14492", 3, ("14400", "14500")),
        ("87.65432", 2, ("87", "88")),
        ("7", 3, ("7", "7.01")),
        ("0", 1, ("0", "1")),
        ("0.05", 1, ("0.05", "0.06")),
        ("99999", 1, ("90000", "100000")),
    ],
)
def test_predictions_agree_in_their_first_digits(value, digits, expected):
    found = around_prediction(Decimal(value), digits)
    assert found == tuple(map(Decimal, expected))


@given(st.decimals(0, 10**9, places=5), st.sampled_from([1, 2, 3]))
def test_a_prediction_stands_in_its_interval_and_a_wider_one_holds_a_narrower(value, digits):
    low, high = around_prediction(value, digits)
    assert low <= value < high
    if digits > 1:
        wider = around_prediction(value, digits - 1)
        assert wider[0] <= low < high <= wider[1]


@given(st.integers(0, 10**13), st.sampled_from([10_000, 60_000, 3_600_000]))
def test_a_time_stands_in_its_interval(value, width):
    low, high = around_ms(value, width)
    assert low <= value < high == low + width
    assert low % width == 0


def test_the_intervals_are_those_of_the_vectors():
    values = bound_values(
        prediction=Decimal("87.65432"),
        started=STARTED,
        ended=STARTED + timedelta(milliseconds=754_884),
    )
    assert tuple(values) == BOUNDS
    opened = open_bounds(SECRET, values, BOUNDS)
    assert {name: part["value"] for name, part in opened.items()} == VECTOR["values"]
    assert {name: part["key"] for name, part in opened.items()} == VECTOR["keys"]
    closed = {name: part["commitment"] for name, part in open_bounds(SECRET, values, ()).items()}
    assert closed == VECTOR["commitments"]
    assert bounds_digest(SECRET, values) == VECTOR["digest"] == H("bounds", canon(closed)).hex()


def test_a_leaf_of_the_second_version_is_that_of_the_vectors():
    values = untag(VECTOR["leaf"]["values"])
    assert set(values) == set(FIELDS_2)
    assert values["bounds"] == VECTOR["digest"]
    assert field_commitments(SECRET, values) == VECTOR["leaf"]["commitments"]
    assert leaf(SECRET, values).hex() == VECTOR["leaf"]["leaf"]
    assert leaf_of_opening(open_leaf(SECRET, values, ["bounds", "round"])) == leaf(SECRET, values)


def test_nothing_was_predicted():
    values = bound_values(prediction=None, started=STARTED, ended=STARTED)
    assert [values[name] for name in BOUNDS[:3]] == [None] * 3
