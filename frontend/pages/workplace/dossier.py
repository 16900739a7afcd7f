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
from accounts.enums import JobState
from accounts.errors import DomainError
from accounts.models import Job
from frontend.pages.addresses import origin_for
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.result_papers import paper_release
from quiz.enums import AwardKind, ReleaseState
from quiz.interfaces.dossier.jobs import queue_papers
from quiz.interfaces.dossier.papers import PAPERS
from quiz.models import Contest, Release, Round
from quiz.permissions import SEE_CONTEST

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


def _handed_out(job: Job) -> Any:
    if job.state != JobState.DONE:
        return redirect("w-job", public_id=job.public_id)
    return FileResponse(open_job_file(job), as_attachment=True, filename=job.file_name)
