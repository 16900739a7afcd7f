"""The door of every page of one item bank."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from frontend.pages.workplace.access import workplace_view
from quiz.domain.key_openings import open_keys
from quiz.models import ItemBank

View = Callable[..., HttpResponse]


def bank_view(*roles: str, shows_keys: bool = False) -> Callable[[View], View]:
    """A page of one bank, for holders of `roles` at the bank's unit or above.

    The view gets the bank instead of `pk`, and the item instead of `item_pk`; out of reach either
    is a 404. On a page that `shows_keys` it is noted who has been shown them.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, pk: int, **kwargs: object) -> HttpResponse:
            reach = ItemBank.objects.within_reach_of(request.user, *roles)
            bank = get_object_or_404(reach.select_related("unit"), pk=pk)
            if "item_pk" in kwargs:
                items = bank.items.select_related("current__topic", "current__author")
                kwargs["item"] = get_object_or_404(items, pk=kwargs.pop("item_pk"))
                kwargs["item"].bank = bank
            if shows_keys:
                open_keys(bank=bank, user=request.user)
            return view(request, bank, **kwargs)

        return workplace_view(*roles)(opened)

    return decorate
