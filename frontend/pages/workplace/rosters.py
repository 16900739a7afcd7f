"""Compulsory lists: uploaded whole, checked by row, looked at by those who answer for them."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.rosters import load_roster
from accounts.errors import DomainError, Fault, Faults
from accounts.interfaces.excel.rosters import read_roster
from accounts.models import OrgUnit
from accounts.permissions import KEEP_ROSTERS, SEE_ROSTERS, holds_any, seen_rosters
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.unit_forms import UnitChoice, UnitField, asks_to_search

PER_PAGE = 50
SHOWN_FAULTS = 200


class RosterForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Tên danh sách"),
        max_length=200,
        help_text=gettext_lazy("Ví dụ: Cán bộ, công chức quý IV năm 2026"),
    )
    unit = UnitField(label=gettext_lazy("Thuộc đơn vị"))
    as_of = forms.DateField(label=gettext_lazy("Tính đến ngày"))
    file = forms.FileField(label=gettext_lazy("Tệp Excel"))


@require_GET
@workplace_view(*SEE_ROSTERS)
def rosters(request: HttpRequest) -> HttpResponse:
    exempt = Count("entries", filter=~Q(entries__exemption=""))
    rows = seen_rosters(request.user).select_related("unit").order_by("-as_of", "-pk")
    rows = rows.annotate(persons=Count("entries"), exempt=exempt)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "keeps": holds_any(request.user, *KEEP_ROSTERS)}
    return render(request, "frontend/workplace/rosters.html", context)


@require_http_methods(["GET", "POST"])
@workplace_view(*KEEP_ROSTERS)
def new_roster(request: HttpRequest) -> HttpResponse:
    """Upload a list. Every fault is told with its row; with any, nothing is stored."""
    form = RosterForm(
        request.POST or None, request.FILES or None, initial={"as_of": timezone.localdate()}
    )
    form.fields["unit"].units = OrgUnit.objects.reached_by(request.user, *KEEP_ROSTERS)
    faults: tuple[Fault, ...] = ()
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        values = form.cleaned_data
        try:
            roster = load_roster(
                name=values["name"],
                unit=values["unit"],
                as_of=values["as_of"],
                rows=read_roster(values["file"]),
                user=request.user,
            )
        except Faults as refusal:
            faults = refusal.faults
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            count = roster.entries.count()
            messages.success(request, _("Đã lưu danh sách %(count)s người.") % {"count": count})
            return redirect("w-roster", pk=roster.pk)
    context = {
        "form": form,
        "unit": UnitChoice(form, "unit", chosen=request.user.unit),
        "faults": faults[:SHOWN_FAULTS],
        "more_faults": max(0, len(faults) - SHOWN_FAULTS),
    }
    status = 422 if faults or (form.is_bound and form.errors) else 200
    return render(request, "frontend/workplace/roster_new.html", context, status=status)


@require_GET
@workplace_view(*SEE_ROSTERS)
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of one list, for those whose units it covers."""
    shown = get_object_or_404(seen_rosters(request.user).select_related("unit"), pk=pk)
    reach = OrgUnit.objects.reached_by(request.user, *SEE_ROSTERS)
    people = shown.entries.filter(unit__in=reach).select_related("unit")
    page = Paginator(people.order_by("unit__sort_name", "folded_name", "pk"), PER_PAGE)
    context = {"roster": shown, "page": page.get_page(request.GET.get("page"))}
    return render(request, "frontend/workplace/roster.html", context)
