"""“Thử thể lệ”: what the rules, saved or just typed, do in synthetic contests."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.errors import DomainError, Faults
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.rules_form import posted_sheet, read_sheet
from quiz.domain.rule_sets import rules_of
from quiz.domain.rule_trials import (
    LIMITS,
    Trial,
    last_trial,
    queue_trial,
    try_rules,
    usual_assumptions,
)
from quiz.models import Contest
from quiz.permissions import SEE_CONTEST
from quiz.rules.document import RuleDocument, dump_rules, parse_rules
from quiz.rules.prose_units import example_text, formula_line
from quiz.rules.trial import assumption_sentences, trial_heading, trial_sentences
from quiz.rules.unit_gains import gain_sentences


@require_http_methods(["GET", "POST"])
@contest_view(*SEE_CONTEST)
def trial(request: HttpRequest, contest: Contest) -> HttpResponse:
    """GET asks about the saved rules or shows the last job; POST tries, at once or in a job.

    A POST changes nothing, so whoever may read the rules may try them; a job is for organisers.
    """
    wanted = usual_assumptions(contest=contest)
    if request.method == "GET":
        if request.GET.get("ket-qua") and (found := last_trial(contest=contest, user=request.user)):
            return _page(request, contest, found.document, _typed(found), found=found)
        document = rules_of(contest=contest)
        if document is None:
            raise Http404
        return _page(request, contest, document, wanted)
    wanted |= {name: request.POST[name] for name in LIMITS if name in request.POST}
    try:
        document = _posted(request, contest)
    except Faults as refusal:
        return _page(request, contest, None, wanted, refusal=refusal)
    if request.POST.get("action") != "thousand":
        return _tried(request, contest, document, wanted)
    try:
        job = queue_trial(
            contest=contest,
            document=document,
            wanted=wanted,
            user=request.user,
            now=timezone.now(),
            next=reverse("w-rules-trial", args=[contest.pk]) + "?ket-qua=1",
        )
    except Faults as refusal:
        return _page(request, contest, document, wanted, refusal=refusal)
    return redirect("w-job", public_id=job.public_id)


def _posted(request: HttpRequest, contest: Contest) -> RuleDocument:
    """The rules handed on by this page, else those in the editor's boxes. Raises Faults."""
    if "document" in request.POST:
        return parse_rules(request.POST["document"])
    groups = list(contest.groups.values_list("code", "name"))
    return parse_rules(read_sheet(posted_sheet(request.POST, groups)))


def _typed(found: Trial) -> dict[str, Any]:
    return {name: getattr(found.assumed, name) for name in LIMITS}


def _tried(
    request: HttpRequest, contest: Contest, document: RuleDocument, wanted: dict[str, Any]
) -> HttpResponse:
    try:
        found = try_rules(document=document, wanted=wanted)
    except Faults as refusal:
        return _page(request, contest, document, wanted, refusal=refusal)
    return _page(request, contest, document, wanted, found=found)


def _unit_prize(document: RuleDocument | None) -> dict[str, Any]:
    """What collective prizes need no contest to show: the example, and what a unit can gain."""
    rules = document.result.unit_prizes if document else None
    if rules is None:
        return {}
    return {
        "formula": formula_line(rules),
        "example": example_text(rules),
        "gains": gain_sentences(rules),
    }


def _page(
    request: HttpRequest,
    contest: Contest,
    document: RuleDocument | None,
    wanted: dict[str, Any],
    *,
    found: Trial | None = None,
    refusal: DomainError | None = None,
) -> HttpResponse:
    told: dict[str, Any] = {}
    if found is not None:
        parts = (found.document, found.assumed)
        told = {
            "heading": trial_heading(found.assumed, found.tally),
            "sentences": trial_sentences(*parts, found.tally),
            "assumptions": assumption_sentences(*parts),
        }
    context = contest_context(
        request,
        contest,
        "w-rules",
        refusal=refusal,
        wanted=wanted,
        saved=document is not None and document == rules_of(contest=contest),
        document=json.dumps(dump_rules(document)) if document else "",
        **_unit_prize(document),
        **told,
    )
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/contest/rules_trial.html", context, status=status)
