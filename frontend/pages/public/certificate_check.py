"""A certificate of a course checked by anyone: in the browser also without network, else here."""

from datetime import date
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_safe
from django_permissions_policy.decorators import permissions_policy_override

from accounts.dates import show_day
from accounts.errors import DomainError
from frontend.pages.public.receipt_check import CAMERA
from training.domain.certificates import (
    Checked,
    check_certificate,
    find_certificate,
    published_keys,
)
from training.enums import CertificateState

LONGEST = 4000


# Nothing is stored and no session known, so a foreign page gains nothing by posting the form.
@csrf_exempt
@permissions_policy_override(CAMERA)
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_check(request: HttpRequest) -> HttpResponse:
    """The form, and its answer for whoever has no script."""
    if request.method != "POST":
        return _page(request, {})
    try:
        checked = check_certificate(text=request.POST.get("code", "")[:LONGEST])
    except DomainError as refusal:
        return _page(request, {"refusal": refusal}, refusal.status)
    return _answer(request, checked)


@require_safe
@permissions_policy_override(CAMERA)
def certificate_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """By the short code that stands on the paper; 404 with a sentence for another."""
    return _answer(request, find_certificate(code=code))


@require_GET
def certificate_state(request: HttpRequest) -> HttpResponse:
    """What paper can't say: whether it was revoked. An empty state for no code of ours."""
    checked = find_certificate(code=request.GET.get("code", ""))
    held = checked.certificate if checked else None
    told = {
        "state": checked.state if checked else "",
        "reason": held.revoke_reason if held else "",
    }
    return _uncached(JsonResponse(told))


@require_GET
def certificate_keys(request: HttpRequest) -> HttpResponse:
    """Every public key that ever signed, the newest first, in hexadecimal."""
    keys = {"algorithm": "Ed25519", "keys": published_keys()}
    response = JsonResponse(keys)
    response["Cache-Control"] = "max-age=300"
    return response


@require_GET
@cache_control(max_age=0, must_revalidate=True)
def certificate_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the page for when there is no network; it only reaches this folder."""
    script = Path(str(finders.find("frontend/proofs/certificate_worker.js")))
    return HttpResponse(script.read_bytes(), content_type="text/javascript; charset=utf-8")


def _answer(request: HttpRequest, checked: Checked | None) -> HttpResponse:
    context = {"checked": checked, "unknown": checked is None}
    if checked is not None:
        context |= {"rows": _rows(checked), "tone": _tone(checked)}
    return _page(request, context, 200 if checked else 404)


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    given = {"section": "lookup", "states": CertificateState, **context}
    return _uncached(
        render(request, "frontend/public/certificate_check.html", given, status=status)
    )


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def _tone(checked: Checked) -> str:
    if checked.signed is False or checked.state == CertificateState.REVOKED:
        return "error"
    return "success" if checked.state == CertificateState.VALID else "warning"


def _rows(checked: Checked) -> list[tuple[str, str]]:
    told = checked.told
    return [
        (_("Số"), told.number),
        (_("Họ và tên"), told.holder),
        (_("Đơn vị"), told.unit or "—"),
        (_("Khoá học"), told.course),
        (_("Cơ quan cấp"), told.body),
        (_("Hoàn thành ngày"), _shown(told.completed)),
        (_("Hết giá trị từ ngày"), _shown(told.expires) if told.expires else _("Không thời hạn")),
    ]


def _shown(day: str) -> str:
    """A day of the code as people write it; as it stands where it is none."""
    try:
        return show_day(date.fromisoformat(day))
    except ValueError:
        return day
