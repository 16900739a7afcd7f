"""A contest's settings: how it is described, its groups with their banks, its rounds."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import DomainError
from accounts.permissions import seen_rosters
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_forms import ContestForm, RoundForm, next_window
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.refused import stored
from quiz.domain.bank_counts import count_approved
from quiz.domain.contests import add_round, update_contest
from quiz.domain.groups import GroupPlan, free_group_code, groups_are_fixed, set_groups
from quiz.models import Contest, ItemBank
from quiz.permissions import RUN_CONTEST, SEE_CONTEST

FIELDS = {
    "no_title": "title",
    "no_body": "body_name",
    "closes_before_opens": "closes_at",
    "window_shorter_than_limit": "closes_at",
}
MOST_GROUPS = 50


@require_http_methods(["GET"])
@contest_view(*SEE_CONTEST)
def settings(request: HttpRequest, contest: Contest) -> HttpResponse:
    return show_settings(request, contest)


def _contest_form(request: HttpRequest, contest: Contest, data: object = None) -> ContestForm:
    return ContestForm(data, instance=contest, rosters=seen_rosters(request.user))


def show_settings(
    request: HttpRequest,
    contest: Contest,
    *,
    form: ContestForm | None = None,
    round_form: RoundForm | None = None,
    refusal: DomainError | None = None,
) -> HttpResponse:
    opens_at, closes_at = next_window()
    initial = {"opens_at": opens_at, "closes_at": closes_at}
    context = contest_context(
        request,
        Contest.objects.get(pk=contest.pk),  # as stored: a refused form has touched the other
        "w-contest-settings",
        refusal=refusal,
        form=form or _contest_form(request, contest),
        round_form=round_form or RoundForm(initial=initial),
        groups=_group_rows(contest),
        fixed=groups_are_fixed(contest=contest),
        banks=[("", _("Chọn sau")), *_banks(request, contest).values_list("pk", "name")],
        rounds=contest.rounds.order_by("number"),
    )
    refused = any(shown is not None and shown.errors for shown in (form, round_form))
    status = 422 if refused else 200
    return render(request, "frontend/workplace/contest/settings.html", context, status=status)


def _banks(request: HttpRequest, contest: Contest):
    """The banks the person may use, and those the contest uses already."""
    held = ItemBank.objects.filter(pk__in=contest.groups.values("bank"))
    reach = ItemBank.objects.within_reach_of(request.user, *RUN_CONTEST)
    return ItemBank.objects.filter(pk__in=[*_pks(held), *_pks(reach)]).order_by("name")


def _pks(banks) -> list[int]:
    return list(banks.values_list("pk", flat=True))


def _group_rows(contest: Contest) -> list[dict[str, object]]:
    return [
        {
            "code": group.code,
            "name": group.name,
            "bank": group.bank_id or "",
            "approved": sum(count_approved(bank=group.bank).values()) if group.bank else None,
        }
        for group in contest.groups.select_related("bank")
    ]


@require_POST
@contest_view(*RUN_CONTEST)
def describe(request: HttpRequest, contest: Contest) -> HttpResponse:
    form = _contest_form(request, contest, request.POST)
    if not stored(form, partial(update_contest, contest=contest, user=request.user), FIELDS):
        return show_settings(request, contest, form=form)
    messages.success(request, _("Đã lưu thông tin cuộc thi."))
    return redirect("w-contest-settings", pk=contest.pk)


@require_POST
@contest_view(*RUN_CONTEST)
def groups(request: HttpRequest, contest: Contest) -> HttpResponse:
    """The rows as sent: a group whose name was emptied goes, a new name is a new group."""
    plans = _plans(request, contest)

    def act() -> HttpResponse:
        set_groups(contest=contest, plans=plans, user=request.user)
        messages.success(request, _("Đã lưu đối tượng và ngân hàng câu hỏi."))
        return redirect("w-contest-settings", pk=contest.pk)

    return attempted(act, lambda refusal: show_settings(request, contest, refusal=refusal))


def _plans(request: HttpRequest, contest: Contest) -> list[GroupPlan]:
    banks = {str(bank.pk): bank for bank in _banks(request, contest)}
    known = set(contest.groups.values_list("code", flat=True))
    plans: list[GroupPlan] = []
    rows = zip(
        request.POST.getlist("code"),
        request.POST.getlist("name"),
        request.POST.getlist("bank"),
        strict=False,
    )
    for code, name, bank in list(rows)[:MOST_GROUPS]:
        if not name.strip():
            continue
        taken = [plan.code for plan in plans]
        own = code if code in known else free_group_code(name, [*known, *taken])
        plans.append(GroupPlan(own, name[:200], banks.get(bank)))
    return plans


@require_POST
@contest_view(*RUN_CONTEST)
def new_round(request: HttpRequest, contest: Contest) -> HttpResponse:
    form = RoundForm(request.POST)
    if not stored(form, partial(add_round, contest=contest, user=request.user), FIELDS):
        return show_settings(request, contest, round_form=form)
    messages.success(request, _("Đã thêm vòng thi."))
    return redirect("w-contest-settings", pk=contest.pk)
