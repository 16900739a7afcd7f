"""Looking through a file of items: each beside its source, decided on one after the other."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import JobState
from accounts.errors import DomainError, NotFound
from accounts.models import Job
from frontend.pages.workplace.import_access import import_view
from frontend.pages.workplace.import_showing import shown_draft, shown_drafts
from quiz.domain.clock import read_now
from quiz.domain.import_decisions import DraftBook
from quiz.domain.item_imports import discard_import
from quiz.enums import ImportState
from quiz.interfaces.formats.import_jobs import READ_JOB, STORE_JOB, queue_store, read_with_column
from quiz.interfaces.formats.reading import FORMATS
from quiz.models import ImportDraft, ItemImport
from quiz.queries.item_import import GROUPS

PER_PAGE = 20
SHOWN_SKIPPED = 50
_TABS = (
    ("waiting", gettext_lazy("Chờ quyết định")),
    ("doubtful", gettext_lazy("Cần xem")),
    ("faulty", gettext_lazy("Có lỗi")),
    ("certain", gettext_lazy("Chắc chắn")),
    ("accepted", gettext_lazy("Đã nhận")),
    ("skipped", gettext_lazy("Bỏ qua")),
    ("all", gettext_lazy("Tất cả")),
)


@require_GET
@import_view
def review(request: HttpRequest, session: ItemImport) -> HttpResponse:
    """One stretch of the drafts of a group, from the place asked for."""
    if session.state == ImportState.READING:
        return _reading(session)
    return _page(request, session)


def _reading(session: ItemImport) -> HttpResponse:
    job = Job.objects.filter(kind=READ_JOB, params__session=session.pk).last()
    if job is None:
        return redirect("w-item-import", pk=session.bank_id)
    return redirect("w-job", public_id=job.public_id)


def _page(
    request: HttpRequest, session: ItemImport, refusal: DomainError | None = None
) -> HttpResponse:
    group = request.GET.get("nhom", "waiting")
    group = group if group in GROUPS else "waiting"
    start = request.GET.get("tu", "")
    first = int(start) if start.isdecimal() and len(start) < 9 else 1
    rows = session.drafts.judged(session.bank).filter(GROUPS[group])
    stretch = list(rows.filter(place__gte=first).order_by("place")[: PER_PAGE + 1])
    before = rows.filter(place__lt=first).order_by("-place").values_list("place", flat=True)
    earlier = list(before[:PER_PAGE])
    context = {
        **_summary(session, group),
        "shown": shown_drafts(session, stretch[:PER_PAGE]),
        "next": _address(session, group, stretch[-1].place) if len(stretch) > PER_PAGE else "",
        "previous": _address(session, group, earlier[-1]) if earlier else "",
        "back": request.get_full_path(),
        "skipped": session.skipped[:SHOWN_SKIPPED],
        "more_skipped": max(0, len(session.skipped) - SHOWN_SKIPPED),
        "format": FORMATS[session.format].name if session.format in FORMATS else session.format,
        "refusal": refusal,
        "key_columns": [(name, name) for name in session.key_columns if name],
    }
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/import/review.html", context, status=status)


def _address(session: ItemImport, group: str, first: int = 1) -> str:
    query = {"nhom": group} | ({"tu": first} if first > 1 else {})
    return f"{review_path(session)}?{urlencode(query)}"


def review_path(session: ItemImport) -> str:
    return reverse("w-import", args=[session.bank_id, session.public_id])


def _summary(session: ItemImport, group: str = "") -> dict[str, Any]:
    """Counts of every group, and how far the person is."""
    found = session.drafts.judged(session.bank).count_groups()
    counts = {name: found[f"in_{name}"] for name in GROUPS}
    return {
        "session": session,
        "bank": session.bank,
        "counts": counts,
        "decided": counts["all"] - counts["waiting"],
        "group": group,
        "tabs": [
            (_address(session, name), f"{label} ({counts[name]})", name) for name, label in _TABS
        ],
        "storing": Job.objects.unfinished()
        .filter(kind=STORE_JOB, params__session=session.pk)
        .first(),
    }


def book_of(request: HttpRequest, session: ItemImport) -> DraftBook:
    return DraftBook(session=session, user=request.user, now=read_now())


@require_http_methods(["GET", "POST"])
@import_view
def draft(request: HttpRequest, session: ItemImport, place: int) -> HttpResponse:
    """One draft; posted, an act on it. The draft again for htmx, else back to its page."""
    if request.method == "GET":
        row = get_object_or_404(session.drafts.judged(session.bank), place=place)
        return answered(request, session, row)
    version = request.POST.get("version", "")
    number = int(version) if version.isdecimal() and len(version) < 9 else 0
    try:
        row = _act(book_of(request, session), place, number, request.POST.get("act", ""))
    except DomainError as refusal:
        return refused(request, session, place, refusal)
    return answered(request, session, row)


def _act(book: DraftBook, place: int, version: int, act: str) -> ImportDraft:
    """“accept”, “skip”, “reopen”, “key:0,2” or “repair:1:off”. Raises NotFound for others."""
    name, _colon, rest = act.partition(":")
    if name in ("accept", "skip", "reopen"):
        row: ImportDraft = getattr(book, name)(place=place, version=version)
        return row
    parts = rest.replace(",", ":").split(":")
    numbers = [int(part) for part in parts if part.isdecimal() and len(part) < 3]
    if name == "key" and numbers:
        return book.choose_key(place=place, version=version, key=frozenset(numbers))
    if name == "repair" and len(numbers) == 1:
        made = parts[-1] == "on"
        return book.choose_repair(place=place, version=version, repair=numbers[0], made=made)
    raise NotFound


def answered(request: HttpRequest, session: ItemImport, row: ImportDraft) -> HttpResponse:
    """What follows a decision."""
    if not request.htmx:
        return HttpResponseRedirect(_back(request, session, row.place))
    place = page_of(request)
    context = {**_summary(session, place["group"]), **place, "draft": shown_draft(session, row)}
    return render(request, "frontend/workplace/import/answer.html", context)


def refused(
    request: HttpRequest, session: ItemImport, place: int, refusal: DomainError
) -> HttpResponse:
    """The draft as it stands now, with why the act was refused."""
    row = session.drafts.judged(session.bank).filter(place=place).first()
    if row is None or not request.htmx:
        messages.error(request, _sentence(refusal))
        return HttpResponseRedirect(_back(request, session, place))
    context = {
        **page_of(request),
        "session": session,
        "bank": session.bank,
        "draft": shown_draft(session, row, refusal),
    }
    return render(request, "frontend/workplace/import/draft.html", context, status=refusal.status)


def page_of(request: HttpRequest) -> dict[str, str]:
    """The page a draft stands on, as its form tells."""
    told = request.POST or request.GET
    return {"back": told.get("back", ""), "group": told.get("group", "")}


def _sentence(refusal: DomainError) -> str:
    faults = getattr(refusal, "faults", ())
    return " ".join(f"{f.message} {f.hint}".strip() for f in faults) or str(refusal)


def _back(request: HttpRequest, session: ItemImport, place: int) -> str:
    """The page the form stood on, at the draft; never anybody else's address."""
    back = page_of(request)["back"]
    path = review_path(session)
    return f"{back if back.startswith(path + '?') else path}#cau-{place}"


