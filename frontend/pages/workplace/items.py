"""One item: reading it with its history and its thread, and what can be done with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.bank_access import bank_view
from frontend.pages.workplace.import_showing import shown_source
from frontend.pages.workplace.item_showing import (
    PREFETCHED,
    SHOWN_WITH,
    ShownVersion,
    shown_version,
)
from frontend.pages.workplace.item_statistics import shown_statistics
from quiz.domain.item_checks import advice_on
from quiz.domain.item_comments import LONGEST_COMMENT, add_comment, comments_of, mark_read
from quiz.domain.item_history import Change, version_changes
from quiz.domain.item_sources import source_of
from quiz.domain.items import propose_version, retire_version
from quiz.domain.tags import read_tags, set_item_tags, tags_text
from quiz.domain.validity_decisions import LONGEST_REASON, keep_item
from quiz.models import Item, ItemBank, ItemVersion
from quiz.permissions import (
    CHECK_DOCUMENTS,
    SEE_KEYS,
    WRITE_ITEMS,
    may_approve_version,
    may_see_openings,
    may_settle_version,
    may_write_items,
)


@dataclass(frozen=True)
class PastVersion:
    """A version and what it changed of the one before it; of the first, nothing."""

    shown: ShownVersion
    changes: Sequence[Change]


@require_GET
@bank_view(*SEE_KEYS, shows_keys=True)
def item(request: HttpRequest, bank: ItemBank, item: Item) -> HttpResponse:
    """The newest version with its key, every version before it, and what was said about them."""
    return _page(request, bank, item)


def _page(
    request: HttpRequest, bank: ItemBank, item: Item, refusal: DomainError | None = None
) -> HttpResponse:
    versions = list(item.versions.select_related(*SHOWN_WITH).prefetch_related(*PREFETCHED))
    newest, *older = _history(versions)
    thread = list(comments_of(item))
    context = {
        "bank": bank,
        "item": item,
        "shown": newest.shown,
        "changes": newest.changes,
        "statistics": shown_statistics(newest.shown.version),
        "advice": advice_on(newest.shown.version),
        "older": older,
        "origin": shown_source(source_of(item=item)),
        "tags": tags_text(item),
        "thread": thread,
        "longest_comment": LONGEST_COMMENT,
        "longest_reason": LONGEST_REASON,
        "said": request.POST.get("text", ""),
        "reason": request.POST.get("reason", ""),
        "writes": may_write_items(request.user, bank),
        "reviews": may_approve_version(request.user, newest.shown.version),
        "settles": may_settle_version(request.user, newest.shown.version),
        "sees_openings": may_see_openings(request.user, bank),
        "refusal": refusal,
    }
    mark_read(item=item, user=request.user)
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/item/item.html", context, status=status)


def _history(versions: Sequence[ItemVersion]) -> list[PastVersion]:
    """The newest first."""
    past = [
        PastVersion(shown_version(after), version_changes(before, after))
        for after, before in pairwise(versions)
    ]
    return [*past, PastVersion(shown_version(versions[-1]), ())]


def _act(
    request: HttpRequest, bank: ItemBank, item: Item, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do it and come back; refused, the page says why."""
    try:
        act()
    except DomainError as refusal:
        return _page(request, bank, item, refusal)
    messages.success(request, said)
    return redirect("w-item", pk=bank.pk, item_pk=item.pk)


@require_POST
@bank_view(*WRITE_ITEMS)
def propose_item(request: HttpRequest, bank: ItemBank, item: Item) -> HttpResponse:
    """Ask again for approval, without a change."""

    def act() -> None:
        propose_version(version=item.current, user=request.user)

    return _act(request, bank, item, act, _("Đã trình duyệt lại câu %d.") % item.number)


@require_POST
@bank_view(*SEE_KEYS)
def retire_item(request: HttpRequest, bank: ItemBank, item: Item) -> HttpResponse:
    """Take the item out of use; frozen rounds keep it."""

    def act() -> None:
        retire_version(version=item.current, user=request.user)

    return _act(request, bank, item, act, _("Đã ngừng dùng câu %d.") % item.number)


@require_POST
@bank_view(*SEE_KEYS, shows_keys=True)
def comment(request: HttpRequest, bank: ItemBank, item: Item) -> HttpResponse:
    """Say something about the version that is the newest now."""

    def act() -> None:
        add_comment(version=item.current, text=request.POST.get("text", ""), user=request.user)

    return _act(request, bank, item, act, _("Đã gửi ý kiến."))


@require_POST
@bank_view(*WRITE_ITEMS, shows_keys=True)
def tag_item(request: HttpRequest, bank: ItemBank, item: Item) -> HttpResponse:
    """Other tags; the version and its approval stay."""
    tags = read_tags(request.POST.get("tags", ""))

    def act() -> None:
        set_item_tags(item=item, tags=tags, user=request.user)

    return _act(request, bank, item, act, _("Đã lưu nhãn của câu %d.") % item.number)


@require_POST
@bank_view(*CHECK_DOCUMENTS, shows_keys=True)
def keep(request: HttpRequest, bank: ItemBank, item: Item) -> HttpResponse:
    """Decide that the item is right although its basis is out of force."""
    reason = request.POST.get("reason", "")

    def act() -> None:
        keep_item(version=item.current, reason=reason, user=request.user)

    return _act(
        request, bank, item, act, _("Đã ghi: câu %(number)d vẫn đúng.") % {"number": item.number}
    )
