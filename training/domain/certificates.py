"""Certificates of completed courses: issued, checked, revoked.

A certificate is issued in the transaction in which its course became complete, or afterwards for
all who had completed it. It holds until its day of expiry and unless it is revoked.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.crypto import open_text, seal_text
from accounts.dates import add_months
from accounts.domain.audit import record_act
from accounts.domain.installation import read_installation
from accounts.errors import DomainError
from accounts.models import OrgUnit, User
from accounts.text import fold, nfc
from training.domain.certificate_codes import (
    CodeUnreadableError,
    Told,
    is_signed,
    read_code,
    write_code,
)
from training.enums import CertificateState
from training.models import Certificate, CertificateKey, Course, Enrolment
from training.permissions import require_may_run_course

CODE_BYTES = 10
SHORTEST_REASON = 5


class ReasonMissing(DomainError):
    code = "revoke_reason_missing"
    status = 400
    message = _("Chưa ghi lý do thu hồi.")
    hint = _("Viết ít nhất vài chữ để người được cấp và người kiểm tra hiểu.")


class CertificateUnreadable(DomainError):
    code = "certificate_unreadable"
    status = 400
    message = _("Nội dung này không phải mã của giấy xác nhận.")
    hint = _("Quét lại mã QR trên giấy, hoặc gõ mã kiểm tra in dưới mã QR.")


@dataclass(frozen=True)
class Checked:
    """What whoever checks a paper is told. `signed`: by a published key; None if only the short
    code was given. `state` None: signed by us, but no longer known here. `told` is the paper's own.
    """

    told: Told
    signed: bool | None
    certificate: Certificate | None
    state: CertificateState | None


def issue_certificate(*, enrolment: Enrolment, now: datetime) -> Certificate | None:
    """The certificate of a completed enrolment, issued once; None if its course gives none."""
    course = enrolment.course
    if not course.gives_certificate or enrolment.completed_at is None:
        return None
    held = Certificate.objects.filter(enrolment=enrolment).first()
    return held or _issue(enrolment, now)


def issue_on_completion(enrolment: Enrolment, now: datetime) -> None:
    """Called in the transaction in which a course became complete."""
    issue_certificate(enrolment=enrolment, now=now)


@transaction.atomic
def issue_missing(*, course: Course, user: User, now: datetime) -> list[Certificate]:
    """A certificate for everyone who has completed the course, in the order of completion; those
    issued before stay. Raises NotAllowed.
    """
    require_may_run_course(user, course)
    done = Enrolment.objects.standing().filter(course=course, completed_at__isnull=False)
    done = done.select_related("person", "unit", "course__unit").order_by("completed_at", "pk")
    held = {each.enrolment_id: each for each in Certificate.objects.filter(enrolment__in=done)}
    new = 0
    issued: list[Certificate] = []
    for enrolment in done if course.gives_certificate else ():
        if enrolment.pk not in held:
            new += 1
        issued.append(held.get(enrolment.pk) or _issue(enrolment, now))
    record_act(
        actor=user,
        act="issue_certificates",
        subject=course,
        unit_id=course.unit_id,
        count=len(issued),
        new=new,
    )
    return issued


@transaction.atomic
def _issue(enrolment: Enrolment, now: datetime) -> Certificate:
    course, unit = enrolment.course, enrolment.course.unit
    # Two who complete at one moment would get one number.
    OrgUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    held = Certificate.objects.filter(enrolment=enrolment).first()
    if held is not None:
        return held
    completed = timezone.localdate(enrolment.completed_at)
    year = timezone.localdate(now).year
    last = Certificate.objects.filter(unit=unit, year=year).aggregate(last=Max("number"))["last"]
    certificate = Certificate(
        enrolment=enrolment,
        unit=unit,
        key=_signing_key(now),
        year=year,
        number=(last or 0) + 1,
        code=secrets.token_hex(CODE_BYTES),
        holder_name=enrolment.person.full_name,
        holder_unit=enrolment.unit.name,
        course_title=course.title,
        body_name=read_installation().body_name or unit.name,
        completed_on=completed,
        issued_at=now,
        expires_on=add_months(completed, course.renew_months) if course.renew_months else None,
    )
    words = (certificate.holder_name, certificate.holder_unit, course.title)
    certificate.search_text = fold(" ".join((*words, certificate.full_number)))
    certificate.save()
    return certificate


def _signing_key(now: datetime) -> CertificateKey:
    """The newest key; the first is made when the first certificate is issued."""
    held = CertificateKey.objects.first()
    if held is not None:
        return held
    key = Ed25519PrivateKey.generate()
    return CertificateKey.objects.create(
        public_key=key.public_key().public_bytes_raw().hex(),
        private_key=seal_text(key.private_bytes_raw().hex()),
        made_at=now,
    )


@transaction.atomic
def revoke_certificate(
    *, certificate: Certificate, reason: str, user: User, now: datetime
) -> Certificate:
    """Say that a certificate no longer holds; again: nothing. Raises NotAllowed, ReasonMissing."""
    require_may_run_course(user, certificate.enrolment.course)
    reason = nfc(reason).strip()
    if len(reason) < SHORTEST_REASON:
        raise ReasonMissing
    held = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if held.revoked_at is None:
        held.revoked_at, held.revoked_by, held.revoke_reason = now, user, reason[:400]
        held.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
        record_act(actor=user, act="revoke_certificate", subject=held, unit_id=held.unit_id)
    return held


def state_of(certificate: Certificate, day: date) -> CertificateState:
    """Whether a certificate holds on a day."""
    if certificate.revoked_at is not None:
        return CertificateState.REVOKED
    if certificate.expires_on is not None and certificate.expires_on <= day:
        return CertificateState.EXPIRED
    return CertificateState.VALID


def told_by(certificate: Certificate) -> Told:
    """What its paper says."""
    return Told(
        number=certificate.full_number,
        holder=certificate.holder_name,
        unit=certificate.holder_unit,
        course=certificate.course_title,
        body=certificate.body_name,
        completed=certificate.completed_on.isoformat(),
        expires=certificate.expires_on.isoformat() if certificate.expires_on else "",
        code=certificate.code,
    )


def signed_code(certificate: Certificate) -> str:
    """The line of its QR code; the same each time."""
    key = Ed25519PrivateKey.from_private_bytes(
        bytes.fromhex(open_text(certificate.key.private_key))
    )
    return write_code(told_by(certificate), key)


def published_keys() -> Sequence[str]:
    """All public keys, hexadecimal, the newest first."""
    return list(CertificateKey.objects.values_list("public_key", flat=True))


def find_certificate(*, code: str) -> Checked | None:
    """By the short code on paper; None if it was never issued, or its holder's data is erased."""
    tidy = code.strip().lower()
    held = Certificate.objects.select_related("unit").filter(code=tidy).first()
    if held is None or not held.holder_name:
        return None
    return Checked(told_by(held), None, held, state_of(held, timezone.localdate()))


def check_certificate(*, text: str) -> Checked | None:
    """By the QR code's whole text, or by the short code. Raises CertificateUnreadable for a text
    that begins like the first and is broken; None for an unknown short code.
    """
    if "MT1." not in text:
        return find_certificate(code=text)
    try:
        told, payload, signature = read_code(text)
    except CodeUnreadableError as error:
        raise CertificateUnreadable from error
    signed = any(
        is_signed(payload=payload, signature=signature, public_key=key) for key in published_keys()
    )
    known = find_certificate(code=told.code) if signed else None
    return Checked(
        told, signed, known.certificate if known else None, known.state if known else None
    )
