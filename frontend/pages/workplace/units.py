"""Units: the tree, one unit, its other names and headcounts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.units import add_aliases, create_unit, set_headcount, update_unit
from accounts.enums import Role
from accounts.errors import DomainError, Fault, Faults
from accounts.interfaces.excel.aliases import read_aliases
from accounts.models import OrgUnit, User
from accounts.permissions import (
    KEEP_ROSTERS,
    MANAGE,
    SEE_ROSTERS,
    holds_any,
    managed_units,
    may_manage_unit,
    seen_units,
)
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.refused import add_refusal, form_status
from frontend.pages.workplace.unit_forms import (
    HeadcountForm,
    NewUnitForm,
    UnitChoice,
    UnitForm,
    asks_to_search,
    found_units,
    lines_of,
)

PER_PAGE = 25
SHOWN_FAULTS = 200
FIELDS = {"name_empty": "name", "code_taken": "code"}


@require_GET
@workplace_view(*Role)
def units(request: HttpRequest) -> HttpResponse:
    """The units one can reach: the topmost and what is right below, or what was searched for."""
    query = request.GET.get("q", "").strip()
    reach = seen_units(request.user)
    found = reach.matching(query) if query else reach.tops_with_children()
    page = Paginator(found.with_counts(), PER_PAGE).get_page(request.GET.get("page"))
    form = _new_unit_form(request.user)
    context = {"page": page, "query": query, "form": form}
    context["rosters"] = holds_any(request.user, *SEE_ROSTERS)
    if holds_any(request.user, *MANAGE):
        context["parent"] = _parent_choice(form, request.user, request.GET.get("thuoc"))
    return render(request, "frontend/workplace/units.html", context)


def _new_unit_form(user: User, data: object = None) -> NewUnitForm:
    form = NewUnitForm(data)
    form.fields["parent"].units = managed_units(user)
    return form


def _parent_choice(form: NewUnitForm, user: User, wanted: str | None) -> UnitChoice:
    reach = managed_units(user)
    chosen = reach.filter(code=wanted or "").first() or reach.tops().first()
    return UnitChoice(form, "parent", chosen=chosen)


@require_GET
@workplace_view(*KEEP_ROSTERS)
def units_json(request: HttpRequest) -> JsonResponse:
    """What the unit picker asks while one types, `?q=`: units the person looks after."""
    reach = OrgUnit.objects.reached_by(request.user, *KEEP_ROSTERS)
    found = found_units(reach, request.GET.get("q", "")[:80])
    return JsonResponse({"units": found})


@require_http_methods(["GET", "POST"])
@workplace_view(*MANAGE)
def new_unit(request: HttpRequest) -> HttpResponse:
    """A unit below one that the person administers."""
    form = _new_unit_form(request.user, request.POST or None)
    if form.is_bound and not asks_to_search(form, "parent") and form.is_valid():
        try:
            unit = create_unit(**form.cleaned_data, user=request.user)
        except Faults as refusal:
            add_refusal(form, refusal, FIELDS)
        else:
            messages.success(request, _("Đã thêm đơn vị “%(name)s”.") % {"name": unit.name})
            return redirect("w-units")
    choice = _parent_choice(form, request.user, request.GET.get("thuoc"))
    status = form_status(form)
    context = {"form": form, "parent": choice}
    return render(request, "frontend/workplace/unit_new.html", context, status=status)


@require_GET
@workplace_view(*Role)
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: where it is, what is below it, how many people it has."""
    shown = get_object_or_404(
        seen_units(request.user).select_related("parent", "merged_into"), pk=pk
    )
    return _unit_page(request, shown)


def _unit_page(
    request: HttpRequest,
    shown: OrgUnit,
    form: UnitForm | None = None,
    headcount: HeadcountForm | None = None,
) -> HttpResponse:
    reach = seen_units(request.user)
    children = reach.filter(parent=shown).with_counts()
    manages = may_manage_unit(request.user, shown)
    start = {
        "name": shown.name,
        "kind": shown.kind,
        "aliases": "\n".join(shown.aliases),
        "keep_name": True,
    }
    context = {
        "unit": shown,
        "above": reach.filter(pk=shown.parent_id).first(),
        "page": Paginator(children, PER_PAGE).get_page(request.GET.get("page")),
        "headcounts": shown.headcounts.order_by("-on_date")[:10],
        "manages": manages,
        "form": form or UnitForm(initial=start),
        "headcount_form": headcount or HeadcountForm(initial={"on_date": timezone.localdate()}),
    }
    refused = bool((form and form.errors) or (headcount and headcount.errors))
    return render(request, "frontend/workplace/unit.html", context, status=422 if refused else 200)


@require_POST
@workplace_view(*MANAGE)
def change_unit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(managed_units(request.user), pk=pk)
    form = UnitForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data | {"aliases": lines_of(form.cleaned_data["aliases"])}
        update_unit(unit=shown, user=request.user, **values)
        messages.success(request, _("Đã lưu thông tin đơn vị."))
        return redirect("w-unit", pk=pk)
    return _unit_page(request, shown, form=form)


@require_POST
@workplace_view(*MANAGE)
def unit_aliases(request: HttpRequest) -> HttpResponse:
    """Other names of many units from a workbook; all of it or nothing."""
    file = request.FILES.get("file")
    faults: tuple[Fault, ...] = ()
    refusal = "" if file else _("Chọn một tệp Excel.")
    try:
        aliases = read_aliases(file, units=managed_units(request.user)) if file else {}
    except Faults as found:
        faults = found.faults
    except DomainError as unreadable:
        refusal = str(unreadable)
    if not (faults or refusal):
        changed = add_aliases(aliases=aliases, user=request.user)
        told = _("Đã thêm tên gọi khác cho %(count)s đơn vị.") % {"count": changed}
        messages.success(request, told)
        return redirect("w-units")
    context = {
        "faults": faults[:SHOWN_FAULTS],
        "more_faults": max(0, len(faults) - SHOWN_FAULTS),
        "refusal": refusal,
    }
    return render(request, "frontend/workplace/unit_aliases.html", context, status=422)


@require_POST
@workplace_view(*MANAGE)
def headcount(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(managed_units(request.user), pk=pk)
    form = HeadcountForm(request.POST)
    if form.is_valid():
        set_headcount(unit=shown, user=request.user, **form.cleaned_data)
        messages.success(request, _("Đã lưu biên chế."))
        return redirect("w-unit", pk=pk)
    return _unit_page(request, shown, headcount=form)
