"""Screens at the desks: which of them play, which are silent, how one is paired and revoked."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import OrgUnit
from frontend.pages.addresses import absolute_url
from frontend.pages.workplace.access import View, workplace_view
from frontend.pages.workplace.refused import form_status
from frontend.pages.workplace.screen_forms import NewScreenForm, ScreenForm
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search
from quiz.domain.clock import read_now
from training.domain.screens import (
    SILENT_AFTER,
    change_screen,
    create_screen,
    is_silent,
    issue_code,
    may_run_screen,
    revoke_screen,
)
from training.models import Playlist, Screen
from training.permissions import RUN_TRAINING, SEE_TRAINING

MEGABYTE = 2**20


def screen_view(*roles: str) -> Any:
    """A page of one screen in reach."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, pk: int) -> HttpResponse:
            screens = Screen.objects.within_reach_of(request.user, *roles)
            screens = screens.select_related("unit", "playlist")
            return view(request, get_object_or_404(screens, pk=pk))

        return workplace_view(*roles)(opened)

    return decorate


@require_GET
@workplace_view(*SEE_TRAINING)
def screens(request: HttpRequest) -> HttpResponse:
    """The silent ones first: somebody has to go there."""
    found = Screen.objects.within_reach_of(request.user, *SEE_TRAINING).running()
    rows = [_row(screen) for screen in found.select_related("unit", "playlist")]
    rows.sort(key=lambda row: not row["silent"])
    lists = Playlist.objects.for_screens_of(request.user, *SEE_TRAINING).select_related("unit")
    context = {
        "rows": rows,
        "silent": sum(row["silent"] and row["screen"].seen_at is not None for row in rows),
        "playlists": lists,
        "minutes": SILENT_AFTER.seconds // 60,
        "may_create": OrgUnit.objects.reached_by(request.user, *RUN_TRAINING).exists(),
        "pair_address": absolute_url(request, reverse("screen-pair")),
    }
    return render(request, "frontend/workplace/screen/list.html", context)


def _row(screen: Screen) -> dict[str, Any]:
    seen = screen.seen
    free = seen.get("free")
    return {
        "screen": screen,
        "silent": is_silent(screen=screen, now=read_now()),
        "item": seen.get("item", ""),
        "version": seen.get("version", ""),
        "errors": seen.get("errors", []),
        "kept": f"{seen.get('kept', 0)}/{seen.get('wanted', 0)}",
        "free": None if free is None else free // MEGABYTE,
    }


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def new_screen(request: HttpRequest) -> HttpResponse:
    form = NewScreenForm(request.POST if request.method == "POST" else None)
    units = OrgUnit.objects.reached_by(request.user, *RUN_TRAINING)
    lists = Playlist.objects.for_screens_of(request.user, *RUN_TRAINING)
    form.fields["unit"].units, form.fields["playlist"].queryset = units, lists
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        made = create_screen(**form.cleaned_data, user=request.user)
        return redirect("w-screen", pk=made.pk)
    choice = UnitChoice(form, "unit", chosen=units.tops().first())
    context = {"form": form, "unit": choice, "any": lists.exists()}
    status = form_status(form)
    return render(request, "frontend/workplace/screen/new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@screen_view(*SEE_TRAINING)
def screen(request: HttpRequest, screen: Screen) -> HttpResponse:
    """Its address and what it last said; POST renames it or gives it another playlist."""
    posted = request.method == "POST"
    form = ScreenForm(
        request.POST if posted else None,
        initial={"name": screen.name, "playlist": screen.playlist},
    )
    usable = Playlist.objects.for_screens_of(request.user, *RUN_TRAINING)
    form.fields["playlist"].queryset = usable | Playlist.objects.filter(pk=screen.playlist_id)
    if posted and form.is_valid():
        change_screen(screen=screen, user=request.user, **form.cleaned_data)
        messages.success(request, _("Đã lưu. Màn hình đổi theo trong vòng một phút."))
        return redirect("w-screen", pk=screen.pk)
    now = read_now()
    context = {
        "screen": screen,
        "row": _row(screen),
        "form": form,
        "runs": may_run_screen(request.user, screen),
        "address": absolute_url(request, reverse("screen", args=[screen.key])),
        "pair_address": absolute_url(request, reverse("screen-pair")),
        "code": screen.code if screen.code_until and screen.code_until > now else "",
    }
    status = 422 if posted else 200
    return render(request, "frontend/workplace/screen/screen.html", context, status=status)


@require_POST
@screen_view(*RUN_TRAINING)
def pair(request: HttpRequest, screen: Screen) -> HttpResponse:
    issue_code(screen=screen, user=request.user, now=read_now())
    return redirect("w-screen", pk=screen.pk)


@require_POST
@screen_view(*RUN_TRAINING)
def revoke(request: HttpRequest, screen: Screen) -> HttpResponse:
    revoke_screen(screen=screen, user=request.user, now=read_now())
    messages.success(request, _("Đã ngừng màn hình “%(name)s”.") % {"name": screen.name})
    return redirect("w-screens")
