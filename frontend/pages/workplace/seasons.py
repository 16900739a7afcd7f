"""A season of weekly rounds in one form, looked at before it is made; a round copied."""

from datetime import datetime, time, timedelta
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.dates import read_day
from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_forms import MomentField, RoundForm
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.refused import add_refusal, form_status, stored
from quiz.domain.contest_templates import next_monday
from quiz.domain.rule_sets import rules_of
from quiz.domain.seasons import (
    MOST_WEEKS,
    PlannedRound,
    SeasonPlan,
    copy_round,
    make_season,
    plan_season,
    season_faults,
    suggest_round,
)
from quiz.models import Contest, Round
from quiz.permissions import RUN_CONTEST

FIELDS = {
    "closes_before_opens": "closes_at",
    "window_shorter_than_limit": "closes_at",
    "week_too_long": "closes_at",
    "weeks_out_of_range": "weeks",
    "rounds_overlap": "allow_overlap",
}


class DaysField(forms.CharField):
    """Days as people write them, apart by commas, semicolons or lines; cleaned to dates."""

    def __init__(self, **options: object) -> None:
        super().__init__(max_length=2000, required=False, **options)

    def clean(self, value: object) -> tuple:
        text = super().clean(value)
        days, faults = [], []
        for word in text.replace(",", "\n").replace(";", "\n").splitlines():
            if not word.strip():
                continue
            try:
                days.append(read_day(word))
            except ValueError as fault:
                faults.append(f"“{word.strip()[:20]}”: {fault}")
        if faults:
            raise forms.ValidationError(faults)
        return tuple(days)


class SeasonForm(forms.Form):
    opens_at = MomentField(label=gettext_lazy("Tuần đầu mở lúc"))
    closes_at = MomentField(label=gettext_lazy("Tuần đầu đóng lúc"))
    weeks = forms.IntegerField(
        label=gettext_lazy("Số tuần"), min_value=1, max_value=MOST_WEEKS, initial=4
    )
    name = forms.CharField(
        label=gettext_lazy("Tên gọi"),
        max_length=100,
        initial=gettext_lazy("Tuần"),
        help_text=gettext_lazy("Số thứ tự được ghi sau tên: Tuần 1, Tuần 2…"),
    )
    skipped = DaysField(
        label=gettext_lazy("Ngày nghỉ"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Tuần có một trong các ngày này được bỏ qua, mùa thi kéo dài thêm. "
            "Ví dụ: 01/01/2027, 08/02/2027"
        ),
    )
    allow_overlap = forms.BooleanField(
        label=gettext_lazy("Cho phép trùng thời gian với vòng đã có"), required=False
    )


class CopyRoundForm(RoundForm):
    allow_overlap = forms.BooleanField(
        label=gettext_lazy("Cho phép trùng thời gian với vòng đã có"), required=False
    )


def _first_week(contest: Contest) -> tuple[datetime, datetime]:
    """Monday 10:00 to the next Monday 09:00, behind the rounds the contest has."""
    last = contest.rounds.order_by("-closes_at").values_list("closes_at", flat=True).first()
    today = timezone.localdate()
    after = max(today, timezone.localdate(last) - timedelta(days=1)) if last else today
    monday, zone = next_monday(after), timezone.get_current_timezone()
    opens_at = datetime.combine(monday, time(10), zone)
    return opens_at, datetime.combine(monday + timedelta(days=7), time(9), zone)


@require_http_methods(["GET", "POST"])
@contest_view(*RUN_CONTEST)
def season(request: HttpRequest, contest: Contest) -> HttpResponse:
    """POST with `action=make` makes the rounds; any other only shows what would be made."""
    opens_at, closes_at = _first_week(contest)
    form = SeasonForm(
        request.POST if request.method == "POST" else None,
        initial={"opens_at": opens_at, "closes_at": closes_at},
    )
    planned: list[PlannedRound] = []
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        allowed, plan = given.pop("allow_overlap"), SeasonPlan(**given)
        try:
            planned = plan_season(contest=contest, plan=plan)
            if request.POST.get("action") == "make":
                return _made(request, contest, plan, allow_overlap=allowed)
            faults = season_faults(
                contest=contest, planned=planned, now=timezone.now(), allow_overlap=allowed
            )
            for fault in faults:
                form.add_error(FIELDS.get(fault.code), f"{fault.message} {fault.hint}")
        except DomainError as refusal:
            add_refusal(form, refusal, FIELDS)
    context = contest_context(request, contest, "w-contest-settings", form=form, planned=planned)
    status = form_status(form)
    return render(request, "frontend/workplace/contest/season.html", context, status=status)


def _made(
    request: HttpRequest, contest: Contest, plan: SeasonPlan, *, allow_overlap: bool
) -> HttpResponse:
    rounds = make_season(
        contest=contest,
        plan=plan,
        user=request.user,
        now=timezone.now(),
        allow_overlap=allow_overlap,
    )
    said = ngettext("Đã tạo %(count)s tuần thi.", "Đã tạo %(count)s tuần thi.", len(rounds))
    messages.success(request, said % {"count": len(rounds)})
    return redirect("w-contest-calendar", pk=contest.pk)


@require_http_methods(["GET", "POST"])
@contest_view(*RUN_CONTEST)
def copy(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """One round once more: a draft at another time."""
    suggested = suggest_round(round=round)
    initial = {
        "name": suggested.name,
        "opens_at": suggested.opens_at,
        "closes_at": suggested.closes_at,
    }
    form = CopyRoundForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and stored(form, partial(copy_round, round=round, user=request.user), FIELDS):
        messages.success(request, _("Đã sao chép vòng thi."))
        return redirect("w-contest-calendar", pk=contest.pk)
    context = contest_context(
        request,
        contest,
        "w-contest-settings",
        form=form,
        round=round,
        rules_changed=round.rules is not None and round.rules_id != contest.rules_id,
        has_rules=rules_of(contest=contest) is not None,
    )
    status = 422 if form.is_bound else 200
    return render(request, "frontend/workplace/round/copy.html", context, status=status)
