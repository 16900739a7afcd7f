"""Finding items in every bank that a person may see."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.item_filters import ItemFilter
from frontend.pages.workplace.item_statistics import with_usage
from quiz.domain.item_search import MOST_FOUND, search_items
from quiz.models import ItemBank, ItemVersion
from quiz.permissions import SEE_BANKS, SEE_KEYS

PER_PAGE = 30


@require_GET
@workplace_view(*SEE_BANKS)
def find_items(request: HttpRequest) -> HttpResponse:
    """Words and filters over all banks within reach; keys are on no list."""
    banks = ItemBank.objects.within_reach_of(request.user, *SEE_BANKS)
    filters = ItemFilter(request.GET, banks=banks)
    wanted = filters.wanted
    among = ItemVersion.objects.current().filter(item__bank__in=banks)
    if wanted.is_empty:
        among = among.none()
    found = search_items(among=among, wanted=wanted).select_related("item__bank", "topic")
    page = Paginator(found[:MOST_FOUND], PER_PAGE).get_page(request.GET.get("page"))
    key_banks = ItemBank.objects.within_reach_of(request.user, *SEE_KEYS)
    context = {
        "filters": filters,
        "page": page,
        "rows": with_usage(page.object_list),
        "asked": not wanted.is_empty,
        "most": MOST_FOUND,
        "key_banks": set(key_banks.values_list("pk", flat=True)),
    }
    return render(request, "frontend/workplace/item/found.html", context)
