"""Legal documents that are cited: whether they hold, what replaces them, who cites them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import Faults
from accounts.permissions import holds_any
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.document_forms import ClauseForm, DocumentForm
from frontend.pages.workplace.refused import add_refusal
from quiz.domain.citation_doubts import document_doubt
from quiz.domain.citing import KINDS, count_citing
from quiz.domain.legal_documents import LONGEST_NOTE, set_needs_check
from quiz.domain.validity import describe_document, end_clause, restore_clause
from quiz.models import ClauseEnd, ItemBank, ItemVersion, LegalDocument
from quiz.permissions import CHECK_DOCUMENTS, SEE_KEYS

PER_PAGE = 50
ITEMS_SHOWN = 50
FIELDS = {
    "days_out_of_order": "effective_to",
    "no_last_day": "effective_to",
    "replacing_unclear": "replaced_by",
    "replaces_itself": "replaced_by",
    "clause_unclear": "clause",
}


@require_GET
@workplace_view(*SEE_KEYS)
def documents(request: HttpRequest) -> HttpResponse:
    """Those in doubt first, each with how many things within reach cite it."""
    counts = count_citing(user=request.user, roles=SEE_KEYS)
    found = LegalDocument.objects.filter(pk__in=counts).select_related("replaced_by")
    page = Paginator(found.order_by("-needs_check", "effective_to", "number"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": [
            (document, sum(counts[document.pk].values()), document_doubt(document, today=today))
            for document in page.object_list
        ],
        "longest": LONGEST_NOTE,
        "checks": holds_any(request.user, *CHECK_DOCUMENTS),
    }
    return render(request, "frontend/workplace/bank/documents.html", context)


def _within_reach(request: HttpRequest, pk: int, *roles: str) -> LegalDocument:
    """Cited by something where the person holds a role: others are nobody's business here."""
    reach = count_citing(user=request.user, roles=roles)
    documents = LegalDocument.objects.filter(pk__in=reach).select_related("replaced_by")
    return get_object_or_404(documents, pk=pk)


@require_POST
@workplace_view(*CHECK_DOCUMENTS)
def check_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a document was checked, or that it has to be; no author lifts what stops them."""
    document = _within_reach(request, pk, *CHECK_DOCUMENTS)
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


@require_GET
@workplace_view(*SEE_KEYS)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a document, and the items that rest on it."""
    return _page(request, _within_reach(request, pk, *SEE_KEYS))


@require_POST
@workplace_view(*CHECK_DOCUMENTS)
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was found out about a document."""
    shown = _within_reach(request, pk, *CHECK_DOCUMENTS)
    form = DocumentForm(request.POST)
    if form.is_valid():
        try:
            touched = describe_document(
                document=shown, description=form.as_description(), user=request.user
            )
        except Faults as refusal:
            add_refusal(form, refusal, FIELDS)
        else:
            _tell(request, shown, touched)
            return redirect("w-document", pk=shown.pk)
    return _page(request, shown, form=form)


def _tell(request: HttpRequest, document: LegalDocument, touched: dict[str, int]) -> None:
    messages.success(request, _("Đã lưu mô tả của %s.") % document.number)
    count = sum(touched.values())
    if count:
        told = ngettext(
            "%(count)d nơi dẫn văn bản này được gắn cờ theo ngày hết hiệu lực.",
            "%(count)d nơi dẫn văn bản này được gắn cờ theo ngày hết hiệu lực.",
            count,
        )
        messages.warning(request, told % {"count": count})


@require_POST
@workplace_view(*CHECK_DOCUMENTS)
def clause(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one clause is out of force."""
    shown = _within_reach(request, pk, *CHECK_DOCUMENTS)
    form = ClauseForm(request.POST)
    if form.is_valid():
        try:
            touched = end_clause(document=shown, user=request.user, **form.cleaned_data)
        except Faults as refusal:
            add_refusal(form, refusal, FIELDS)
        else:
            _tell(request, shown, touched)
            return redirect("w-document", pk=shown.pk)
    return _page(request, shown, clause_form=form)


@require_POST
@workplace_view(*CHECK_DOCUMENTS)
def clause_back(request: HttpRequest, pk: int, end_pk: int) -> HttpResponse:
    """Say that a clause is in force after all."""
    shown = _within_reach(request, pk, *CHECK_DOCUMENTS)
    end = get_object_or_404(ClauseEnd.objects.select_related("document"), document=shown, pk=end_pk)
    restore_clause(end=end, user=request.user)
    messages.success(request, _("Đã ghi lại %s còn hiệu lực.") % end)
    return redirect("w-document", pk=shown.pk)


def _page(
    request: HttpRequest,
    document: LegalDocument,
    *,
    form: DocumentForm | None = None,
    clause_form: ClauseForm | None = None,
) -> HttpResponse:
    checks = document.pk in count_citing(user=request.user, roles=CHECK_DOCUMENTS)
    counts = count_citing(user=request.user, roles=SEE_KEYS)[document.pk]
    banks = ItemBank.objects.within_reach_of(request.user, *SEE_KEYS)
    citing = ItemVersion.objects.current().filter(
        item__bank__in=banks, citations__document=document
    )
    context = {
        "document": document,
        "doubt": document_doubt(document, today=timezone.localdate()),
        "replaces": document.replaces.order_by("number"),
        "ends": document.clause_ends.all(),
        "form": form or DocumentForm.of(document),
        "clause_form": clause_form or ClauseForm(),
        "checks": checks,
        "counts": [(KINDS[code].title, count) for code, count in counts.items()],
        "citing": citing.select_related("item__bank")
        .distinct()
        .order_by("item__bank__name", "item__number")[:ITEMS_SHOWN],
    }
    bound = form or clause_form
    status = 422 if bound is not None else 200
    return render(request, "frontend/workplace/bank/document.html", context, status=status)
