"""“Khiếu nại, phúc khảo”: filed without an account, read again by a code."""

import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.client_address import client_address
from accounts.domain.throttling import take_turn
from accounts.errors import DomainError
from frontend.pages.entry.hot import private, see_other, url_of
from frontend.pages.public.appeal_log_pdf import log_response
from frontend.pages.public.contest import public_contest
from frontend.pages.public.sealed_cookies import SealedCookie
from quiz.domain.appeal_codes import find_appeal
from quiz.domain.appeal_errors import UnknownAppeal
from quiz.domain.appeal_reading import BY_ADDRESS, shown_attempts, told_answer, told_state
from quiz.domain.appeal_windows import AppealWindow, appeal_windows
from quiz.domain.appeals import LONGEST, LONGEST_CONTACT, AppealInput, file_appeal, withdraw_appeal
from quiz.domain.clock import read_now
from quiz.domain.emergency_files import MOST_BYTES as LARGEST_EVIDENCE
from quiz.domain.own_papers import own_paper
from quiz.domain.receipt_reading import MOST_BYTES as LARGEST_RECEIPT
from quiz.engine.codes import normalise_entry_code
from quiz.enums import AppealKind, AppealState
from quiz.errors import InputRefused
from quiz.models import Appeal, Contest
from quiz.queries.appeal import WAITING

CODE_LENGTH = 60
LOGS_OF_APPEAL = (30, 600)
_cookie = SealedCookie("khieu_nai", "appeal")
TYPED = ("round", "kind", "code", "receipt", "slot", "text", "contact", "request_key")


def _contest(code: str) -> Contest:
    return public_contest(code, read_now()).contest


@require_http_methods(["GET", "HEAD", "POST"])
def appeals(request: HttpRequest, code: str) -> HttpResponse:
    """The form. What is refused comes back with everything typed but files."""
    contest = _contest(code)
    if request.method != "POST":
        return _form(request, contest)
    try:
        filed = file_appeal(
            contest=contest,
            given=_given(request),
            address=client_address(request),
            now=read_now(),
        )
    except DomainError as refusal:
        return _form(request, contest, refusal)
    response = see_other("appeal-mine", code=code)
    _cookie.remember(response, filed.code, path=url_of("appeals", code=code))
    return private(response)


def _given(request: HttpRequest) -> AppealInput:
    typed = {name: request.POST.get(name, "") for name in TYPED}
    receipt = _upload(request, "receipt_file", LARGEST_RECEIPT).decode("utf-8", "replace")
    return AppealInput(
        request_key=typed["request_key"],
        round_number=typed["round"],
        kind=typed["kind"],
        text=typed["text"],
        contact=typed["contact"],
        code=typed["code"][:CODE_LENGTH],
        receipt=receipt or typed["receipt"],
        slot=typed["slot"],
        evidence=_upload(request, "evidence", LARGEST_EVIDENCE),
    )


def _upload(request: HttpRequest, name: str, most: int) -> bytes:
    """One byte more than may be: enough to refuse what is too large."""
    file = request.FILES.get(name)
    return file.read(most + 1) if isinstance(file, UploadedFile) else b""


def _form(
    request: HttpRequest, contest: Contest, refusal: DomainError | None = None
) -> HttpResponse:
    now = read_now()
    windows = appeal_windows(contest=contest)
    typed = {name: request.POST.get(name, "") for name in TYPED}
    fields = refusal.details.get("fields", {}) if isinstance(refusal, InputRefused) else {}
    context: dict[str, Any] = {
        "contest": contest,
        "section": "contests",
        "windows": [(window, window.takes(now), window.is_over(now)) for window in windows],
        "rounds": _choices(windows, now),
        "kinds": AppealKind.choices,
        "typed": typed,
        "chosen_round": typed["round"] or request.GET.get("vong", ""),
        "request_key": typed["request_key"] or str(uuid.uuid4()),
        "longest": LONGEST,
        "longest_contact": LONGEST_CONTACT,
        "refusal": refusal,
        "errors": {name: fault["message"] for name, fault in fields.items()},
    }
    status = refusal.status if refusal else 200
    page = render(request, "frontend/public/appeal/file.html", context, status=status)
    return private(page, referrer="same-origin")


