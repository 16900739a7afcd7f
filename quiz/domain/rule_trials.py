"""Trying rules on synthetic contests: some at once for the page, by the thousand in a job.

Rules are tried as they stand in the editor's boxes, saved or not. Nothing is kept but the job.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.enums import JobState
from accounts.errors import Fault, Faults
from accounts.models import Job, User
from quiz.engine.simulation import Assumptions, Edge, Tally, run_trial
from quiz.models import Contest
from quiz.permissions import require_may_run
from quiz.rules.document import RuleDocument, check_rules, dump_rules, parse_rules
from quiz.rules.trial import contests_within, trial_heading, trial_plan

TRY_RULES = "try_rules"
# People drawn, some three microseconds each: about a second, and some minutes.
AT_ONCE = 400_000
IN_A_JOB = 60_000_000
LIMITS = {"entrants": (10, 50_000), "perfect_percent": (0, 100), "rounds": (1, 8)}
USUAL = {"entrants": 2_000, "perfect_percent": 59}  # Huế 2025, week 2: 14,492 of 24,525


@dataclass(frozen=True)
class Trial:
    """What was tried, on what assumptions, and what came of it."""

    document: RuleDocument
    assumed: Assumptions
    tally: Tally


def usual_assumptions(*, contest: Contest) -> dict[str, int]:
    """What the boxes hold at first: the contest's own number of rounds, the rest as in Huế."""
    return {**USUAL, "rounds": min(LIMITS["rounds"][1], max(1, contest.rounds.count()))}


def try_rules(*, document: RuleDocument, wanted: dict[str, Any]) -> Trial:
    """As many contests as about a second allows. Raises Faults."""
    assumed = _assume(document, wanted, AT_ONCE)
    return Trial(document, assumed, run_trial(trial_plan(document), assumed))


def queue_trial(
    *,
    contest: Contest,
    document: RuleDocument,
    wanted: dict[str, Any],
    user: User,
    now: datetime,
    next: str,
) -> Job:
    """A thousand contests, fewer of very large ones, in the worker. Raises NotAllowed, Faults."""
    require_may_run(user, contest)
    assumed = _assume(document, wanted, IN_A_JOB)
    params = {
        "contest": contest.pk,
        "document": dump_rules(document),
        "assumed": asdict(assumed),
        "next": next,
    }
    title = _("Thử thể lệ: %s") % contest.title
    return queue_job(kind=TRY_RULES, params=params, user=user, now=now, title=title[:200])


def run_queued_trial(run: JobRun) -> dict[str, Any]:
    """{"message": …, "tally": …}."""
    document, assumed = _tried(run.params)
    tally = run_trial(trial_plan(document), assumed, run.progress)
    return {"message": f"{trial_heading(assumed, tally)}.", "tally": asdict(tally)}


def last_trial(*, contest: Contest, user: User) -> Trial | None:
    """What this person's newest finished job on the contest's rules found."""
    done = Job.objects.of(user).filter(kind=TRY_RULES, state=JobState.DONE)
    job = done.filter(params__contest=contest.pk).order_by("-pk").first()
    if job is None:
        return None
    found = job.result["tally"]
    edges = {key: Edge(**edge) for key, edge in found["edges"].items()}
    return Trial(*_tried(job.params), Tally(**{**found, "edges": edges}))


def _tried(params: dict[str, Any]) -> tuple[RuleDocument, Assumptions]:
    return parse_rules(params["document"]), Assumptions(**params["assumed"])


def _assume(document: RuleDocument, wanted: dict[str, Any], people: int) -> Assumptions:
    """The assumptions as typed, and how many contests they allow. Raises Faults."""
    faults = check_rules(document)
    read = {name: _read(name, wanted.get(name), faults) for name in LIMITS}
    if faults:
        raise Faults(faults)
    contests = contests_within(document, read["entrants"], read["rounds"], people)
    return Assumptions(**read, contests=contests)


def _read(name: str, typed: Any, faults: list[Fault]) -> int:
    """A whole number within its limits; thousands may be grouped by points."""
    least, most = LIMITS[name]
    text = str(typed).strip().replace(".", "")
    if text.isascii() and text.isdigit() and least <= int(text[:9]) <= most:
        return int(text[:9])
    place = {
        "entrants": _("Số người dự thi mỗi vòng"),
        "perfect_percent": _("Tỷ lệ bài đúng tất cả"),
        "rounds": _("Số vòng thi"),
    }[name]
    limits = {"least": least, "most": most}
    hint = _("Nhập số từ %(least)s đến %(most)s.") % limits
    faults.append(Fault(place, name, _("phải là số trong khoảng cho phép."), hint))
    return least
