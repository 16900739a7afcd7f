"""A screen with a playlist to test with."""

from datetime import UTC, datetime
from typing import Any

from accounts.enums import Role
from accounts.models import OrgUnit, User
from tests.people import make_person, make_unit
from training.domain.playing import Links
from training.domain.playlists import create_playlist, save_slide
from training.domain.screens import create_screen
from training.enums import SlideKind
from training.models import Playlist, Screen, Slide

NOW = datetime(2026, 3, 10, 3, tzinfo=UTC)  # a Tuesday, ten o'clock in Viet Nam
LINKS = Links(
    contest=lambda contest, unit: f"https://thi.example/{contest.code}/?don-vi={unit.code}",
    survey=lambda survey, unit: f"https://thi.example/khao-sat/{survey.code}/?don-vi={unit.code}",
    page=lambda file, number: f"/trang/{file.pk}/{number}",
)


def make_screen(unit: OrgUnit | None = None) -> tuple[Screen, User]:
    """A screen of a unit, its playlist with one page of text, and the unit's organiser."""
    unit = unit or make_unit("tinh")
    user = make_person(f"to.chuc.{unit.code}", Role.ORGANISER, unit=unit)
    playlist = create_playlist(unit=unit, name="Quầy một cửa", user=user)
    add_text(playlist, user, "Giờ làm việc: **7:30** đến 17:00")
    return create_screen(unit=unit, name="TV quầy 1", playlist=playlist, user=user), user


def add_text(playlist: Playlist, user: User, text: str, **fields: Any) -> Slide:
    return save_slide(playlist=playlist, user=user, kind=SlideKind.TEXT, text=text, **fields)
