"""The regulations (“thể lệ”) of a contest, on the page and as a Word paper."""

import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.errors import NotFound
from frontend.pages.public.contest import public_contest
from frontend.pages.public.keeping import kept_briefly
from frontend.pages.public.showing import ShownContest
from quiz.domain.clock import read_now
from quiz.interfaces.word.rules_docx import write_rules_docx
from quiz.models import RuleSet
from quiz.rules.document import RuleDocument
from quiz.rules.prose import ProseContext, Section, describe_rules

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class RulesNotIssued(NotFound):
    code = "rules_not_issued"


@require_safe
@kept_briefly
def rules(request: HttpRequest, code: str) -> HttpResponse:
    shown = public_contest(code, read_now())
    sections, heading = _printed(shown) if shown.rules else ([], None)
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
    if shown.rules is None:
        raise RulesNotIssued(
            _("Thể lệ của cuộc thi này chưa ban hành."), _("Quay lại trang cuộc thi sau.")
        )
    sections, heading = _printed(shown)
    file = io.BytesIO()
    write_rules_docx(sections, heading, file)
    name = f"the-le-{shown.contest.code}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), content_type=DOCX, headers=headers)


def _printed(shown: ShownContest) -> tuple[list[Section], ProseContext]:
    document = shown.rules
    heading = _heading(shown, document)
    return describe_rules(document, heading), heading


def _heading(shown: ShownContest, document: RuleDocument) -> ProseContext:
    contest = shown.contest
    held: RuleSet = (shown.round and shown.round.rules) or contest.rules
    return ProseContext(
        contest_title=contest.title,
        body_name=contest.body_name,
        rounds=[(row.round.name, row.round.opens_at, row.round.closes_at) for row in shown.rounds],
        hotline=contest.hotline,
        group_names={group.code: group.name for group in contest.groups.all()},
        decision_number=held.decision_number or document.decision_number,
        decision_date=held.decision_date or document.decision_date,
    )
