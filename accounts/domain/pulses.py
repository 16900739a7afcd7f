"""Whether worker and clock are alive: each ten seconds the clock asks and the worker answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from accounts.enums import JobState
from accounts.models import Job, Pulse

CLOCK = "clock"
# Four turns of the clock.
SILENT_AFTER = timedelta(seconds=40)


@dataclass(frozen=True)
class BackgroundHealth:
    """`worker_seen`, `clock_seen`: when last, None for never; `queued`: jobs that wait.

    A worker busy with a long job answers the clock when it is done, so until then nothing is known
    of the clock.
    """

    now: datetime
    worker_seen: datetime | None
    clock_seen: datetime | None
    queued: int
    running: int

    @property
    def worker_alive(self) -> bool:
        return _fresh(self.worker_seen, self.now)

    @property
    def clock_alive(self) -> bool | None:
        """None: the worker is busy and can't tell."""
        if _fresh(self.clock_seen, self.now):
            return True
        return None if self.running and self.worker_alive else False


def _fresh(seen: datetime | None, now: datetime) -> bool:
    return seen is not None and seen >= now - SILENT_AFTER


def answer_clock(*, now: datetime) -> None:
    """The worker was asked by the clock and is there."""
    Pulse.objects.update_or_create(name=CLOCK, defaults={"at": now})


def background_health(*, now: datetime) -> BackgroundHealth:
    """Three small statements."""
    seen = Pulse.objects.filter(name=CLOCK).values_list("at", flat=True).first()
    unfinished = Job.objects.unfinished()
    working = unfinished.filter(state=JobState.RUNNING)
    beat = working.aggregate(last=Max("heartbeat_at"))["last"]
    states = list(unfinished.values_list("state", flat=True))
    return BackgroundHealth(
        now=now,
        worker_seen=max((at for at in (seen, beat) if at), default=None),
        clock_seen=seen,
        queued=states.count(JobState.QUEUED),
        running=states.count(JobState.RUNNING),
    )
