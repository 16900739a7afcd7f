"""The receipt: what was counted in, signed; never a score unless the rules show it at once."""

import json
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from frontend.pages.entry.cookies import attempt_token, remember_attempt
from frontend.pages.entry.hot import hot, private, see_other, url_of
from frontend.pages.entry.ready import qr_svg
from quiz.domain.attempts import read_attempt
from quiz.domain.receipts import Receipt, provisional_score, receipt_of
from quiz.enums import AttemptState, ClosedBy
from quiz.errors import AttemptVoided

# The address of a page is found once a process, since finding it costs as much as drawing a line.
_found = lru_cache(maxsize=64)(url_of)


@hot
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    token = request.POST.get("token", "") or attempt_token(request)
    sitting = read_attempt(token=token)
    row, frozen = sitting.row, sitting.round
    if row.state == AttemptState.OPEN:
        if row.voided_at is not None:
            raise AttemptVoided()
        return see_other("attempt")
    signed = receipt_of(sitting)
    context = {
        "contest": frozen,
        "row": row,
        "receipt": signed,
        "qr_address": url_of("receipt-qr"),
        "heads_url": _found("heads", code=frozen.contest_code),
        "check_url": _found("receipt-check"),
        "answers": ",".join(map(str, row.answers)),
        "answered": sum(mask != 0 for mask in row.answers),
        "slots": len(row.answers),
        "by_deadline": row.closed_by == ClosedBy.DEADLINE,
        "duration": row.ended_at - row.started_at if row.ended_at else None,
        "prediction": row.prediction,
        "score": provisional_score(sitting),
        "may_start_again": frozen.rules.entry.attempts_per_round is None
        or row.ordinal < frozen.rules.entry.attempts_per_round,
    }
    response = render(request, "frontend/entry/receipt.html", context)
    if request.method == "POST":
        remember_attempt(response, sitting.token)
    return response


def _short_form(signed: Receipt) -> str:
    """What fits into a QR code a phone can still read: code, leaf and signature."""
    return f"minhthi-receipt/1 {signed.code} {signed.document['leaf']} {signed.signature}"


@require_safe
def receipt_qr(request: HttpRequest) -> HttpResponse:
    """The receipt in short as a picture; drawn for who opens it, because it costs ten saves."""
    signed = receipt_of(read_attempt(token=attempt_token(request)))
    return private(HttpResponse(qr_svg(_short_form(signed)), content_type="image/svg+xml"))


@require_safe
def receipt_file(request: HttpRequest) -> HttpResponse:
    """The whole receipt as a file, checkable without the platform."""
    signed = receipt_of(read_attempt(token=attempt_token(request)))
    body = json.dumps(signed.as_dict(), ensure_ascii=False, indent=1, sort_keys=True)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bien-nhan-{signed.code}.json"'
    return private(response)
