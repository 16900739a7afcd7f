"""The workbooks as jobs: asked for on a page or through the API, written in the worker.

Without a reason a workbook holds what its reader sees on the pages anyway: masked numbers, no
list of people. Personal data goes out against the right to export it and a reason.
"""

from datetime import datetime
from typing import Any

from django.db.models import Model

from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.domain.reveals import Reason, record_reveal
from accounts.errors import NotAllowed
from accounts.models import Job, User
from quiz.domain.correction_effects import as_submitted
from quiz.domain.count_secrecy import check_may_see_counts
from quiz.domain.item_reports import banks_shown, read_item_report
from quiz.domain.key_openings import open_keys
from quiz.domain.snapshots import one_snapshot
from quiz.interfaces.excel.item_analysis import write_item_analysis
from quiz.interfaces.excel.participation import write_participation
from quiz.interfaces.excel.winners import write_winners
from quiz.models import Contest, Round
from quiz.permissions import may_export_persons, may_see_contest


def queue_export(
    *,
    kind: str,
    round: Round,
    user: User,
    now: datetime,
    origin: str = "",
    reason: Reason | None = None,
) -> Job:
    """Queue “export_winners” or “export_participation”; with a `reason`, personal data whole.

    `origin`: where the QR codes of printed pages lead; none are printed without. Raises NotAllowed
    for a reason given without the right to export personal data.
    """
    params: dict[str, Any] = {"round": round.pk, "origin": origin}
    if reason is not None:
        if not may_export_persons(user, round.contest):
            raise NotAllowed
        params |= {"reason": reason.code, "reason_text": reason.text}
    return queue_job(kind=kind, params=params, user=user, now=now)


def export_winners(run: JobRun) -> dict[str, Any]:
    """Job “export_winners” of {"round": id, "origin": address}: the annex.

    Its numbers are masked without a reason.
    """
    round = Round.objects.select_related("contest").get(pk=run.params["round"])
    if not may_see_contest(run.user, round.contest):
        raise NotAllowed
    reason = _reason_to_see_persons(run, round.contest)
    name = f"danh-sach-dat-giai-{round.contest.code}-{round.number}.xlsx"
    with run.new_file(name) as file, as_submitted(round=round, now=run.now) as submitted:
        rows = write_winners(
            round=submitted,
            file=file,
            whole_numbers=reason is not None,
            origin=run.params.get("origin", ""),
        )
    _record(run, round, round.contest, rows, reason)
    return {"rows": rows, "whole_numbers": reason is not None}


def export_participation(run: JobRun) -> dict[str, Any]:
    """Job “export_participation” of {"contest": id} or {"round": id}."""
    if "round" in run.params:
        rounds = list(Round.objects.select_related("contest").filter(pk=run.params["round"]))
        contest = rounds[0].contest
    else:
        contest = Contest.objects.get(pk=run.params["contest"])
        rounds = list(contest.rounds.order_by("number"))
    check_may_see_counts(user=run.user, contest=contest)
    reason = _reason_to_see_persons(run, contest)
    names = reason is not None
    with run.new_file(f"so-lieu-tham-gia-{contest.code}.xlsx") as file, one_snapshot():
        rows = write_participation(contest=contest, rounds=rounds, file=file, with_names=names)
    subject = rounds[0] if "round" in run.params else contest
    _record(run, subject, contest, rows, reason)
    return {"rows": rows, "names": names}


def export_item_analysis(run: JobRun) -> dict[str, Any]:
    """Job “export_item_analysis” of {"round": id}; it holds the keys its reader may see."""
    round = Round.objects.select_related("contest").get(pk=run.params["round"])
    reports = read_item_report(round=round, user=run.user)
    with run.new_file(f"phan-tich-cau-hoi-{round.contest.code}-{round.number}.xlsx") as file:
        rows = write_item_analysis(round=round, reports=reports, file=file)
    for bank in banks_shown(reports):
        open_keys(bank=bank, user=run.user)
    _record(run, round, round.contest, rows, None)
    return {"rows": rows}


def _reason_to_see_persons(run: JobRun, contest: Contest) -> Reason | None:
    """The reason given, as long as the right it needs is still held when the job runs."""
    if "reason" not in run.params or not may_export_persons(run.user, contest):
        return None
    return Reason(run.params["reason"], run.params.get("reason_text", ""))


def _record(
    run: JobRun, subject: Model, contest: Contest, rows: int, reason: Reason | None
) -> None:
    """A line of the diary. A run killed and done again has written two, and both were true."""
    about: dict[str, Any] = {
        "actor": run.user,
        "act": run.job.kind,
        "subject": subject,
        "unit_id": contest.unit_id,
        "rows": rows,
        "job": run.job.pk,
    }
    if reason is None:
        record_act(**about)
    else:
        record_reveal(**about, reason=reason)
