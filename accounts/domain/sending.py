"""Letters and text messages: one way out for each, chosen by the environment or the wizard.

A setting of the environment (EMAIL_URL, SMS_GATEWAY) wins over what the installation stores. With
neither, a development or demo server prints to its terminal and any other refuses: what is sent
holds codes and links, and a log is no place for them.
"""

import logging
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from threading import BoundedSemaphore
from typing import Any, NamedTuple

import environ
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext_lazy as _

from accounts.crypto import open_text
from accounts.domain.installation import read_installation
from accounts.errors import DomainError
from accounts.models import Installation

logger = logging.getLogger(__name__)
CONSOLE = "django.core.mail.backends.console.EmailBackend"
LETTER_SECONDS = 10
# Messages that wait for a thread in one process; a provider that hangs must not fill the memory.
WAITING_MESSAGES = 500
# What EMAIL_URL may say; anything else would be a way to load any class.
SCHEMES = ("smtp", "smtps", "smtp+tls", "smtp+ssl")


class SendingFailed(DomainError):
    """Nothing was sent: no sender is set up, or it did not take the message."""

    code = "sending_failed"
    status = 503
    message = _("Chưa gửi được tin nhắn hoặc thư.")
    hint = _("Thử lại sau ít phút; nếu vẫn không được, báo quản trị hệ thống.")


class NoSender(SendingFailed):
    code = "no_sender"
    message = _("Hệ thống chưa được thiết lập để gửi thư hoặc tin nhắn.")
    hint = _("Đề nghị quản trị hệ thống thiết lập máy chủ thư hoặc cổng tin nhắn.")


class BadSender(DomainError):
    code = "bad_sender"
    status = 422
    message = _("Thiết lập gửi thư hoặc tin nhắn chưa đúng.")
    hint = _("Đối chiếu lại với hướng dẫn của nhà cung cấp.")


class SentText(NamedTuple):
    phone: str
    text: str


# What tests sent, like django.core.mail.outbox.
text_outbox: list[SentText] = []
TextGateway = Callable[..., None]
_gateways: list[TextGateway] = []


def use_text_gateway(gateway: TextGateway) -> None:
    """Called once by the interfaces: `gateway(settings=json_text, phone=, text=)`."""
    _gateways[:] = [gateway]


def may_send_letters() -> bool:
    """Whether a letter has any way out."""
    return _letters_configured() or _speaks_to_terminal()


def may_send_texts() -> bool:
    """Whether a text message has any way out."""
    return bool(settings.TEXTS_IN_MEMORY or _text_settings()) or _speaks_to_terminal()


def send_letter(*, to: str, subject: str, text: str) -> None:
    """One plain letter to one address. Raises SendingFailed."""
    _letter_way()(to=to, subject=subject, text=text)


def send_text(*, phone: str, text: str) -> None:
    """One text message to a number as `read_phone` gives it. Raises SendingFailed."""
    _text_way()(phone=phone, text=text)


def send_letter_later(*, to: str, subject: str, text: str) -> None:
    """The answer does not wait for the mail server, so its time tells nobody whether one went out.

    Raises NoSender; what fails afterwards is logged without naming anybody.
    """
    hand_over(partial(_letter_way(), to=to, subject=subject, text=text))


def send_text_later(*, phone: str, text: str) -> None:
    """As `send_letter_later`, for a text message."""
    hand_over(partial(_text_way(), phone=phone, text=text))


def _letter_way() -> Callable[..., None]:
    held = read_installation()
    sender = held.mail_from or settings.DEFAULT_FROM_EMAIL
    if settings.EMAIL_DECLARED:
        return partial(_post, get_connection(), sender)
    if held.mail_url:
        return partial(_post, letter_connection(open_text(held.mail_url)), sender)
    if _speaks_to_terminal():
        return partial(_post, get_connection(CONSOLE), sender)
    raise NoSender


def _text_way() -> Callable[..., None]:
    if settings.TEXTS_IN_MEMORY:
        return _keep_text
    if config := _text_settings():
        return partial(_gateways[0], settings=config)
    if _speaks_to_terminal():
        return _print_text
    raise NoSender


def _keep_text(*, phone: str, text: str) -> None:
    text_outbox.append(SentText(phone, text))


def _print_text(*, phone: str, text: str) -> None:
    sys.stdout.write(f"SMS {phone}: {text}\n")
    sys.stdout.flush()


@cache
def waiting_threads() -> ThreadPoolExecutor:
    """The few threads of this process that wait for providers."""
    return ThreadPoolExecutor(settings.SENDING_THREADS, thread_name_prefix="sending")


_room = BoundedSemaphore(WAITING_MESSAGES)


def hand_over(send: Callable[[], object]) -> None:
    """Have it sent by a thread; raises SendingFailed while too many wait already."""
    if not settings.SENDING_THREADS:
        _send_quietly(send)
        return
    if not _room.acquire(blocking=False):
        raise SendingFailed(reason="queue")
    waiting_threads().submit(_send_quietly, send).add_done_callback(lambda _done: _room.release())


def _send_quietly(send: Callable[[], object]) -> None:
    """Nobody waits for this any more: whoever got no code asks for another."""
    try:
        send()
    except SendingFailed as failure:
        logger.error("not sent: %s", failure.details.get("reason", failure.code))


def try_letter_sender(*, mail_url: str, mail_from: str, to: str, subject: str, text: str) -> None:
    """Send one letter by settings not stored yet. Raises BadSender, SendingFailed."""
    _post(letter_connection(mail_url), mail_from, to=to, subject=subject, text=text)


def try_text_sender(*, gateway: str, phone: str, text: str) -> None:
    """Send one message by a gateway (JSON) not stored yet. Raises BadSender, SendingFailed."""
    _gateways[0](settings=gateway, phone=phone, text=text)


def letter_connection(mail_url: str) -> BaseEmailBackend:
    """A connection of `smtp+tls://name:password@host:587`. Raises BadSender; opens nothing yet."""
    scheme, separator, _rest = mail_url.partition("://")
    if not separator or scheme not in SCHEMES:
        raise BadSender(hint=_("Viết dạng smtp+tls://tên:mật-khẩu@máy-chủ:587."))
    try:
        config: dict[str, Any] = environ.Env.email_url_config(mail_url)
    except ValueError as error:
        raise BadSender from error
    if not config["EMAIL_HOST"]:
        raise BadSender
    return get_connection(
        config["EMAIL_BACKEND"],
        host=config["EMAIL_HOST"],
        port=config["EMAIL_PORT"] or 25,
        username=config["EMAIL_HOST_USER"] or "",
        password=config["EMAIL_HOST_PASSWORD"] or "",
        use_tls=config.get("EMAIL_USE_TLS", False),
        use_ssl=config.get("EMAIL_USE_SSL", False),
        timeout=LETTER_SECONDS,
    )


def _post(connection: BaseEmailBackend, sender: str, *, to: str, subject: str, text: str) -> None:
    letter = EmailMessage(subject, text, sender or None, [to], connection=connection)
    try:
        letter.send()
    except OSError as error:  # every failure of SMTP, TLS and the network is one
        # The answer of a mail server often quotes the address: it goes neither to page nor log.
        raise SendingFailed(reason=type(error).__name__) from None


def _letters_configured() -> bool:
    return settings.EMAIL_DECLARED or bool(_stored().mail_url)


def _text_settings() -> str:
    return settings.SMS_GATEWAY or open_text(_stored().text_sender)


def _stored() -> Installation:
    return read_installation()


def _speaks_to_terminal() -> bool:
    return settings.DEBUG or settings.DEMO
