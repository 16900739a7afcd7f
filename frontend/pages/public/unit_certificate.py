"""Whoever holds a unit's certificate on paper checks it here by its QR code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quiz.domain.roster_certificates import find_certificate


@require_safe
def unit_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """What the certificate of this code says; 404 with a sentence where there is none."""
    held = find_certificate(code)
    rows = []
    if held is not None:
        rows = [
            (_("Đơn vị"), held.unit.name),
            (_("Cuộc thi"), held.round.contest.title),
            (_("Vòng thi"), held.round.name),
            (_("Số người phải dự thi"), held.persons),
            (_("Đã dự thi"), held.persons),
            (_("Được miễn"), held.exempt),
        ]
    context = {"certificate": held, "rows": rows, "section": "contests"}
    status = 200 if held else 404
    return render(request, "frontend/public/unit_certificate.html", context, status=status)
