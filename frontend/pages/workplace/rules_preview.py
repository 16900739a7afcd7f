"""The regulations as they will be printed, before the contest is public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.papers import docx_response
from quiz.domain.regulations import print_regulations
from quiz.interfaces.word.rules_docx import write_rules_docx
from quiz.models import Contest
from quiz.permissions import SEE_CONTEST
from quiz.rules.sections import ProseContext, Section


@require_GET
@contest_view(*SEE_CONTEST)
def preview(request: HttpRequest, contest: Contest) -> HttpResponse:
    sections, heading = _printed(contest)
    context = contest_context(request, contest, "w-rules", sections=sections, heading=heading)
    return render(request, "frontend/workplace/contest/rules_preview.html", context)


@require_GET
@contest_view(*SEE_CONTEST)
def preview_docx(request: HttpRequest, contest: Contest) -> HttpResponse:
    printed = _printed(contest)
    return docx_response(
        f"the-le-{contest.code}.docx", lambda file: write_rules_docx(*printed, file)
    )


def _printed(contest: Contest) -> tuple[list[Section], ProseContext]:
    """The articles of the rules in force for rounds to come, and the paper's head."""
    printed = print_regulations(contest=contest)
    if printed is None:
        raise Http404
    return printed
