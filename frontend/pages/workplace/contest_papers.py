"""What a contest is launched with: regulations, letter, message, script, posters."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.installation import public_origin
from accounts.domain.jobs import queue_job
from frontend.pages.addresses import absolute_url, opens_only_here, opens_only_nearby
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.papers import docx_response
from quiz.domain.launch_papers import LaunchFacts, launch_facts, zalo_text
from quiz.domain.loudspeaker import count_words, loudspeaker_script
from quiz.interfaces.pdf.poster_jobs import POSTERS_JOB, SIZES, poster_units
from quiz.interfaces.word.launch_letter import write_launch_letter
from quiz.models import Contest
from quiz.permissions import SEE_CONTEST
from quiz.rules.document import advise_rules


def _facts(request: HttpRequest, contest: Contest) -> LaunchFacts | None:
    link = absolute_url(request, reverse("contest", args=[contest.code]))
    return launch_facts(contest=contest, link=link)


def _reaches_too_few(link: str) -> bool:
    """An address inside one network is fine once somebody has chosen it."""
    return opens_only_here(link) or (opens_only_nearby(link) and not public_origin())


@require_GET
@contest_view(*SEE_CONTEST)
def papers(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Drawn from the contest as it is now: nothing here is stored, so nothing goes stale."""
    facts = _facts(request, contest)
    context = contest_context(request, contest, "w-papers", facts=facts)
    if facts is not None:
        script = loudspeaker_script(facts)
        context |= {
            "zalo": zalo_text(facts),
            "script": script,
            "words": count_words(script),
            "advice": advise_rules(facts.document),
            "unreachable": _reaches_too_few(facts.link),
            "units": len(poster_units(contest)),
        }
    return render(request, "frontend/workplace/contest/papers.html", context)


@require_GET
@contest_view(*SEE_CONTEST)
def launch_letter(request: HttpRequest, contest: Contest) -> HttpResponse:
    facts = _facts(request, contest)
    if facts is None:
        raise Http404
    name = f"cong-van-phat-dong-{contest.code}.docx"
    return docx_response(name, lambda file: write_launch_letter(facts, file))


@require_POST
@contest_view(*SEE_CONTEST)
def posters(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Queue posters for all units below; the job's page hands them out."""
    register = absolute_url(request, reverse("register", args=[contest.code]))
    size = request.POST.get("size", "")
    job = queue_job(
        kind=POSTERS_JOB,
        params={
            "contest": contest.pk,
            "link": f"{register}?don-vi=",
            "size": size if size in SIZES else SIZES[0],
            "together": request.POST.get("together") == "1",
            "next": reverse("w-papers", args=[contest.pk]),
        },
        user=request.user,
        now=timezone.now(),
    )
    return redirect("w-job", public_id=job.public_id)
