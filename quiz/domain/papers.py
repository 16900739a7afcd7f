"""The paper of an attempt: drawn again from the pool and the seed whenever it is needed."""

from dataclasses import dataclass

from quiz.domain.frozen import FrozenItem, FrozenPool
from quiz.drafts import Media
from quiz.engine.drawing import Paper, draw_paper


@dataclass(frozen=True, slots=True)
class PresentedItem:
    """What an entrant is shown in one slot. `options` are (stable id, text) in the order shown;
    a medium's place is such an id.
    """

    number: int
    place: int
    kind: str
    stem: str
    options: tuple[tuple[int, str], ...]
    media: tuple[Media, ...] = ()


def paper_of(pool: FrozenPool, seed: bytes) -> Paper:
    return draw_paper(
        pool.draw,
        bytes(seed),
        shuffle_items=pool.shuffle_items,
        shuffle_options=pool.shuffle_options,
    )


def present_paper(pool: FrozenPool, seed: bytes) -> list[PresentedItem]:
    """The paper in words, without keys."""
    presented = []
    for number, slot in enumerate(paper_of(pool, seed), start=1):
        item: FrozenItem = pool.items[slot.item_ref]
        options = tuple((option, item.options[option]) for option in slot.option_order)
        shown = PresentedItem(number, slot.item_ref, item.kind, item.stem, options, item.media)
        presented.append(shown)
    return presented
