"""Lists of the library that come as workbooks: index results and procedures."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import DomainError, Fault, Faults
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.library_access import library_room, own_unit, run_units
from frontend.pages.workplace.unit_forms import UnitChoice, UnitField, asks_to_search
from frontend.papers import as_download
from training.domain.index_results import delete_index_year, index_years, load_index_results
from training.domain.procedures import delete_procedures, find_procedures, load_procedures
from training.interfaces.excel.index_results import index_template, read_index_rows
from training.interfaces.excel.procedures import procedure_template, read_procedure_rows
from training.models import Procedure
from training.permissions import RUN_TRAINING, SEE_TRAINING

PER_PAGE = 30
SHOWN_FAULTS = 200


class ProcedureUnitForm(forms.Form):
    unit = UnitField(label=gettext_lazy("Đơn vị quản lý danh mục"))


def _faults_of(refusal: DomainError) -> list[Fault]:
    """What the table of faults shows, also of a file that could not be opened."""
    if isinstance(refusal, Faults):
        return list(refusal.faults)
    return [Fault(_("Cả tệp"), refusal.code, str(refusal.message), str(refusal.hint))]


def loaded(request: HttpRequest, load: Callable[[Any], int]) -> list[Fault]:
    """What is wrong with the file that was sent; nothing when it is stored."""
    file = request.FILES.get("file")
    if file is None:
        return [Fault(_("Cả tệp"), "no_file", _("Chưa chọn tệp."), _("Chọn một tệp Excel."))]
    try:
        count = load(file)
    except DomainError as refusal:
        return _faults_of(refusal)
    said = ngettext("Đã lưu %(count)d dòng.", "Đã lưu %(count)d dòng.", count)
    messages.success(request, said % {"count": count})
    return []


def told_faults(faults: list[Fault]) -> dict[str, Any]:
    """What the template of the table of faults draws."""
    return {
        "faults": faults[:SHOWN_FAULTS],
        "more_faults": max(0, len(faults) - SHOWN_FAULTS),
    }


@require_GET
@workplace_view(*SEE_TRAINING)
def indexes(request: HttpRequest) -> HttpResponse:
    """The years there are."""
    return _index_page(request, [])


@require_POST
@workplace_view(*RUN_TRAINING)
def indexes_upload(request: HttpRequest) -> HttpResponse:
    """A workbook adds or replaces results, all of its rows or none."""
    day = timezone.localdate()

    def load(file: Any) -> int:
        rows = read_index_rows(file)
        return load_index_results(rows=rows, user=request.user, today=day)

    faults = loaded(request, load)
    return _index_page(request, faults) if faults else redirect("w-indexes")


def _index_page(request: HttpRequest, faults: list[Fault]) -> HttpResponse:
    context = library_room(request, "w-indexes", years=index_years(), **told_faults(faults))
    status = 422 if faults else 200
    return render(request, "frontend/workplace/library/indexes.html", context, status=status)


@require_GET
@workplace_view(*RUN_TRAINING)
def indexes_template(request: HttpRequest) -> FileResponse:
    return as_download("mau-chi-so.xlsx", index_template)


@require_POST
@workplace_view(*RUN_TRAINING)
def index_delete(request: HttpRequest) -> HttpResponse:
    name, year = request.POST.get("name", ""), request.POST.get("year", "")
    number = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0
    count = delete_index_year(name=name, year=number, user=request.user)
    said = ngettext("Đã xoá %(count)d dòng.", "Đã xoá %(count)d dòng.", count)
    messages.success(request, said % {"count": count})
    return redirect("w-indexes")


@require_GET
@workplace_view(*SEE_TRAINING)
def procedures(request: HttpRequest) -> HttpResponse:
    return _procedure_page(request, _unit_form(request), [])


@require_POST
@workplace_view(*RUN_TRAINING)
def procedures_upload(request: HttpRequest) -> HttpResponse:
    """A workbook adds or replaces procedures by their code, all of its rows or none."""
    form = _unit_form(request)
    if asks_to_search(form, "unit") or not form.is_valid():
        return _procedure_page(request, form, [])

    def load(file: Any) -> int:
        rows = read_procedure_rows(file)
        return load_procedures(unit=form.cleaned_data["unit"], rows=rows, user=request.user)

    faults = loaded(request, load)
    return _procedure_page(request, form, faults) if faults else redirect("w-procedures")


def _unit_form(request: HttpRequest) -> ProcedureUnitForm:
    form = ProcedureUnitForm(request.POST or None)
    form.fields["unit"].units = run_units(request)
    return form


def _procedure_page(
    request: HttpRequest, form: ProcedureUnitForm, faults: list[Fault]
) -> HttpResponse:
    text = request.GET.get("q", "")[:200]
    rows = find_procedures(text=text).select_related("unit")
    context = library_room(
        request,
        "w-procedures",
        text=text,
        page=Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        unit=UnitChoice(form, "unit", chosen=own_unit(request)),
        **told_faults(faults),
    )
    status = 422 if faults or (form.is_bound and form.errors) else 200
    return render(request, "frontend/workplace/library/procedures.html", context, status=status)


@require_GET
@workplace_view(*RUN_TRAINING)
def procedures_template(request: HttpRequest) -> FileResponse:
    """Filled with what the person's units keep."""
    kept = Procedure.objects.within_reach_of(request.user, *RUN_TRAINING)
    return as_download("danh-muc-thu-tuc.xlsx", lambda file: procedure_template(file, kept))


@require_POST
@workplace_view(*RUN_TRAINING)
def procedure_delete(request: HttpRequest) -> HttpResponse:
    posted = request.POST.getlist("procedure")
    ids = [int(one) for one in posted if one.isascii() and one.isdigit() and len(one) < 19]
    count = delete_procedures(ids=ids, user=request.user)
    said = ngettext("Đã xoá %(count)d dòng.", "Đã xoá %(count)d dòng.", count)
    messages.success(request, said % {"count": count})
    return redirect("w-procedures")
