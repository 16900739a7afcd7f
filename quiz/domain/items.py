"""Writing items: every edit is a new version, and another person approves it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import User
from accounts.text import nfc
from quiz.domain.legal_documents import cite
from quiz.drafts import ItemDraft, draft_faults
from quiz.enums import ItemState
from quiz.errors import DocumentsUnchecked, VersionDecided
from quiz.models import Item, ItemBank, ItemVersion, Topic
from quiz.permissions import may_approve_version


def key_mask(places: Iterable[int]) -> int:
    """The mask with one bit per right option."""
    return sum(1 << place for place in set(places))


def _topics(bank: ItemBank, names: Iterable[str]) -> dict[str, Topic]:
    """The bank's topics of these names, made where missing."""
    wanted = sorted({nfc(name) for name in names if name.strip()})
    Topic.objects.bulk_create(
        [Topic(bank=bank, name=name) for name in wanted], ignore_conflicts=True
    )
    return {topic.name: topic for topic in Topic.objects.filter(bank=bank, name__in=wanted)}


def _version(
    item: Item, number: int, draft: ItemDraft, topics: dict[str, Topic], author: User
) -> ItemVersion:
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
        state=ItemState.PROPOSED,
        author=author,
    )


@transaction.atomic
def add_items(*, bank: ItemBank, drafts: Sequence[ItemDraft], author: User) -> list[ItemVersion]:
    """Store new items as proposals, all of them or (on any error) none. The drafts are sound."""
    ItemBank.objects.select_for_update().get(pk=bank.pk)  # numbers are given out one by one
    first = (bank.items.aggregate(last=Max("number"))["last"] or 0) + 1
    topics = _topics(bank, (draft.topic for draft in drafts))
    items = Item.objects.bulk_create(
        Item(bank=bank, number=first + offset) for offset in range(len(drafts))
    )
    versions = ItemVersion.objects.bulk_create(
        _version(item, 1, draft, topics, author) for item, draft in zip(items, drafts, strict=True)
    )
    for item, version in zip(items, versions, strict=True):
        item.current = version
    Item.objects.bulk_update(items, ["current"], batch_size=1000)
    cite(versions_and_texts=zip(versions, (d.citation for d in drafts), strict=True))
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
    *, bank: ItemBank, draft: ItemDraft, author: User, item: Item | None = None
) -> ItemVersion:
    """Store what was typed: a new item, or a new version of `item`, waiting for approval.

    Raises Faults when the draft is not sound. Versions already stored are never touched.
    """
    if faults := draft_faults(draft):
        raise Faults(faults)
    if item is None:
        return add_items(bank=bank, drafts=[draft], author=author)[0]
    item = Item.objects.select_for_update().get(pk=item.pk)
    last = item.versions.aggregate(last=Max("number"))["last"]
    version = _version(item, last + 1, draft, _topics(bank, [draft.topic]), author)
    version.save()
    cite(versions_and_texts=[(version, draft.citation)])
    item.current = version
    item.save(update_fields=["current"])
    record_act(actor=author, act="save_item", subject=version, unit_id=bank.unit_id)
    return version


def _decide(version: ItemVersion, user: User, state: str, **fields) -> None:
    """Move a proposal to its decision, if nobody decided it meanwhile."""
    decided = ItemVersion.objects.filter(pk=version.pk, state=ItemState.PROPOSED).update(
        state=state, **fields
    )
    if not decided:
        raise VersionDecided
    version.refresh_from_db()
    record_act(
        actor=user,
        act=f"item_{state}",
        subject=version,
        unit_id=version.item.bank.unit_id,
    )


@transaction.atomic
def approve_version(*, version: ItemVersion, user: User, now: datetime) -> None:
    """Approve a proposal. Raises NotAllowed for its author, DocumentsUnchecked, VersionDecided."""
    if not may_approve_version(user, version):
        raise NotAllowed(
            _("Bạn không được duyệt câu hỏi này."),
            _("Câu hỏi phải do người khác người soạn, có vai trò duyệt, phê duyệt."),
        )
    waiting = version.citations.filter(document__needs_check=True)
    if waiting.exists():
        numbers = sorted({citation.document.number for citation in waiting})
        raise DocumentsUnchecked(documents=numbers)
    _decide(version, user, ItemState.APPROVED, approved_by=user, approved_at=now)


@transaction.atomic
def return_version(*, version: ItemVersion, user: User, reason: str) -> None:
    """Send a proposal back to its author with a reason."""
    if not may_approve_version(user, version):
        raise NotAllowed
    if not reason.strip():
        raise Faults(
            [
                Fault(
                    _("Lý do"),
                    "no_reason",
                    _("Chưa có lý do."),
                    _("Ghi lý do trả lại."),
                )
            ]
        )
    _decide(version, user, ItemState.DRAFT, returned_because=nfc(reason)[:400])


def approve_versions(
    *, versions: Iterable[ItemVersion], user: User, now: datetime
) -> tuple[int, list[ItemVersion]]:
    """Approve those that can be approved: (how many, those whose documents wait for a check)."""
    approved, waiting = 0, []
    for version in versions:
        try:
            approve_version(version=version, user=user, now=now)
            approved += 1
        except DocumentsUnchecked:
            waiting.append(version)
    return approved, waiting
