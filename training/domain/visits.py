"""Counting how often the public pages are opened, without telling anybody from anybody.

No cookie, no address, no digest of one: a page asks to be counted, and what is kept of that is one
more in two sums. A visit (“lượt truy cập”) is a page to which somebody came from elsewhere: from a
link, a QR code, an address typed; the next pages of the same stroll are views and no new visit.
Who comes back after lunch is a second visit, since nobody knows that it was the same person.

Each web process gathers for some seconds and writes the sums. While the count of a round decides
prizes, pages of contests are not counted at all, nor made up for later: how much they are visited
tells how many enter (`quiz.domain.count_secrecy`).
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.domain.installation import may_set_up, read_installation, update_installation
from accounts.errors import NotAllowed
from accounts.models import User
from quiz.domain.count_secrecy import any_counts_secret
from training.queries.visit import VisitFigures, add_visits, read_visits

GATHERED = timedelta(seconds=10)
# Pages that say nothing of how a contest goes. All others are taken for pages of contests.
_APART = re.compile(r"/(?:thu-vien|hoi-dap|ban-tin)/")
# Programs that say of themselves that they are no person; those that run no script never ask.
_BOT = re.compile(r"(?i)bot\b|crawl|spider|slurp|preview|headless|monitor|curl|python|java/|^$")


def is_of_contests(path: str) -> bool:
    return not _APART.match(path)


def is_bot(agent: str) -> bool:
    """By its own word: nothing else is looked at, so that nobody has to be recognised."""
    return bool(_BOT.search(agent))


def shows_visits(*, path: str) -> bool:
    """Whether a page counts and shows visits: the body wants it, and nothing secret would show."""
    if not read_installation().shows_visits:
        return False
    return not is_of_contests(path) or not any_counts_secret()


def show_visits(*, shown: bool, user: User) -> None:
    """Switch counting and showing on or off. Raises NotAllowed but for the topmost unit's
    administrator.
    """
    if not may_set_up(user):
        raise NotAllowed
    update_installation(user=user, shows_visits=shown)


@dataclass
class Gathering:
    """What one process has counted and not written yet: [visits, views] by minute and kind."""

    sums: dict[tuple[datetime, bool], list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0])
    )
    written_at: datetime | None = None
    secret: bool = False
    shown: bool = False
    figures: VisitFigures | None = None

    def note(self, *, of_contests: bool, arrived: bool, now: datetime) -> None:
        sums = self.sums[now.replace(second=0, microsecond=0), of_contests]
        sums[0] += arrived
        sums[1] += 1

    def write(self, now: datetime) -> None:
        """Write what was gathered, leaving contests out while a count is secret; read again."""
        self.shown, self.secret = read_installation().shows_visits, any_counts_secret()
        sums, self.sums = self.sums, defaultdict(lambda: [0, 0])
        days: dict[date, tuple[int, int]] = {}
        minutes: dict[datetime, int] = defaultdict(int)
        for (minute, of_contests), (visits, views) in sums.items():
            if not self.shown or (of_contests and self.secret):
                continue
            day = timezone.localdate(minute)
            before = days.get(day, (0, 0))
            days[day] = (before[0] + visits, before[1] + views)
            minutes[minute] += visits
        if self.shown:
            add_visits(days=days, minutes=minutes, now=now)
        self.figures = read_visits(today=timezone.localdate(now), now=now)
        self.written_at = now

    def begin_anew(self) -> None:
        """For tests: nothing gathered, and the next page asks the database."""
        self.sums.clear()
        self.written_at = None


_gathering = Gathering()


def count_visit(*, path: str, arrived: bool, agent: str, now: datetime) -> VisitFigures | None:
    """Count one page opened; the figures as last read, None where the page may show none.

    `arrived`: from another site, or by an address typed or scanned.
    """
    gathering, of_contests = _gathering, is_of_contests(path)
    if not is_bot(agent):
        gathering.note(of_contests=of_contests, arrived=arrived, now=now)
    if gathering.written_at is None or now - gathering.written_at >= GATHERED:
        gathering.write(now)
    if not gathering.shown or (of_contests and gathering.secret):
        return None
    return gathering.figures
