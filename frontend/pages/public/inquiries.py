"""“Dân hỏi, Thủ trưởng trả lời”: asking without an account, and the published answers."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.client_address import client_address
from accounts.domain.throttling import take_turn
from accounts.errors import DomainError
from accounts.rich_text import to_html
from frontend.pages.entry.hot import private, see_other, url_of
from frontend.pages.public.library_parts import library_context, page_of, typed
from frontend.pages.public.sealed_cookies import SealedCookie
from quiz.domain.clock import read_now
from quiz.engine.codes import normalise_entry_code
from quiz.errors import InputRefused
from training.domain.inquiries import (
    CODES_BY_ADDRESS,
    LONGEST,
    LONGEST_CONTACT,
    InquiryInput,
    find_inquiry,
    send_inquiry,
    take_back_inquiry,
)
from training.domain.inquiry_answers import KIND
from training.domain.inquiry_errors import UnknownInquiry
from training.domain.library_search import search_library
from training.enums import InquiryState
from training.models import Inquiry

CODE_LENGTH = 60
TYPED = ("text", "contact", "request_key")
_cookie = SealedCookie("cau_hoi", "inquiry")


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Published answers, the newest first; with words typed, those that hold them."""
    text = typed(request)
    if text:
        page = page_of(request, search_library(text=text, kinds=[KIND]))
        rows = [(one.slug, one.title, one.lead, "", one.at) for one in page.object_list]
    else:
        page = page_of(request, Inquiry.objects.public().select_related("unit").defer("answer"))
        rows = [
            (one.number, one.title, one.shown_text, one.unit.name, one.decided_at)
            for one in page.object_list
        ]
    context = library_context("answers", page=page, rows=rows, text=text)
    return render(request, "frontend/public/library/answers.html", context)


@require_safe
def answer(request: HttpRequest, number: str) -> HttpResponse:
    shown = get_object_or_404(Inquiry.objects.public().select_related("unit"), number=number)
    share = request.build_absolute_uri(request.path)
    context = library_context(
        "answers", inquiry=shown, answer=to_html(shown.answer), share_url=share
    )
    return render(request, "frontend/public/library/answer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form. What is refused comes back with everything typed."""
    if request.method != "POST":
        return _form(request)
    given = {name: request.POST.get(name, "") for name in TYPED}
    try:
        sent = send_inquiry(
            given=InquiryInput(**given), address=client_address(request), now=read_now()
        )
    except DomainError as refusal:
        return _form(request, refusal)
    response = see_other("inquiry-mine")
    _cookie.remember(response, sent.code, path=url_of("faq"))
    return private(response)


def _form(request: HttpRequest, refusal: DomainError | None = None) -> HttpResponse:
    given = {name: request.POST.get(name, "") for name in TYPED}
    fields = refusal.details.get("fields", {}) if isinstance(refusal, InputRefused) else {}
    context = library_context(
        "answers",
        typed=given,
        request_key=given["request_key"] or str(uuid.uuid4()),
        longest=LONGEST,
        longest_contact=LONGEST_CONTACT,
        refusal=refusal,
        errors={name: fault["message"] for name, fault in fields.items()},
    )
    status = refusal.status if refusal else 200
    page = render(request, "frontend/public/library/ask.html", context, status=status)
    return private(page, referrer="same-origin")


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """How far a question is and what was answered, for whoever has its code."""
    if request.method == "POST":
        return _open(request)
    held = _cookie.held_by(request)
    try:
        inquiry = find_inquiry(code=held)
    except UnknownInquiry:
        return _enter(request)
    public = inquiry.state == InquiryState.PUBLISHED
    context = library_context(
        "answers",
        inquiry=inquiry,
        code=held,
        answer=to_html(inquiry.answer) if public else "",
    )
    page = render(request, "frontend/public/library/mine.html", context)
    return private(page, referrer="same-origin")


def _open(request: HttpRequest) -> HttpResponse:
    given = request.POST.get("code", "")[:CODE_LENGTH]
    try:
        limit, seconds = CODES_BY_ADDRESS
        address = client_address(request)
        take_turn(purpose="inquiry-code", key=address, limit=limit, seconds=seconds)
        find_inquiry(code=given)
    except DomainError as refusal:
        return _enter(request, refusal, given)
    response = see_other("inquiry-mine")
    _cookie.remember(response, normalise_entry_code(given), path=url_of("faq"))
    return private(response)


def _enter(
    request: HttpRequest, refusal: DomainError | None = None, given: str = ""
) -> HttpResponse:
    context: dict[str, Any] = library_context("answers", refusal=refusal, typed=given)
    status = refusal.status if refusal else 200
    page = render(request, "frontend/public/library/enter.html", context, status=status)
    return private(page, referrer="same-origin")


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """The asker has what they wrote erased."""
    take_back_inquiry(inquiry=find_inquiry(code=_cookie.held_by(request)))
    messages.success(request, _("Đã xoá nội dung và cách liên hệ bạn đã gửi."))
    response = see_other("answers")
    _cookie.forget(response, path=url_of("faq"))
    return private(response)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """On a shared phone the page is closed for whoever comes next."""
    response = see_other("answers")
    _cookie.forget(response, path=url_of("faq"))
    return private(response)
