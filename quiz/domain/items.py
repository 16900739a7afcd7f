"""Writing items: every edit is a new version that waits for another person's approval."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import User
from accounts.text import nfc
from quiz.domain.banks import lock_bank
from quiz.domain.legal_documents import citation_faults, cite, parse_citations
from quiz.domain.media import attach_media, media_faults
from quiz.domain.tags import put_tags
from quiz.domain.topics import search_text, topics_by_name
from quiz.drafts import ItemDraft, draft_faults
from quiz.enums import ItemState
from quiz.errors import ItemChanged, VersionDecided
from quiz.models import Item, ItemBank, ItemVersion, Topic
from quiz.permissions import may_review_items, may_write_items


def key_mask(places: Iterable[int]) -> int:
    """The mask with one bit per right option."""
    return sum(1 << place for place in set(places))


def key_places(mask: int) -> frozenset[int]:
    """The places of the right options."""
    return frozenset(place for place in range(mask.bit_length()) if mask >> place & 1)


def _version(
    item: Item, number: int, draft: ItemDraft, topics: dict[str, Topic], author: User
) -> ItemVersion:
    cited = (f"{c.number} {c.clause}" for c in parse_citations(draft.citation))
    return ItemVersion(
        item=item,
        number=number,
        kind=draft.kind,
        stem=nfc(draft.stem),
        options=[nfc(text) for text in draft.options],
        key_mask=key_mask(draft.key),
        fixed_order=draft.fixed_order,
        topic=topics.get(nfc(draft.topic)),
        level=draft.level,
        rationale=nfc(draft.rationale),
        checked_on=draft.checked_on,
        checked_by=nfc(draft.checked_by),
        digest=draft.digest,
        search_text=search_text(
            stem=draft.stem, options=draft.options, topic=draft.topic, cited=cited
        ),
        state=ItemState.PROPOSED,
        author=author,
    )


@transaction.atomic
def add_items(*, bank: ItemBank, drafts: Sequence[ItemDraft], author: User) -> list[ItemVersion]:
    """Store new items as proposals, all of them or (on any error) none. The drafts are sound."""
    lock_bank(bank)
    first = (bank.items.aggregate(last=Max("number"))["last"] or 0) + 1
    topics = topics_by_name(bank=bank, names=(draft.topic for draft in drafts))
    items = Item.objects.bulk_create(
        Item(bank=bank, number=first + offset) for offset in range(len(drafts))
    )
    versions = ItemVersion.objects.bulk_create(
        _version(item, 1, draft, topics, author) for item, draft in zip(items, drafts, strict=True)
    )
    only = ItemVersion.objects.filter(item=OuterRef("pk")).values("pk")
    Item.objects.filter(pk__in=[item.pk for item in items]).update(current=Subquery(only))
    for item, version in zip(items, versions, strict=True):
        item.current = version
    cite(versions_and_texts=zip(versions, (d.citation for d in drafts), strict=True))
    attach_media(versions_and_drafts=zip(versions, drafts, strict=True))
    tagged = [(item, d.tags) for item, d in zip(items, drafts, strict=True) if d.tags]
    if tagged:
        put_tags(bank=bank, items_and_names=tagged)
    record_act(
        actor=author,
        act="add_items",
        subject=bank,
        unit_id=bank.unit_id,
        count=len(versions),
    )
    return versions


@transaction.atomic
def save_item(
    *,
    bank: ItemBank,
    draft: ItemDraft,
    author: User,
    item: Item | None = None,
    base: int | None = None,
) -> ItemVersion:
    """Store what was typed: a new item, or a new version of `item`, waiting for approval.

    `base` is the number of the version the author began from. Raises Faults when the draft is not
    sound or asks what another item of the bank asks; ItemChanged when somebody saved a version
    since `base`. Versions already stored keep their words.
    """
    faults = [*draft_faults(draft), *citation_faults(draft), *media_faults(bank=bank, draft=draft)]
    if faults:
        raise Faults(faults)
    lock_bank(bank)
    if fault := _twin_fault(bank, draft, item):
        raise Faults([fault])
    if item is None:
        return add_items(bank=bank, drafts=[draft], author=author)[0]
    item = Item.objects.select_for_update().get(pk=item.pk)
    newest = item.versions.select_related("author").latest("number")
    if base is not None and base != newest.number:
        raise ItemChanged(number=newest.number, author=str(newest.author))
    topics = topics_by_name(bank=bank, names=[draft.topic])
    version = _version(item, newest.number + 1, draft, topics, author)
    version.save()
    cite(versions_and_texts=[(version, draft.citation)])
    attach_media(versions_and_drafts=[(version, draft)])
    if draft.tags is not None:
        put_tags(bank=bank, items_and_names=[(item, draft.tags)])
    # What was proposed before waits for nobody any more; what was approved stays in the history.
    item.versions.filter(state=ItemState.PROPOSED).exclude(pk=version.pk).update(
        state=ItemState.DRAFT
    )
    item.current = version
    item.save(update_fields=["current"])
    record_act(actor=author, act="save_item", subject=version, unit_id=bank.unit_id)
    return version


def _twin_fault(bank: ItemBank, draft: ItemDraft, item: Item | None) -> Fault | None:
    others = bank.items.filter(current__digest=draft.digest)
    twin = (others.exclude(pk=item.pk) if item else others).first()
    if twin is None:
        return None
    return Fault(
        _("Câu hỏi"),
        "duplicate_in_bank",
        _("Câu hỏi này đã có trong ngân hàng: câu %d.") % twin.number,
        _("Sửa câu đã có, hoặc viết lại cho khác."),
    )


@transaction.atomic
def propose_version(*, version: ItemVersion, user: User) -> None:
    """Ask again for the approval of a returned version, unchanged: the newest of its item only.

    Raises NotAllowed for who may not write items here, VersionDecided when it is no draft.
    """
    item = (
        Item.objects.select_for_update(of=("self",)).select_related("bank").get(pk=version.item_id)
    )
    if not may_write_items(user, item.bank):
        raise NotAllowed
    _move(item, version, user, ItemState.PROPOSED, (ItemState.DRAFT,))


@transaction.atomic
def retire_version(*, version: ItemVersion, user: User) -> None:
    """Take an item out of use by its newest version; rounds already frozen keep it.

    Raises NotAllowed, or VersionDecided when there is a newer version or it is retired already.
    """
    item = (
        Item.objects.select_for_update(of=("self",)).select_related("bank").get(pk=version.item_id)
    )
    if not (may_write_items(user, item.bank) or may_review_items(user, item.bank)):
        raise NotAllowed
    living = (ItemState.DRAFT, ItemState.PROPOSED, ItemState.APPROVED)
    _move(item, version, user, ItemState.RETIRED, living)


def _move(
    item: Item, version: ItemVersion, user: User, state: str, come_from: tuple[str, ...]
) -> None:
    """Change the state of a locked item's newest version."""
    newest = ItemVersion.objects.filter(pk=version.pk, state__in=come_from)
    if item.current_id != version.pk or not newest.update(state=state):
        raise VersionDecided
    version.refresh_from_db(fields=["state"])
    record_act(actor=user, act=f"item_{state}", subject=version, unit_id=item.bank.unit_id)
