"""Looking through a bank: what each check found, and what was left as it is."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.enums import JobState
from accounts.errors import Faults
from accounts.models import Job
from frontend.pages.workplace.bank_access import bank_view
from quiz.checks import ITEM_CHECKS
from quiz.domain.bank_checkups import (
    CHECK_BANK,
    Checkup,
    bank_findings,
    dismiss_finding,
    look_again,
    queue_checkup,
)
from quiz.domain.clock import read_now
from quiz.models import BankCheckup, ItemBank, ItemVersion
from quiz.permissions import SEE_KEYS, may_review_items, may_write_items

PER_PAGE = 20
LEFT_SHOWN = 50


@require_GET
@bank_view(*SEE_KEYS, shows_keys=True)
def checkup(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """The last look through the bank, one check at a time."""
    return _page(request, bank)


def _page(request: HttpRequest, bank: ItemBank, refusal: Faults | None = None) -> HttpResponse:
    context = {
        "bank": bank,
        "running": _running(bank),
        "refusal": refusal,
        "decides": may_write_items(request.user, bank) or may_review_items(request.user, bank),
    }
    stored = BankCheckup.objects.filter(bank=bank).select_related("bank").first()
    if stored is not None:
        context |= _found(request, Checkup(stored)) | {"bank_findings": bank_findings(bank)}
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/bank/checkup.html", context, status=status)


def _running(bank: ItemBank) -> Job | None:
    about = Job.objects.filter(kind=CHECK_BANK, params={"bank": bank.pk})
    return about.filter(state__in=(JobState.QUEUED, JobState.RUNNING)).first()


def _found(request: HttpRequest, checkup: Checkup) -> dict[str, object]:
    counts = checkup.counts()
    shown = {
        code: count for code, count in counts.items() if count or checkup.versions(code, left=True)
    }
    asked = request.POST.get("code") or request.GET.get("check", "")
    code = asked if asked in shown else next(iter(shown), "")
    titles = {check.code: check.title for check in ITEM_CHECKS}
    page = Paginator(checkup.versions(code), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "checkup": checkup,
        "code": code,
        "tabs": [
            (f"?check={each}", f"{titles[each]} ({count})", each) for each, count in shown.items()
        ],
        "page": page,
        "rows": checkup.told(code, page.object_list) if code else [],
        "left": checkup.told(code, checkup.versions(code, left=True)[:LEFT_SHOWN]) if code else [],
    }


@require_POST
@bank_view(*SEE_KEYS)
def run(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """Look through the bank now; a large one in a job."""
    job = queue_checkup(bank=bank, user=request.user, now=read_now())
    if job.state == JobState.DONE:
        messages.success(request, _("Đã kiểm tra %(items)d câu.") % {"items": job.result["items"]})
    return redirect("w-bank-check", pk=bank.pk)


@require_POST
@bank_view(*SEE_KEYS)
def leave(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """Leave what a check says of an item as it is."""
    version, code = _asked(request, bank)
    reason = request.POST.get("reason", "")
    try:
        dismiss_finding(
            version=version, code=code, reason=reason, user=request.user, now=read_now()
        )
    except Faults as refusal:
        return _page(request, bank, refusal)
    messages.success(request, _("Đã bỏ qua ở câu %(number)d.") % {"number": version.item.number})
    return redirect(reverse("w-bank-check", args=[bank.pk]) + f"?check={code}")


@require_POST
@bank_view(*SEE_KEYS)
def again(request: HttpRequest, bank: ItemBank) -> HttpResponse:
    """Look again at what was left."""
    version, code = _asked(request, bank)
    look_again(version=version, code=code, user=request.user)
    return redirect(reverse("w-bank-check", args=[bank.pk]) + f"?check={code}")


def _asked(request: HttpRequest, bank: ItemBank) -> tuple[ItemVersion, str]:
    posted = request.POST.get("version", "")
    pk = int(posted) if posted.isdecimal() and len(posted) < 19 else 0
    versions = ItemVersion.objects.filter(item__bank=bank).select_related("item__bank")
    return get_object_or_404(versions, pk=pk), request.POST.get("code", "")
