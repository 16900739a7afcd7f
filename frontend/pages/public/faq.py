"""Questions asked again and again, and what readers say of the answers."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.client_address import client_address
from accounts.rich_text import to_html
from frontend.pages.public.library_parts import library_context, typed
from training.domain.faqs import USEFUL, VERDICTS, judge_faq
from training.models import Faq

COOKIE = "y_kien"
YEAR = 365 * 24 * 3600
# What a browser keeps of its own verdicts: “12u.15c”, the oldest forgotten first.
MOST_KEPT = 100
_signer = Signer(salt="faq-verdict")


@require_safe
def faq(request: HttpRequest) -> HttpResponse:
    """All of them by subject, or those of one."""
    subject = typed(request, "chu-de")
    shown = Faq.objects.filter(is_shown=True)
    subjects = list(dict.fromkeys(filter(None, shown.values_list("subject", flat=True))))
    rows = shown.filter(subject=subject) if subject in subjects else shown
    context = library_context(
        "faq",
        rows=_rows(rows),
        subjects=[("", _("Tất cả")), *((name, name) for name in subjects)],
        subject=subject,
    )
    return render(request, "frontend/public/library/faq.html", context)


def _rows(faqs: Iterable[Faq]) -> list[dict[str, Any]]:
    return [{"faq": faq, "answer": to_html(faq.answer)} for faq in faqs]


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, with the two buttons."""
    shown = get_object_or_404(Faq, pk=pk, is_shown=True)
    context = library_context(
        "faq", faq=shown, answer=to_html(shown.answer), said=_kept(request).get(pk, "")
    )
    return render(request, "frontend/public/library/faq_entry.html", context)


@require_POST
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """“Có ích” or “chưa rõ”, one a browser; the browser alone remembers what it said."""
    judged = get_object_or_404(Faq, pk=pk, is_shown=True)
    said = request.POST.get("verdict", "")
    response = redirect("faq-entry", pk=pk)
    if said not in VERDICTS:
        return response
    kept = _kept(request)
    judge_faq(faq=judged, verdict=said, before=kept.pop(pk, ""), address=client_address(request))
    kept[pk] = said
    messages.success(request, _("Cảm ơn bạn đã cho biết."))
    _keep(response, kept)
    return response


def _kept(request: HttpRequest) -> dict[int, str]:
    try:
        plain = _signer.unsign(request.COOKIES.get(COOKIE, ""))
        pairs = [(int(one[:-1]), one[-1]) for one in plain.split(".") if one]
    except (BadSignature, ValueError):
        return {}
    return {pk: USEFUL if letter == "u" else VERDICTS[1] for pk, letter in pairs}


def _keep(response: HttpResponse, kept: dict[int, str]) -> None:
    pairs = list(kept.items())[-MOST_KEPT:]
    plain = ".".join(f"{pk}{'u' if said == USEFUL else 'c'}" for pk, said in pairs)
    response.set_cookie(
        COOKIE,
        _signer.sign(plain),
        max_age=YEAR,
        path="/hoi-dap/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
