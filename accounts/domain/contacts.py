"""A person's own phone and e-mail: changed by whoever shows, by a code, that it is theirs."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.crypto import keyed_digest
from accounts.domain.audit import record_act
from accounts.domain.security_notices import send_security_notice
from accounts.domain.sending import (
    NoSender,
    may_send_letters,
    may_send_texts,
    send_letter_later,
    send_text_later,
)
from accounts.domain.sign_in_limits import CODE_TRIES, CONTACT_CODES
from accounts.errors import DomainError
from accounts.models import User
from accounts.models.user import phone_marks
from accounts.phones import read_phone

Kind = Literal["email", "phone"]
CODE_DIGITS = 6
CODE_LASTS = timedelta(minutes=10)


class BadContact(DomainError):
    code = "bad_contact"
    status = 422
    message = gettext_lazy("Số điện thoại hoặc địa chỉ thư chưa đúng.")
    hint = gettext_lazy("Kiểm tra lại rồi nhập lần nữa.")


class WrongContactCode(DomainError):
    """Wrong, too old, or the contact belongs to somebody else: told apart to nobody."""

    code = "wrong_contact_code"
    status = 422
    message = gettext_lazy("Mã chưa đúng hoặc đã hết hạn.")
    hint = gettext_lazy("Xem lại tin nhắn hoặc thư mới nhất, hoặc yêu cầu mã khác.")


@dataclass(frozen=True)
class PendingContact:
    """What the session keeps until the code comes back; the code only as a digest."""

    kind: Kind
    value: str
    code_digest: str
    asked_at: str

    def as_state(self) -> dict[str, Any]:
        return asdict(self)


def find_by_phone(phone: str) -> User | None:
    """The active person whose phone this is."""
    marks = phone_marks(phone)
    return User.objects.filter(phone_index__in=marks, is_active=True).first() if marks else None


def read_contact(*, kind: Kind, text: str) -> str:
    """In one spelling. Raises BadContact."""
    try:
        if kind == "phone":
            return read_phone(text)
        validate_email(text.strip())
    except (ValueError, ValidationError) as error:
        sentence = error.messages[0] if isinstance(error, ValidationError) else str(error)
        raise BadContact(sentence) from error
    return text.strip().lower()


def ask_contact_code(*, person: User, kind: Kind, text: str, now: datetime) -> PendingContact:
    """Send a code to a phone or address the person wants to use.

    One that belongs to somebody else is answered alike and gets nothing. Raises BadContact,
    SendingFailed, TooManyRequests.
    """
    value = read_contact(kind=kind, text=text)
    if not (may_send_texts() if kind == "phone" else may_send_letters()):
        raise NoSender
    CONTACT_CODES.take(str(person.pk))
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    if not _belongs_to_another(person, kind, value):
        _send_code(kind, value, code)
    return PendingContact(kind, value, _digest(person, kind, value, code), now.isoformat())


def _send_code(kind: Kind, value: str, code: str) -> None:
    said = {"code": code}
    if kind == "phone":
        text = _("MinhThi: mã xác nhận số điện thoại %(code)s, dùng trong 10 phút.") % said
        send_text_later(phone=value, text=text)
    else:
        text = _("Mã xác nhận địa chỉ thư của bạn: %(code)s. Mã dùng trong 10 phút.") % said
        send_letter_later(to=value, subject=_("MinhThi: mã xác nhận %(code)s") % said, text=text)


def _belongs_to_another(person: User, kind: Kind, value: str) -> bool:
    others = User.objects.exclude(pk=person.pk)
    if kind == "phone":
        return others.filter(phone_index__in=phone_marks(value)).exists()
    return others.filter(email__iexact=value).exists()


def _digest(person: User, kind: Kind, value: str, code: str) -> str:
    return keyed_digest("contact-code", f"{person.pk}\0{kind}\0{value}\0{code}".encode()).hex()


def confirm_contact(*, person: User, pending: PendingContact, code: str, now: datetime) -> None:
    """Store the contact as the person's own. Raises WrongContactCode, TooManyRequests.

    Call it outside a transaction: a try is counted even if all else is undone.
    """
    CODE_TRIES.take(pending.code_digest)
    given = _digest(person, pending.kind, pending.value, "".join(code.split()))
    fresh = now - datetime.fromisoformat(pending.asked_at) <= CODE_LASTS
    if not fresh or not constant_time_compare(given, pending.code_digest):
        raise WrongContactCode
    old_address = person.email
    try:
        with transaction.atomic():
            _store(person, pending)
            _note(person, pending.kind)
    except IntegrityError as error:  # somebody else confirmed the same one a moment ago
        raise WrongContactCode from error
    send_security_notice(person=person, event=f"{pending.kind}_changed", to=old_address)


def _store(person: User, pending: PendingContact) -> None:
    if pending.kind == "phone":
        person.put_phone(pending.value, verified=True)
        person.save(update_fields=["phone", "phone_index", "phone_verified"])
    else:
        person.email, person.email_verified = pending.value, True
        person.save(update_fields=["email", "email_verified"])


def _note(person: User, kind: Kind) -> None:
    if kind == "phone":
        record_act(actor=person, act="change_phone", subject=person, unit_id=person.unit_id)
    else:
        record_act(actor=person, act="change_email", subject=person, unit_id=person.unit_id)


def remove_phone(*, person: User) -> None:
    """From now on no code goes there."""
    with transaction.atomic():
        person.put_phone("", verified=False)
        person.save(update_fields=["phone", "phone_index", "phone_verified"])
        _note(person, "phone")
    send_security_notice(person=person, event="phone_changed")


def mark_contact_verified(*, person: User, email: str = "", phone: str = "") -> None:
    """A code sent to what is stored has come back; what has changed since stays as it is."""
    stored = User.objects.filter(pk=person.pk)
    if email:
        stored.filter(email__iexact=email).update(email_verified=True)
    if phone:
        stored.filter(phone_index__in=phone_marks(phone)).update(phone_verified=True)
