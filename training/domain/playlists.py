"""Playlists: made, filled, put in order."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.domain.audit import record_act
from accounts.errors import NotAllowed
from accounts.models import OrgUnit, User
from accounts.text import nfc, tidy_values
from training.domain.screen_errors import PlaylistInUse
from training.models import Playlist, Slide
from training.permissions import RUN_TRAINING, may_run_training_at


def may_run_playlist(user: User, playlist: Playlist) -> bool:
    reach = Playlist.objects.within_reach_of(user, *RUN_TRAINING)
    return reach.filter(pk=playlist.pk).exists()


def _require(user: User, playlist: Playlist) -> None:
    if not may_run_playlist(user, playlist):
        raise NotAllowed


@transaction.atomic
def create_playlist(*, unit: OrgUnit, name: str, user: User) -> Playlist:
    """Raises NotAllowed."""
    if not may_run_training_at(user, unit):
        raise NotAllowed
    made = Playlist.objects.create(unit=unit, name=nfc(name))
    record_act(actor=user, act="create_playlist", subject=made, unit_id=unit.pk)
    return made


@transaction.atomic
def save_slide(
    *, playlist: Playlist, slide: Slide | None = None, user: User, **fields: Any
) -> Slide:
    """A new slide at the end, or one changed. What its kind does not show is emptied.

    Raises NotAllowed.
    """
    _require(user, playlist)
    if slide is None:
        last = playlist.slides.aggregate(last=Max("place"))["last"] or 0
        slide = Slide(playlist=playlist, place=last + 1)
    for name, value in tidy_values(fields).items():
        setattr(slide, name, value)
    slide.save()
    _note(playlist, user)
    return slide


@transaction.atomic
def remove_slide(*, slide: Slide, user: User) -> None:
    """Raises NotAllowed."""
    _require(user, slide.playlist)
    slide.delete()
    _note(slide.playlist, user)


@transaction.atomic
def move_slide(*, slide: Slide, up: bool, user: User) -> None:
    """One place earlier or later; at the end it stays. Raises NotAllowed."""
    _require(user, slide.playlist)
    slides = list(slide.playlist.slides.select_for_update().order_by("place", "pk"))
    at = slides.index(slide)
    to = at - 1 if up else at + 1
    if 0 <= to < len(slides):
        slides[at], slides[to] = slides[to], slides[at]
    for place, each in enumerate(slides, start=1):
        each.place = place
    Slide.objects.bulk_update(slides, ["place"])
    _note(slide.playlist, user)


@transaction.atomic
def delete_playlist(*, playlist: Playlist, user: User) -> None:
    """Raises NotAllowed, PlaylistInUse."""
    _require(user, playlist)
    if playlist.screens.exists():
        raise PlaylistInUse
    record_act(actor=user, act="delete_playlist", subject=playlist, unit_id=playlist.unit_id)
    playlist.delete()


def _note(playlist: Playlist, user: User) -> None:
    record_act(actor=user, act="change_playlist", subject=playlist, unit_id=playlist.unit_id)
