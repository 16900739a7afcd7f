"""Looking at items before and after they are stored: what the checks of `quiz.checks` find."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from quiz.checks import ITEM_CHECKS, Finding, Neighbour, Surroundings
from quiz.checks.likeness import Gist, LikenessIndex, gist, gist_of
from quiz.domain.citation_doubts import citation_doubts
from quiz.domain.items import key_places
from quiz.drafts import ItemDraft, place_of
from quiz.enums import ItemState
from quiz.models import Item, ItemBank, ItemVersion

# How many items that ask nearly the same are named.
NEIGHBOURS = 5


def check_items(
    drafts: Sequence[ItemDraft],
    *,
    bank: ItemBank | None = None,
    item: Item | None = None,
    today: date | None = None,
) -> dict[int, list[Finding]]:
    """What is found, by place in `drafts`; a draft with which nothing is wrong is left out.

    Advice only: what keeps an item from being stored is `draft_faults`. Repeated stems are looked
    for among the drafts themselves and in `bank`, where `item` is the one being written anew.
    `today` decides which documents are in force.
    """
    gists = [gist_of(draft) for draft in drafts]
    around = Surroundings(
        similar=_finder(drafts, gists, bank, item),
        doubts=citation_doubts(today=today or timezone.localdate()),
    )
    found = {place: look_at(draft, around) for place, draft in enumerate(drafts)}
    return {place: findings for place, findings in found.items() if findings}


def look_at(draft: ItemDraft, around: Surroundings) -> list[Finding]:
    """What all checks find in one item."""
    return [finding for check in ITEM_CHECKS for finding in check.look(draft, around)]


def draft_of(version: ItemVersion) -> ItemDraft:
    """A stored version as the checks read it; `topic` and `citations__document` are read."""
    return ItemDraft(
        kind=version.kind,
        stem=version.stem,
        options=tuple(version.options),
        key=key_places(version.key_mask),
        fixed_order=version.fixed_order,
        topic=version.topic.name if version.topic else "",
        level=version.level,
        rationale=version.rationale,
        citation="\n".join(str(citation) for citation in version.citations.all()),
    )


def _finder(
    drafts: Sequence[ItemDraft],
    gists: Sequence[Gist],
    bank: ItemBank | None,
    item: Item | None,
) -> Callable[[ItemDraft], Sequence[Neighbour]]:
    """Finds what is like a draft among the other drafts and the bank's items."""
    known: dict[int, Neighbour] = {}  # drafts by place, items behind them
    index: LikenessIndex[int] = LikenessIndex()
    places = {id(draft): place for place, draft in enumerate(drafts)}
    for place, (draft, of) in enumerate(zip(drafts, gists, strict=True)):
        known[place] = Neighbour(_name(draft, place), draft.stem, 0.0)
        index.add(place, of)
    for ref, neighbour, of in _stored(bank, item, first=len(drafts)):
        known[ref] = neighbour
        index.add(ref, of)

    def similar(draft: ItemDraft) -> list[Neighbour]:
        place = places[id(draft)]
        near = index.near(gists[place], but=place)[:NEIGHBOURS]
        return [
            Neighbour(known[ref].name, known[ref].stem, round(likeness, 2), known[ref].item)
            for ref, likeness in near
        ]

    return similar


def _name(draft: ItemDraft, place: int) -> str:
    if draft.sheet:
        return place_of(draft.sheet, draft.row)
    return _("câu thứ %d trong tệp") % (place + 1)


def _stored(
    bank: ItemBank | None, item: Item | None, *, first: int
) -> Iterable[tuple[int, Neighbour, Gist]]:
    """The bank's living items, numbered from `first`."""
    if bank is None:
        return
    rows = ItemVersion.objects.current().filter(item__bank=bank).exclude(state=ItemState.RETIRED)
    if item is not None:
        rows = rows.exclude(item=item)
    values = rows.values_list("item_id", "item__number", "stem", "options")
    for ref, (item_id, number, stem, options) in enumerate(values.iterator(), first):
        yield ref, Neighbour(_("câu %d") % number, stem, 0.0, item_id), gist(stem, options)
