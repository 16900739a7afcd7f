"""A year's duty: minutes to units, rounding, what is missing.

Rounding happens once, on a person's whole year, never on its parts: a day of 40 minutes and one of
50 are two periods of 45, not none and one.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal

HALF, WHOLE = Decimal("0.5"), Decimal(1)


@dataclass(frozen=True)
class Duty:
    """`measure`: what a unit is called; `yearly` in units; `rounding`: down, half or nearest.

    `half` goes down to whole halves, `nearest` to the nearest whole, a half upwards. To be reached
    by the end of `due_day`.`due_month`.
    """

    measure: str
    minutes_per_unit: int
    yearly: Decimal
    rounding: str = "down"
    due_month: int = 12
    due_day: int = 31

    def units(self, minutes: int) -> Decimal:
        """What so many minutes count, rounded."""
        exact = Decimal(minutes) / self.minutes_per_unit
        if self.rounding == "nearest":
            return exact.quantize(WHOLE, ROUND_HALF_UP)
        step = HALF if self.rounding == "half" else WHOLE
        return (exact / step).quantize(WHOLE, ROUND_DOWN) * step

    def missing(self, minutes: int) -> Decimal:
        """Units still to be studied."""
        return max(Decimal(0), self.yearly - self.units(minutes))

    def gap(self, minutes: int) -> int:
        """The fewest further minutes with which nothing is missing any more."""
        if not self.missing(minutes):
            return 0
        steps = {"half": HALF, "nearest": WHOLE}.get(self.rounding, WHOLE)
        wanted = (self.yearly / steps).quantize(WHOLE, ROUND_CEILING) * steps
        if self.rounding == "nearest":
            wanted -= HALF
        return int((wanted * self.minutes_per_unit).to_integral_value(ROUND_CEILING)) - minutes

    def due_on(self, year: int) -> date:
        return date(year, self.due_month, self.due_day)
