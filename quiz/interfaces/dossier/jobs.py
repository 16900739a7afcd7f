"""Papers of a result as a job: one file, or all of them in one archive."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.errors import NotAllowed
from accounts.models import Job, User
from quiz.domain.correction_effects import as_submitted
from quiz.domain.count_secrecy import check_may_see_counts
from quiz.domain.item_reports import banks_shown, read_item_report
from quiz.domain.key_openings import open_keys
from quiz.domain.result_papers import ResultFacts, result_facts
from quiz.interfaces.dossier.papers import PAPERS, ResultPaper, paper_name
from quiz.interfaces.excel.item_analysis import write_item_analysis
from quiz.models import Round

PAPERS_JOB = "result_papers"


def queue_papers(
    *, round: Round, codes: Sequence[str], origin: str, user: User, now: datetime, back: str = ""
) -> Job:
    """Queue papers by their codes (none: all). QR codes lead to `origin`; `back`: the next page.

    Raises NotAllowed, CountsSecret, RoundNotReady, ExportDisagrees.
    """
    check_may_see_counts(user=user, contest=round.contest)
    result_facts(round=round)
    chosen = [code for code in PAPERS if not codes or code in codes]
    params = {"round": round.pk, "papers": chosen, "origin": origin, "next": back}
    title = str(PAPERS[chosen[0]].name) if len(chosen) == 1 else str(_("Hồ sơ kết quả"))
    return queue_job(
        kind=PAPERS_JOB, params=params, user=user, now=now, title=f"{title}: {round.name}"[:200]
    )


def write_result_papers(run: JobRun) -> dict[str, Any]:
    """Job “result_papers” of {"round": id, "papers": codes, "origin": address}: one file, or an
    archive of several and the item analysis.
    """
    round = Round.objects.select_related("contest__unit", "rules").get(pk=run.params["round"])
    check_may_see_counts(user=run.user, contest=round.contest)
    papers = [PAPERS[code] for code in run.params["papers"] if code in PAPERS]
    if not papers:
        raise NotAllowed
    # Papers of the office, whoever asks for them; those of a correction show it before it is done.
    with translation.override("vi"), as_submitted(round=round, now=run.now) as round:
        facts = result_facts(round=round)
        if len(papers) == 1:
            with run.new_file(paper_name(papers[0], facts)) as file:
                papers[0].write(facts, run.params["origin"], file)
        else:
            name = f"ho-so-ket-qua-{round.contest.code}-{round.number}.zip"
            with run.new_file(name) as file:
                _write_archive(run, facts, papers, file)
    record_act(
        actor=run.user,
        act="export_papers",
        subject=round,
        unit_id=round.contest.unit_id,
        papers=[paper.code for paper in papers],
        count=len(papers),
        release=facts.release.pk,
        job=run.job.pk,
    )
    return {"papers": len(papers), "rows": len(facts.winners), "release": facts.release.number}


def _write_archive(
    run: JobRun, facts: ResultFacts, papers: Sequence[ResultPaper], file: IO[bytes]
) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for done, paper in enumerate(papers):
            run.progress(done, len(papers), str(paper.name))
            written = io.BytesIO()
            paper.write(facts, run.params["origin"], written)
            # Word and Excel files are packed already.
            archive.writestr(paper_name(paper, facts), written.getvalue())
        _add_analysis(run, facts.round, archive)


def _add_analysis(run: JobRun, round: Round, archive: zipfile.ZipFile) -> None:
    """The item analysis, with the keys that who asks may see: they are noted as opened."""
    reports = read_item_report(round=round, user=run.user)
    if reports:
        written = io.BytesIO()
        write_item_analysis(round=round, reports=reports, file=written)
        name = f"phan-tich-cau-hoi-{round.contest.code}-{round.number}.xlsx"
        archive.writestr(name, written.getvalue())
        for bank in banks_shown(reports):
            open_keys(bank=bank, user=run.user)
