"""Papers on paper: several “mã đề” of one round, the same whenever they are asked for again.

A code's seed follows from the pool and the code alone, so a lost sheet is printed once more and a
key printed later is the key of what was printed before. Of a frozen round the pool never changes.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.domain.installation import parent_body_of
from accounts.errors import Fault, Faults
from quiz.domain.drawable_pools import DrawablePool
from quiz.drafts import STEM, Media
from quiz.engine.canonical import H, canon
from quiz.engine.drawing import BlueprintRow, Paper, PoolForDraw, draw_paper
from quiz.enums import ItemKind
from quiz.models import Round
from quiz.rules.figures import show_span

MOST_CODES = 24
FIRST_CODE, LAST_CODE = 101, 999
LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class PaperHead:
    """What stands at the head of everything printed; always Vietnamese."""

    parent_body: str
    body_name: str
    contest_title: str
    about: str
    time_note: str


@dataclass(frozen=True)
class PrintedItem:
    """An item as printed, its options in the order of their letters; there is no key in it.

    A medium's `place` is that of the option as printed, or STEM.
    """

    number: int
    stem: str
    options: tuple[str, ...]
    several: bool
    media: tuple[Media, ...] = ()


@dataclass(frozen=True)
class PrintedPaper:
    """One code's paper; `slots` tells which item of the pool stands where."""

    code: str
    items: tuple[PrintedItem, ...]
    slots: Paper


def paper_head(*, round: Round, pool: DrawablePool) -> PaperHead:
    contest, limit = round.contest, pool.rules.entry.time_limit_seconds
    with translation.override("vi"):
        told = _("Thời gian làm bài: %(time)s.")
        time_note = told % {"time": show_span(limit)} if limit else ""
        parent = parent_body_of(unit=contest.unit)
    return PaperHead(
        parent_body=parent if parent != contest.body_name else "",
        body_name=contest.body_name,
        contest_title=contest.title,
        about=f"{round.name} · {pool.group.name}",
        time_note=time_note,
    )


def plan_codes(*, count: int, first: int) -> list[str]:
    """“101”, “102”, … Raises Faults for no codes, too many, or more than three digits."""
    place = _("Mã đề")
    if not 1 <= count <= MOST_CODES:
        raise Faults(
            [
                Fault(
                    place,
                    "codes_out_of_range",
                    _("số mã đề từ 1 đến %(most)s.") % {"most": MOST_CODES},
                    _("Ghi lại số mã đề."),
                )
            ]
        )
    if not 100 <= first <= LAST_CODE - count + 1:
        raise Faults(
            [
                Fault(
                    place,
                    "code_not_three_digits",
                    _("mã đề có ba chữ số, từ 100 đến 999."),
                    _("Ghi lại mã đề đầu tiên."),
                )
            ]
        )
    return [str(first + place) for place in range(count)]


def print_papers(
    *, pool: DrawablePool, codes: Sequence[str], same_items: bool
) -> list[PrintedPaper]:
    """A paper for each code, in their order.

    With `same_items` all codes have the items of one draw, in orders of their own as far as the
    rules shuffle; otherwise each code draws its own by the blueprint.
    """
    draw, name = pool.draw, H("pool", canon(pool.document))
    if same_items:
        chosen = draw_paper(draw, _seed(name, ""), shuffle_items=False, shuffle_options=False)
        row = BlueprintRow(tuple(slot.item_ref for slot in chosen), len(chosen))
        draw = PoolForDraw((row,), draw.option_counts, draw.fixed_order)
    return [_printed(pool, draw, _seed(name, code), code) for code in codes]


def _seed(name: bytes, code: str) -> bytes:
    """As long as an attempt's; an attempt's is random, so the two never meet."""
    return hashlib.sha256(b"minhthi/1/print\0" + name + code.encode()).digest()


def _printed(pool: DrawablePool, draw: PoolForDraw, seed: bytes, code: str) -> PrintedPaper:
    slots = draw_paper(
        draw,
        seed,
        shuffle_items=pool.document["shuffle_items"],
        shuffle_options=pool.document["shuffle_options"],
    )
    items = []
    for number, slot in enumerate(slots, start=1):
        item = pool.items[slot.item_ref]
        items.append(
            PrintedItem(
                number=number,
                stem=item["stem"],
                options=tuple(item["options"][option] for option in slot.option_order),
                several=item["kind"] == ItemKind.MULTIPLE,
                media=tuple(_media(item, slot.option_order)),
            )
        )
    return PrintedPaper(code, tuple(items), slots)


def _media(item: Mapping[str, Any], order: Sequence[int]) -> Iterator[Media]:
    """The item's pictures and sounds at the places where its options are printed."""
    for stored in item.get("media", ()):
        each = Media(**stored)
        yield each if each.place == STEM else replace(each, place=order.index(each.place))


def key_rows(*, pool: DrawablePool, papers: Sequence[PrintedPaper]) -> list[list[str]]:
    """For each item's number the letters of its key under each code: the table of a key sheet."""
    columns = [key_letters(pool=pool, paper=paper) for paper in papers]
    return [[str(number), *row] for number, row in enumerate(zip(*columns, strict=True), start=1)]


def key_letters(*, pool: DrawablePool, paper: PrintedPaper) -> list[str]:
    """For each item of the paper the letters of its right options: “B”, or “A, C”."""
    return [
        ", ".join(
            LETTERS[place]
            for place, option in enumerate(slot.option_order)
            if pool.masks[slot.item_ref] >> option & 1
        )
        for slot in paper.slots
    ]
