"""A paper as HTML, from fragments escaped once per pool: the page of 20 items costs microseconds.

A template loop over 80 options would cost ten times the save it precedes.
"""

from collections.abc import Callable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from frontend.pages.entry.hot import url_of
from frontend.pages.media_html import media_html
from quiz.domain.frozen import FrozenPool
from quiz.domain.papers import paper_of
from quiz.drafts import STEM
from quiz.engine.drawing import Slot
from quiz.enums import ItemKind

POOLS_KEPT = 32
LETTERS = "ABCDEFGH"

# An item's stem, whether several options may be chosen, what its stem shows, its options.
Fragment = tuple[str, bool, str, list[str]]
Fragments = list[Fragment]
_prepared: dict[tuple[str, str | None], Fragments] = {}


def _address(sha256: str) -> str:
    return url_of("attempt-media", sha256=sha256)


def _fragments(pool: FrozenPool) -> Fragments:
    """One an item, kept; all escaped."""
    key = (pool.digest, get_language() if pool.mime_types else None)  # a sound brings words
    kept = _prepared.get(key)
    if kept is None:
        while len(_prepared) >= POOLS_KEPT:
            _prepared.pop(next(iter(_prepared)), None)
        kept = _prepared[key] = _escaped(pool, _address)
    return kept


def _escaped(pool: FrozenPool, address: Callable[[str], str]) -> Fragments:
    return [
        (
            escape(item.stem),
            item.kind == ItemKind.MULTIPLE,
            media_html(item.media, STEM, address),
            [
                escape(option) + media_html(item.media, place, address)
                for place, option in enumerate(item.options)
            ],
        )
        for item in pool.items
    ]


def _option(slot: int, option: int, letter: str, text: str, *, several: bool, mask: int) -> str:
    kind = "checkbox" if several else "radio"
    checked = " checked" if mask >> option & 1 else ""
    return (
        f'<label class="option"><input type="{kind}" name="s{slot}" value="{option}"{checked}>'
        f'<span class="option__letter" aria-hidden="true">{letter}</span>'
        f'<span class="option__text">{text}</span></label>'
    )


def _slip(
    number: int,
    slot: Slot,
    fragment: Fragment,
    mask: int,
    words: tuple[str, str],
) -> str:
    stem, several, media, options = fragment
    place = number - 1
    several_note = f'<span class="slip__note">{words[1]}</span>' if several else ""
    rows = "".join(
        _option(place, option, letter, options[option], several=several, mask=mask)
        for letter, option in zip(LETTERS, slot.option_order, strict=False)
    )
    return (
        f'<fieldset class="slip" id="cau-{number}" data-slot="{place}">'
        f'<legend class="slip__stem" tabindex="-1"><span class="slip__number">{words[0]} {number}'
        f'<span class="visually-hidden">.</span></span> {stem}{several_note}</legend>'
        f'{media}<div class="slip__options">{rows}</div></fieldset>'
    )


def paper_html(
    pool: FrozenPool,
    seed: bytes,
    answers: Sequence[int],
    *,
    address: Callable[[str], str] | None = None,
) -> SafeString:
    """All items of a paper as fieldsets, the stored answers checked.

    The field of slot n is `s<n>`; values are the pool's option ids. With an `address` of its files
    the paper is not an entrant's, and nothing of it is kept.
    """
    fragments = _fragments(pool) if address is None else _escaped(pool, address)
    words = (escape(pgettext("đề thi", "Câu")), escape(_("Chọn tất cả phương án đúng")))
    return mark_safe(  # noqa: S308  (every text was escaped above)
        "".join(
            _slip(number, slot, fragments[slot.item_ref], answers[number - 1], words)
            for number, slot in enumerate(paper_of(pool, seed), start=1)
        )
    )
