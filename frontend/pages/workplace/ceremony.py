"""The screen of the award ceremony: one page that needs nothing more once it is open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.dossier import show_dossier
from quiz.domain.ceremony import PrizeSlide, ceremony_slides
from quiz.domain.result_papers import result_facts
from quiz.models import Contest, Round
from quiz.permissions import SEE_CONTEST


@require_GET
@contest_view(*SEE_CONTEST)
def ceremony(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    try:
        facts = result_facts(round=round)
    except DomainError as refusal:
        response = show_dossier(request, round, refusal=refusal)
        response.status_code = refusal.status
        return response
    slides = ceremony_slides(facts=facts)
    context = {
        "contest": contest,
        "round": round,
        "facts": facts,
        "slides": [(isinstance(slide, PrizeSlide), slide) for slide in slides],
        "several": contest.groups.count() > 1,
    }
    return render(request, "frontend/workplace/result/ceremony.html", context)
