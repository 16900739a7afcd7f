"""Whoever holds a winner's certificate on paper checks it here by its QR code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quiz.domain.winner_certificates import CheckedCertificate, check_winner_certificate


@require_safe
def winner_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the newest release still gives this prize; 404 with a sentence for another code."""
    checked = check_winner_certificate(code=code)
    context = {
        "checked": checked,
        "rows": _rows(checked) if checked is not None else [],
        "section": "contests",
    }
    status = 200 if checked else 404
    return render(request, "frontend/public/winner_certificate.html", context, status=status)


def _rows(checked: CheckedCertificate) -> list[tuple[str, object]]:
    certificate, release, winner = checked.certificate, checked.release, checked.winner
    who = [(_("Họ và tên"), winner["name"]), (_("Đơn vị"), winner["unit"] or "—")] if winner else []
    return [
        *who,
        (_("Được trao"), certificate.tier),
        (_("Cuộc thi"), certificate.round.contest.title),
        (_("Vòng thi"), certificate.round.name),
        (_("Theo bản công bố số"), release.number),
        (_("Số quyết định"), release.decision_number),
    ]
