from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.domain.pulses import SILENT_AFTER, answer_clock, background_health
from accounts.enums import JobState
from accounts.models import Job
from accounts.tasks import answer_clock as answer_task

pytestmark = pytest.mark.django_db


def job(state: str, now, **fields) -> Job:
    return Job.objects.create(kind="x", title="x", queued_at=now, state=state, **fields)


def test_nobody_has_been_seen_yet():
    health = background_health(now=timezone.now())
    assert (health.worker_alive, health.clock_alive, health.worker_seen) == (False, False, None)


def test_the_clock_asked_and_the_worker_answered():
    answer_task()
    now = timezone.now()
    health = background_health(now=now)
    assert (health.worker_alive, health.clock_alive) == (True, True)
    silent = background_health(now=now + SILENT_AFTER + timedelta(seconds=1))
    assert (silent.worker_alive, silent.clock_alive) == (False, False)


def test_a_busy_worker_is_alive_and_can_not_tell_of_the_clock():
    now = timezone.now()
    answer_clock(now=now - 2 * SILENT_AFTER)
    job(JobState.RUNNING, now, heartbeat_at=now)
    job(JobState.QUEUED, now)
    job(JobState.DONE, now)
    health = background_health(now=now)
    assert (health.worker_alive, health.clock_alive) == (True, None)
    assert (health.queued, health.running, health.worker_seen) == (1, 1, now)
