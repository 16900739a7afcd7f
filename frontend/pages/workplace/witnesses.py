"""Who gets the heads of a contest's entries by mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.sending import may_send_letters
from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from quiz.domain.witnesses import add_witness, remove_witness
from quiz.models import Contest
from quiz.permissions import RUN_CONTEST, SEE_CONTEST


@require_http_methods(["GET", "POST"])
@contest_view(*SEE_CONTEST)
def witnesses(request: HttpRequest, contest: Contest) -> HttpResponse:
    def act() -> HttpResponse:
        add_witness(contest=contest, email=request.POST.get("email", ""), user=request.user)
        messages.success(request, _("Đã thêm. Từ nay mỗi mốc mới được gửi tới địa chỉ này."))
        return redirect("w-witnesses", pk=contest.pk)

    if request.method == "POST":
        return attempted(act, lambda refusal: _page(request, contest, refusal))
    return _page(request, contest)


def _page(
    request: HttpRequest, contest: Contest, refusal: DomainError | None = None
) -> HttpResponse:
    context = contest_context(
        request,
        contest,
        "w-contest-settings",
        refusal=refusal,
        rows=contest.witnesses.all(),
        letters=may_send_letters(),
        email=request.POST.get("email", ""),
    )
    return render(request, "frontend/workplace/contest/witnesses.html", context)


@require_POST
@contest_view(*RUN_CONTEST)
def remove(request: HttpRequest, contest: Contest, witness_pk: int) -> HttpResponse:
    witness = get_object_or_404(contest.witnesses, pk=witness_pk)

    def act() -> HttpResponse:
        remove_witness(witness=witness, user=request.user)
        messages.success(request, _("Đã bỏ địa chỉ này."))
        return redirect("w-witnesses", pk=contest.pk)

    return attempted(act, lambda refusal: _page(request, contest, refusal))
