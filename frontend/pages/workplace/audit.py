"""The auditor's bundle of a round: what is in it, asked for here, downloaded from here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.enums import JobState
from accounts.errors import DomainError
from accounts.models import Job
from accounts.permissions import seen_jobs
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.releases import newest_release
from quiz.interfaces.bundle.auditor_jobs import AUDITOR_BUNDLE, queue_auditor_bundle
from quiz.models import Contest, Release, Round
from quiz.permissions import AUDIT_CONTEST


@require_http_methods(["GET", "POST"])
@contest_view(*AUDIT_CONTEST)
def audit(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """POST queues the bundle of the newest release; its job's page hands out the file."""
    if request.method != "POST":
        return _page(request, contest, round)

    def act() -> HttpResponse:
        job = queue_auditor_bundle(round=round, user=request.user, now=timezone.now())
        return redirect("w-job", public_id=job.public_id)

    return attempted(act, lambda refusal: _page(request, contest, round, refusal))


def _page(
    request: HttpRequest, contest: Contest, round: Round, refusal: DomainError | None = None
) -> HttpResponse:
    release = newest_release(round=round)
    context = contest_context(
        request,
        contest,
        "w-results",
        refusal=refusal,
        round=round,
        release=release,
        file=_file(request, release),
    )
    return render(request, "frontend/workplace/result/audit.html", context)


def _file(request: HttpRequest, release: Release | None) -> Job | None:
    """The newest bundle of this release that the person had made and may still fetch."""
    if release is None:
        return None
    done = seen_jobs(request.user).filter(
        kind=AUDITOR_BUNDLE, params__release=release.pk, state=JobState.DONE
    )
    return done.filter(created_by=request.user).exclude(file="").order_by("-pk").first()
