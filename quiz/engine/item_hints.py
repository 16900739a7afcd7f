"""What in the figures of an item asks a person to look at it again.

Hints, never verdicts: an item with a hint may be sound, and one without may be wrong. Nothing is
said of an item that fewer than `FEW` people met, where shares are mostly chance.

* KEY: among the best 27 % a wrong option is chosen more often than the key; NEGATIVE: the item is
  answered right less often by the best than by the weakest. Both are how a wrong key shows.
* WEAK: D below 0.2 (R. L. Ebel and D. A. Frisbie, Essentials of Educational Measurement, 5th ed.,
  1991, 232), unless nearly everybody knew the answer: such an item can't discriminate.
* ATTRACTS: a wrong option draws more of the best than of the weakest.
* BELOW_CHANCE: fewer right answers than blind guessing would give.
* IDLE: wrong options chosen by less than 5 % (T. M. Haladyna and S. M. Downing, "How many options
  is enough for a multiple-choice test item?", Educational and Psychological Measurement 53, 1993,
  999-1010), unless nearly everybody knew the answer.
* EASY: at least 95 % were right. UNREACHED, OMITTED: more than 10 % of those who met it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

FEW = 30
WEAK_BELOW = 0.2
EASY_FROM = 0.95
# An item nearly all know can neither discriminate nor employ its distractors.
KNOWN_FROM = 0.9
IDLE_BELOW = 0.05
BLANK_ABOVE = 0.1
# Differences between the ends smaller than this may be chance.
NOTABLE = 0.05


class ItemHint(StrEnum):
    KEY = "key"
    NEGATIVE = "negative"
    BELOW_CHANCE = "below_chance"
    ATTRACTS = "attracts"
    WEAK = "weak"
    IDLE = "idle"
    EASY = "easy"
    UNREACHED = "unreached"
    OMITTED = "omitted"


# What a wrong key or an ambiguous sentence looks like; the rest is advice for the next version.
NEEDS_CHECKING = frozenset(
    {ItemHint.KEY, ItemHint.NEGATIVE, ItemHint.BELOW_CHANCE, ItemHint.ATTRACTS}
)


@dataclass(frozen=True)
class Figures:
    """Of one item; `upper`, `lower`, `choices` by option id, `key_mask` over the same ids.

    `one_answer`: exactly one option is right and is chosen. The key may be left out (0): then
    nothing is said that needs it.
    """

    met: int
    correct: int
    omitted: int
    not_reached: int
    discrimination: float | None
    choices: Sequence[int]
    upper: Sequence[float]
    lower: Sequence[float]
    key_mask: int
    one_answer: bool

    @property
    def facility(self) -> float:
        return self.correct / self.met


def item_hints(item: Figures) -> tuple[ItemHint, ...]:
    """The hints of an item, the most urgent first."""
    if item.met < FEW:
        return ()
    told = {
        ItemHint.KEY: _key_is_doubtful(item),
        ItemHint.NEGATIVE: (item.discrimination or 0) <= -NOTABLE,
        ItemHint.BELOW_CHANCE: item.one_answer and item.facility < 1 / max(1, len(item.choices)),
        ItemHint.ATTRACTS: bool(attracting(item)),
        ItemHint.WEAK: _is_weak(item),
        ItemHint.IDLE: bool(idle(item)),
        ItemHint.EASY: item.facility >= EASY_FROM,
        ItemHint.UNREACHED: item.not_reached > BLANK_ABOVE * item.met,
        ItemHint.OMITTED: item.omitted > BLANK_ABOVE * item.met,
    }
    return tuple(hint for hint, holds in told.items() if holds)


def _distractors(item: Figures) -> list[int]:
    if not item.key_mask or not item.one_answer or len(item.upper) != len(item.choices):
        return []
    return [option for option in range(len(item.choices)) if not item.key_mask >> option & 1]


def _key_is_doubtful(item: Figures) -> bool:
    wrong = _distractors(item)
    key = [option for option in range(len(item.choices)) if item.key_mask >> option & 1]
    return bool(wrong) and any(item.upper[o] > max(item.upper[k] for k in key) for o in wrong)


def attracting(item: Figures) -> list[int]:
    """Wrong options that draw more of the best than of the weakest, by id."""
    return [o for o in _distractors(item) if item.upper[o] - item.lower[o] > NOTABLE]


def idle(item: Figures) -> list[int]:
    """Wrong options hardly anybody chose, by id; none of an item nearly everybody knew."""
    if not item.met or item.facility >= KNOWN_FROM:
        return []
    return [o for o in _distractors(item) if item.choices[o] < IDLE_BELOW * item.met]


def _is_weak(item: Figures) -> bool:
    value = item.discrimination
    return value is not None and -NOTABLE < value < WEAK_BELOW and item.facility < KNOWN_FROM
