"""Training taken elsewhere: entered with its paper, approved by another person."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain.audit import record_act
from accounts.errors import NotAllowed
from accounts.models import User
from accounts.pictures import JPEG, PNG, NoPictureError, read_picture
from accounts.text import nfc
from training.domain.credit_errors import (
    CreditDecided,
    CreditInFuture,
    CreditKnown,
    OwnCredit,
    RefusalNeeded,
    ScanUnreadable,
)
from training.enums import CreditState
from training.models import Credit, CreditScan
from training.permissions import may_decide_credit, people_kept

LARGEST_SCAN = 3 * 1024**2
PDF = "application/pdf"


@dataclass(frozen=True)
class Paper:
    """What a paper from elsewhere says."""

    title: str
    issuer: str
    number: str
    taken_on: date
    minutes: int


def read_scan(content: bytes) -> tuple[str, bytes]:
    """The kind by its bytes, and what is stored: pictures without their metadata.

    Raises ScanUnreadable.
    """
    if len(content) > LARGEST_SCAN:
        raise ScanUnreadable
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return PDF, content
    try:
        picture = read_picture(content)
    except NoPictureError:
        raise ScanUnreadable from None
    if picture.mime not in {PNG, JPEG}:
        raise ScanUnreadable
    return picture.mime, picture.content


@transaction.atomic
def enter_credit(*, person: User, paper: Paper, scan: bytes, user: User, now: datetime) -> Credit:
    """One's own paper, or that of somebody one keeps credits for; it counts once approved.

    `scan` may be empty. Raises NotAllowed, CreditInFuture, CreditKnown, ScanUnreadable.
    """
    if user.pk != person.pk and not people_kept(user).filter(pk=person.pk).exists():
        raise NotAllowed
    if paper.taken_on > timezone.localdate(now):
        raise CreditInFuture
    kept = read_scan(scan) if scan else None
    credit = Credit(
        person=person,
        title=nfc(paper.title).strip(),
        issuer=nfc(paper.issuer).strip(),
        number=nfc(paper.number).strip(),
        taken_on=paper.taken_on,
        minutes=paper.minutes,
        entered_by=user,
        entered_at=now,
    )
    try:
        with transaction.atomic():
            credit.save(force_insert=True)
    except IntegrityError:
        raise CreditKnown from None
    if kept:
        CreditScan.objects.create(credit=credit, mime=kept[0], content=kept[1])
    record_act(actor=user, act="enter_credit", subject=credit, unit_id=person.unit_id)
    return credit


def approve_credit(*, credit: Credit, user: User, now: datetime) -> None:
    """From now on it counts. Raises OwnCredit, NotAllowed, CreditDecided."""
    _decide(credit, CreditState.APPROVED, "", user, now)


def refuse_credit(*, credit: Credit, reason: str, user: User, now: datetime) -> None:
    """It does not count; the paper may be entered anew. Raises also RefusalNeeded."""
    told = nfc(reason).strip()
    if not told:
        raise RefusalNeeded
    _decide(credit, CreditState.REFUSED, told[:400], user, now)


@transaction.atomic
def _decide(credit: Credit, state: CreditState, refusal: str, user: User, now: datetime) -> None:
    if user.pk in {credit.person_id, credit.entered_by_id}:
        raise OwnCredit
    if not may_decide_credit(user, credit):
        raise NotAllowed
    # Of two who decide at once the first is right.
    waiting = Credit.objects.waiting().filter(pk=credit.pk)
    if not waiting.update(state=state, refusal=refusal, decided_by=user, decided_at=now):
        raise CreditDecided
    act = "approve_credit" if state == CreditState.APPROVED else "refuse_credit"
    record_act(actor=user, act=act, subject=credit, unit_id=credit.person.unit_id)


@transaction.atomic
def withdraw_credit(*, credit: Credit, user: User) -> None:
    """By who entered it or whose it is, while it waits. Raises NotAllowed, CreditDecided."""
    if user.pk not in {credit.person_id, credit.entered_by_id}:
        raise NotAllowed
    held = Credit.objects.waiting().select_for_update().filter(pk=credit.pk).first()
    if held is None:
        raise CreditDecided
    record_act(actor=user, act="withdraw_credit", subject=held, unit_id=held.person.unit_id)
    held.delete()
