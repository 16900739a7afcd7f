"""Looking at items before and after they are stored: what the checks of `quiz.checks` find."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from quiz.checks import ITEM_CHECKS, Finding, Neighbour, Surroundings
from quiz.checks.likeness import LikenessIndex, gist, gist_of
from quiz.domain.citation_doubts import citation_doubts
from quiz.domain.item_search import versions_like
from quiz.domain.items import key_places
from quiz.drafts import ItemDraft, place_of
from quiz.enums import ItemState
from quiz.models import FindingDismissal, Item, ItemBank, ItemVersion

# How many items that ask nearly the same are named.
NEIGHBOURS = 5
# Of a larger bank only what shares words is read when a few drafts are looked at.
READ_WHOLE_BANK = 2000
_FEW_DRAFTS = 50

Findings = dict[int, list[Finding]]


def check_items(
    drafts: Sequence[ItemDraft],
    *,
    bank: ItemBank | None = None,
    item: Item | None = None,
    today: date | None = None,
    names: Sequence[str] = (),
    beside: Iterable[tuple[Neighbour, Sequence[str]]] = (),
) -> Findings:
    """What is found, by place in `drafts`; a draft with which nothing is wrong is left out.

    Advice only: what keeps an item from being stored is `draft_faults`. Repeated stems are looked
    for among the drafts themselves (called by `names`, else by their places), in `beside` (others
    with their options) and in `bank`, where `item` is the one being written anew. `today` decides
    which documents are in force.
    """
    names = names or [_name(draft, place) for place, draft in enumerate(drafts)]
    named = [Neighbour(name, draft.stem, 0.0) for name, draft in zip(names, drafts, strict=True)]
    others = living_versions(bank).exclude(item=item) if bank else ItemVersion.objects.none()
    if bank and len(drafts) <= _FEW_DRAFTS and others.count() > READ_WHOLE_BANK:
        like = {pk for draft in drafts for pk in versions_like(among=others, stem=draft.stem)}
        others = others.filter(pk__in=like)
    known = chain(beside, _stored(others))
    return _look(drafts, named, known, today or timezone.localdate())


def check_stored(versions: Sequence[ItemVersion], *, today: date) -> Findings:
    """What is found in all items of a bank, by place; versions as `draft_of` reads them."""
    drafts = [draft_of(version) for version in versions]
    named = [
        Neighbour(_("câu %d") % version.item.number, version.stem, 0.0, version.item_id)
        for version in versions
    ]
    return _look(drafts, named, (), today)


def advice_on(version: ItemVersion) -> list[Finding]:
    """What is found in one stored version, without what people decided to leave."""
    if version.state == ItemState.RETIRED:
        return []
    found = check_items([draft_of(version)], bank=version.item.bank, item=version.item)
    left = set(FindingDismissal.objects.filter(version=version).values_list("code", flat=True))
    return [finding for finding in found.get(0, []) if finding.code not in left]


def living_versions(bank: ItemBank) -> QuerySet[ItemVersion]:
    """What the bank asks now."""
    newest = ItemVersion.objects.current().filter(item__bank=bank)
    return newest.exclude(state=ItemState.RETIRED)


def places_alike(drafts: Sequence[ItemDraft]) -> list[list[int]]:
    """For each draft the places (from 1) of those that ask nearly the same, the likest first."""
    gists = [gist_of(draft) for draft in drafts]
    index = LikenessIndex(enumerate(gists, 1))
    return [
        [other for other, _likeness in index.near(gist, but=place)[:NEIGHBOURS]]
        for place, gist in enumerate(gists, 1)
    ]


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


def _look(
    drafts: Sequence[ItemDraft],
    named: Sequence[Neighbour],
    others: Iterable[tuple[Neighbour, Sequence[str]]],
    today: date,
) -> Findings:
    """`named`: the drafts as each other's neighbours; `others`: items beside them, with options."""
    known = list(named)
    gists = [gist_of(draft) for draft in drafts]
    index: LikenessIndex[int] = LikenessIndex(enumerate(gists))
    for neighbour, options in others:
        index.add(len(known), gist(neighbour.stem, options))
        known.append(neighbour)
    places = {id(draft): place for place, draft in enumerate(drafts)}

    def similar(draft: ItemDraft) -> list[Neighbour]:
        place = places[id(draft)]
        near = index.near(gists[place], but=place)[:NEIGHBOURS]
        return [replace(known[ref], likeness=round(likeness, 2)) for ref, likeness in near]

    around = Surroundings(similar=similar, doubts=citation_doubts(today=today))
    found = {place: look_at(draft, around) for place, draft in enumerate(drafts)}
    return {place: findings for place, findings in found.items() if findings}


def _name(draft: ItemDraft, place: int) -> str:
    if draft.sheet:
        return place_of(draft.sheet, draft.row)
    return _("câu thứ %d trong tệp") % (place + 1)


def _stored(versions: QuerySet[ItemVersion]) -> Iterator[tuple[Neighbour, Sequence[str]]]:
    rows = versions.values_list("item_id", "item__number", "stem", "options")
    for item_id, number, stem, options in rows.iterator():
        yield Neighbour(_("câu %d") % number, stem, 0.0, item_id), options
