"""What the organisers of an open round watch: is it well, and, for who can't win, how much."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from accounts.domain.pulses import BackgroundHealth, background_health
from accounts.models import User
from quiz.domain.count_secrecy import may_see_counts
from quiz.domain.deadlines import times_of
from quiz.domain.rule_sets import rules_of_round
from quiz.engine.watching import Band, Minute, Totals, band_of, by_minute
from quiz.enums import RoundState
from quiz.models import Round, RoundSample
from quiz.permissions import require_may_run

MINUTES = 30
MINUTE = timedelta(minutes=1)
RECENT = 5 * MINUTE
# Without a sample for so long the figures are called old.
STALE = 2 * MINUTE

_CONNECTIONS = """
SELECT count(*), current_setting('max_connections')::int
FROM pg_stat_activity WHERE backend_type = 'client backend'
"""


@dataclass(frozen=True)
class Counts:
    """Exact as of the sample's moment; `since`: the first sample, from which minutes are told."""

    at: datetime
    since: datetime
    started: int
    running: int
    overdue: int
    finished: int
    minutes: list[Minute]


@dataclass(frozen=True)
class ControlRoom:
    """`counts` None: kept from who may still win, or nothing counted yet (`sampled_at` None)."""

    now: datetime
    opens_at: datetime
    closes_at: datetime
    last_deadline: datetime
    health: BackgroundHealth
    connections: int
    connection_limit: int
    sampled_at: datetime | None
    band: Band
    counts_shown: bool
    counts: Counts | None

    @property
    def opened(self) -> bool:
        return self.now >= self.opens_at

    @property
    def over(self) -> bool:
        return self.now > self.last_deadline

    @property
    def stale(self) -> bool:
        return self.sampled_at is None or self.sampled_at < self.now - STALE


def read_control_room(*, round: Round, user: User, now: datetime) -> ControlRoom:
    """Raises NotAllowed for whoever does not run the contest.

    Figures are those of the worker's samples, so all viewers cost the same few small statements.
    """
    require_may_run(user, round.contest)
    rules = rules_of_round(round=round)
    end = times_of(round=round, rules=rules).last_deadline() if rules else round.closes_at
    with connection.cursor() as cursor:
        cursor.execute(_CONNECTIONS)
        used, limit = cursor.fetchone()
    shown = may_see_counts(user=user, contest=round.contest)
    samples = _samples(round)
    return ControlRoom(
        now=now,
        opens_at=round.opens_at,
        closes_at=round.closes_at,
        last_deadline=end,
        health=background_health(now=now),
        connections=used,
        connection_limit=limit,
        sampled_at=samples[-1].at if samples else None,
        band=_band(samples),
        counts_shown=shown,
        counts=_counts(samples) if shown and samples else None,
    )


def _samples(round: Round) -> list[RoundSample]:
    """Those of the minutes shown, oldest first."""
    if round.state == RoundState.DRAFT:
        return []
    last = round.samples.order_by("-at").first()
    if last is None:
        return []
    return list(round.samples.filter(at__gte=last.at - (MINUTES + 1) * MINUTE).order_by("at"))


def _totals(sample: RoundSample) -> Totals:
    return Totals(
        at=sample.at,
        started=sample.started,
        finished=sample.started - sample.open,
        closed=sample.closed,
        refusals=sample.refusals,
        conflicts=sample.conflicts,
        resumes=sample.resumes,
    )


def _counts(samples: list[RoundSample]) -> Counts:
    last = samples[-1]
    return Counts(
        at=last.at,
        since=samples[0].at,
        started=last.started,
        running=last.open - last.overdue,
        overdue=last.overdue,
        finished=last.started - last.open,
        minutes=by_minute([_totals(sample) for sample in samples], minutes=MINUTES),
    )


def _band(samples: list[RoundSample]) -> Band:
    """Refusals and collisions of the last minutes against the attempts that could meet them."""
    if not samples:
        return Band.NONE
    last = samples[-1]
    before = next((one for one in samples if one.at >= last.at - RECENT), last)
    troubles = last.refusals + last.conflicts - before.refusals - before.conflicts
    return band_of(troubles, before.open + last.started - before.started)
