"""Winners' certificates as a job: one PDF, or files of TOGETHER pages in an archive."""

import zipfile
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.models import Job, User
from quiz.domain.result_papers import ResultFacts, result_facts
from quiz.domain.winner_certificates import Issued, check_signed, issue_winner_certificates
from quiz.interfaces.pdf.winner_certificate import write_winner_certificates
from quiz.models import Round
from quiz.permissions import require_may_run

CERTIFICATES_JOB = "winner_certificates"
# Set together: more would keep the worker's heartbeat waiting.
TOGETHER = 50


def queue_certificates(
    *, round: Round, link: str, user: User, now: datetime, back: str = ""
) -> Job:
    """`link`: where a certificate is checked, with “CODE” in the place of its code.

    Raises NotAllowed, RoundNotReady before the decision is signed.
    """
    require_may_run(user, round.contest)
    check_signed(result_facts(round=round))
    params = {"round": round.pk, "link": link, "next": back}
    return queue_job(kind=CERTIFICATES_JOB, params=params, user=user, now=now)


def write_certificates(run: JobRun) -> dict[str, Any]:
    """Job “winner_certificates” of {"round": id, "link": address with “CODE” in it}."""
    round = Round.objects.select_related("contest__unit", "rules").get(pk=run.params["round"])
    with translation.override("vi"):  # papers of the office, whoever asks for them
        facts, issued = issue_winner_certificates(round=round, user=run.user, now=run.now)
        name = f"giay-chung-nhan-{round.contest.code}-{round.number}"
        if len(issued) <= TOGETHER:
            with run.new_file(f"{name}.pdf") as file:
                file.write(_pages(run, facts, issued))
        else:
            with run.new_file(f"{name}.zip") as file, zipfile.ZipFile(file, "w") as archive:
                for start in range(0, len(issued), TOGETHER):
                    run.progress(start, len(issued), _("Đang dựng giấy chứng nhận"))
                    part = issued[start : start + TOGETHER]
                    place = f"{name}-{start + 1:04d}-{start + len(part):04d}.pdf"
                    archive.writestr(place, _pages(run, facts, part))
    return {"rows": len(issued), "release": facts.release.number}


def _pages(run: JobRun, facts: ResultFacts, issued: list[Issued]) -> bytes:
    links = [run.params["link"].replace("CODE", each.certificate.code) for each in issued]
    return write_winner_certificates(facts=facts, issued=issued, links=links)
