"""A round's papers on paper: several codes with an answer sheet, and the key as a file apart."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.domain.jobs import queue_job
from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.refused import add_refusal, form_status
from quiz.domain.drawable_pools import DrawablePool, drawable_pools, require_reach
from quiz.domain.printed_papers import FIRST_CODE, MOST_CODES, plan_codes
from quiz.interfaces.printing.jobs import PRINT_KEY, PRINT_PAPERS
from quiz.models import Contest, Round
from quiz.permissions import RUN_CONTEST

KINDS = {"papers": PRINT_PAPERS, "key": PRINT_KEY}
FIELDS = {"codes_out_of_range": "count", "code_not_three_digits": "first"}
SAME, OWN = "same", "own"


class PrintForm(forms.Form):
    group = forms.ChoiceField(label=_("Đối tượng"))
    count = forms.IntegerField(label=_("Số mã đề"), min_value=1, max_value=MOST_CODES, initial=4)
    first = forms.IntegerField(
        label=_("Mã đề đầu tiên"),
        min_value=100,
        max_value=999,
        initial=FIRST_CODE,
        help_text=_("Cùng mã đề thì ra cùng đề, in lại lúc nào cũng vậy."),
    )
    items = forms.ChoiceField(
        label=_("Câu của các mã đề"),
        choices=[
            (SAME, _("Cùng một bộ câu, khác thứ tự")),
            (OWN, _("Mỗi mã bốc một bộ câu theo ma trận")),
        ],
        initial=SAME,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, pools: list[DrawablePool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [(pool.group.code, pool.group.name) for pool in pools]


@require_http_methods(["GET", "POST"])
@contest_view(*RUN_CONTEST)
def printing(request: HttpRequest, contest: Contest, round: Round) -> HttpResponse:
    """POST queues the papers, or with `part=key` the key; the job's page hands out the file."""
    try:
        pools = drawable_pools(round=round, now=timezone.now())
    except DomainError as missing:
        return _page(request, contest, round, missing=missing)
    form = PrintForm(request.POST if request.method == "POST" else None, pools=pools)
    if not (form.is_bound and form.is_valid()):
        return _page(request, contest, round, pools=pools, form=form)
    given = form.cleaned_data
    try:
        plan_codes(count=given["count"], first=given["first"])
    except DomainError as refusal:
        add_refusal(form, refusal, FIELDS)
        return _page(request, contest, round, pools=pools, form=form)
    pool = next(each for each in pools if each.group.code == given["group"])
    require_reach(user=request.user, pool=pool)
    job = queue_job(
        kind=KINDS.get(request.POST.get("part", ""), PRINT_PAPERS),
        params={
            "round": round.pk,
            "group": pool.group.code,
            "count": given["count"],
            "first": given["first"],
            "same_items": given["items"] == SAME,
            "next": reverse("w-print", args=[contest.pk, round.pk]),
        },
        user=request.user,
        now=timezone.now(),
    )
    return redirect("w-job", public_id=job.public_id)


def _page(
    request: HttpRequest,
    contest: Contest,
    round: Round,
    *,
    pools: list[DrawablePool] | None = None,
    form: PrintForm | None = None,
    missing: DomainError | None = None,
) -> HttpResponse:
    alike = pools and not any(
        pool.document["shuffle_items"] or pool.document["shuffle_options"] for pool in pools
    )
    context = contest_context(
        request,
        contest,
        "w-contest",
        round=round,
        form=form,
        missing=missing,
        frozen=bool(pools) and pools[0].frozen,
        alike=alike,
    )
    status = form_status(form)
    return render(request, "frontend/workplace/round/print.html", context, status=status)
