"""The product's own items, loaded into the bank of a unit by one click."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import OrgUnit, User
from frontend.pages.workplace.access import workplace_view
from quiz.domain.starter_bank import LOAD_STARTER, load_starter_bank, starter_bank_of, starter_units


def starter_unit(user: User) -> OrgUnit | None:
    """Where one click loads the items: the person's own unit, else the topmost in reach."""
    units = starter_units(user)
    own = units.filter(pk=user.unit_id).first()
    return own or units.tops().order_by("sort_name", "pk").first()


def offers_starter(user: User) -> OrgUnit | None:
    """The unit still without its starter bank, or None when there is nothing to offer."""
    unit = starter_unit(user)
    return unit if unit is not None and starter_bank_of(unit=unit) is None else None


@require_POST
@workplace_view(*LOAD_STARTER)
def load(request: HttpRequest) -> HttpResponse:
    """Again it only brings what is missing."""
    loaded = load_starter_bank(unit=starter_unit(request.user), user=request.user)
    said = ngettext(
        "Đã nạp %(count)s câu, đang chờ người khác duyệt.",
        "Đã nạp %(count)s câu, đang chờ người khác duyệt.",
        loaded.added,
    )
    messages.success(request, said % {"count": loaded.added})
    return redirect("w-bank", pk=loaded.bank.pk)
