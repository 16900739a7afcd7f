"""The list of people who may play but never win."""

from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import DomainError, NotAllowed
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.refused import form_status, stored
from quiz.domain.entrants import add_may_not_win, remove_may_not_win
from quiz.models import Contest
from quiz.permissions import RUN_CONTEST, SEE_CONTEST, may_run_contest

FIELDS = {"no_name": "full_name", "no_birth_date": "birth_date", "no_reason": "reason"}


class MayNotWinForm(forms.Form):
    full_name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=150)
    staff_code = forms.CharField(label=gettext_lazy("Mã cán bộ"), max_length=60, required=False)
    birth_date = forms.DateField(
        label=gettext_lazy("Ngày sinh"),
        required=False,
        help_text=gettext_lazy("Ví dụ: 05/09/1990. Cần khi không có mã cán bộ."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=200,
        help_text=gettext_lazy("Ví dụ: Tổ ra đề, quản trị phần mềm, người thân."),
    )


@require_http_methods(["GET", "POST"])
@contest_view(*SEE_CONTEST)
def may_not_win(request: HttpRequest, contest: Contest) -> HttpResponse:
    form = MayNotWinForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not may_run_contest(request.user, contest):
        raise NotAllowed
    if stored(form, partial(add_may_not_win, contest=contest, user=request.user), FIELDS):
        messages.success(request, _("Đã thêm vào danh sách."))
        return redirect("w-may-not-win", pk=contest.pk)
    return _page(request, contest, form)


def _page(
    request: HttpRequest,
    contest: Contest,
    form: MayNotWinForm,
    refusal: DomainError | None = None,
) -> HttpResponse:
    context = contest_context(
        request,
        contest,
        "w-entrants",
        refusal=refusal,
        form=form,
        rows=contest.may_not_win.order_by("folded_name", "pk"),
    )
    status = form_status(form)
    return render(request, "frontend/workplace/entrant/may_not_win.html", context, status=status)


@require_POST
@contest_view(*RUN_CONTEST)
def remove(request: HttpRequest, contest: Contest, named_pk: int) -> HttpResponse:
    named = get_object_or_404(contest.may_not_win, pk=named_pk)

    def act() -> HttpResponse:
        remove_may_not_win(named=named, user=request.user)
        messages.success(request, _("Đã bỏ khỏi danh sách."))
        return redirect("w-may-not-win", pk=contest.pk)

    return attempted(act, lambda refusal: _page(request, contest, MayNotWinForm(), refusal))
