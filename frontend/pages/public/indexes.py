"""Rankings of units by year, as a table with bars and as a workbook."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import OrgUnit
from accounts.text import slug_of
from frontend.pages.public.library_parts import library_context, typed
from frontend.papers import as_download
from training.domain.index_results import IndexYear, index_of_unit, index_year, index_years
from training.interfaces.excel.index_results import write_index_year


@require_safe
def indexes(request: HttpRequest) -> HttpResponse:
    """The year asked for, else the newest of the first index."""
    years = index_years()
    chosen = _chosen(request, years)
    context = library_context("indexes", years=_choices(years), chosen=chosen)
    if chosen:
        name, year = chosen
        shown = index_year(name=name, year=year)
        context["shown"] = shown
        context["key"] = _key(name, year)
        context["rows"] = list(zip(shown.results, shown.widths(), strict=True))
    return render(request, "frontend/public/library/indexes.html", context)


def _key(name: str, year: int) -> str:
    return f"{year} {name}"


def _choices(years: list[tuple[str, int]]) -> list[tuple[str, str]]:
    return [(_key(name, year), f"{name}, {year}") for name, year in years]


def _chosen(request: HttpRequest, years: list[tuple[str, int]]) -> tuple[str, int] | None:
    asked = typed(request, "chi-so")
    for name, year in years:
        if asked == _key(name, year):
            return name, year
    return years[0] if years else None


@require_safe
def index_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit in one index over the years."""
    unit = get_object_or_404(OrgUnit.objects.filter(index_results__isnull=False).distinct(), pk=pk)
    names = sorted(set(unit.index_results.values_list("name", flat=True)))
    name = typed(request, "ten")
    series = index_of_unit(name=name if name in names else names[0], unit_id=unit.pk)
    shown = IndexYear(series[0].name, 0, series)
    context: dict[str, Any] = library_context(
        "indexes",
        unit=unit,
        name=series[0].name,
        names=[(each, each) for each in names],
        rows=list(zip(series, shown.widths(), strict=True)),
    )
    return render(request, "frontend/public/library/index_unit.html", context)


@require_safe
def indexes_xlsx(request: HttpRequest) -> FileResponse:
    """The year shown, as a workbook."""
    chosen = _chosen(request, index_years())
    if chosen is None:
        raise Http404(_("Chưa có kết quả chỉ số."))
    name, year = chosen
    shown = index_year(name=name, year=year)
    file = f"{slug_of(name, length=40, default='chi-so')}-{year}.xlsx"
    return as_download(file, lambda out: write_index_year(out, shown))
