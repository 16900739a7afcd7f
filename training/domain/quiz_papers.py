"""A try of a quiz as its learner sees it: keys only of what is answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quiz.domain.media import as_media
from quiz.drafts import STEM, Media
from quiz.enums import ItemKind
from quiz.models import ItemVersion
from training.domain.quiz_settings import read_settings
from training.models import QuizTry


@dataclass(frozen=True)
class ShownOption:
    """`right` is False for every option as long as keys are not told."""

    place: int
    text: str
    chosen: bool
    right: bool


@dataclass(frozen=True)
class ShownItem:
    """`told`: right options, the reason and the basis are in here; before that all are empty."""

    slot: int
    several: bool
    stem: str
    options: Sequence[ShownOption]
    media: Sequence[Media]
    answered: bool
    told: bool
    right: bool
    rationale: str
    citations: Sequence[str]


def shown_items(shown: QuizTry) -> list[ShownItem]:
    """The try's items in order. Give it with its lesson."""
    instant = read_settings(shown.lesson.settings).instant
    versions = ItemVersion.objects.prefetch_related("media__file", "citations__document").in_bulk(
        [version for version, _order in shown.paper]
    )
    items = []
    for slot, ((version, order), mask) in enumerate(zip(shown.paper, shown.answers, strict=True)):
        told = mask is not None and (instant or shown.ended_at is not None)
        items.append(show_item(slot, versions[version], order, mask, told=told))
    return items


def show_item(
    slot: int, version: ItemVersion, order: Sequence[int], mask: int | None, *, told: bool
) -> ShownItem:
    """One item with its options in an order; `mask` is what was answered, by option ids."""
    options = [
        ShownOption(
            place=place,
            text=version.options[option],
            chosen=bool((mask or 0) >> option & 1),
            right=told and bool(version.key_mask >> option & 1),
        )
        for place, option in enumerate(order)
    ]
    cited = [f"{each.clause} {each.document}".strip() for each in version.citations.all()]
    return ShownItem(
        slot=slot,
        several=version.kind == ItemKind.MULTIPLE,
        stem=version.stem,
        options=options,
        media=_media(version, order),
        answered=mask is not None,
        told=told,
        right=told and mask == version.key_mask,
        rationale=version.rationale if told else "",
        citations=cited if told else [],
    )


def _media(version: ItemVersion, order: Sequence[int]) -> list[Media]:
    """Pictures and sounds by the places shown: those of an option stand where it stands."""
    return [
        each if each.place == STEM else replace(each, place=order.index(each.place))
        for each in as_media(version.media.all())
    ]
