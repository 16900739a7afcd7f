"""How firmly a key is believed, from all that speaks for one option or another."""

from collections.abc import Sequence
from typing import NamedTuple

CERTAIN = 100
BY_LOOKS = 95  # how a text looks is never proof
_AGREEING = 5


class Sign(NamedTuple):
    """One sign of a key: what kind (a value of `quiz.readings.Mark`), the places, 0 to 100."""

    mark: str
    places: frozenset[int]
    strength: int
    text: str = ""


def weigh(signs: Sequence[Sign]) -> tuple[frozenset[int], int]:
    """The places believed to be right, and how firmly.

    The strongest sign decides; others that agree add 5 each, up to 95 unless one of them is
    certain by itself. The strongest that disagrees takes away half of its own strength, so that two
    equal ones leave half: then a person has to look.
    """
    told = [sign for sign in signs if sign.places]
    if not told:
        return frozenset(), 0
    best = max(told, key=lambda sign: sign.strength)
    agreeing = sum(sign.places == best.places for sign in told) - 1
    against = max((sign.strength for sign in told if sign.places != best.places), default=0)
    firm = best.strength
    if firm < BY_LOOKS:
        firm = min(BY_LOOKS, firm + _AGREEING * agreeing)
    return best.places, max(5, firm - against // 2)
