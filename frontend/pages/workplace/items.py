"""One item: writing it, reading it with its history, proposing it again, taking it out of use."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.bank_access import bank_view
from frontend.pages.workplace.import_showing import shown_source
from frontend.pages.workplace.item_forms import ITEM_FIELDS, ItemForm, form_again, form_of
from frontend.pages.workplace.item_showing import SHOWN_WITH, shown_version
from frontend.pages.workplace.refused import add_refusal
from quiz.domain.item_sources import source_of
from quiz.domain.items import propose_version, retire_version, save_item
from quiz.errors import ItemChanged
from quiz.models import Item, ItemBank
from quiz.permissions import SEE_KEYS, WRITE_ITEMS, may_approve_version, may_write_items


@require_http_methods(["GET", "POST"])
@bank_view(*WRITE_ITEMS)
def new_item(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """The form of a new item; topic and level of the one before are kept in the address."""
    start = {name: request.GET[name] for name in ("topic", "level") if name in request.GET}
    return _write(request, bank, ItemForm(initial=start))


@require_http_methods(["GET", "POST"])
@bank_view(*WRITE_ITEMS, shows_keys=True)
def edit_item(request: HttpRequest, bank: ItemBank, item: Item) -> HttpResponse:
    """The form of the next version."""
    return _write(request, bank, form_of(item.current), item)


def _write(
    request: HttpRequest, bank: ItemBank, form: ItemForm, item: Item | None = None
) -> HttpResponse:
    """The form page; what was typed stays whatever is refused."""
    if request.method == "POST" and "add_option" in request.POST:
        form = form_again(request.POST)
    elif request.method == "POST":
        form = ItemForm(request.POST)
        if form.is_valid() and (answer := _save(request, bank, form, item)):
            return answer
    context = {
        "bank": bank,
        "item": item,
        "form": form,
        "topics": bank.topics.order_by("name").values_list("name", flat=True),
    }
    status = 422 if form.is_bound else 200
    return render(request, "frontend/workplace/item/form.html", context, status=status)


def _save(
    request: HttpRequest, bank: ItemBank, form: ItemForm, item: Item | None
) -> HttpResponse | None:
    """Where to go on after saving; None when it was refused, the reasons then in the form."""
    base = form.cleaned_data["base"]
    draft = form.as_draft()
    try:
        version = save_item(bank=bank, draft=draft, author=request.user, item=item, base=base)
    except ItemChanged as refusal:
        form.add_error(None, str(refusal))
        form.data = form.data.copy()  # the next save goes over the version now told of
        form.data["base"] = refusal.details["number"]
        return None
    except DomainError as refusal:
        add_refusal(form, refusal, ITEM_FIELDS)
        return None
    saved = {"number": version.item.number}
    messages.success(request, _("Đã lưu câu %(number)d, đang chờ duyệt.") % saved)
    if "another" in request.POST:
        start = {"topic": draft.topic, "level": draft.level}
        return redirect(reverse("w-item-new", args=[bank.pk]) + f"?{urlencode(start)}")
    return redirect("w-item", pk=bank.pk, item_pk=version.item_id)


@require_GET
@bank_view(*SEE_KEYS, shows_keys=True)
def item(request: HttpRequest, bank: ItemBank, item: Item) -> HttpResponse:
    """The newest version with its key, and every version before it."""
    return _page(request, bank, item)


def _page(
    request: HttpRequest, bank: ItemBank, item: Item, refusal: DomainError | None = None
) -> HttpResponse:
    versions = item.versions.select_related(*SHOWN_WITH).prefetch_related("citations__document")
    newest, *older = [shown_version(version) for version in versions]
    context = {
        "bank": bank,
        "item": item,
        "shown": newest,
        "older": older,
        "origin": shown_source(source_of(item=item)),
        "writes": may_write_items(request.user, bank),
        "reviews": may_approve_version(request.user, newest.version),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/item/item.html", context, status=status)


@require_POST
@bank_view(*WRITE_ITEMS)
def propose_item(request: HttpRequest, bank: ItemBank, item: Item) -> HttpResponse:
    """Ask again for approval, without a change."""
    try:
        propose_version(version=item.current, user=request.user)
    except DomainError as refusal:
        return _page(request, bank, item, refusal)
    messages.success(request, _("Đã trình duyệt lại câu %d.") % item.number)
    return redirect("w-item", pk=bank.pk, item_pk=item.pk)


@require_POST
@bank_view(*SEE_KEYS)
def retire_item(request: HttpRequest, bank: ItemBank, item: Item) -> HttpResponse:
    """Take the item out of use; frozen rounds keep it."""
    try:
        retire_version(version=item.current, user=request.user)
    except DomainError as refusal:
        return _page(request, bank, item, refusal)
    messages.success(request, _("Đã ngừng dùng câu %d.") % item.number)
    return redirect("w-item", pk=bank.pk, item_pk=item.pk)
