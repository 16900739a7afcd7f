"""One person of a compulsory list: added, changed, exempted with a reason, removed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.roster_entries import (
    add_entry,
    change_entry,
    exempt_entry,
    lift_exemption,
    remove_entry,
)
from accounts.errors import DomainError
from accounts.models import Roster, RosterEntry
from accounts.permissions import KEEP_ROSTERS, kept_rosters
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.contest_access import attempted
from frontend.pages.workplace.refused import form_status, stored
from frontend.pages.workplace.roster_forms import FIELDS, EntryForm, entry_form, row_of
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search


def _kept(request: HttpRequest, pk: int) -> Roster:
    return get_object_or_404(kept_rosters(request.user).select_related("unit"), pk=pk)


def _entry(request: HttpRequest, pk: int, entry_pk: int) -> RosterEntry:
    entries = RosterEntry.objects.filter(roster=_kept(request, pk))
    return get_object_or_404(entries.select_related("roster__unit", "unit"), pk=entry_pk)


def _page(
    request: HttpRequest,
    roster: Roster,
    form: EntryForm,
    entry: RosterEntry | None = None,
    refusal: DomainError | None = None,
) -> HttpResponse:
    chosen = entry.unit if entry else roster.unit
    context = {
        "roster": roster,
        "entry": entry,
        "form": form,
        "unit": UnitChoice(form, "unit", chosen=chosen),
        "refusal": refusal,
    }
    status = form_status(form)
    return render(request, "frontend/workplace/roster_entry.html", context, status=status)


@require_http_methods(["GET", "POST"])
@workplace_view(*KEEP_ROSTERS)
def new_entry(request: HttpRequest, pk: int) -> HttpResponse:
    roster = _kept(request, pk)
    form = entry_form(roster, request.POST or None)

    def add(**values: object) -> None:
        add_entry(roster=roster, row=row_of(values), user=request.user)

    if form.is_bound and not asks_to_search(form, "unit") and stored(form, add, FIELDS):
        messages.success(request, _("Đã thêm vào danh sách."))
        return redirect("w-roster", pk=pk)
    return _page(request, roster, form)


@require_http_methods(["GET", "POST"])
@workplace_view(*KEEP_ROSTERS)
def entry(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    held = _entry(request, pk, entry_pk)
    form = entry_form(held.roster, request.POST or None, held)

    def change(**values: object) -> None:
        change_entry(entry=held, row=row_of(values), user=request.user)

    if form.is_bound and not asks_to_search(form, "unit") and stored(form, change, FIELDS):
        messages.success(request, _("Đã lưu."))
        return redirect("w-roster", pk=pk)
    return _page(request, held.roster, form, held)


@require_POST
@workplace_view(*KEEP_ROSTERS)
def exempt(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Exempt with a reason; without the field, the exemption is lifted."""
    held = _entry(request, pk, entry_pk)

    def act() -> HttpResponse:
        if "reason" in request.POST:
            exempt_entry(entry=held, reason=request.POST["reason"], user=request.user)
            messages.success(request, _("Đã miễn dự thi. Người này không còn trong mẫu số."))
        else:
            lift_exemption(entry=held, user=request.user)
            messages.success(request, _("Đã bỏ miễn. Người này phải dự thi."))
        return redirect("w-roster", pk=pk)

    form = entry_form(held.roster, None, held)
    return attempted(act, lambda refusal: _page(request, held.roster, form, held, refusal))


@require_POST
@workplace_view(*KEEP_ROSTERS)
def remove(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    remove_entry(entry=_entry(request, pk, entry_pk), user=request.user)
    messages.success(request, _("Đã xóa khỏi danh sách. Bài thi đã làm vẫn được giữ."))
    return redirect("w-roster", pk=pk)
