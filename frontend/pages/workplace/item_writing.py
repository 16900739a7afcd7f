"""Writing an item: a new one, the next version of one, or something to go on with later."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.bank_access import bank_view
from frontend.pages.workplace.item_form import (
    ITEM_FIELDS,
    ItemForm,
    form_again,
    form_of,
    form_of_unfinished,
)
from frontend.pages.workplace.item_media_form import read_slots
from frontend.pages.workplace.refused import add_refusal
from quiz.checks import Finding
from quiz.domain.item_checks import advice_on, check_items
from quiz.domain.items import save_item
from quiz.domain.unfinished_items import keep_unfinished, unfinished_of
from quiz.errors import ItemChanged
from quiz.models import Item, ItemBank, ItemVersion, UnfinishedItem
from quiz.permissions import WRITE_ITEMS

UNFINISHED = "viet-do"


@require_http_methods(["GET", "POST"])
@bank_view(*WRITE_ITEMS)
def new_item(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """The form of a new item; topic and level of the one before are kept in the address."""
    unfinished = _unfinished(request, bank)
    if unfinished is not None:
        return _write(request, bank, form_of_unfinished(unfinished), unfinished=unfinished)
    start = {name: request.GET[name] for name in ("topic", "level") if name in request.GET}
    return _write(request, bank, ItemForm(initial=start))


@require_http_methods(["GET", "POST"])
@bank_view(*WRITE_ITEMS, shows_keys=True)
def edit_item(request: HttpRequest, bank: ItemBank, item: Item) -> HttpResponse:
    """The form of the next version, begun from the newest or from where the author left it."""
    unfinished = unfinished_of(bank=bank, author=request.user).filter(item=item).first()
    form = form_of(item.current) if unfinished is None else form_of_unfinished(unfinished)
    return _write(request, bank, form, item, unfinished)


def _unfinished(request: HttpRequest, bank: ItemBank) -> UnfinishedItem | None:
    """The one the address names: a new item of this author; no other is found."""
    named = request.GET.get(UNFINISHED, "")
    if not (named.isascii() and named.isdecimal() and len(named) < 19):
        return None
    mine = unfinished_of(bank=bank, author=request.user).filter(item=None)
    return get_object_or_404(mine, pk=int(named))


def _write(
    request: HttpRequest,
    bank: ItemBank,
    form: ItemForm,
    item: Item | None = None,
    unfinished: UnfinishedItem | None = None,
) -> HttpResponse:
    """The form page; what was typed stays whatever is refused."""
    if request.method == "POST":
        slots = read_slots(request, bank)
        if "add_option" in request.POST:
            form = form_again(request.POST, slots)
        else:
            form = ItemForm(request.POST, slots=slots)
            keeps = "unfinished" in request.POST
            answer = (_keep if keeps else _save)(request, bank, form, item, unfinished)
            if answer is not None:
                return answer
    context = {
        "bank": bank,
        "item": item,
        "form": form,
        "advice": _advice(bank, form, item),
        "unfinished": unfinished,
        "topics": bank.topics.order_by("name").values_list("name", flat=True),
    }
    status = 422 if form.is_bound else 200
    return render(request, "frontend/workplace/item/form.html", context, status=status)


def _advice(bank: ItemBank, form: ItemForm, item: Item | None) -> list[Finding]:
    """What to look at in what was typed and refused, or in the version about to be changed."""
    if not form.is_bound:
        return advice_on(item.current) if item else []
    understood = getattr(form, "cleaned_data", {})
    if not set(form.fields) - {"options"} <= set(understood):
        return []
    return check_items([form.as_draft()], bank=bank, item=item).get(0, [])


def _keep(
    request: HttpRequest,
    bank: ItemBank,
    form: ItemForm,
    item: Item | None,
    unfinished: UnfinishedItem | None,
) -> HttpResponse | None:
    """Keep what was typed, right or not; None when even that was refused."""
    try:
        keep_unfinished(
            bank=bank,
            document=form.as_document(),
            author=request.user,
            now=timezone.now(),
            item=item,
            unfinished=unfinished,
        )
    except DomainError as refusal:
        add_refusal(form, refusal, ITEM_FIELDS)
        return None
    messages.success(request, _("Đã cất bản viết dở; chưa ai được mời duyệt."))
    return redirect("w-bank", pk=bank.pk)


def _save(
    request: HttpRequest,
    bank: ItemBank,
    form: ItemForm,
    item: Item | None,
    unfinished: UnfinishedItem | None,
) -> HttpResponse | None:
    """Where to go on after saving; None when it was refused, the reasons then in the form."""
    if not form.is_valid() or any(slot.error for slot in form.slots):
        return None
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
    if unfinished is not None:
        unfinished.delete()
    saved = {"number": version.item.number}
    messages.success(request, _("Đã lưu câu %(number)d, đang chờ duyệt.") % saved)
    if "another" in request.POST:
        _tell_advice(request, version)
        start = {"topic": draft.topic, "level": draft.level}
        return redirect(reverse("w-item-new", args=[bank.pk]) + f"?{urlencode(start)}")
    return redirect("w-item", pk=bank.pk, item_pk=version.item_id)


def _tell_advice(request: HttpRequest, version: ItemVersion) -> None:
    """The author goes on to the next item and does not see the page of this one."""
    if advice := advice_on(version):
        told = " ".join(finding.message for finding in advice)
        values = {"number": version.item.number, "told": told}
        messages.info(request, _("Gợi ý cho câu %(number)d: %(told)s") % values)


@require_POST
@bank_view(*WRITE_ITEMS)
def discard_unfinished(request: HttpRequest, bank: ItemBank, unfinished_pk: int) -> HttpResponse:
    """Throw away what the author kept; stored versions stay as they are."""
    mine = unfinished_of(bank=bank, author=request.user)
    get_object_or_404(mine, pk=unfinished_pk).delete()
    messages.success(request, _("Đã xóa bản viết dở."))
    return redirect("w-bank", pk=bank.pk)
