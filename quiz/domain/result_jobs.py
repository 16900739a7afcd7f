"""The long steps after the close, as jobs: closing, ranking with prizes, sealing.

Each is one transaction together with its job's end, so a worker killed in between leaves the round
as it was.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.models import Job, User
from quiz.domain.awards import propose_awards
from quiz.domain.round_closing import close_round, mark_and_rank
from quiz.domain.sealing import seal_round
from quiz.models import Attempt, Round, Standing
from quiz.permissions import require_may_run

CLOSE_ROUND = "close_round"
RANK_ROUND = "rank_round"
SEAL_ROUND = "seal_round"
SUBMIT_RELEASE = "submit_release"
TITLES = {
    CLOSE_ROUND: _("Đóng vòng, tìm người trùng, chấm bài"),
    RANK_ROUND: _("Chấm bài, xếp hạng, xét giải"),
    SEAL_ROUND: _("Niêm phong kết quả"),
    SUBMIT_RELEASE: _("Trình ký kết quả"),
}


def queue_round_job(*, kind: str, round: Round, user: User, now: datetime) -> Job:
    """Queue one of `TITLES` for a round. Raises NotAllowed."""
    require_may_run(user, round.contest)
    return queue_job(
        kind=kind,
        title=f"{TITLES[kind]}: {round.name}",
        params={"round": round.pk},
        user=user,
        now=now,
    )


def round_of(run: JobRun) -> Round:
    """The round a job is about."""
    return Round.objects.select_related("contest", "rules").get(pk=run.params["round"])


def _marking(run: JobRun, round: Round) -> Callable[[int], None]:
    """Tells how many of the round's attempts are marked."""
    total = Attempt.objects.filter(round=round).valid().count()
    return lambda done: run.progress(done, total)


def run_close(run: JobRun) -> dict[str, Any]:
    """{"duplicates": cases that wait, "ranked": entrants ranked for now}."""
    round = round_of(run)
    waiting = close_round(round=round, user=run.user, now=run.now, progress=_marking(run, round))
    return {"duplicates": waiting, "ranked": Standing.objects.filter(round=round).count()}


def run_rank(run: JobRun) -> dict[str, Any]:
    """{"ranked": entrants ranked, "ties": ties that prizes hang on, "awards": prizes given}."""
    round = round_of(run)
    ranked = mark_and_rank(round=round, progress=_marking(run, round))
    ties = propose_awards(round=round, user=run.user)
    return {"ranked": ranked, "ties": len(ties), "awards": round.awards.count()}


def run_seal(run: JobRun) -> dict[str, Any]:
    """{"root": of the tree, "size": entries sealed}."""
    seal = seal_round(round=round_of(run), user=run.user, now=run.now)
    return {"root": seal.root, "size": seal.size}
