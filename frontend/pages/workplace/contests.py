"""Contests: the list, a new one in one form, one contest as a checklist, its settings."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.installation import body_name_of
from accounts.errors import DomainError
from accounts.models import OrgUnit, User
from accounts.queries.org_unit import OrgUnitQuerySet
from accounts.text import fold
from frontend.pages.addresses import absolute_url
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_actions import actions_for, shown_steps
from frontend.pages.workplace.contest_forms import NewContestForm, next_window
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.refused import add_refusal, form_status
from frontend.pages.workplace.round_jobs import jobs_of, nothing_new
from frontend.pages.workplace.unit_forms import UnitChoice, asks_to_search
from quiz.domain.checklist import Step, contest_steps, next_step
from quiz.domain.contests import create_contest, publish_contest
from quiz.domain.rule_sets import preset_rules
from quiz.models import Contest, ItemBank
from quiz.permissions import RUN_CONTEST, SEE_CONTEST
from quiz.rules.presets import PRESETS

PER_PAGE = 30
FIELDS = {
    "no_title": "title",
    "no_body": "body_name",
    "closes_before_opens": "closes_at",
    "window_shorter_than_limit": "closes_at",
}


@require_GET
@workplace_view(*SEE_CONTEST)
def contests(request: HttpRequest) -> HttpResponse:
    rows = Contest.objects.within_reach_of(request.user, *SEE_CONTEST).select_related("unit")
    query = request.GET.get("q", "").strip()
    if query:
        words = fold(query).split()
        titles = rows.values_list("pk", "title")
        kept = [pk for pk, title in titles if all(word in fold(title) for word in words)]
        rows = rows.filter(pk__in=kept)
    page = Paginator(rows.prefetch_related("rounds"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "query": query,
        "may_create": organised_units(request.user).exists(),
        "now": timezone.now(),
    }
    return render(request, "frontend/workplace/contest/list.html", context)


def organised_units(user: User) -> OrgUnitQuerySet:
    """Units at which the person may run contests."""
    return OrgUnit.objects.reached_by(user, *RUN_CONTEST).order_by("sort_name", "pk")


@require_http_methods(["GET", "POST"])
@workplace_view(*RUN_CONTEST)
def new_contest(request: HttpRequest) -> HttpResponse:
    """One short form; what comes of it is a contest with groups, rules and its first round."""
    units = organised_units(request.user)
    banks = ItemBank.objects.within_reach_of(request.user, *RUN_CONTEST).order_by("name")
    opens_at, closes_at = next_window()
    only = banks.first() if banks.count() == 1 else None
    form = NewContestForm(
        request.POST if request.method == "POST" else None,
        initial={"opens_at": opens_at, "closes_at": closes_at, "bank": only},
    )
    form.fields["unit"].units = units
    form.fields["bank"].queryset = banks
    if form.is_bound and not asks_to_search(form, "unit") and form.is_valid():
        try:
            contest = _create(form, request.user)
        except DomainError as refusal:
            add_refusal(form, refusal, FIELDS)
        else:
            messages.success(request, _("Đã lập cuộc thi. Làm tiếp theo danh sách việc dưới đây."))
            return redirect("w-contest", pk=contest.pk)
    chosen = request.user.unit if units.filter(pk=request.user.unit_id).exists() else units.first()
    context = {
        "form": form,
        "unit": UnitChoice(form, "unit", chosen=chosen),
        "presets": [(p.code, p.name, p.description) for p in PRESETS.values()],
        "preset": form["preset"].value(),
    }
    status = form_status(form)
    return render(request, "frontend/workplace/contest/new.html", context, status=status)


def _create(form: NewContestForm, user: User) -> Contest:
    given = form.cleaned_data
    document = preset_rules(
        code=given["preset"],
        minutes=given["minutes"],
        items=given["items"],
        attempts=given["attempts"],
    )
    return create_contest(
        unit=given["unit"],
        title=given["title"],
        body_name=given["body_name"] or body_name_of(unit=given["unit"]),
        user=user,
        document=document,
        banks=[given["bank"]] * len(document.groups),
        hotline=given["hotline"],
        window=(given["opens_at"], given["closes_at"]),
    )


@require_GET
@contest_view(*SEE_CONTEST)
def contest(request: HttpRequest, contest: Contest) -> HttpResponse:
    return show_contest(request, contest)


def show_contest(
    request: HttpRequest, contest: Contest, refusal: DomainError | None = None
) -> HttpResponse:
    """The checklist with its one next thing to do."""
    jobs = jobs_of(list(contest.rounds.all()), request.user)
    if unchanged := nothing_new(request, jobs):
        return unchanged
    steps = contest_steps(contest=contest, now=timezone.now())
    step = next_step(steps)
    context = contest_context(
        request,
        contest,
        "w-contest",
        refusal=refusal,
        sections=_sections(steps),
        next=step,
        actions=actions_for(step=step, contest=contest, user=request.user) if step else [],
        jobs=jobs,
        public_url=absolute_url(request, reverse("contest", args=[contest.code])),
    )
    return render(request, "frontend/workplace/contest/contest.html", context)


def _sections(steps: list[Step]) -> list[dict[str, object]]:
    """The set-up, then a section per round; those behind and ahead of the work are folded."""
    sections: list[dict[str, object]] = []
    rounds = [None, *dict.fromkeys(step.round for step in steps if step.round)]
    for round in rounds:
        own = [step for step in steps if step.round == round]
        states = {step.state for step in own}
        sections.append(
            {
                "round": round,
                "title": round.name if round else _("Chuẩn bị"),
                "steps": shown_steps(own),
                "done": states == {"done"},
                "open": bool(states & {"current", "waiting"}),
            }
        )
    return sections


@require_POST
@contest_view(*RUN_CONTEST)
def publish(request: HttpRequest, contest: Contest) -> HttpResponse:
    publish_contest(contest=contest, user=request.user)
    messages.success(request, _("Đã đăng cuộc thi lên trang công khai."))
    return redirect("w-contest", pk=contest.pk)
