"""The door of every page of one import: its own person's alone."""

import uuid
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from frontend.pages.workplace.bank_access import bank_view
from quiz.domain.clock import read_now
from quiz.domain.item_imports import require_not_expired
from quiz.errors import ImportExpired
from quiz.models import ItemBank, ItemImport
from quiz.permissions import WRITE_ITEMS

View = Callable[..., HttpResponse]


def import_view(view: View) -> View:
    """A page of an import, for whoever began it and still writes items here; to others a 404.

    The view gets the import instead of the bank and `session`. It shows keys, which is noted. One
    whose time is over says so.
    """

    @bank_view(*WRITE_ITEMS, shows_keys=True)
    @wraps(view)
    def opened(
        request: HttpRequest, bank: ItemBank, session: uuid.UUID, **kwargs: object
    ) -> HttpResponse:
        held = get_object_or_404(bank.imports.of(request.user), public_id=session)
        held.bank = bank
        try:
            require_not_expired(session=held, now=read_now())
        except ImportExpired as refusal:
            context = {"bank": bank, "refusal": refusal}
            return render(
                request, "frontend/workplace/import/gone.html", context, status=refusal.status
            )
        return view(request, held, **kwargs)

    return opened


def open_sessions(request: HttpRequest, bank: ItemBank) -> list[ItemImport]:
    """What this person has begun in this bank and not ended, the newest first."""
    return list(bank.imports.of(request.user).still_open(read_now()))
