"""One's own paper as far as the rules allow: for whoever appeals, and for whoever answers.

While a round is open nobody is shown an item again: others still sit the same items. Marks come
with the release, keys with it too unless the rules never show them.
"""

from dataclasses import dataclass
from decimal import Decimal

from quiz.domain.answer_letters import LETTERS, seen_paper
from quiz.domain.rule_sets import rules_of_round
from quiz.engine.drawing import Slot
from quiz.enums import RoundState
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
    """`right` of an option is False wherever keys are not shown; `right` of the item is None."""

    number: int
    stem: str
    options: list[PaperOption]
    answered: bool
    right: bool | None


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
    masks = attempt.pool.key.masks if keys else None
    items = attempt.pool.document["items"]
    slots = zip(seen_paper(attempt).slots, attempt.answers, strict=True)
    return [
        _item(number, slot, items[slot.item_ref], mask, masks and masks[slot.item_ref])
        for number, (slot, mask) in enumerate(slots, start=1)
    ]


def _item(number: int, slot: Slot, item: dict, mask: int, key: int | None) -> PaperItem:
    options = [
        PaperOption(
            letter=LETTERS[place],
            text=item["options"][option],
            chosen=bool(mask >> option & 1),
            right=bool(key is not None and key >> option & 1),
        )
        for place, option in enumerate(slot.option_order)
    ]
    right = None if key is None else mask == key
    return PaperItem(number, item["stem"], options, answered=mask != 0, right=right)


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
