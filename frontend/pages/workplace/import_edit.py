"""Correcting a draft before it is stored, by the form that items are written in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from accounts.errors import DomainError, Faults
from frontend.pages.workplace.import_access import import_view
from frontend.pages.workplace.import_review import answered, book_of, page_of
from frontend.pages.workplace.import_showing import shown_draft
from frontend.pages.workplace.item_form import ITEM_FIELDS, ItemForm
from frontend.pages.workplace.refused import add_refusal
from quiz.models import ImportDraft, ItemImport
from quiz.reading_documents import draft_of

_FIELDS = ("kind", "stem", "fixed_order", "topic", "level", "rationale", "citation")
_MORE_FIELDS = ("checked_on", "checked_by")


@require_http_methods(["GET", "POST"])
@import_view
def edit(request: HttpRequest, session: ItemImport, place: int) -> HttpResponse:
    """The form in place of the draft; saved, the draft is corrected and accepted at once."""
    row = get_object_or_404(session.drafts.judged(session.bank), place=place)
    auto_id = f"id_{place}_%s"
    if request.method == "GET":
        return _form(request, session, row, _form_of(row, auto_id))
    form = ItemForm(request.POST, auto_id=auto_id)
    if form.is_valid():
        version = form.cleaned_data["base"] or 0
        try:
            changed = book_of(request, session).correct(
                place=place, version=version, draft=form.as_draft()
            )
        except Faults as refusal:
            add_refusal(form, refusal, ITEM_FIELDS)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            form.data = form.data.copy()  # the next save goes over what was told of
            form.data["base"] = row.version
        else:
            return answered(request, session, changed)
    return _form(request, session, row, form)


def _form_of(row: ImportDraft, auto_id: str) -> ItemForm:
    draft = draft_of(row.document["draft"])
    initial = {name: getattr(draft, name) for name in (*_FIELDS, *_MORE_FIELDS)}
    initial["base"] = row.version
    form = ItemForm(initial=initial, options=list(draft.options), key=draft.key, auto_id=auto_id)
    form.more_rows = 1
    return form


def _form(
    request: HttpRequest, session: ItemImport, row: ImportDraft, form: ItemForm
) -> HttpResponse:
    name = "edit" if request.htmx else "edit_page"
    context = {
        "session": session,
        "bank": session.bank,
        "draft": shown_draft(session, row),
        "form": form,
        "topics": session.bank.topics.order_by("name").values_list("name", flat=True),
        **page_of(request),
    }
    status = 422 if form.is_bound else 200
    return render(request, f"frontend/workplace/import/{name}.html", context, status=status)
