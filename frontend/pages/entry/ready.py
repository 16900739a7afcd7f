"""Before the start: who you are, your mã dự thi, what awaits you; or coming back by the code."""

from io import BytesIO

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.pages.addresses import absolute_url
from frontend.pages.entry.cookies import (
    entrant_token,
    forget_code,
    remember_attempt,
    shown_code,
)
from frontend.pages.entry.hot import hot, private, see_other, url_of
from frontend.pages.entry.returning import contest_of, enter_as, show_ways
from quiz.domain.attempts import start_attempt
from quiz.domain.entry_codes import find_entrant
from quiz.domain.readiness import read_readiness
from quiz.domain.return_staff import last_return
from quiz.domain.tokens import EntrantToken, seal_entrant_token
from quiz.engine.deadlines import WindowState
from quiz.enums import AttemptState
from quiz.errors import InputRefused, UnknownCode, UnknownToken
from quiz.rules.summary import summary_lines


def qr_svg(text: str) -> SafeString:
    """A QR code as inline SVG, dark on white whatever the page's colours."""
    drawing = BytesIO()
    segno.make(text, error="m", micro=False, mask=2).save(
        drawing,
        kind="svg",
        xmldecl=False,
        svgns=True,
        border=2,
        light="#fff",
        dark="#000",
        omitsize=True,
        svgclass="qr",
        lineclass=None,
    )
    return mark_safe(drawing.getvalue().decode())  # noqa: S308  (segno's own drawing)


@require_http_methods(["GET", "HEAD", "POST"])
def ready(request: HttpRequest, code: str) -> HttpResponse:
    if request.method == "POST":
        return _return(request, code)
    try:
        standing = read_readiness(contest_code=code, entrant_token=entrant_token(request))
    except UnknownToken:
        return show_ways(request, contest_of(code))
    fresh_code = shown_code(request)
    context = {
        "contest": standing.contest,
        "standing": standing,
        "now": standing.now,
        "opens_later": standing.window is WindowState.BEFORE,
        "is_over": standing.window is WindowState.AFTER,
        "lines": summary_lines(standing.frozen.rules, standing.group_code),
        "token": entrant_token(request),
        "fresh_code": fresh_code,
        "qr": qr_svg(_code_address(request, code, fresh_code)) if fresh_code else "",
        "others_return": None if standing.weak else last_return(entrant=standing.entrant),
    }
    page = render(request, "frontend/entry/ready.html", context)
    return private(page, referrer="same-origin")


def _code_address(request: HttpRequest, code: str, entry_code: str) -> str:
    """What the QR leads to. What stands behind the # is sent to no server and kept in no log."""
    return f"{absolute_url(request, url_of('return', code=code))}#{entry_code}"


def _return(request: HttpRequest, code: str) -> HttpResponse:
    """Back with a mã dự thi, perhaps on another device."""
    contest, typed = contest_of(code), request.POST.get("entry_code", "")[:60]
    try:
        entrant = find_entrant(contest_id=contest.pk, code=typed)
    except UnknownCode as refusal:
        error = f"{refusal.message} {refusal.hint}"
        return show_ways(request, contest, typed=typed, error=error, status=refusal.status)
    return enter_as(code, seal_entrant_token(EntrantToken(entrant.contest_id, entrant.pk)))


@hot
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    try:
        round_id, ordinal = int(request.POST["round"]), int(request.POST["ordinal"])
    except (KeyError, ValueError):
        raise InputRefused(_("Trang gửi lên thiếu thông tin."), _("Tải lại trang.")) from None
    if not (0 < round_id < 2**62 and 0 < ordinal <= 10_000):
        raise InputRefused(_("Trang gửi lên thiếu thông tin."), _("Tải lại trang."))
    sitting = start_attempt(
        entrant_token=request.POST.get("token", ""), round_id=round_id, ordinal=ordinal
    )
    response = see_other("attempt" if sitting.row.state == AttemptState.OPEN else "receipt")
    remember_attempt(response, sitting.token)
    forget_code(response, code)
    return response
