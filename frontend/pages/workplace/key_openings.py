"""Who knows the keys of a bank's items, since when and how."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from frontend.pages.workplace.bank_access import bank_view
from quiz.domain.key_openings import people_who_know
from quiz.models import ItemBank
from quiz.permissions import SEE_OPENINGS


@require_GET
@bank_view(*SEE_OPENINGS)
def openings(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """Names, no keys: whoever only looks after the bank learns nothing that wins."""
    words = {
        "shown": _("được xem đáp án"),
        "wrote": _("soạn câu hỏi"),
        "approved": _("duyệt câu hỏi"),
    }
    rows = [
        (knower.user, ", ".join(words[by] for by in knower.by), knower.since)
        for knower in people_who_know(bank=bank)
    ]
    context = {"bank": bank, "rows": rows}
    return render(request, "frontend/workplace/bank/openings.html", context)
