"""The diary: what was done, by whom, to what, and why; and which role may do what."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.audit_anchors import last_anchor
from accounts.domain.audit_labels import kind_text, known_acts
from accounts.domain.diary import DiaryFilter, describe_lines, read_diary
from accounts.domain.reveals import read_reason, reason_choices
from accounts.domain.rights import all_rights
from accounts.enums import SECOND_FACTOR_ROLES, Role
from accounts.errors import DomainError
from accounts.interfaces.excel.diary import queue_diary
from accounts.permissions import SEE_DIARY
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.contest_access import attempted
from frontend.pages.workplace.person_forms import ROLE_NOTES
from frontend.pages.workplace.refused import form_status

PER_PAGE = 50
KINDS = (
    "accounts.orgunit",
    "accounts.user",
    "accounts.roster",
    "accounts.consenttext",
    "quiz.contest",
    "quiz.round",
    "quiz.itembank",
    "quiz.itemversion",
    "quiz.entrant",
    "quiz.attempt",
    "quiz.release",
)
MOST_KINDS = 60


class FilterForm(forms.Form):
    """What the page is asked for; `kind` and `subject_id` come from a line's own link too."""

    person = forms.CharField(label=_("Người thực hiện"), max_length=150, required=False)
    act = forms.ChoiceField(label=_("Việc"), required=False)
    kind = forms.CharField(max_length=MOST_KINDS, required=False)
    subject_id = forms.IntegerField(label=_("Số của đối tượng"), required=False, min_value=0)
    first = forms.DateField(label=_("Từ ngày"), required=False)
    last = forms.DateField(label=_("Đến ngày"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        acts = sorted(known_acts().items(), key=lambda pair: pair[1])
        self.fields["act"].choices = [("", _("Mọi việc")), *acts]
        self.fields["first"].help_text = self.fields["last"].help_text = _("Ví dụ: 22/11/2026")
        self.fields["person"].help_text = _("Mã cán bộ hoặc một phần họ tên.")

    def wanted(self) -> DiaryFilter:
        """What of the form is sound; a wrong date is told and not asked for."""
        sound = {
            name: value for name, value in self.cleaned_data.items() if value not in ("", None)
        }
        return DiaryFilter(**sound)


@require_GET
@workplace_view(*SEE_DIARY)
def diary(request: HttpRequest) -> HttpResponse:
    return _page(request, request.GET)


def _page(request: HttpRequest, asked: object, refusal: DomainError | None = None) -> HttpResponse:
    form = FilterForm(asked)
    form.is_valid()
    wanted = form.wanted()
    entries = read_diary(user=request.user, wanted=wanted)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        entries = entries.filter(pk__lt=int(before))
    shown = list(entries[: PER_PAGE + 1])
    params = wanted.as_params()
    context = {
        "form": form,
        "kinds": [("", _("Mọi đối tượng")), *((kind, kind_text(kind)) for kind in KINDS)],
        "kind": wanted.kind,
        "lines": describe_lines(shown[:PER_PAGE]),
        "asked": bool(params),
        "first_page": not before,
        "query": urlencode(params),
        "older": urlencode(params | {"before": shown[PER_PAGE - 1].pk})
        if len(shown) > PER_PAGE
        else "",
        "anchor": last_anchor(),
        "reasons": reason_choices(),
        "refusal": refusal,
    }
    status = form_status(form)
    return render(request, "frontend/workplace/oversight/diary.html", context, status=status)


@require_POST
@workplace_view(*SEE_DIARY)
def export(request: HttpRequest) -> HttpResponse:
    """The lines asked for, as a workbook made by the worker, against a reason."""
    form = FilterForm(request.POST)
    form.is_valid()

    def act() -> HttpResponse:
        reason = read_reason(
            code=request.POST.get("reason", ""), text=request.POST.get("reason_text", "")
        )
        job = queue_diary(
            wanted=form.wanted(), reason=reason, user=request.user, now=timezone.now()
        )
        return redirect("w-job", public_id=job.public_id)

    return attempted(act, lambda refusal: _page(request, request.POST, refusal))


@require_GET
@workplace_view(*Role)
def roles(request: HttpRequest) -> HttpResponse:
    """The table that pages and API go by, in words."""
    heads = [
        {"name": role.label, "note": ROLE_NOTES[role], "second": role in SECOND_FACTOR_ROLES}
        for role in Role
    ]
    rows = [
        {"words": right.words, "cells": [(role.label, role in right.roles) for role in Role]}
        for right in all_rights()
    ]
    context = {"heads": heads, "rows": rows}
    return render(request, "frontend/workplace/oversight/roles.html", context)
