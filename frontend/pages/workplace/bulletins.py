"""Issues of the bulletin as its editors put them together."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError
from frontend.pages.addresses import absolute_url
from frontend.pages.public.bulletins import pdf_answer
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.library_access import library_room, own_unit, reached
from training.domain.bulletins import (
    change_bulletin,
    create_bulletin,
    publish_bulletin,
    queue_letters,
)
from training.models import Article, Bulletin
from training.permissions import RUN_TRAINING, SEE_TRAINING, may_run_training_at

PER_PAGE = 20


@require_GET
@workplace_view(*SEE_TRAINING)
def bulletins(request: HttpRequest) -> HttpResponse:
    rows = Bulletin.objects.within_reach_of(request.user, *SEE_TRAINING).select_related("unit")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    waiting = Article.objects.within_reach_of(request.user, *RUN_TRAINING).waiting().count()
    context = library_room(request, "w-bulletins", page=page, waiting=waiting)
    return render(request, "frontend/workplace/library/bulletins.html", context)


@require_POST
@workplace_view(*RUN_TRAINING)
def new_bulletin(request: HttpRequest) -> HttpResponse:
    """The next issue of one's own unit."""
    made = create_bulletin(
        unit=own_unit(request),
        title=request.POST.get("title", ""),
        user=request.user,
        now=timezone.now(),
    )
    return redirect("w-bulletin", pk=made.pk)


@require_http_methods(["GET", "POST"])
@workplace_view(*SEE_TRAINING)
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """An issue, its articles in order, and those that wait for one."""
    shown = reached(request, Bulletin, pk, *SEE_TRAINING)
    if request.method == "GET":
        return _show(request, shown)
    try:
        change_bulletin(
            bulletin=shown,
            title=request.POST.get("title", ""),
            lead=request.POST.get("lead", ""),
            articles=_ordered(request),
            user=request.user,
        )
    except DomainError as refusal:
        return _show(request, shown, refusal)
    messages.success(request, _("Đã lưu."))
    return redirect("w-bulletin", pk=pk)


def _ordered(request: HttpRequest) -> list[int]:
    """Ticked articles by their numbers; equal numbers as they stood."""
    ticked = [int(pk) for pk in request.POST.getlist("article") if pk.isdecimal()]
    return sorted(ticked, key=lambda pk: _place(request.POST.get(f"place-{pk}", "")))


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 999


def _show(
    request: HttpRequest, bulletin: Bulletin, refusal: DomainError | None = None
) -> HttpResponse:
    articles = list(bulletin.articles.select_related("unit"))
    free = Article.objects.below_unit(bulletin.unit_id).ready().select_related("unit")
    context = library_room(
        request,
        "w-bulletins",
        bulletin=bulletin,
        articles=articles,
        free=free if bulletin.published_at is None else (),
        may_run=may_run_training_at(request.user, bulletin.unit),
        letters=bulletin.letters.count(),
        refusal=refusal,
    )
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/library/bulletin.html", context, status=status)


@require_POST
@workplace_view(*RUN_TRAINING)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    shown = reached(request, Bulletin, pk, *RUN_TRAINING)
    try:
        publish_bulletin(bulletin=shown, user=request.user, now=timezone.now())
    except DomainError as refusal:
        return _show(request, shown, refusal)
    messages.success(request, _("Đã phát hành. Ai cũng đọc được từ bây giờ."))
    return redirect("w-bulletin", pk=pk)


@require_POST
@workplace_view(*RUN_TRAINING)
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue the letters to the people of the unit and below."""
    shown = reached(request, Bulletin, pk, *RUN_TRAINING)
    try:
        job = queue_letters(
            bulletin=shown,
            link=absolute_url(request, reverse("bulletin", args=[shown.slug])),
            user=request.user,
            now=timezone.now(),
            next=reverse("w-bulletin", args=[pk]),
        )
    except DomainError as refusal:
        return _show(request, shown, refusal)
    return redirect("w-job", public_id=job.public_id)


@require_GET
@workplace_view(*SEE_TRAINING)
def bulletin_draft_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper as it would be now."""
    return pdf_answer(reached(request, Bulletin, pk, *SEE_TRAINING))
