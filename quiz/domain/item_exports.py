"""Which items of a bank leave it in a file, as drafts any format can write."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError
from quiz.domain.item_checks import draft_of
from quiz.domain.media import as_media
from quiz.drafts import ItemDraft
from quiz.enums import ItemState
from quiz.models import ItemBank, ItemVersion
from quiz.queries.item import ItemVersionQuerySet


class NothingToExport(DomainError):
    code = "nothing_to_export"
    status = 422
    message = _("Không có câu hỏi nào để xuất.")
    hint = _("Bỏ bớt điều kiện lọc, hoặc thêm câu hỏi vào ngân hàng.")


def versions_to_export(
    *, bank: ItemBank, approved: bool = False, topic: int | None = None
) -> ItemVersionQuerySet:
    """The newest version of each item in use, in the order of their numbers.

    `approved` leaves out what still waits or was returned; `topic` is the id of one of the bank's.
    """
    versions = ItemVersion.objects.current().filter(item__bank=bank)
    versions = versions.exclude(state=ItemState.RETIRED)
    if approved:
        versions = versions.approved()
    if topic is not None:
        versions = versions.filter(topic=topic)
    return versions.order_by("item__number")


def drafts_of(versions: ItemVersionQuerySet) -> Iterator[ItemDraft]:
    """Each version as a draft; `row` is the item's number in its bank."""
    related = versions.select_related("item", "topic").prefetch_related(
        "citations__document", "item__tags", "media__file"
    )
    for version in related.iterator(chunk_size=1000):
        yield replace(
            draft_of(version),
            citation=_citation(version),
            checked_on=version.checked_on,
            checked_by=version.checked_by,
            row=version.item.number,
            tags=tuple(tag.name for tag in version.item.tags.all()) or None,
            media=as_media(version.media.all()),
        )


def _citation(version: ItemVersion) -> str:
    """As people type them, one document a line, from what was fetched with the version."""
    return "\n".join(
        ", ".join(filter(None, (cited.document.number, cited.clause)))
        for cited in version.citations.all()
    )
