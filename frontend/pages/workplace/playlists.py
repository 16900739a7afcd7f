"""Playlists of screens: what is shown, in which order, when."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError
from accounts.models import OrgUnit
from accounts.rich_text import to_words
from frontend.pages.workplace.access import View, workplace_view
from frontend.pages.workplace.refused import form_status
from frontend.pages.workplace.screen_forms import WEEKDAYS, PlaylistForm, SlideForm
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search
from training.domain.playlists import (
    create_playlist,
    delete_playlist,
    may_run_playlist,
    move_slide,
    remove_slide,
    save_slide,
)
from training.models import Playlist, Slide
from training.permissions import RUN_TRAINING, SEE_TRAINING


def playlist_view(*roles: str, runs: bool = False) -> Any:
    """A page of one playlist in reach (or from above, to look at); of a slide of it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
            reach = Playlist.objects.within_reach_of if runs else Playlist.objects.for_screens_of
            playlist = get_object_or_404(reach(request.user, *roles).select_related("unit"), pk=pk)
            if "slide_pk" in kwargs:
                slide_pk = kwargs.pop("slide_pk")
                kwargs["slide"] = get_object_or_404(playlist.slides, pk=slide_pk)
            return view(request, playlist, **kwargs)

        return workplace_view(*roles)(opened)

    return decorate


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_TRAINING)
def new_playlist(request: HttpRequest) -> HttpResponse:
    form = PlaylistForm(request.POST if request.method == "POST" else None)
    units = OrgUnit.objects.reached_by(request.user, *RUN_TRAINING)
    form.fields["unit"].units = units
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        made = create_playlist(**form.cleaned_data, user=request.user)
        return redirect("w-playlist", pk=made.pk)
    choice = UnitChoice(form, "unit", chosen=units.tops().first())
    status = form_status(form)
    context = {"form": form, "unit": choice}
    return render(request, "frontend/workplace/screen/playlist_new.html", context, status=status)


@require_GET
@playlist_view(*SEE_TRAINING)
def playlist(request: HttpRequest, playlist: Playlist) -> HttpResponse:
    slides = playlist.slides.select_related("file", "contest", "survey")
    context = {
        "playlist": playlist,
        "rows": [(slide, _what(slide), _when(slide)) for slide in slides],
        "runs": may_run_playlist(request.user, playlist),
        "screens": playlist.screens.running().select_related("unit"),
    }
    return render(request, "frontend/workplace/screen/playlist.html", context)


def _what(slide: Slide) -> str:
    return str(slide.file or slide.contest or slide.survey or to_words(slide.text)[:80])


def _when(slide: Slide) -> str:
    """“Thứ Hai, Thứ Ba · 07:30–17:00 · đến 31/12/2026”; "" for always."""
    names = dict(WEEKDAYS)
    hours = [f"{at:%H:%M}" if at else "…" for at in (slide.starts, slide.ends)]
    days = [f"{on:%d/%m/%Y}" if on else "…" for on in (slide.valid_from, slide.valid_to)]
    parts = [
        ", ".join(str(names[day]) for day in slide.weekdays),
        "–".join(hours) if slide.starts or slide.ends else "",
        "–".join(days) if slide.valid_from or slide.valid_to else "",
    ]
    return " · ".join(part for part in parts if part)


@require_http_methods(["GET", "POST"])
@playlist_view(*RUN_TRAINING, runs=True)
def new_slide(request: HttpRequest, playlist: Playlist) -> HttpResponse:
    return _slide_form(request, playlist, None)


@require_http_methods(["GET", "POST"])
@playlist_view(*RUN_TRAINING, runs=True)
def slide(request: HttpRequest, playlist: Playlist, slide: Slide) -> HttpResponse:
    return _slide_form(request, playlist, slide)


def _slide_form(request: HttpRequest, playlist: Playlist, slide: Slide | None) -> HttpResponse:
    posted = request.method == "POST"
    form = SlideForm(request.POST if posted else None, instance=slide, user=request.user)
    if posted and form.is_valid():
        save_slide(playlist=playlist, slide=slide, user=request.user, **form.cleaned_data)
        messages.success(request, _("Đã lưu. Các màn hình đổi theo trong vòng một phút."))
        return redirect("w-playlist", pk=playlist.pk)
    context = {"playlist": playlist, "slide": slide, "form": form}
    status = 422 if posted else 200
    return render(request, "frontend/workplace/screen/slide.html", context, status=status)


@require_POST
@playlist_view(*RUN_TRAINING, runs=True)
def slide_act(request: HttpRequest, playlist: Playlist, slide: Slide) -> HttpResponse:
    """`act`: up, down or remove."""
    act = request.POST.get("act", "")
    if act == "remove":
        remove_slide(slide=slide, user=request.user)
    elif act in ("up", "down"):
        move_slide(slide=slide, up=act == "up", user=request.user)
    return redirect("w-playlist", pk=playlist.pk)


@require_POST
@playlist_view(*RUN_TRAINING, runs=True)
def delete(request: HttpRequest, playlist: Playlist) -> HttpResponse:
    try:
        delete_playlist(playlist=playlist, user=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("w-playlist", pk=playlist.pk)
    messages.success(request, _("Đã xoá danh sách phát."))
    return redirect("w-screens")
