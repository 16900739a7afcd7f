"""Answers as whoever sat there saw them: the number of the slot and the letters of its options."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from quiz.engine.drawing import Paper, draw_paper, read_pool
from quiz.models import Attempt, Pool

LETTERS = "ABCDEFGHIJKLMNOP"


@dataclass(frozen=True)
class SeenPaper:
    """The paper of an attempt: items in the order shown, options with the letters shown."""

    pool: Pool
    seed: bytes

    @cached_property
    def slots(self) -> Paper:
        document = self.pool.document
        return draw_paper(
            read_pool(document),
            self.seed,
            shuffle_items=document["shuffle_items"],
            shuffle_options=document["shuffle_options"],
        )

    def letters(self, slot: int, mask: int) -> str:
        """“A, C” of a mask of stable option ids; “–” where nothing is chosen. `slot` from 0."""
        order: Sequence[int] = self.slots[slot].option_order
        shown = [LETTERS[place] for place, option in enumerate(order) if mask >> option & 1]
        return ", ".join(shown) or "–"


def seen_paper(attempt: Attempt) -> SeenPaper:
    return SeenPaper(attempt.pool, bytes(attempt.seed))
