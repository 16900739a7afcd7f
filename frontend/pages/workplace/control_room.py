"""The control room of an open round: it asks for itself again every ten seconds."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.control_room import read_control_room
from quiz.engine.watching import Band, Minute
from quiz.models import Contest, Round
from quiz.permissions import RUN_CONTEST

BAR_HEIGHT = 80
TONES = {Band.NONE: "success", Band.FEW: "info", Band.NOTABLE: "warning", Band.MANY: "danger"}


@dataclass(frozen=True)
class Bars:
    """One minute of the drawing: begun and submitted beside each other, from the ground up."""

    minute: Minute
    x: int
    started: int
    submitted: int

    @property
    def started_top(self) -> int:
        return BAR_HEIGHT - self.started

    @property
    def submitted_top(self) -> int:
        return BAR_HEIGHT - self.submitted

    @property
    def second_x(self) -> int:
        return self.x + 5


def draw_bars(minutes: list[Minute]) -> list[Bars]:
    """Heights in units of the drawing; whatever happened at all is seen."""
    most = max((max(one.started, one.submitted) for one in minutes), default=0) or 1

    def height(figure: int) -> int:
        return -(-figure * BAR_HEIGHT // most)

    return [
        Bars(one, 12 * place, height(one.started), height(one.submitted))
        for place, one in enumerate(minutes)
    ]


def band_words(band: Band) -> str:
    return {
        Band.NONE: _("không có"),
        Band.FEW: _("ít, dưới một phần trăm"),
        Band.NOTABLE: _("đáng chú ý, từ một đến năm phần trăm"),
        Band.MANY: _("nhiều, trên năm phần trăm"),
    }[band]


@require_GET
@contest_view(*RUN_CONTEST)
def control_room(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    room = read_control_room(round=round, user=request.user, now=timezone.now())
    minutes = room.counts.minutes if room.counts else []
    context = contest_context(
        request,
        contest,
        "w-contest",
        round=round,
        room=room,
        bars=draw_bars(minutes),
        width=max(12 * len(minutes), 1),
        height=BAR_HEIGHT,
        newest_first=minutes[::-1],
        band=band_words(room.band),
        band_tone=TONES[room.band],
        live=room.opened and not room.over,
        now=room.now,
    )
    return render(request, "frontend/workplace/round/control_room.html", context)
