"""“Hồ sơ kết quả”: every paper of a result, how far it is, one click each or all at once."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.job_runs import open_job_file
from accounts.domain.jobs import run_if_small
from accounts.domain.reveals import read_reason, reason_choices
from accounts.enums import JobState
from accounts.errors import DomainError
from accounts.models import Job
from frontend.pages.addresses import absolute_url, origin_for
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.result_papers import paper_release
from quiz.enums import AwardKind, ReleaseState
from quiz.interfaces.dossier.jobs import queue_papers
from quiz.interfaces.dossier.papers import PAPERS
from quiz.interfaces.excel.full_exports import FULL_EXPORTS, queue_full_export
from quiz.interfaces.pdf.winner_certificate_jobs import queue_certificates
from quiz.models import Contest, Release, Round
from quiz.permissions import EXPORT_PERSONS, RUN_CONTEST, SEE_CONTEST, may_export_persons

AT_ONCE = 300  # winners; a paper of so many is written before anybody would look for a progress bar


@require_GET
@contest_view(*SEE_CONTEST)
def dossier(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    return show_dossier(request, round)


def show_dossier(
    request: HttpRequest, round: Round, *, refusal: DomainError | None = None
) -> HttpResponse:
    release = paper_release(round=round)
    context = contest_context(
        request,
        round.contest,
        "w-results",
        refusal=refusal,
        round=round,
        release=release,
        papers=[(paper, *_state(release, signed=paper.signed)) for paper in PAPERS.values()],
        signed=release is not None and release.state == ReleaseState.RELEASED,
        may_export=may_export_persons(request.user, round.contest),
        reasons=reason_choices(),
    )
    return render(request, "frontend/workplace/result/dossier.html", context)


def _state(release: Release | None, *, signed: bool) -> tuple[str, str]:
    """(words, tone) of how far a paper is."""
    if release is None:
        return _("Chưa có"), "neutral"
    if release.state == ReleaseState.RELEASED:
        return (_("Đã ký") if signed else _("Bản công bố số %s") % release.number), "success"
    return (_("Dự thảo") if signed else _("Theo bản trình")), "warning"


@require_POST
@contest_view(*SEE_CONTEST)
def make(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """The paper asked for, at once where it is short; `paper` empty: all in one archive."""
    back = reverse("w-dossier", args=[contest.pk, round.pk])

    def act() -> HttpResponse:
        asked = request.POST.get("paper", "")
        job = queue_papers(
            round=round,
            codes=[asked] if asked in PAPERS else [],
            origin=origin_for(request),
            user=request.user,
            now=timezone.now(),
            back=back,
        )
        size = round.awards.filter(kind=AwardKind.PRIZE).count() if asked in PAPERS else AT_ONCE + 1
        return _handed_out(run_if_small(job=job, size=size, at_once=AT_ONCE))

    return attempted(act, lambda refusal: show_dossier(request, round, refusal=refusal))


@require_POST
@contest_view(*RUN_CONTEST)
def certificates(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """A certificate for each winner, set by the worker."""

    def act() -> HttpResponse:
        job = queue_certificates(
            round=round,
            link=absolute_url(request, reverse("winner-certificate", args=["CODE"])),
            user=request.user,
            now=timezone.now(),
            back=reverse("w-dossier", args=[contest.pk, round.pk]),
        )
        return redirect("w-job", public_id=job.public_id)

    return attempted(act, lambda refusal: show_dossier(request, round, refusal=refusal))


@require_POST
@contest_view(*EXPORT_PERSONS)
def export_whole(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """All entries, or who has not entered, with personal data: never without a reason."""

    def act() -> HttpResponse:
        kind = request.POST.get("kind", "")
        reason = read_reason(
            code=request.POST.get("reason", ""), text=request.POST.get("reason_text", "")
        )
        job = queue_full_export(
            kind=kind if kind in FULL_EXPORTS else FULL_EXPORTS[0],
            round=round,
            user=request.user,
            now=timezone.now(),
            reason=reason,
            back=reverse("w-dossier", args=[contest.pk, round.pk]),
        )
        return redirect("w-job", public_id=job.public_id)

    return attempted(act, lambda refusal: show_dossier(request, round, refusal=refusal))


def _handed_out(job: Job) -> Any:
    if job.state != JobState.DONE:
        return redirect("w-job", public_id=job.public_id)
    return FileResponse(open_job_file(job), as_attachment=True, filename=job.file_name)
