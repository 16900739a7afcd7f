"""A started attempt as JSON, from pieces written once per pool.

Making a model of each of eighty options and writing it out cost as much as drawing the paper and
storing the attempt together. The pieces are written by the models themselves, so what is sent has
the shape of `AttemptAnswer`.
"""

from typing import NamedTuple

from quiz.domain.attempts import Sitting
from quiz.domain.frozen import FrozenPool
from quiz.domain.papers import paper_of
from quiz.interfaces.api.entry_models import (
    AttemptRest,
    ItemAnswer,
    MediaAnswer,
    OptionAnswer,
    SavedAnswer,
)

KEPT = 32
_kept: dict[str, tuple["Pieces", ...]] = {}
_NUMBER, _OPTIONS = '{"number":0', '"options":[]'


class Pieces(NamedTuple):
    """An item without number and options: what stands before them and behind; its options."""

    before: str
    options: tuple[str, ...]
    behind: str


def attempt_json(sitting: Sitting) -> bytes:
    """The attempt as `AttemptAnswer` describes it: the paper without keys, the answers stored."""
    row, pool = sitting.row, sitting.round.pool(sitting.row.pool_id)
    pieces = _pieces_of(pool)
    items = ",".join(
        _item(pieces[slot.item_ref], number, slot.option_order)
        for number, slot in enumerate(paper_of(pool, row.seed), start=1)
    )
    head = SavedAnswer.of(sitting).model_dump_json()
    rest = AttemptRest.of(sitting).model_dump_json()
    return f'{head[:-1]},"items":[{items}],{rest[1:]}'.encode()


def _item(pieces: Pieces, number: int, order: tuple[int, ...]) -> str:
    options = ",".join([pieces.options[option] for option in order])
    return f'{{"number":{number}{pieces.before}"options":[{options}]{pieces.behind}'


def _pieces_of(pool: FrozenPool) -> tuple[Pieces, ...]:
    kept = _kept.get(pool.digest)
    if kept is None:
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)), None)
        kept = _kept[pool.digest] = _write_pieces(pool)
    return kept


def _write_pieces(pool: FrozenPool) -> tuple[Pieces, ...]:
    written = []
    for item in pool.items:
        media = [MediaAnswer.of(each) for each in item.media]
        whole = ItemAnswer(number=0, kind=item.kind, stem=item.stem, options=[], media=media)
        before, _options, behind = whole.model_dump_json().partition(_OPTIONS)
        options = (OptionAnswer(id=i, text=text) for i, text in enumerate(item.options))
        texts = tuple(option.model_dump_json() for option in options)
        written.append(Pieces(before.removeprefix(_NUMBER), texts, behind))
    return tuple(written)
