"""The wizard's last steps: how letters and messages go out, and where people find the house."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.crypto import open_text
from accounts.domain.installation import public_origin, read_installation, update_installation
from accounts.domain.sending import letter_connection, try_letter_sender, try_text_sender
from accounts.domain.throttling import take_turn
from accounts.errors import DomainError
from accounts.interfaces.reachability import reaches_us, read_origin
from accounts.interfaces.text_gateways import read_gateway
from accounts.models import Installation, User
from accounts.phones import read_phone
from frontend.pages.addresses import opens_only_here
from frontend.pages.workplace.setup import draw_step
from frontend.pages.workplace.setup_forms import (
    AddressForm,
    SendersForm,
    gateway_name,
    sealed,
    stored_senders,
)
from frontend.pages.workplace.setup_steps import next_url, setup_view

TRIES, TRIES_SECONDS = 10, 3600


@require_http_methods(["GET", "POST"])
@setup_view
def senders(request: HttpRequest) -> HttpResponse:
    """Saved, or tried with what was typed before it is saved."""
    held = read_installation()
    posted = request.method == "POST"
    form = SendersForm(request.POST) if posted else SendersForm(initial=stored_senders(held))
    said = ""
    if form.is_bound and form.is_valid():
        act = request.POST.get("act", "")
        try:
            if not act:
                _store(form, held, request.user)
                messages.success(request, _("Đã lưu cách gửi thư và tin nhắn."))
                return redirect(next_url("w-setup-senders"))
            said = _try(act, form, held, request.user)
        except (DomainError, ValueError) as refusal:  # of a sender, and of a phone number
            form.add_error(None, str(refusal))
    return draw_step(
        request,
        "w-setup-senders",
        "senders",
        form=form,
        said=said,
        by_environment={"letters": settings.EMAIL_DECLARED, "texts": bool(settings.SMS_GATEWAY)},
        gateway=gateway_name(held),
    )


def _store(form: SendersForm, held: Installation, user: User) -> None:
    fields: dict[str, object] = {}
    if not settings.EMAIL_DECLARED:
        url = form.mail_url(held)
        if url:
            letter_connection(url)  # refused now rather than when the first letter is due
        fields |= {"mail_url": sealed(url), "mail_from": form.cleaned_data["mail_from"]}
    if not settings.SMS_GATEWAY and form.cleaned_data["gateway"]:
        read_gateway(form.cleaned_data["gateway"])
        fields["text_sender"] = sealed(form.cleaned_data["gateway"])
    if fields:
        update_installation(user=user, **fields)


def _try(act: str, form: SendersForm, held: Installation, user: User) -> str:
    """What to tell after a letter or message went out. Raises DomainError."""
    take_turn(purpose="try-sender", key=str(user.pk), limit=TRIES, seconds=TRIES_SECONDS)
    given = form.cleaned_data
    text = _("Thư gửi thử từ hệ thống thi trực tuyến.")
    if act == "letter" and given["try_letter"]:
        url = form.mail_url(held)
        sender = given["mail_from"] or settings.DEFAULT_FROM_EMAIL
        to, subject = given["try_letter"], _("Gửi thử")
        try_letter_sender(mail_url=url, mail_from=sender, to=to, subject=subject, text=text)
        return _("Đã gửi thử đến %(to)s. Mở hộp thư để xem, rồi bấm Lưu.") % {"to": to}
    if act == "text" and given["try_text"]:
        gateway = given["gateway"] or open_text(held.text_sender)
        phone = read_phone(given["try_text"])
        try_text_sender(gateway=gateway, phone=phone, text=text)
        return _("Đã gửi thử đến số %(to)s. Xem điện thoại, rồi bấm Lưu.") % {"to": phone}
    return _("Điền nơi nhận rồi bấm Gửi thử.")


@require_http_methods(["GET", "POST"])
@setup_view
def address(request: HttpRequest) -> HttpResponse:
    """Stored even when it can't be reached yet: the name may be set up tomorrow."""
    held = read_installation()
    fixed = settings.SITE_ORIGIN
    guess = held.public_address or request.build_absolute_uri("/").rstrip("/")
    posted = request.method == "POST" and not fixed
    form = AddressForm(request.POST) if posted else AddressForm(initial={"address": guess})
    if form.is_bound and form.is_valid():
        try:
            typed = form.cleaned_data["address"]
            origin = read_origin(typed) if typed else ""
        except DomainError as refusal:
            form.add_error("address", str(refusal))
        else:
            update_installation(user=request.user, public_address=origin)
            _say_reached(request, origin)
            return redirect(next_url("w-setup-address"))
    origin = public_origin() or guess
    context = {"fixed": fixed, "origin": origin, "host": urlsplit(origin).hostname}
    return draw_step(request, "w-setup-address", "address", form=form, **context)


def _say_reached(request: HttpRequest, origin: str) -> None:
    if not origin:
        return
    if opens_only_here(origin):
        messages.warning(
            request,
            _("Địa chỉ này chỉ mở được trên chính máy chủ; điện thoại của người dự thi không vào."),
        )
    if reaches_us(origin, path=reverse("address-probe", args=["TOKEN"])):
        said = _("Đã lưu. Máy chủ mở được hệ thống này tại %(address)s.")
        messages.success(request, said % {"address": origin})
        return
    messages.warning(
        request,
        _(
            "Đã lưu, nhưng từ máy chủ chưa mở được hệ thống này tại %(address)s. Kiểm tra tên "
            "miền, tường lửa và cổng, rồi lưu lại để thử."
        )
        % {"address": origin},
    )
