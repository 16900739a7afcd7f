"""One's own account: how to be reached, the ways in, where one is signed in."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.browsers import describe_browser
from accounts.domain.contacts import (
    Kind,
    PendingContact,
    WrongContactCode,
    ask_contact_code,
    confirm_contact,
    remove_phone,
)
from accounts.domain.sending import may_send_letters, may_send_texts
from accounts.domain.sessions import end_other_sessions, end_session, open_sessions
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import SECOND_FACTORS
from frontend.pages.workplace.access import workplace_view

KINDS: tuple[Kind, ...] = ("email", "phone")
PENDING = "pending_contact"


@require_GET
@workplace_view()
def account(request: HttpRequest) -> HttpResponse:
    """What there is, each with the way to change it."""
    person = request.user
    page = {
        "person": person,
        "phone": person.phone_number,
        "has_second_factor": person.authenticator_set.filter(type__in=SECOND_FACTORS).exists(),
        "session_count": len(open_sessions(person=person, now=timezone.now())),
        "other_systems": list(person.socialaccount_set.values_list("provider", flat=True)),
    }
    return render(request, "frontend/workplace/account/account.html", page)


def _kind(kind: str) -> Kind:
    for known in KINDS:
        if kind == known:
            return known
    raise Http404


def _unverified(person: User, kind: Kind) -> str:
    """What an administrator typed waits to be confirmed: it stands in the form already."""
    if kind == "email":
        return "" if person.email_verified else person.email
    return "" if person.phone_verified else person.phone_number


@require_http_methods(["GET", "POST"])
@workplace_view()
@reauthentication_required
def contact(request: HttpRequest, kind: str) -> HttpResponse:
    """A new phone or address: a code goes there."""
    wanted, refusal = _kind(kind), None
    text = request.POST.get("contact", _unverified(request.user, wanted))
    if request.method == "POST":
        try:
            pending = ask_contact_code(
                person=request.user, kind=wanted, text=text, now=timezone.now()
            )
        except DomainError as error:
            refusal = error
        else:
            request.session[PENDING] = pending.as_state()
            return redirect("w-account-confirm", kind=wanted)
    page = {
        "kind": wanted,
        "text": text,
        "refusal": refusal,
        "may_send": may_send_letters() if wanted == "email" else may_send_texts(),
        "current": request.user.email if wanted == "email" else request.user.phone_number,
    }
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/account/contact.html", page, status=status)


@require_http_methods(["GET", "POST"])
@workplace_view()
def confirm(request: HttpRequest, kind: str) -> HttpResponse:
    """The code that came back."""
    wanted, refusal = _kind(kind), None
    state = request.session.get(PENDING)
    if not state or state["kind"] != wanted:
        return redirect("w-account-contact", kind=wanted)
    pending = PendingContact(**state)
    if request.method == "POST":
        code = request.POST.get("code", "")
        try:
            confirm_contact(person=request.user, pending=pending, code=code, now=timezone.now())
        except WrongContactCode as error:
            refusal = error
        else:
            del request.session[PENDING]
            messages.success(request, _("Đã xác nhận và lưu."))
            return redirect("w-account")
    page = {"kind": wanted, "value": pending.value, "refusal": refusal}
    status = refusal.status if refusal else 200
    return render(request, "frontend/workplace/account/confirm.html", page, status=status)


@require_POST
@workplace_view()
@reauthentication_required
def forget_phone(request: HttpRequest) -> HttpResponse:
    remove_phone(person=request.user)
    messages.success(request, _("Đã xóa số điện thoại."))
    return redirect("w-account")


@require_GET
@workplace_view()
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    rows = [
        {
            "pk": held.pk,
            "browser": describe_browser(held.user_agent),
            "address": held.ip,
            "since": held.created_at,
            "is_this": held.session_key == request.session.session_key,
        }
        for held in open_sessions(person=request.user, now=timezone.now())
    ]
    page = {"rows": rows, "others": any(not row["is_this"] for row in rows)}
    return render(request, "frontend/workplace/account/sessions.html", page)


@require_POST
@workplace_view()
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End one session (`session=<pk>`), or without it all others."""
    chosen = request.POST.get("session", "")
    if chosen.isdecimal():
        end_session(person=request.user, pk=int(chosen))
    else:
        end_other_sessions(person=request.user, but=request.session.session_key)
    messages.success(request, _("Đã đăng xuất ở nơi được chọn."))
    return redirect("w-account-sessions")
