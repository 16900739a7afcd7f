"""Long work of a round as its pages show it: queued, on its way, failed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.enums import JobState
from accounts.models import Job, User
from quiz.domain.result_jobs import RANK_ROUND, queue_round_job
from quiz.enums import RoundState
from quiz.models import Contest, Round

UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True)
class RoundJobs:
    """`running`: unfinished work of anybody; `failed`: the newest that ended, if it failed.

    How far work is would tell how many entries there are, so the bar has no figures.
    """

    running: Job | None
    failed: Job | None


def jobs_of(rounds: list[Round], user: User) -> RoundJobs:
    about = Job.objects.filter(params__round__in=[round.pk for round in rounds])
    running = about.filter(state__in=UNFINISHED).order_by("-pk").first()
    newest = about.filter(created_by=user).exclude(state__in=UNFINISHED).order_by("-pk").first()
    failed = newest if newest is not None and newest.state == JobState.FAILED else None
    return RoundJobs(running, failed if running is None else None)


def nothing_new(request: HttpRequest, jobs: RoundJobs) -> HttpResponse | None:
    """The answer to a page that asks whether the work has ended, while it has not.

    204 leaves the page as it is; drawing it each second would weigh on the work itself.
    """
    return HttpResponse(status=204) if request.htmx and jobs.running else None


def queue_for(request: HttpRequest, round: Round, kind: str, back: str) -> HttpResponse:
    """Queue work on a round and go where its progress is shown."""
    queue_round_job(kind=kind, round=round, user=request.user, now=timezone.now())
    return redirect(back)


def rank_again(contest: Contest, user: User) -> None:
    """After what changes places: rounds closed and not sealed are ranked anew at once."""
    for round in contest.rounds.filter(state=RoundState.CLOSED):
        queue_round_job(kind=RANK_ROUND, round=round, user=user, now=timezone.now())
