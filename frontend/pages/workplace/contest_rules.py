"""The rules editor: the rule document as plain forms, faults beside their boxes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import DomainError, Fault, Faults, NotAllowed
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.paper_outlooks import paper_outlooks
from frontend.pages.workplace.rules_boxes import (
    Faulty,
    criterion_choices,
    identity_rows,
    list_rows,
    paper_boxes,
    plain_boxes,
)
from frontend.pages.workplace.rules_form import (
    LISTS,
    Sheet,
    posted_sheet,
    read_sheet,
    sheet_of,
)
from frontend.pages.workplace.unit_prize_boxes import fill_with_preset, unit_context
from quiz.domain.bank_counts import count_by_group
from quiz.domain.groups import groups_are_fixed
from quiz.domain.regulations import ClauseChange, regulation_changes
from quiz.domain.rule_sets import preset_for_groups, rules_of, set_rules
from quiz.models import Contest
from quiz.permissions import SEE_CONTEST, may_run_contest
from quiz.rules.document import RuleDocument, check_feasible, parse_rules
from quiz.rules.labels import PRECISION, PRIZE_BY
from quiz.rules.linter import Around, RuleFinding, lint_rules
from quiz.rules.presets import PRESETS

FIX = "fix:"


@require_http_methods(["GET", "POST"])
@contest_view(*SEE_CONTEST)
def rules(request: HttpRequest, contest: Contest) -> HttpResponse:
    """GET shows; POST saves, or fills the boxes: a preset, a formula, rows, a finding's fix."""
    document = rules_of(contest=contest) or preset_for_groups(contest=contest, code="dak_lak")
    if request.method == "GET":
        return _page(request, contest, sheet_of(document))
    if not may_run_contest(request.user, contest):
        raise NotAllowed
    return _act(request, contest, request.POST.get("action", "save"))


def _act(request: HttpRequest, contest: Contest, action: str) -> HttpResponse:
    if action == "preset" and request.POST.get("preset") in PRESETS:
        chosen = preset_for_groups(contest=contest, code=request.POST["preset"])
        return _page(request, contest, sheet_of(chosen), unsaved=True)
    sheet = posted_sheet(request.POST, list(contest.groups.values_list("code", "name")))
    if action == "unit_preset":
        fill_with_preset(sheet, request.POST.get("unit_preset", ""))
    if action == "check" and request.htmx:
        return _outlook_alone(request, contest, sheet)
    if action in ("more", "check", "unit_preset"):
        return _page(request, contest, sheet, unsaved=True)
    if action.startswith(FIX):
        return _mended(request, contest, sheet, action.removeprefix(FIX))
    return _saved(request, contest, sheet)


def _saved(request: HttpRequest, contest: Contest, sheet: Sheet) -> HttpResponse:
    try:
        set_rules(contest=contest, data=read_sheet(sheet), user=request.user)
    except DomainError as refusal:
        return _page(request, contest, sheet, refusal=refusal)
    messages.success(request, _("Đã lưu thể lệ thành phiên bản mới."))
    return redirect("w-rules", pk=contest.pk)


def _mended(request: HttpRequest, contest: Contest, sheet: Sheet, key: str) -> HttpResponse:
    """The boxes with one finding mended, beside what that does to the printed regulations.

    A finding that no longer stands changes nothing: the page shows those that do.
    """
    try:
        document = parse_rules(read_sheet(sheet))
    except Faults as refusal:
        return _page(request, contest, sheet, refusal=refusal)
    fixes = {finding.key: finding.fix for finding in lint_rules(document)}
    fix = fixes.get(key)
    if fix is None:
        return _page(request, contest, sheet, unsaved=True)
    mended = fix.apply(document)
    changes = regulation_changes(contest=contest, before=document, after=mended)
    return _page(request, contest, sheet_of(mended), unsaved=True, mended=(fix.label, changes))


def _outlook_alone(request: HttpRequest, contest: Contest, sheet: Sheet) -> HttpResponse:
    """What the rows of one group's paper find in its bank, while they are typed."""
    outlook = paper_outlooks(contest, sheet).get(request.POST.get("group", ""))
    if outlook is None:
        raise Http404
    context = {"outlook": outlook, "alone": True}
    return render(request, "frontend/workplace/contest/paper_outlook.html", context)


def _page(
    request: HttpRequest,
    contest: Contest,
    sheet: Sheet,
    *,
    refusal: DomainError | None = None,
    unsaved: bool = False,
    mended: tuple[str, list[ClauseChange]] | None = None,
) -> HttpResponse:
    counts = count_by_group(contest=contest)
    faults = list(refusal.faults) if isinstance(refusal, Faults) else []
    shortages, findings = _remarks(contest, sheet, counts) if not refusal else ([], None)
    faulty = Faulty([*faults, *shortages])
    context = contest_context(
        request,
        contest,
        "w-rules",
        refusal=refusal,
        box=plain_boxes(sheet, faulty),
        sheet=sheet,
        identity=identity_rows(sheet),
        identity_error=faulty.at("entry", "identity_fields") or faulty.at("entry", "identity_key"),
        prediction_error=faulty.at("entry", "prediction"),
        chain=list_rows(sheet.lists["chain"], LISTS["chain"], faulty, "result", "chain"),
        chain_error=faulty.at("result", "chain"),
        criteria=criterion_choices(sheet.lists["chain"]),
        precisions=list(PRECISION.items()),
        prizes=list_rows(sheet.lists["prizes"], LISTS["prizes"], faulty, "result", "prizes"),
        prizes_error=faulty.at("result", "prizes"),
        prize_by=list(PRIZE_BY.items()),
        group_choices=[("", _("Mọi đối tượng")), *((g.code, g.name) for g in sheet.groups)],
        unit=unit_context(sheet, faulty),
        papers=paper_boxes(sheet, faulty, counts, paper_outlooks(contest, sheet)),
        presets=[(p.code, p.name, p.description) for p in PRESETS.values()],
        findings=findings,
        mended=mended,
        shortages=shortages,
        unsaved=unsaved,
        fixed=groups_are_fixed(contest=contest),
        versions=contest.rule_sets.select_related("created_by").order_by("-version"),
    )
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/contest/rules.html", context, status=status)


def _remarks(
    contest: Contest, sheet: Sheet, counts
) -> tuple[list[Fault], list[RuleFinding] | None]:
    """What the banks lack for these rules, and what the linter finds: None if unreadable."""
    try:
        document: RuleDocument = parse_rules(read_sheet(sheet))
    except Faults:
        return [], None
    around = Around(hotline=contest.hotline, counts=counts)
    return check_feasible(document, counts), lint_rules(document, around)
