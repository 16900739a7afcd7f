"""Texts people agree to: the versions, a new one set against the last, a contest's choice."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.consents import current_consent_text, publish_consent_text
from accounts.domain.text_changes import text_changes
from accounts.enums import ConsentPurpose
from accounts.errors import DomainError
from accounts.models import ConsentText
from accounts.permissions import MANAGE, may_keep_consent_texts
from accounts.text import nfc
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.contest_access import attempted, contest_view
from frontend.pages.workplace.contest_page import contest_context
from frontend.pages.workplace.refused import form_status
from quiz.domain.contest_consent import (
    choose_consent_text,
    consent_is_fixed,
    consent_texts_to_choose,
)
from quiz.models import Contest
from quiz.permissions import RUN_CONTEST, SEE_CONTEST

READ_CONSENT_TEXTS = (*RUN_CONTEST, *MANAGE)
# Two months to release and settle complaints, ten years for what must be kept longest.
LEAST_DAYS, MOST_DAYS = 60, 3653


class ConsentTextForm(forms.Form):
    body = forms.CharField(
        label=gettext_lazy("Nội dung tiếng Việt"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    body_en = forms.CharField(
        label=gettext_lazy("Nội dung tiếng Anh"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    retention_days = forms.IntegerField(
        label=gettext_lazy("Thời gian lưu (ngày)"),
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("Hết thời gian này, dữ liệu cá nhân tự xóa hoặc ẩn danh."),
    )

    def __init__(self, *args: object, last: ConsentText, **kwargs: object) -> None:
        self.last = last
        started = {name: getattr(last, name) for name in ("body", "body_en", "retention_days")}
        super().__init__(*args, initial=started, **kwargs)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        told = {name: given.get(name) for name in ("body", "body_en", "retention_days")}
        told |= {name: nfc(str(told[name] or "")) for name in ("body", "body_en")}
        if not self.errors and all(getattr(self.last, name) == told[name] for name in told):
            raise forms.ValidationError(_("Chưa có gì khác với phiên bản hiện hành."))
        return given | told


@require_GET
@workplace_view(*READ_CONSENT_TEXTS)
def consent_texts(request: HttpRequest) -> HttpResponse:
    purposes = [
        {
            "purpose": purpose,
            "current": current_consent_text(purpose=purpose),
            "versions": ConsentText.objects.filter(purpose=purpose).order_by("-version")[1:],
        }
        for purpose in ConsentPurpose
    ]
    context = {"purposes": purposes, "keeps": may_keep_consent_texts(request.user)}
    return render(request, "frontend/workplace/oversight/consent_texts.html", context)


@require_http_methods(["GET", "POST"])
@workplace_view(*MANAGE)
def new_consent_text(request: HttpRequest, purpose: str) -> HttpResponse:
    """Typed, then set against the last version, then published: never in one step."""
    if not may_keep_consent_texts(request.user):
        raise PermissionDenied
    if purpose not in ConsentPurpose.values:
        return redirect("w-consent-texts")
    last = current_consent_text(purpose=purpose)
    form = ConsentTextForm(request.POST or None, last=last)
    checked = form.is_bound and form.is_valid()
    if checked and "publish" in request.POST:
        publish_consent_text(purpose=purpose, user=request.user, **form.cleaned_data)
        messages.success(request, _("Đã ban hành phiên bản mới. Các cuộc thi tự chọn khi dùng."))
        return redirect("w-consent-texts")
    context = {
        "form": form,
        "last": last,
        "checked": checked,
        "changes": _changes(last, form) if checked else [],
    }
    status = form_status(form)
    return render(
        request, "frontend/workplace/oversight/consent_text_new.html", context, status=status
    )


def _changes(last: ConsentText, form: ConsentTextForm) -> list[dict[str, object]]:
    given = form.cleaned_data
    return [
        {
            "label": form.fields[name].label,
            "passages": text_changes(before=str(getattr(last, name)), after=str(given[name])),
        }
        for name in ("body", "body_en", "retention_days")
        if getattr(last, name) != given[name]
    ]


@require_http_methods(["GET", "POST"])
@contest_view(*SEE_CONTEST)
def contest_consent(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Which version a contest uses; chosen by who runs it, between two rounds."""
    if request.method == "GET":
        return _contest_page(request, contest)
    text = get_object_or_404(consent_texts_to_choose(), pk=_number(request.POST.get("text")))

    def act() -> HttpResponse:
        choose_consent_text(contest=contest, text=text, user=request.user)
        messages.success(request, _("Đã chọn nội dung đồng ý."))
        return redirect("w-contest-consent", pk=contest.pk)

    return attempted(act, lambda refusal: _contest_page(request, contest, refusal))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _contest_page(
    request: HttpRequest, contest: Contest, refusal: DomainError | None = None
) -> HttpResponse:
    chosen = contest.consent_text
    newest = consent_texts_to_choose().first()
    newer = newest if newest and chosen and newest.version > chosen.version else None
    context = contest_context(
        request,
        contest,
        "w-contest-settings",
        refusal=refusal,
        chosen=chosen,
        newer=newer,
        changes=text_changes(before=chosen.body, after=newer.body) if chosen and newer else [],
        texts=[(text.pk, _text_name(text), "") for text in consent_texts_to_choose()],
        fixed=consent_is_fixed(contest=contest),
    )
    return render(request, "frontend/workplace/contest/consent.html", context)


def _text_name(text: ConsentText) -> str:
    told = {"n": text.version, "days": text.retention_days}
    return _("Phiên bản %(n)s, lưu %(days)s ngày") % told
