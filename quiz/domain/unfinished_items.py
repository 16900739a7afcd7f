"""Items an author is still writing: kept as typed, shown to nobody else, reviewed by nobody."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.errors import Fault, Faults
from accounts.models import User
from quiz.models import Item, ItemBank, UnfinishedItem
from quiz.permissions import require_may_write

MOST_UNFINISHED = 200
MOST_CHARACTERS = 40_000


@transaction.atomic
def keep_unfinished(
    *,
    bank: ItemBank,
    document: dict[str, Any],
    author: User,
    now: datetime,
    item: Item | None = None,
    unfinished: UnfinishedItem | None = None,
) -> UnfinishedItem:
    """Keep what was typed so far, in place of what this author kept of the same item.

    Nothing about it has to be right. Raises NotAllowed; Faults when it is too much to keep.
    """
    require_may_write(author, bank)
    mine = UnfinishedItem.objects.filter(bank=bank, author=author)
    if item is not None:
        unfinished = mine.filter(item=item).first()
    if unfinished is None:
        if mine.count() >= MOST_UNFINISHED:
            message = _("Đã có %d bản viết dở trong ngân hàng này.") % MOST_UNFINISHED
            raise Faults([_fault("many_unfinished", message, _("Gửi duyệt hoặc xóa bớt."))])
        unfinished = UnfinishedItem(bank=bank, item=item, author=author)
    if len(str(document)) > MOST_CHARACTERS:
        raise Faults([_fault("too_long", _("Nội dung quá dài."), _("Rút gọn nội dung."))])
    unfinished.document, unfinished.saved_at = document, now
    unfinished.save()
    return unfinished


def _fault(code: str, message: str, hint: str) -> Fault:
    return Fault(_("Bản viết dở"), code, message, hint)


def unfinished_of(*, bank: ItemBank, author: User) -> QuerySet[UnfinishedItem]:
    """The author's own, the last kept first."""
    mine = UnfinishedItem.objects.filter(bank=bank, author=author)
    return mine.select_related("item").order_by("-saved_at", "-pk")
