"""The legal documents that items cite: which of them wait for a check of their validity."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import holds_any
from frontend.pages.workplace.access import workplace_view
from quiz.domain.legal_documents import LONGEST_NOTE, set_needs_check
from quiz.models import Citation, ItemBank, LegalDocument
from quiz.permissions import CHECK_DOCUMENTS, SEE_KEYS

PER_PAGE = 50


def _cited(request: HttpRequest, *roles: str) -> QuerySet[Citation]:
    """Citations in the banks where the person holds a role: others are nobody's business here."""
    banks = ItemBank.objects.within_reach_of(request.user, *roles)
    return Citation.objects.filter(version__item__bank__in=banks)


@require_GET
@workplace_view(*SEE_KEYS)
def documents(request: HttpRequest) -> HttpResponse:
    """Those that wait for a check first, each with how many items cite it."""
    counted = (
        _cited(request, *SEE_KEYS)
        .values_list("document")
        .annotate(Count("version__item", distinct=True))
    )
    items = dict(counted.order_by())
    found = LegalDocument.objects.filter(pk__in=items).order_by("-needs_check", "number")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(document, items[document.pk]) for document in page.object_list],
        "longest": LONGEST_NOTE,
        "checks": holds_any(request.user, *CHECK_DOCUMENTS),
    }
    return render(request, "frontend/workplace/bank/documents.html", context)


@require_POST
@workplace_view(*CHECK_DOCUMENTS)
def check_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a document was checked, or that it has to be; no author lifts what stops them."""
    cited = _cited(request, *CHECK_DOCUMENTS).values("document")
    reach = LegalDocument.objects.filter(pk__in=cited)
    document = get_object_or_404(reach, pk=pk)
    needs_check = request.POST.get("needs_check") == "1"
    note = request.POST.get("note", "")
    set_needs_check(document=document, needs_check=needs_check, note=note, user=request.user)
    said = (
        _("%s: chờ kiểm hiệu lực, câu dẫn văn bản này chưa duyệt được.")
        if needs_check
        else _("%s: đã kiểm hiệu lực, câu dẫn văn bản này duyệt được.")
    )
    messages.success(request, said % document.number)
    return redirect("w-documents")
