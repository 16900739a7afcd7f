"""The regulations as they will be printed, before the contest is public."""

import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.rule_sets import rules_of
from quiz.interfaces.word.rules_docx import write_rules_docx
from quiz.models import Contest
from quiz.permissions import SEE_CONTEST
from quiz.rules.prose import ProseContext, Section, describe_rules

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@contest_view(*SEE_CONTEST)
def preview(request: HttpRequest, contest: Contest) -> HttpResponse:
    sections, heading = _printed(contest)
    context = contest_context(request, contest, "w-rules", sections=sections, heading=heading)
    return render(request, "frontend/workplace/contest/rules_preview.html", context)


@require_GET
@contest_view(*SEE_CONTEST)
def preview_docx(request: HttpRequest, contest: Contest) -> HttpResponse:
    sections, heading = _printed(contest)
    file = io.BytesIO()
    write_rules_docx(sections, heading, file)
    headers = {"Content-Disposition": f'attachment; filename="the-le-{contest.code}.docx"'}
    return HttpResponse(file.getvalue(), content_type=DOCX, headers=headers)


def _printed(contest: Contest) -> tuple[list[Section], ProseContext]:
    """The articles of the rules in force for rounds to come, and the paper's head."""
    document = rules_of(contest=contest)
    if document is None:
        raise Http404
    heading = ProseContext(
        contest_title=contest.title,
        body_name=contest.body_name,
        rounds=list(contest.rounds.order_by("number").values_list("name", "opens_at", "closes_at")),
        hotline=contest.hotline,
        group_names=dict(contest.groups.values_list("code", "name")),
        decision_number=document.decision_number,
        decision_date=document.decision_date,
    )
    return describe_rules(document, heading), heading
