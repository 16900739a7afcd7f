"""Copying a contest, its address while it is a draft, putting it away."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import DomainError
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.contest_settings import show_settings
from frontend.pages.workplace.contest_wizard_forms import DayField
from frontend.pages.workplace.contests import show_contest
from frontend.pages.workplace.refused import add_refusal
from quiz.domain.contest_copy import copy_contest, suggested_title
from quiz.domain.contest_keeping import archive_contest, readdress_contest, unarchive_contest
from quiz.domain.contest_templates import next_monday
from quiz.models import Contest
from quiz.permissions import RUN_CONTEST


class CopyForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Tên cuộc thi mới"), max_length=230)
    first_day = DayField(
        label=gettext_lazy("Vòng đầu tiên mở ngày"),
        required=False,
        help_text=gettext_lazy("Các vòng dời theo, giữ nguyên giờ. Để trống: không chép vòng nào."),
    )
    with_may_not_win = forms.BooleanField(
        label=gettext_lazy("Chép cả danh sách người không được nhận giải"), required=False
    )


@require_http_methods(["GET", "POST"])
@contest_view(*RUN_CONTEST)
def copy(request: HttpRequest, contest: Contest) -> HttpResponse:
    """What comes along is said before it does; entrants and results never do."""
    initial = {
        "title": suggested_title(contest),
        "first_day": next_monday(timezone.localdate()) if contest.rounds.exists() else None,
    }
    form = CopyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            made = copy_contest(contest=contest, user=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal, {"no_title": "title"})
        else:
            messages.success(request, _("Đã sao chép. Bộ tài liệu mới theo cuộc thi này."))
            return redirect("w-contest", pk=made.pk)
    context = contest_context(request, contest, "w-contest", form=form)
    status = 422 if form.is_bound else 200
    return render(request, "frontend/workplace/contest/copy.html", context, status=status)


@require_POST
@contest_view(*RUN_CONTEST)
def address(request: HttpRequest, contest: Contest) -> HttpResponse:
    code = request.POST.get("code", "")

    def act() -> HttpResponse:
        readdress_contest(contest=contest, code=code, user=request.user)
        messages.success(request, _("Đã đổi địa chỉ trang cuộc thi."))
        return redirect("w-contest-settings", pk=contest.pk)

    return attempted(act, lambda refusal: show_settings(request, contest, refusal=refusal))


@require_POST
@contest_view(*RUN_CONTEST)
def archive(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Put away, or with `back` taken out again."""

    def act() -> HttpResponse:
        if request.POST.get("back") == "1":
            unarchive_contest(contest=contest, user=request.user)
            messages.success(request, _("Đã đưa cuộc thi ra khỏi lưu trữ."))
        else:
            archive_contest(contest=contest, user=request.user, now=timezone.now())
            messages.success(request, _("Đã lưu trữ cuộc thi; trang công khai vẫn đọc được."))
        return redirect("w-contest", pk=contest.pk)

    return attempted(act, lambda refusal: show_contest(request, contest, refusal))
