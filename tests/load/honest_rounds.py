"""How often integrity hints accuse honest people, and how many planted copies they find.

    python -m tests.load.honest_rounds [--rounds 100] [--entries 20000] [--copies 50] [--seed 1]

Simulates rounds of people who answer alone: every round has its own paper length, difficulty,
spread of knowledge, number of units, rush before the close and change of knowledge over the week;
some come twice, some click through by chance, some know it all by heart and are quick. Then plants
copies: somebody hands in another's answers, one in twenty of their own, within twenty minutes of
the source; half of them colleagues. Prints the share of entries flagged and of copies found. The
small version of it is tests/quiz/engine/test_integrity_rates.py.
"""

import argparse
import random
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from math import exp, log

from quiz.engine.integrity.drift import PERIODS, DriftTally
from quiz.engine.integrity.likeness import LikenessFinder, ResponseModel
from quiz.engine.integrity.sittings import Sitting
from quiz.engine.integrity.speed import too_fast

WEEK = 7 * 24 * 3600 * 1000
MINUTE = 60_000
OPTIONS = 4


@dataclass(frozen=True)
class Made:
    """A round: its entries, and (source, copy) of those planted, by attempt."""

    sittings: list[Sitting]
    right: list[frozenset[int]]
    copies: list[tuple[int, int]]


@dataclass(frozen=True)
class Seen:
    """What the hints say of a round."""

    flagged: set[int]
    pairs: set[tuple[int, int]]
    drifting: list[int]


def honest_round(dice: random.Random, entries: int) -> Made:
    """A round without any fraud."""
    items = dice.choice((20, 20, 25, 30))
    hardness = [dice.gauss(0, 1) for _item in range(items)]
    level, spread = dice.uniform(0.3, 2.0), dice.uniform(0.6, 1.3)
    learning = dice.uniform(-0.3, 0.6)
    units, late = dice.randint(40, 200), dice.uniform(0.1, 0.4)
    keys = [dice.randrange(OPTIONS) for _item in range(items)]
    pulls = [_pulls(dice, key) for key in keys]
    made, entrant = [], 0
    for attempt in range(entries):
        again = made and dice.random() < 0.15
        entrant = entrant if again else entrant + 1
        began = int(
            WEEK * (1 - dice.betavariate(1, 12)) if dice.random() < late else _daytime(dice)
        )
        skill = dice.gauss(level, spread) + learning * began / WEEK + (0.7 if again else 0)
        blind, hurry = dice.random() < 0.01, dice.random() < 0.02
        order = list(range(items))
        dice.shuffle(order)
        masks = [
            _answer(dice, keys[i], pulls[i], -9 if blind else skill - hardness[i]) for i in order
        ]
        pace = 0.8 if blind else dice.uniform(1.8, 3) if hurry else exp(dice.gauss(log(14), 0.5))
        seconds = items * max(pace, 0.5) + 3
        unit = dice.randrange(units) if dice.random() < 0.7 else None
        made.append(
            Sitting(attempt, entrant, unit, began, began + int(seconds * 1000), order, masks)
        )
    return Made(made, [frozenset({1 << key}) for key in keys], [])


def _daytime(dice: random.Random) -> int:
    """Mostly office hours of some day."""
    hour = min(23.9, max(0.0, dice.gauss(14, 4)))
    return int((dice.randrange(7) * 24 + hour) * 3600 * 1000)


def _pulls(dice: random.Random, key: int) -> list[float]:
    """How strongly each wrong option draws."""
    return [0.0 if option == key else dice.uniform(0.2, 1.5) for option in range(OPTIONS)]


def _answer(dice: random.Random, key: int, pulls: list[float], logit: float) -> int:
    if dice.random() < 0.01:
        return 0
    if logit > -9 and dice.random() < 1 / (1 + exp(-logit)):
        return 1 << key
    if logit <= -9:
        return 1 << dice.randrange(OPTIONS)
    return 1 << dice.choices(range(OPTIONS), pulls)[0]


def plant_copies(made: Made, dice: random.Random, copies: int) -> Made:
    """Some more entries whose answers are another's; sources got at least a quarter wrong.

    Whose source got nearly everything right hands in what honest people hand in as well.
    """
    sources = [s for s in made.sittings if 0.25 <= 1 - s.total(made.right) / len(s.items) <= 0.75]
    planted, told = list(made.sittings), []
    for number in range(copies):
        source = dice.choice(sources)
        answers = dict(zip(source.items, source.masks, strict=True))
        order = dice.sample(list(answers), len(answers))
        masks = [
            1 << dice.randrange(OPTIONS) if dice.random() < 0.05 else answers[item]
            for item in order
        ]
        ended = source.ended + dice.randrange(20 * MINUTE)
        attempt, unit = len(planted), source.unit if number % 2 else dice.randrange(1000, 2000)
        copy = Sitting(attempt, 10**6 + number, unit, ended - 5 * MINUTE, ended, order, masks)
        planted.append(copy)
        told.append((source.attempt, attempt))
    return replace(made, sittings=planted, copies=told)


def look_at(made: Made) -> Seen:
    """All hints over one round."""
    counts: Counter[tuple[int, int, int]] = Counter()
    drift, flagged = DriftTally(), set()
    options = [OPTIONS] * len(made.right)
    for sitting in made.sittings:
        right = [m in made.right[i] for i, m in zip(sitting.items, sitting.masks, strict=True)]
        total = sum(right)
        for item, mask in zip(sitting.items, sitting.masks, strict=True):
            counts[item, mask, total] += 1
        drift.count(sitting.items, right, min(PERIODS - 1, sitting.started * PERIODS // WEEK))
        if too_fast(sitting, right=made.right, option_counts=options):
            flagged.add(sitting.attempt)
    finder = LikenessFinder(ResponseModel(counts, made.right), made.right)
    for sitting in sorted(made.sittings, key=lambda each: (each.ended, each.attempt)):
        finder.add(sitting)
    pairs = {(pair.first, pair.second) for pair in finder.pairs()}
    flagged |= {attempt for pair in pairs for attempt in pair}
    return Seen(flagged, pairs, [each.item for each in drift.drifting()])


def found_copies(made: Made, seen: Seen) -> int:
    """How many planted copies are named together with their source or another copy of it."""
    return sum(
        (source, copy) in seen.pairs or (copy, source) in seen.pairs for source, copy in made.copies
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--copies", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    shares, drifting, found, began = [], 0, [], time.process_time()
    for number in range(options.rounds):
        dice = random.Random(options.seed * 1000 + number)
        made = honest_round(dice, options.entries)
        seen = look_at(made)
        shares.append(len(seen.flagged) / options.entries)
        drifting += len(seen.drifting)
        planted = plant_copies(made, dice, options.copies)
        found.append(found_copies(planted, look_at(planted)) / max(1, options.copies))
        print(
            f"round {number + 1}: {len(seen.flagged)} flagged, {len(seen.drifting)} items,"
            f" {found[-1]:.0%} of the copies found",
            flush=True,
        )
    print(f"honest entries flagged: {statistics.mean(shares):.4%}, at most {max(shares):.4%}")
    print(f"items called drifting: {drifting} in {options.rounds} rounds")
    print(f"copies found: {statistics.mean(found):.1%}, at least {min(found):.0%}")
    print(f"{time.process_time() - began:.0f} s of CPU")
    return 0 if max(shares) <= 0.001 and statistics.mean(found) >= 0.8 else 1


if __name__ == "__main__":
    sys.exit(main())
