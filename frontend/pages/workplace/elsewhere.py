"""Papers from elsewhere: what waits for approval, entering for others, a workbook of them."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import DomainError
from accounts.models import User
from frontend.pages.learning.credit_entering import entered
from frontend.pages.learning.credit_forms import CreditForm
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.refused import form_status
from frontend.papers import as_download
from training.domain.credits import approve_credit, refuse_credit
from training.enums import CreditState
from training.interfaces.excel.credits import queue_credits
from training.interfaces.excel.credits_template import credit_template
from training.models import Credit
from training.permissions import KEEP_CREDITS, people_kept

PER_PAGE = 50


class CreditForOthersForm(CreditForm):
    person = forms.CharField(label=_("Mã cán bộ"), max_length=60)
    people = User.objects.none()

    def clean_person(self) -> User:
        found = self.people.filter(username__iexact=self.cleaned_data["person"].strip()).first()
        if found is None:
            told = _("Không có người này trong phạm vi của bạn. Kiểm tra mã cán bộ.")
            raise forms.ValidationError(told, code="person_unknown")
        return found


@require_GET
@workplace_view(*KEEP_CREDITS)
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first; decided ones on the second tab, the newest first."""
    state = "decided" if request.GET.get("xem") == "da-duyet" else "waiting"
    rows = Credit.objects.of_people_seen_by(request.user, *KEEP_CREDITS)
    rows = rows.select_related("person__unit", "entered_by", "decided_by", "scan")
    waiting = rows.waiting()
    shown = (
        waiting.order_by("entered_at", "pk")
        if state == "waiting"
        else rows.exclude(state=CreditState.PROPOSED).order_by("-decided_at", "-pk")
    )
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "rows": [
            {
                "credit": credit,
                "anchor": f"ly-do-{credit.pk}",
                "may": request.user.pk not in {credit.person_id, credit.entered_by_id},
            }
            for credit in page.object_list
        ],
        "tabs": [
            (reverse("w-credits"), _now("Chờ duyệt"), "waiting"),
            (f"{reverse('w-credits')}?xem=da-duyet", _now("Đã có quyết định"), "decided"),
        ],
    }
    return render(request, "frontend/workplace/training/credits.html", context)


@require_POST
@workplace_view(*KEEP_CREDITS)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    reach = Credit.objects.of_people_seen_by(request.user, *KEEP_CREDITS)
    credit = get_object_or_404(reach.select_related("person"), pk=pk)
    now = timezone.now()
    try:
        if request.POST.get("act") == "approve":
            approve_credit(credit=credit, user=request.user, now=now)
            told = _now("Đã duyệt.")
        else:
            reason = request.POST.get("reason", "")
            refuse_credit(credit=credit, reason=reason, user=request.user, now=now)
            told = _now("Đã ghi không duyệt.")
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("w-credits")


@require_http_methods(["GET", "POST"])
@workplace_view(*KEEP_CREDITS)
def credit_new(request: HttpRequest) -> HttpResponse:
    form = CreditForOthersForm(request.POST or None, request.FILES or None)
    form.people = people_kept(request.user)
    if form.is_bound and form.is_valid() and entered(request, form, form.cleaned_data["person"]):
        messages.success(request, _now("Đã khai. Giờ được tính khi một người khác duyệt."))
        return redirect("w-credits")
    status = form_status(form)
    return render(request, "frontend/learning/credit_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@workplace_view(*KEEP_CREDITS)
def credits_import(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is not None:
        job = queue_credits(
            file=file, user=request.user, now=timezone.now(), back=reverse("w-credits")
        )
        return redirect("w-job", public_id=job.public_id)
    error = _now("Chọn một tệp Excel.") if request.method == "POST" else ""
    status = 422 if error else 200
    template = "frontend/workplace/training/credits_import.html"
    return render(request, template, {"error": error}, status=status)


@require_GET
@workplace_view(*KEEP_CREDITS)
def credits_template(request: HttpRequest) -> FileResponse:
    return as_download("mau-gio-hoc-ngoai-he-thong.xlsx", credit_template)
