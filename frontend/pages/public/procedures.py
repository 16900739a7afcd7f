"""Standardised procedures: found by name, read at the national portal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontend.pages.public.library_parts import library_context, page_of, typed
from training.domain.procedures import find_procedures
from training.models import Procedure

PER_PAGE = 30


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    text, field = typed(request), typed(request, "linh-vuc")
    fields = Procedure.objects.exclude(field="").order_by("field")
    names = list(fields.values_list("field", flat=True).distinct())
    context = library_context(
        "procedures",
        text=text,
        field=field,
        narrowed=bool(text or field),
        fields=[("", _("Tất cả")), *((name, name) for name in names)],
        page=page_of(request, find_procedures(text=text, field=field), PER_PAGE),
    )
    return render(request, "frontend/public/library/procedures.html", context)


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure: its name, and the way to the portal where it is described and sent in."""
    shown = get_object_or_404(Procedure.objects.select_related("unit"), code=code)
    context = library_context("procedures", procedure=shown)
    return render(request, "frontend/public/library/procedure.html", context)
