"""One's own paper as far as the rules allow: for whoever appeals, and for whoever answers.

While a round is open nobody is shown an item again: others still sit the same items. Marks come
with the release, keys with it too unless the rules never show them.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_

from quiz.domain.amendments import accepted_masks, amendments_in_force
from quiz.domain.answer_letters import LETTERS, seen_paper
from quiz.domain.rule_sets import rules_of_round
from quiz.engine.drawing import Slot
from quiz.enums import KeyRemedy, RoundState
from quiz.models import Attempt, Grade, Standing

OVER = (RoundState.CLOSED, RoundState.SEALED, RoundState.RELEASED)


@dataclass(frozen=True)
class PaperOption:
    letter: str
    text: str
    chosen: bool
    right: bool


@dataclass(frozen=True)
class PaperItem:
    """`right` of an option is False wherever keys are not shown; `right` of the item is None then,
    and for an item that was dropped. `amended`: what a correction made of its key.
    """

    number: int
    stem: str
    options: list[PaperOption]
    answered: bool
    right: bool | None
    amended: str


@dataclass(frozen=True)
class Mark:
    """`rank` None for an attempt that is not the one that counts, or is not ranked."""

    score: Decimal
    correct: int
    total: int
    rank: int | None


@dataclass(frozen=True)
class OwnPaper:
    """`items` empty while the round is open; `keys`: whether right options are marked."""

    attempt: Attempt
    items: list[PaperItem]
    keys: bool
    mark: Mark | None


def own_paper(*, attempt: Attempt) -> OwnPaper:
    """What the rules let the person behind the attempt see. Give it with round and pool."""
    released = attempt.round.state == RoundState.RELEASED
    rules = rules_of_round(round=attempt.round)
    keys = released and rules is not None and rules.result.key_shown == "after_release"
    return _paper(attempt, keys=keys, marks=released)


def paper_for_review(*, attempt: Attempt, keys: bool) -> OwnPaper:
    """For organisers, who see marks from the first ranking on. Whoever asks for `keys` has had
    the opening recorded; of a round that is open they are not given at all.
    """
    over = attempt.round.state in OVER
    return _paper(attempt, keys=keys and over, marks=over)


def _paper(attempt: Attempt, *, keys: bool, marks: bool) -> OwnPaper:
    shown = attempt.round.state in OVER
    return OwnPaper(
        attempt=attempt,
        items=_items(attempt, keys=keys) if shown else [],
        keys=keys,
        mark=_mark(attempt) if marks else None,
    )


def _items(attempt: Attempt, *, keys: bool) -> list[PaperItem]:
    known = _keys(attempt) if keys else {}
    items = attempt.pool.document["items"]
    slots = zip(seen_paper(attempt).slots, attempt.answers, strict=True)
    return [
        _item(number, slot, items[slot.item_ref], mask, known.get(slot.item_ref))
        for number, (slot, mask) in enumerate(slots, start=1)
    ]


@dataclass(frozen=True)
class _Key:
    """`accepted`: the answers that earn full marks; `right`: of any other."""

    accepted: list[int]
    right: bool | None = False
    amended: str = ""


def _keys(attempt: Attempt) -> dict[int, _Key]:
    """The keys that count now, by the item's place: as committed, or as a correction left them."""
    known = {place: _Key([mask]) for place, mask in enumerate(attempt.pool.key.masks)}
    for made in amendments_in_force(round=attempt.round):
        if made.pool_id == attempt.pool_id:
            accepted = accepted_masks(
                remedy=made.remedy, old_mask=made.old_mask, new_mask=made.new_mask
            )
            other = {KeyRemedy.MARKS_TO_ALL: True, KeyRemedy.DROP: None}
            right = other.get(KeyRemedy(made.remedy), False)
            known[made.place] = _Key(accepted, right, made.get_remedy_display())
    return known


def _item(number: int, slot: Slot, item: dict, mask: int, key: _Key | None) -> PaperItem:
    marked = reduce(or_, key.accepted, 0) if key else 0
    options = [
        PaperOption(
            letter=LETTERS[place],
            text=item["options"][option],
            chosen=bool(mask >> option & 1),
            right=bool(marked >> option & 1),
        )
        for place, option in enumerate(slot.option_order)
    ]
    right = None if key is None else mask in key.accepted or key.right
    amended = key.amended if key else ""
    return PaperItem(number, item["stem"], options, mask != 0, right, amended)


def _mark(attempt: Attempt) -> Mark | None:
    """None before the first grading and for what was voided. Until the seal there is no rank: how
    many are before somebody is a count.
    """
    grade = Grade.objects.filter(attempt=attempt).first()
    if grade is None:
        return None
    places = Standing.objects.filter(round=attempt.round, attempt=attempt.pk)
    place = places.values_list("rank", flat=True).first()
    ranked = attempt.round.state in (RoundState.SEALED, RoundState.RELEASED)
    return Mark(grade.score, grade.correct, grade.total, place if ranked else None)
