"""Remarks on an item: a thread for its authors, reviewers and organisers, with unread marks."""

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import User
from quiz.models import CommentsRead, Item, ItemBank, ItemComment, ItemVersion
from quiz.permissions import SEE_KEYS, may_see_keys

LONGEST_COMMENT = 2000


@transaction.atomic
def add_comment(*, version: ItemVersion, text: str, user: User) -> ItemComment:
    """Say something about the version one has before one. Raises NotAllowed, Faults.

    Line breaks stay, since people list points.
    """
    if not may_see_keys(user, version.item.bank):
        raise NotAllowed
    text = text.strip()
    if not 0 < len(text) <= LONGEST_COMMENT:
        message = _("Ý kiến cần từ 1 đến %d ký tự.") % LONGEST_COMMENT
        raise Faults([Fault(_("Ý kiến"), "comment_length", message, _("Viết ý kiến rồi gửi."))])
    comment = write_comment(version=version, text=text, user=user)
    record_act(actor=user, act="comment_item", subject=version, unit_id=version.item.bank.unit_id)
    return comment


def write_comment(*, version: ItemVersion, text: str, user: User) -> ItemComment:
    """Store a remark that came with another act, as the reason of a return does."""
    comment = ItemComment.objects.create(
        item_id=version.item_id, version=version, author=user, text=text
    )
    mark_read(item=version.item, user=user)
    return comment


def comments_of(item: Item) -> QuerySet[ItemComment]:
    """The thread, the first remark first."""
    return item.comments.select_related("author", "version").order_by("pk")


def mark_read(*, item: Item, user: User) -> None:
    """The person has the thread before their eyes."""
    last = item.comments.order_by("-pk").first()
    if last is not None:
        CommentsRead.objects.update_or_create(item=item, user=user, defaults={"last": last})


def unread_comments(user: User) -> QuerySet[ItemComment]:
    """Remarks by others, not yet seen, on items the person wrote, approved or spoke about."""
    banks = ItemBank.objects.within_reach_of(user, *SEE_KEYS)
    versions = ItemVersion.objects.filter(Q(author=user) | Q(approved_by=user))
    mine = versions.filter(item=OuterRef("item"))
    spoken = ItemComment.objects.filter(item=OuterRef("item"), author=user)
    read = CommentsRead.objects.filter(item=OuterRef("item"), user=user).values("last")[:1]
    concerning = ItemComment.objects.filter(Exists(mine) | Exists(spoken), item__bank__in=banks)
    return (
        concerning.exclude(author=user)
        .annotate(read=Subquery(read))
        .filter(Q(read=None) | Q(pk__gt=F("read")))
    )


def count_unread(*, user: User, bank: ItemBank) -> dict[int, int]:
    """{item id: remarks the person has not seen} of one bank."""
    rows = unread_comments(user).filter(item__bank=bank).order_by()
    return dict(rows.values_list("item").annotate(Count("pk")))
