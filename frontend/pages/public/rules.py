"""The regulations (“thể lệ”) of a contest, on the page and as a Word paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.errors import NotFound
from frontend.pages.public.contest import public_contest
from frontend.pages.public.keeping import kept_briefly
from frontend.papers import docx_response
from quiz.domain.clock import read_now
from quiz.domain.regulations import print_regulations
from quiz.interfaces.word.rules_docx import write_rules_docx


class RulesNotIssued(NotFound):
    code = "rules_not_issued"


@require_safe
@kept_briefly
def rules(request: HttpRequest, code: str) -> HttpResponse:
    shown = public_contest(code, read_now())
    sections, heading = print_regulations(contest=shown.contest, round=shown.round) or ([], None)
    context = {
        "section": "contests",
        "contest": shown.contest,
        "shown": shown,
        "sections": sections,
        "heading": heading,
    }
    return render(request, "frontend/public/rules.html", context)


@require_safe
def rules_docx(request: HttpRequest, code: str) -> HttpResponse:
    shown = public_contest(code, read_now())
    printed = print_regulations(contest=shown.contest, round=shown.round)
    if printed is None:
        raise RulesNotIssued(
            _("Thể lệ của cuộc thi này chưa ban hành."), _("Quay lại trang cuộc thi sau.")
        )
    return docx_response(f"the-le-{code}.docx", lambda file: write_rules_docx(*printed, file))
