"""Turning a plan (“two wrong, one left out”) into the masks an entrant would send."""

from collections.abc import Sequence
from random import Random

from quiz.enums import ItemKind


def plan_answers(
    *,
    kinds: Sequence[str],
    option_counts: Sequence[int],
    keys: Sequence[int],
    wrong: int,
    omitted: int,
    seed: int,
) -> list[int]:
    """One mask of stable option ids per slot: exactly `wrong` wrong ones and `omitted` zeros.

    The same arguments give the same answers. Raises ValueError if the plan exceeds the paper.
    """
    if wrong + omitted > len(keys):
        raise ValueError("the plan has more slots than the paper")
    rng = Random(seed)  # noqa: S311 - play, not a secret
    chosen = rng.sample(range(len(keys)), wrong + omitted)
    answers = list(keys)
    for slot in chosen[:wrong]:
        answers[slot] = _mistake(rng, kinds[slot], option_counts[slot], keys[slot])
    for slot in chosen[wrong:]:
        answers[slot] = 0
    return answers


def _mistake(rng: Random, kind: str, option_count: int, key: int) -> int:
    """A mask that is neither the key nor empty; one option where one is asked."""
    if kind == ItemKind.MULTIPLE:
        masks = range(1, 1 << option_count)
        return rng.choice([mask for mask in masks if mask != key])
    return rng.choice([1 << place for place in range(option_count) if 1 << place != key])