def _choices(windows: list[AppealWindow], now: Any) -> list[tuple[str, str]]:
    """The rounds that take complaints now, the newest first."""
    taking = [window.round for window in windows if window.takes(now)]
    return [(str(round.number), round.name) for round in reversed(taking)]


@require_http_methods(["GET", "HEAD", "POST"])
def appeal_mine(request: HttpRequest, code: str) -> HttpResponse:
    """How far an appeal is and what was answered, for whoever has its code."""
    contest = _contest(code)
    if request.method == "POST":
        return _open(request, contest)
    held = _cookie.held_by(request)
    try:
        appeal = find_appeal(contest=contest, code=held)
    except UnknownAppeal:
        return _enter(request, contest)
    context = _shown(contest, appeal) | {"code": held}
    return private(
        render(request, "frontend/public/appeal/mine.html", context), referrer="same-origin"
    )


def _open(request: HttpRequest, contest: Contest) -> HttpResponse:
    typed = request.POST.get("code", "")[:CODE_LENGTH]
    try:
        limit, seconds = BY_ADDRESS
        take_turn(purpose="appeal-code", key=client_address(request), limit=limit, seconds=seconds)
        find_appeal(contest=contest, code=typed)
    except DomainError as refusal:
        return _enter(request, contest, refusal, typed)
    response = see_other("appeal-mine", code=contest.code)
    _cookie.remember(
        response, normalise_entry_code(typed), path=url_of("appeals", code=contest.code)
    )
    return private(response)


def _enter(
    request: HttpRequest,
    contest: Contest,
    refusal: DomainError | None = None,
    typed: str = "",
) -> HttpResponse:
    context = {"contest": contest, "section": "contests", "refusal": refusal, "typed": typed}
    status = refusal.status if refusal else 200
    page = render(request, "frontend/public/appeal/enter.html", context, status=status)
    return private(page, referrer="same-origin")


def _shown(contest: Contest, appeal: Appeal) -> dict[str, Any]:
    return {
        "contest": contest,
        "section": "contests",
        "appeal": appeal,
        "state": told_state(appeal),
        "answer": told_answer(appeal),
        "accepted": appeal.state == AppealState.ACCEPTED,
        "waits": appeal.state in WAITING,
        "papers": [own_paper(attempt=attempt) for attempt in shown_attempts(appeal=appeal)],
    }


def _held(request: HttpRequest, contest: Contest) -> Appeal:
    """Raises UnknownAppeal for who opened none in this browser."""
    return find_appeal(contest=contest, code=_cookie.held_by(request))


@require_GET
def appeal_log(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """The log of one of the appellant's attempts, as PDF."""
    appeal = _held(request, _contest(code))
    limit, seconds = LOGS_OF_APPEAL  # a full log is a tenth of a second of a process
    take_turn(purpose="appeal-log", key=str(appeal.pk), limit=limit, seconds=seconds)
    for attempt in shown_attempts(appeal=appeal):
        if attempt.ordinal == ordinal:
            return private(log_response(request, attempt))
    raise UnknownAppeal


@require_POST
def appeal_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    contest = _contest(code)
    appeal = _held(request, contest)
    appeal.contest = contest
    withdraw_appeal(appeal=appeal, now=read_now())
    return private(see_other("appeal-mine", code=code))


@require_POST
def appeal_leave(request: HttpRequest, code: str) -> HttpResponse:
    """On a shared phone the page is closed for whoever comes next."""
    response = see_other("appeals", code=_contest(code).code)
    _cookie.forget(response, path=url_of("appeals", code=code))
    return private(response)
