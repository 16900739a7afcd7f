"""Screens: set up, paired, revoked, and what they say of themselves each minute."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from accounts.domain.audit import record_act
from accounts.domain.short_numbers import ALPHABET
from accounts.errors import NotAllowed
from accounts.models import OrgUnit, User
from accounts.text import nfc
from training.domain.screen_errors import CodeUnknown, ScreenNotFound
from training.models import Playlist, Screen
from training.permissions import RUN_TRAINING, may_run_training_at

KEY_BYTES = 32
CODE_LASTS = timedelta(minutes=30)
# A screen reports each minute: after five it is called silent.
SILENT_AFTER = timedelta(minutes=5)


class Report(BaseModel):
    """What a screen says of itself; longer texts are cut, more errors left out."""

    model_config = ConfigDict(extra="ignore")
    version: str = Field(default="", max_length=40)
    item: str = Field(default="", max_length=200)
    errors: list[str] = Field(default_factory=list, max_length=10)
    kept: int = Field(default=0, ge=0, le=10_000)
    wanted: int = Field(default=0, ge=0, le=10_000)
    free: int | None = Field(default=None, ge=0, le=2**53)


def may_run_screen(user: User, screen: Screen) -> bool:
    return Screen.objects.within_reach_of(user, *RUN_TRAINING).filter(pk=screen.pk).exists()


def _require(user: User, screen: Screen) -> None:
    if not may_run_screen(user, screen):
        raise NotAllowed


def _require_playlist(user: User, playlist: Playlist) -> None:
    usable = Playlist.objects.for_screens_of(user, *RUN_TRAINING)
    if not usable.filter(pk=playlist.pk).exists():
        raise NotAllowed


@transaction.atomic
def create_screen(*, unit: OrgUnit, name: str, playlist: Playlist, user: User) -> Screen:
    """Raises NotAllowed."""
    if not may_run_training_at(user, unit):
        raise NotAllowed
    _require_playlist(user, playlist)
    key = secrets.token_urlsafe(KEY_BYTES)
    made = Screen.objects.create(unit=unit, name=nfc(name), playlist=playlist, key=key)
    record_act(actor=user, act="create_screen", subject=made, unit_id=unit.pk)
    return made


@transaction.atomic
def change_screen(*, screen: Screen, name: str, playlist: Playlist, user: User) -> None:
    """Raises NotAllowed."""
    _require(user, screen)
    if playlist.pk != screen.playlist_id:
        _require_playlist(user, playlist)
    screen.name, screen.playlist = nfc(name), playlist
    screen.save(update_fields=["name", "playlist"])
    record_act(actor=user, act="change_screen", subject=screen, unit_id=screen.unit_id)


@transaction.atomic
def issue_code(*, screen: Screen, user: User, now: datetime) -> str:
    """A code to type at the TV, good for half an hour and once; the one before ends.

    Raises NotAllowed, ScreenNotFound for one that was revoked.
    """
    _require(user, screen)
    if screen.revoked_at is not None:
        raise ScreenNotFound
    letters = "".join(secrets.choice(ALPHABET) for _place in range(8))
    screen.code, screen.code_until = f"{letters[:4]}-{letters[4:]}", now + CODE_LASTS
    screen.save(update_fields=["code", "code_until"])
    record_act(actor=user, act="pair_screen", subject=screen, unit_id=screen.unit_id)
    return screen.code


@transaction.atomic
def pair_screen(*, code: str, now: datetime) -> Screen:
    """The screen whose code was typed; the code is used up. Raises CodeUnknown."""
    bare = "".join(letter for letter in code.upper() if letter.isalnum())
    waiting = Screen.objects.running().filter(code_until__gt=now).exclude(code="")
    screen = waiting.select_for_update().filter(code=f"{bare[:4]}-{bare[4:]}").first()
    if screen is None:
        raise CodeUnknown
    screen.code, screen.code_until = "", None
    screen.save(update_fields=["code", "code_until"])
    return screen


@transaction.atomic
def revoke_screen(*, screen: Screen, user: User, now: datetime) -> None:
    """Its address ends; the TV drops what it keeps when it next asks. Raises NotAllowed."""
    _require(user, screen)
    screen.revoked_at, screen.code = now, ""
    screen.save(update_fields=["revoked_at", "code"])
    record_act(actor=user, act="revoke_screen", subject=screen, unit_id=screen.unit_id)


def find_screen(*, key: str) -> Screen:
    """Raises ScreenNotFound."""
    found = Screen.objects.running().select_related("unit", "playlist").filter(key=key).first()
    if found is None:
        raise ScreenNotFound
    return found


def note_report(*, screen: Screen, body: bytes, now: datetime) -> bool:
    """Keep what the screen says; False for what is no report. One statement."""
    try:
        report = Report.model_validate_json(body)
    except ValidationError:
        return False
    report.errors = [error[:200] for error in report.errors]
    Screen.objects.filter(pk=screen.pk).update(seen_at=now, seen=report.model_dump())
    return True


def is_silent(*, screen: Screen, now: datetime) -> bool:
    """Whether the screen should have said something and has not."""
    return screen.seen_at is None or screen.seen_at < now - SILENT_AFTER
