"""The workbooks as jobs: asked for on a page or through the API, written in the worker."""

from typing import Any

from accounts.domain.job_runs import JobRun
from accounts.errors import NotAllowed
from quiz.domain.count_secrecy import check_may_see_counts
from quiz.interfaces.excel.participation import write_participation
from quiz.interfaces.excel.winners import write_winners
from quiz.models import Contest, Round
from quiz.permissions import may_export_persons, may_see_contest


def export_winners(run: JobRun) -> dict[str, Any]:
    """Job “export_winners” of {"round": id}: the annex, its numbers masked without the right."""
    round = Round.objects.select_related("contest").get(pk=run.params["round"])
    if not may_see_contest(run.user, round.contest):
        raise NotAllowed
    whole = may_export_persons(run.user, round.contest)
    name = f"danh-sach-dat-giai-{round.contest.code}-{round.number}.xlsx"
    with run.new_file(name) as file:
        rows = write_winners(round=round, file=file, whole_numbers=whole)
    return {"rows": rows, "whole_numbers": whole}


def export_participation(run: JobRun) -> dict[str, Any]:
    """Job “export_participation” of {"contest": id} or {"round": id}."""
    if "round" in run.params:
        rounds = list(Round.objects.select_related("contest").filter(pk=run.params["round"]))
        contest = rounds[0].contest
    else:
        contest = Contest.objects.get(pk=run.params["contest"])
        rounds = list(contest.rounds.order_by("number"))
    check_may_see_counts(user=run.user, contest=contest)
    names = may_export_persons(run.user, contest)
    with run.new_file(f"so-lieu-tham-gia-{contest.code}.xlsx") as file:
        rows = write_participation(contest=contest, rounds=rounds, file=file, with_names=names)
    return {"rows": rows, "names": names}
