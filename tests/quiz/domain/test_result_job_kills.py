"""A worker killed while it closes or ranks leaves the round ranked once, or untouched."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import JobState
from accounts.models import Job
from quiz.domain.result_jobs import CLOSE_ROUND, RANK_ROUND, queue_round_job
from quiz.enums import RoundState
from quiz.models import Award, DuplicateCase, Grade, Round, Standing
from tests.factories import OpenContest, make_open_contest
from tests.forked_kills import kill_ten_times
from tests.results_factory import Entry, Person, close, make_entrants

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 200
SHARING = 2


def made_past() -> OpenContest:
    """A round that is over, with many entries and one pair of people alike."""
    made = make_open_contest()
    Round.objects.filter(pk=made.round.pk).update(
        opens_at=made.round.opens_at - timedelta(days=1),
        closes_at=made.round.closes_at - timedelta(days=1),
    )
    made.round.refresh_from_db()
    make_entrants(
        made,
        [
            Person(
                birth_date=None,
                identity="một" if number < SHARING else "",
                entries=[Entry(wrong=number % 4, seconds=number)],
            )
            for number in range(PEOPLE)
        ],
    )
    return made


def queue(made: OpenContest, kind: str) -> Job:
    return queue_round_job(kind=kind, round=made.round, user=made.organiser, now=timezone.now())


def stored(job: Job) -> tuple[str, int, int, int, int]:
    """(state, marks, places, duplicate cases, awards) of the job's round."""
    round = Round.objects.get(pk=job.params["round"])
    return (
        round.state,
        Grade.objects.filter(round=round).count(),
        Standing.objects.filter(round=round).count(),
        DuplicateCase.objects.filter(contest=round.contest_id).count(),
        Award.objects.filter(round=round).count(),
    )


def test_a_worker_killed_while_closing():
    def check(job: Job) -> None:
        done = (RoundState.CLOSED, PEOPLE, PEOPLE, 1, 0)
        expected = done if job.state == JobState.DONE else (RoundState.FROZEN, 0, 0, 0, 0)
        assert stored(job) == expected

    assert kill_ten_times(queue=lambda number: queue(made_past(), CLOSE_ROUND), check=check) > 0


def test_a_worker_killed_while_ranking():
    def closed(_number: int) -> Job:
        made = made_past()
        close(made)
        Standing.objects.filter(round=made.round).delete()
        return queue(made, RANK_ROUND)

    def check(job: Job) -> None:
        done = (RoundState.CLOSED, PEOPLE, PEOPLE, 1, 6)
        expected = done if job.state == JobState.DONE else (RoundState.CLOSED, PEOPLE, 0, 1, 0)
        assert stored(job) == expected

    assert kill_ten_times(queue=closed, check=check) > 0