@require_POST
@import_view
def decide_many(request: HttpRequest, session: ItemImport) -> HttpResponse:
    """Accept all that are certain, or skip all that wait."""
    book = book_of(request, session)
    try:
        if request.POST.get("act") == "skip_waiting":
            count = book.skip_waiting()
            said = ngettext("Đã bỏ qua %d câu.", "Đã bỏ qua %d câu.", count)
        else:
            count = book.accept_certain()
            said = ngettext("Đã nhận %d câu.", "Đã nhận %d câu.", count)
    except DomainError as refusal:
        return _page(request, session, refusal)
    messages.success(request, said % count)
    return redirect(review_path(session))


@require_POST
@import_view
def store(request: HttpRequest, session: ItemImport) -> HttpResponse:
    """Store what was accepted: at once where it is little, else as a job."""
    try:
        job = queue_store(session=session, user=request.user, now=read_now())
    except DomainError as refusal:
        return _page(request, session, refusal)
    if job.state == JobState.DONE:
        messages.success(request, job.result["message"])
        return redirect("w-bank", pk=session.bank_id)
    return redirect("w-job", public_id=job.public_id)


@require_POST
@import_view
def key_column(request: HttpRequest, session: ItemImport) -> HttpResponse:
    """Take the answers of another printed paper: the file is read again, decisions begin anew."""
    column = request.POST.get("column", "")
    try:
        job = read_with_column(session=session, column=column, user=request.user, now=read_now())
    except NotFound:
        return redirect(review_path(session))
    except DomainError as refusal:
        return _page(request, session, refusal)
    if job.state != JobState.DONE:
        return redirect("w-job", public_id=job.public_id)
    messages.success(request, _("Đã đọc lại tệp theo đáp án “%s”.") % column)
    return redirect(review_path(session))


@require_POST
@import_view
def discard(request: HttpRequest, session: ItemImport) -> HttpResponse:
    """Throw the import away."""
    discard_import(session=session, user=request.user)
    messages.success(request, _("Đã bỏ lượt nhập từ tệp %s.") % session.file_name)
    return redirect("w-item-import", pk=session.bank_id)
