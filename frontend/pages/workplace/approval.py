"""The second person's page: opened by a personal link on a phone, without signing in."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.errors import DomainError
from accounts.models import Approval
from frontend.pages.public.release_changes import corrected
from frontend.pages.workplace.results import DecisionForm
from quiz.domain.release_approvals import decide_release_by_link, release_behind
from quiz.models import Release

FATES = (
    ("counted", _("Bài được tính")),
    ("superseded", _("Lượt không được chọn tính")),
    ("voided", _("Bài bị hủy, có lý do")),
    ("duplicate", _("Bài của đăng ký trùng")),
)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Mã xác nhận"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        help_text=_("6 chữ số do người trình báo riêng cho bạn."),
    )


class ApproveForm(CodeForm, DecisionForm):
    field_order = ("decision_number", "decision_date", "code")


class ReturnForm(CodeForm):
    prefix = "return"
    reason = forms.CharField(
        label=_("Lý do trả lại"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("reason", "code")


@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked for, in full; then yes with number and date, or no with a reason.

    Raises ApprovalClosed for a link that is unknown, used or too old.
    """
    release, approval = release_behind(token=token, now=timezone.now())
    returning = "return" in request.POST
    approve_form = ApproveForm(
        request.POST if request.method == "POST" and not returning else None,
        initial={
            "decision_number": release.decision_number,
            "decision_date": release.decision_date or timezone.localdate(),
        },
    )
    return_form = ReturnForm(request.POST if returning else None)
    form = return_form if returning else approve_form
    refusal = None
    if form.is_bound and form.is_valid():
        try:
            decided = decide_release_by_link(
                token=token, approved=not returning, now=timezone.now(), **form.cleaned_data
            )
        except DomainError as refused:
            refusal = refused
        else:
            context = {"release": decided, "approved": not returning}
            return _private(render(request, "frontend/approval/decided.html", context))
    context = _summary(release, approval) | {
        "approve_form": approve_form,
        "return_form": return_form,
        "returning": returning,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return _private(render(request, "frontend/approval/approve.html", context, status=status))


def _summary(release: Release, approval: Approval) -> dict[str, object]:
    """Only what will be published, and the digest that stands on the paper to be signed."""
    document = release.document
    names = dict(release.contest.groups.values_list("code", "name"))
    groups = {winner["group"] for winner in document["winners"]}
    return {
        "corrected": corrected(release),
        "release": release,
        "approval": approval,
        "winners": [
            {**winner, "group_name": names.get(winner["group"], "") if len(groups) > 1 else ""}
            for winner in document["winners"]
        ],
        "money": sum(winner["money"] for winner in document["winners"]),
        "root": document["root"],
        "fates": [(label, document["counts"].get(fate, 0)) for fate, label in FATES],
    }


def _private(response: HttpResponse) -> HttpResponse:
    """The address is a secret: no cache keeps it, and no other site is told it.

    “same-origin”, not “no-referrer”: with the latter browsers send the form without an origin.
    """
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    return response
