"""A picture or sound of an item, for those who may see the item."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from frontend.pages.workplace.bank_access import bank_view
from quiz.interfaces.media_answer import media_answer
from quiz.models import ItemBank
from quiz.permissions import SEE_KEYS


@require_safe
@bank_view(*SEE_KEYS)
def media(request: HttpRequest, bank: ItemBank, sha256: str) -> HttpResponse:
    file = get_object_or_404(bank.media, sha256=sha256)
    return media_answer(request, sha256=sha256, mime=file.mime)
