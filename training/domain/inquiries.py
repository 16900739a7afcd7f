"""What a citizen asks, without an account: sending, looking how far it is, taking it back."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.crypto import seal_text
from accounts.domain.audit import record_act
from accounts.domain.short_numbers import random_number
from accounts.domain.throttling import take_turn
from accounts.models import Membership, OrgUnit
from quiz.domain.appeals import tidy_lines
from quiz.domain.form_codes import FormCodes
from quiz.domain.registration_input import FieldFaults, refuse_fields
from quiz.engine.codes import BadCode
from training.domain.inquiry_errors import NobodyReceives, UnknownInquiry
from training.enums import InquiryState
from training.models import Inquiry
from training.permissions import RUN_TRAINING

LONGEST, LONGEST_CONTACT = 2000, 120
# Turns and seconds: of one address (a one-stop hall is one), of the installation, of code tries.
BY_ADDRESS, BY_ALL = (20, 600), (600, 3600)
CODES_BY_ADDRESS = (30, 600)
_CODES = FormCodes("inquiry-code")


@dataclass(frozen=True)
class InquiryInput:
    """What the form sends."""

    request_key: str
    text: str
    contact: str = ""


@dataclass(frozen=True)
class Sent:
    """`code` opens the inquiry for the asker; it is shown once and never stored."""

    inquiry: Inquiry
    code: str


def send_inquiry(*, given: InquiryInput, address: str, now: datetime) -> Sent:
    """Store a question. A form that is sent again leads to the same one.

    Raises InputRefused, TooManyRequests, NobodyReceives.
    """
    request_key, text = _check_shape(given)
    code = _CODES.of_form(request_key)[0]
    if found := Inquiry.objects.filter(request_key=request_key).first():
        return Sent(found, code)
    for purpose, key, (limit, seconds) in (
        ("inquiry-address", address, BY_ADDRESS),
        ("inquiry-all", "", BY_ALL),
    ):
        take_turn(purpose=purpose, key=key, limit=limit, seconds=seconds)
    contact = tidy_lines(given.contact)[:LONGEST_CONTACT]
    values: dict[str, Any] = {
        "number": random_number("HD"),
        "code_digest": _CODES.digest(code),
        "text": text,
        "contact": seal_text(contact) if contact else b"",
        "asked_at": now,
        "unit": receiving_unit(),
    }
    with transaction.atomic():
        # Of a double click the second finds the row of the first.
        inquiry, made = Inquiry.objects.get_or_create(request_key=request_key, defaults=values)
        if made:
            record_act(actor=None, act="send_inquiry", subject=inquiry, unit_id=inquiry.unit_id)
    return Sent(inquiry, code)


def _check_shape(given: InquiryInput) -> tuple[uuid.UUID, str]:
    """(request key, text). Raises InputRefused that names every field."""
    faults: FieldFaults = {}
    text = tidy_lines(given.text)
    if not text:
        faults["text"] = ("missing", _("Viết điều bạn muốn hỏi."))
    elif len(text) > LONGEST:
        faults["text"] = ("too_long", _("Viết ngắn lại, tối đa 2000 ký tự."))
    try:
        request_key = uuid.UUID(given.request_key)
    except ValueError:
        faults["request_key"] = ("malformed", _("Tải lại trang rồi gửi lại."))
        request_key = uuid.UUID(int=0)
    if faults:
        raise refuse_fields(faults)
    return request_key, text


def receiving_unit() -> OrgUnit:
    """Who gets what is not yet given to a unit: the topmost unit at which somebody runs the
    library. Raises NobodyReceives.
    """
    held = Membership.objects.filter(role__in=RUN_TRAINING).values("unit_id")
    units = list(OrgUnit.objects.filter(pk__in=held).order_by("pk"))
    if not units:
        raise NobodyReceives
    return min(units, key=_depth)


def _depth(unit: OrgUnit) -> int:
    depth, above = 0, unit.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    return depth


def find_inquiry(*, code: str) -> Inquiry:
    """The one that a code opens, as its asker typed it. Raises UnknownInquiry."""
    try:
        digests = _CODES.digests_of_typed(code)
    except BadCode:
        raise UnknownInquiry from None
    found = Inquiry.objects.select_related("unit").filter(code_digest__in=digests).first()
    if found is None:
        raise UnknownInquiry
    return found


@transaction.atomic
def take_back_inquiry(*, inquiry: Inquiry) -> None:
    """The asker has their words and contact erased; what was published, naming nobody, stays."""
    record_act(actor=None, act="take_back_inquiry", subject=inquiry, unit_id=inquiry.unit_id)
    held = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if held.state == InquiryState.PUBLISHED:
        forget_askers([held.pk])
    else:
        held.delete()


def forget_askers(ids: list[int]) -> None:
    """Nothing is left of what these askers wrote, nor of a way to them; what is public stays."""
    for inquiry in Inquiry.objects.filter(pk__in=ids):
        inquiry.text, inquiry.contact = "", b""
        inquiry.code_digest, inquiry.request_key = secrets.token_bytes(32), uuid.uuid4()
        inquiry.save(update_fields=["text", "contact", "code_digest", "request_key"])
