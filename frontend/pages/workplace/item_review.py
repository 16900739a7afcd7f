"""Reviewing: one proposal after another with its key, on a phone as well as at a desk."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.bank_access import bank_view
from frontend.pages.workplace.item_showing import PREFETCHED, SHOWN_WITH, shown_version
from frontend.pages.workplace.posted import posted_number
from quiz.domain.clock import read_now
from quiz.domain.item_review import Approvals, approve_version, approve_versions, return_version
from quiz.models import ItemBank, ItemVersion
from quiz.permissions import REVIEW_ITEMS, versions_to_review

PER_PAGE = 20


def _waiting(request: HttpRequest, bank: ItemBank):
    """What waits for this reviewer in this bank, in the order of the items' numbers."""
    versions = versions_to_review(request.user).filter(item__bank=bank)
    return versions.select_related(*SHOWN_WITH).order_by("item__number", "number")


@require_http_methods(["GET", "POST"])
@bank_view(*REVIEW_ITEMS, shows_keys=True)
def review(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """The proposals; posted, the decision on one of them."""
    if request.method == "GET":
        return _page(request, bank)
    version = ItemVersion.objects.filter(
        item__bank=bank, pk=posted_number(request, "version")
    ).first()
    if version is None:
        messages.error(request, _("Chưa ghi quyết định nào: hãy chọn lại câu trên trang này."))
        return redirect(request.get_full_path())
    number = {"number": version.item.number}
    try:
        if request.POST.get("decision") == "return":
            reason = request.POST.get("reason", "")
            return_version(version=version, user=request.user, reason=reason)
            messages.success(request, _("Đã trả lại câu %(number)d.") % number)
        else:
            approve_version(
                version=version,
                user=request.user,
                now=read_now(),
                right_because=request.POST.get("right_because", ""),
            )
            messages.success(request, _("Đã duyệt câu %(number)d.") % number)
    except DomainError as refusal:
        return _page(request, bank, refused=version, refusal=refusal)
    return redirect(request.get_full_path())


def _page(
    request: HttpRequest,
    bank: ItemBank,
    *,
    refused: ItemVersion | None = None,
    refusal: DomainError | None = None,
) -> HttpResponse:
    waiting = _waiting(request, bank).prefetch_related(*PREFETCHED)
    waiting = waiting.annotate(comments=Count("item__comments"))
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    shown = [shown_version(version) for version in page.object_list]
    context = {
        "bank": bank,
        "page": page,
        "shown": shown,
        "approvable": [row.version.pk for row in shown if not (row.unchecked or row.ended)],
        "own": bank.items.filter(current__state="proposed", current__author=request.user).count(),
        "refused": refused,
        "refusal": refusal,
        "is_listed": refused is not None and refused.pk in {row.version.pk for row in shown},
        "reason": request.POST.get("reason", ""),
        "here_url": reverse("w-item-review", args=[bank.pk]) + f"?page={page.number}",
    }
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/item/review.html", context, status=status)


@require_POST
@bank_view(*REVIEW_ITEMS)
def approve_all(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """Approve the proposals that stood on the page the reviewer has read, and no others."""
    posted = [text for text in request.POST.getlist("version") if text.isdecimal()][:PER_PAGE]
    seen = ItemVersion.objects.filter(item__bank=bank, pk__in=posted).order_by("item__number")
    try:
        done = approve_versions(versions=seen, user=request.user, now=read_now())
    except DomainError as refusal:
        return _page(request, bank, refusal=refusal)
    _tell(request, done)
    return redirect("w-item-review", pk=bank.pk)


def _tell(request: HttpRequest, done: Approvals) -> None:
    if done.approved:
        said = ngettext("Đã duyệt %d câu.", "Đã duyệt %d câu.", done.approved) % done.approved
        messages.success(request, said)
    if done.unchecked:
        numbers = ", ".join(str(version.item.number) for version in done.unchecked)
        messages.warning(
            request,
            _("Chưa duyệt câu %s: văn bản được dẫn đang chờ kiểm hoặc đã hết hiệu lực.") % numbers,
        )
    if done.decided:
        numbers = ", ".join(str(version.item.number) for version in done.decided)
        messages.warning(request, _("Câu %s vừa được người khác quyết định.") % numbers)
