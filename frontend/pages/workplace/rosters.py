"""Compulsory lists: looked at by those who answer for them, found in, taken out as a file."""

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.reveals import read_reason, reason_choices
from accounts.enums import Role
from accounts.errors import DomainError
from accounts.models import OrgUnit, RosterEntry
from accounts.permissions import (
    KEEP_ROSTERS,
    SEE_ROSTERS,
    exported_rosters,
    holds_any,
    kept_rosters,
    seen_rosters,
)
from accounts.text import fold
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.contest_access import attempted
from frontend.papers import as_download
from quiz.domain.winners import birth_text
from quiz.interfaces.excel.rosters import queue_roster_export, write_roster_template
from quiz.models import Contest

PER_PAGE = 50
TEMPLATE_NAME = "mau-danh-sach-bat-buoc.xlsx"


@require_GET
@workplace_view(*SEE_ROSTERS)
def rosters(request: HttpRequest) -> HttpResponse:
    exempt = Count("entries", filter=~Q(entries__exemption=""))
    rows = seen_rosters(request.user).select_related("unit").order_by("-as_of", "-pk")
    rows = rows.annotate(persons=Count("entries"), exempt=exempt)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "keeps": holds_any(request.user, *KEEP_ROSTERS)}
    return render(request, "frontend/workplace/rosters.html", context)


@require_GET
@workplace_view(*SEE_ROSTERS)
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of one list, for those whose units it covers."""
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, refusal: DomainError | None = None) -> HttpResponse:
    shown = get_object_or_404(seen_rosters(request.user).select_related("unit"), pk=pk)
    reach = OrgUnit.objects.reached_by(request.user, *SEE_ROSTERS)
    query = request.GET.get("q", "").strip()[:80]
    people = _found(shown.entries.filter(unit__in=reach).select_related("unit"), query)
    page = Paginator(people.order_by("unit__sort_name", "folded_name", "pk"), PER_PAGE)
    shown_page = page.get_page(request.GET.get("page"))
    context = {
        "roster": shown,
        "query": query,
        "page": shown_page,
        "rows": [
            (entry, birth_text(entry.birth_date, entry.birth_precision)) for entry in shown_page
        ],
        "keeps": kept_rosters(request.user).filter(pk=pk).exists(),
        "exports": exported_rosters(request.user).filter(pk=pk).exists(),
        "reasons": reason_choices(),
        "refusal": refusal,
        "contests": Contest.objects.filter(roster=shown).values_list("title", flat=True),
    }
    return render(request, "frontend/workplace/roster.html", context)


def _found(people: QuerySet[RosterEntry], query: str) -> QuerySet[RosterEntry]:
    """Those whose name holds every word, or whose staff code it is."""
    if not query:
        return people
    named = Q()
    for word in fold(query).split():
        named &= Q(folded_name__contains=word)
    return people.filter(named | Q(staff_code__iexact=query))


@require_GET
@workplace_view(*KEEP_ROSTERS)
def template(request: HttpRequest) -> FileResponse:
    """The workbook to write a list in."""
    return as_download(TEMPLATE_NAME, write_roster_template)


@require_POST
@workplace_view(Role.EXPORTER)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the list as a file, in the columns it can be uploaded with again, and say why."""
    shown = get_object_or_404(exported_rosters(request.user), pk=pk)

    def act() -> HttpResponse:
        job = queue_roster_export(
            roster=shown,
            user=request.user,
            now=timezone.now(),
            reason=read_reason(
                code=request.POST.get("reason", ""), text=request.POST.get("reason_text", "")
            ),
            next=reverse("w-roster", args=[pk]),
        )
        return redirect("w-job", public_id=job.public_id)

    return attempted(act, lambda refusal: _page(request, pk, refusal))
