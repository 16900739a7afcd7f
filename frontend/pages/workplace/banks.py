"""Item banks: those within reach, a new one, and the items of one."""

from collections.abc import Iterable
from dataclasses import replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.errors import Faults
from accounts.models import OrgUnit
from accounts.permissions import holds_any
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.bank_access import bank_view
from frontend.pages.workplace.item_filters import ItemFilter
from frontend.pages.workplace.item_forms import BankForm
from frontend.pages.workplace.item_statistics import with_usage
from frontend.pages.workplace.refused import add_refusal, form_status
from frontend.pages.workplace.starter_bank import offers_starter
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search
from quiz.domain.banks import create_bank
from quiz.domain.item_comments import count_unread
from quiz.domain.item_search import ItemSearch, search_items
from quiz.domain.unfinished_items import unfinished_of
from quiz.enums import ItemState
from quiz.models import ItemBank, ItemVersion
from quiz.permissions import (
    SEE_BANKS,
    WRITE_ITEMS,
    may_see_keys,
    may_see_openings,
    may_write_items,
    rounds_to_preview,
    versions_to_review,
)

BANKS_PER_PAGE = 30
ITEMS_PER_PAGE = 30
PREVIEWS_SHOWN = 6
FIELDS = {"no_name": "name", "name_too_long": "name"}


@require_GET
@workplace_view(*SEE_BANKS)
def banks(request: HttpRequest) -> HttpResponse:
    """The banks within reach, each with how many items are approved and how many wait."""
    state = "items__current__state"
    found = (
        ItemBank.objects.within_reach_of(request.user, *SEE_BANKS)
        .select_related("unit")
        .annotate(
            total=Count("items"),
            approved=Count("items", filter=Q(**{state: ItemState.APPROVED})),
            proposed=Count("items", filter=Q(**{state: ItemState.PROPOSED})),
        )
        .order_by("name", "pk")
    )
    context = {
        "page": Paginator(found, BANKS_PER_PAGE).get_page(request.GET.get("page")),
        "writes": holds_any(request.user, *WRITE_ITEMS),
        "starter": offers_starter(request.user),
    }
    return render(request, "frontend/workplace/bank/banks.html", context)


@require_http_methods(["GET", "POST"])
@workplace_view(*WRITE_ITEMS)
def new_bank(request: HttpRequest) -> HttpResponse:
    """An empty bank of a unit where the person writes items."""
    form = BankForm(request.POST or None)
    units = OrgUnit.objects.reached_by(request.user, *WRITE_ITEMS)
    form.fields["unit"].units = units
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        try:
            bank = create_bank(user=request.user, **form.cleaned_data)
        except Faults as refusal:
            add_refusal(form, refusal, FIELDS)
        else:
            messages.success(request, _("Đã lập ngân hàng “%(name)s”.") % {"name": bank.name})
            return redirect("w-bank", pk=bank.pk)
    context = {"form": form, "unit": UnitChoice(form, "unit", chosen=units.tops().first())}
    status = form_status(form)
    return render(request, "frontend/workplace/bank/bank_new.html", context, status=status)


@require_GET
@bank_view(*SEE_BANKS)
def bank(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """The bank's items: found by words and filters; keys are on no list."""
    newest = ItemVersion.objects.current().filter(item__bank=bank)
    filters = ItemFilter(request.GET, banks=ItemBank.objects.filter(pk=bank.pk))
    wanted = filters.wanted
    found = search_items(among=newest, wanted=wanted).select_related("item", "topic")
    rows = found.prefetch_related("item__tags")
    page = Paginator(rows, ITEMS_PER_PAGE).get_page(request.GET.get("page"))
    sees_keys = may_see_keys(request.user, bank)
    total = newest.count()
    context = {
        "bank": bank,
        "page": page,
        "rows": with_usage(page.object_list),
        "flagged": _flagged(page.object_list),
        "unread": count_unread(user=request.user, bank=bank) if sees_keys else {},
        "unfinished": unfinished_of(bank=bank, author=request.user),
        "sees_openings": may_see_openings(request.user, bank),
        "total": total,
        "filters": filters,
        "states": _state_tabs(request.GET, newest, wanted) if total else [],
        "state": wanted.state or "all",
        "writes": may_write_items(request.user, bank),
        "sees_keys": sees_keys,
        "to_review": versions_to_review(request.user).filter(item__bank=bank).count(),
        "previewed": rounds_to_preview(request.user, bank)[:PREVIEWS_SHOWN],
    }
    return render(request, "frontend/workplace/bank/bank.html", context)


def _flagged(page: Iterable[ItemVersion]) -> set[int]:
    """Those of the page whose basis is out of force, undecided."""
    shown = ItemVersion.objects.filter(pk__in=[version.pk for version in page])
    return set(shown.out_of_force(timezone.localdate()).values_list("pk", flat=True))


def _state_tabs(
    query: QueryDict, newest: QuerySet[ItemVersion], wanted: ItemSearch
) -> list[tuple[str, str, str]]:
    """One tab a state with how many items of what was searched for are in it."""
    matching = search_items(among=newest, wanted=replace(wanted, state=""))
    counts = dict(matching.order_by().values_list("state").annotate(Count("pk")))
    named = [("", _("Tất cả"), sum(counts.values()))]
    named += [(state.value, state.label, counts.get(state.value, 0)) for state in ItemState]
    tabs = []
    for state, name, count in named:
        address = query.copy()
        address.pop("page", None)
        address["state"] = state
        tabs.append((f"?{address.urlencode()}", f"{name} ({count})", state or "all"))
    return tabs
