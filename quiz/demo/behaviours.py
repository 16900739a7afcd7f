"""What made-up entrants do once they are registered: how well, how long, and what goes wrong."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, repeat
from random import Random
from typing import Any

from quiz.demo.contest import ITEMS_PER_PAPER, TIME_LIMIT_SECONDS

# Percent of entrants. A full paper is common, as in real contests: tie-breaks decide.
_SKILLS = (("perfect", 30), ("good", 45), ("weak", 25))
# Of these one happens to a person at most, because the first three leave no submitted paper.
_TROUBLES = (
    ("never_starts", 1),
    ("abandoned", 4),
    ("late", 3),
    ("double_submit", 4),
    ("two_tabs", 3),
    ("forgets_consent", 1),
)
_RETURNING_PERCENT = 10
_NO_PREDICTION_PERCENT = 2


@dataclass(frozen=True)
class AttemptPlan:
    """How the stored answers differ from the key in the end, and after how many seconds."""

    wrong: int
    omitted: int
    seconds: int

    @property
    def is_full(self) -> bool:
        return not self.wrong and not self.omitted


@dataclass(frozen=True)
class Behaviour:
    """The flags describe the last attempt; `attempts` is empty for those who never start.

    abandoned: saves some answers, closes the page, never submits.
    late: saves in time, then sends the omitted answers after the deadline, in vain.
    double_submit: submits twice at once.
    two_tabs: answers in two tabs at the same time, submits from one.
    forgets_consent: sends the form without the tick first, is refused, ticks and sends again.
    """

    attempts: tuple[AttemptPlan, ...] = ()
    prediction: int | None = None
    abandoned: bool = False
    late: bool = False
    double_submit: bool = False
    two_tabs: bool = False
    forgets_consent: bool = False

    @property
    def returns(self) -> bool:
        return len(self.attempts) > 1

    @property
    def all_correct(self) -> bool:
        return any(plan.is_full for plan in self.attempts)

    @property
    def is_plain(self) -> bool:
        """One submitted attempt and nothing unusual about it."""
        plain = Behaviour(attempts=self.attempts, prediction=self.prediction)
        return len(self.attempts) == 1 and self == plain


def draw_behaviours(rng: Random, count: int) -> list[Behaviour]:
    """`count` behaviours in random order, every kind among them; predictions come later."""
    skills = _deal(rng, count, _SKILLS)
    troubles = _deal(rng, count, _TROUBLES)
    returning = set(rng.sample(range(count), count * _RETURNING_PERCENT // 100))
    return [
        _draw_behaviour(rng, skill or "good", trouble, place in returning)
        for place, (skill, trouble) in enumerate(zip(skills, troubles, strict=True))
    ]


def guess_count(rng: Random, actual: int) -> int | None:
    """A prediction of `actual`: mostly near, sometimes far off, sometimes left empty."""
    fate = rng.random() * 100
    if fate < _NO_PREDICTION_PERCENT:
        return None
    if fate < 15:
        return rng.randint(1, 20 * max(actual, 1))
    return max(0, round(rng.gauss(actual, 0.2 * actual)))


def _deal(rng: Random, count: int, percents: Iterable[tuple[str, int]]) -> list[str]:
    """A shuffled list in which each name has its percentage, at least one place; "" fills up."""
    dealt: Iterator[str] = chain.from_iterable(
        repeat(name, max(1, count * percent // 100)) for name, percent in percents
    )
    names = list(dealt)[:count]
    names += [""] * (count - len(names))
    rng.shuffle(names)
    return names


def _draw_behaviour(rng: Random, skill: str, trouble: str, returning: bool) -> Behaviour:
    if trouble == "never_starts":
        return Behaviour()
    last = _draw_plan(rng, skill)
    if trouble in ("abandoned", "late"):
        omitted = rng.randint(1, 10)
        last = replace(last, wrong=min(last.wrong, ITEMS_PER_PAPER - omitted), omitted=omitted)
    if trouble == "late":
        last = replace(last, seconds=TIME_LIMIT_SECONDS + rng.randint(30, 600))
    attempts = (_draw_plan(rng, "weak"), last) if returning else (last,)
    flags: dict[str, Any] = {trouble: True} if trouble else {}
    return Behaviour(attempts=attempts, **flags)


def _draw_plan(rng: Random, skill: str) -> AttemptPlan:
    """perfect: nothing wrong; good: 1–5 wrong; weak: 6–14 wrong and up to 4 left out."""
    wrong, omitted = 0, 0
    if skill == "good":
        wrong = rng.randint(1, 5)
    elif skill == "weak":
        wrong, omitted = rng.randint(6, 14), rng.choice([0, 0, 1, 2, 4])
    seconds = round(rng.triangular(60, TIME_LIMIT_SECONDS - 20, 240))
    return AttemptPlan(wrong=wrong, omitted=omitted, seconds=seconds)
