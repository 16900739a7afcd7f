"""Intervals that an attempt commits to beside its exact values, wide ones and narrower ones.

A bundle that has to show an entry behind the last prize opens an interval that lies wholly behind,
never the value: many share an interval, and nobody who knows when a person entered or what they
predicted finds them by it. An interval is [low, high): low belongs to it, high does not.

| name | of | width |
|---|---|---|
| prediction/1, /2, /3 | the prediction | one unit of its first, second, third significant digit |
| duration/60000, /10000 | ended − started, in ms | 60 s, 10 s |
| ended/3600000, /60000 | the moment of the end | an hour, a minute, counted from 1970 in UTC |
"""

import hmac
from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from quiz.engine.canonical import H, canon_of_plain, plain
from quiz.engine.commitments import field_key
from quiz.engine.moments import MS, of_ms, to_ms

Interval = tuple[Any, Any]

# Criterion of the chain → the intervals that speak of it, the widest first.
BOUNDS_OF = {
    "prediction_error": ("prediction/1", "prediction/2", "prediction/3"),
    "duration": ("duration/60000", "duration/10000"),
    "submitted_at": ("ended/3600000", "ended/60000"),
}
BOUNDS = tuple(name for names in BOUNDS_OF.values() for name in names)


def around_prediction(value: Decimal, digits: int) -> Interval:
    """The numbers that agree with it in the first `digits` significant digits."""
    width = Decimal(1).scaleb((value.adjusted() if value else 0) - digits + 1)
    low = (value / width).to_integral_value(ROUND_FLOOR) * width
    return low, low + width


def around_ms(value: int, width: int) -> Interval:
    """The multiple of `width` at or before a number of milliseconds, and the next."""
    low = value // width * width
    return low, low + width


def bound_values(
    *, prediction: Decimal | None, started: datetime, ended: datetime
) -> dict[str, Interval | None]:
    """The interval of each of `BOUNDS`; None where nothing was predicted."""
    ended_ms, took = to_ms(ended), (ended - started) // MS
    return {name: bound_value(name, prediction, took, ended_ms) for name in BOUNDS}


def bound_value(
    name: str, prediction: Decimal | None, duration_ms: int, ended_ms: int
) -> Interval | None:
    """One of them. Durations are in ms, moments of the end are moments."""
    kind, step = name.split("/")
    if kind == "prediction":
        return None if prediction is None else around_prediction(prediction, int(step))
    if kind == "duration":
        return around_ms(duration_ms, int(step))
    low, high = around_ms(ended_ms, int(step))
    return of_ms(low), of_ms(high)


def bounds_digest(secret: bytes, values: Mapping[str, Any]) -> str:
    """What the leaf's field `bounds` holds: H("bounds", canon({name: commitment})), hexadecimal."""
    return H("bounds", canon_of_plain(_commitments(secret, values))).hex()


def open_bounds(
    secret: bytes, values: Mapping[str, Any], names: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Some intervals with their keys, of the others the commitment; ready for JSON."""
    return {
        name: {"value": plain(values[name]), "key": _key(secret, name).hex()}
        if name in names
        else {"commitment": commitment}
        for name, commitment in _commitments(secret, values).items()
    }


def _commitments(secret: bytes, values: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: hmac.digest(_key(secret, name), canon_of_plain(plain(values[name])), "sha256").hex()
        for name in BOUNDS
    }


def _key(secret: bytes, name: str) -> bytes:
    return field_key(secret, f"bounds/{name}")
