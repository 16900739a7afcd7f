"""A second person decides from a phone: a personal link, and a one-time code told apart from it.

The link goes by message and the code by another way (voice, paper), so that whoever reads the
message alone can decide nothing.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from accounts.crypto import keyed_digest, keyed_digests, random_code
from accounts.domain.audit import record_act
from accounts.errors import DomainError
from accounts.models import Approval, User

TTL = timedelta(days=3)
WRONG_CODES = 5
CODE_DIGITS = 6
TOKEN_BYTES = 24
LINK, CODE = "approval-link", "approval-code"


class ApprovalClosed(DomainError):
    """Unknown, decided, replaced, too old or tried too often."""

    code = "approval_closed"
    status = 410
    message = _("Liên kết phê duyệt này không còn dùng được.")
    hint = _("Đề nghị người trình gửi lại yêu cầu phê duyệt.")


class WrongCode(DomainError):
    code = "wrong_code"
    status = 422
    message = _("Mã xác nhận chưa đúng.")
    hint = _("Xem lại mã do người trình cung cấp. Nhập sai nhiều lần, liên kết sẽ bị khóa.")


class SubjectChanged(DomainError):
    """What would be approved is no longer what was shown when the approval was asked for."""

    code = "subject_changed"
    status = 409
    message = _("Nội dung đã thay đổi sau khi trình nên không phê duyệt được.")
    hint = _("Đề nghị người trình gửi lại bản mới.")


@dataclass(frozen=True)
class AskedApproval:
    """What is shown once to the person who asks: the link's path and the code."""

    approval: Approval
    link: str
    code: str


def ask_approval(
    *,
    kind: str,
    subject_id: int,
    subject_digest: str,
    approver: User,
    asked_by: User,
    now: datetime,
    url_name: str = "approve-release",
    ttl: timedelta = TTL,
) -> AskedApproval:
    """Ask `approver` to decide on what `subject_digest` names. Earlier requests are closed."""
    token = random_code(TOKEN_BYTES)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    with transaction.atomic():
        asked_before = Approval.objects.filter(
            kind=kind, subject_id=subject_id, decided_at=None, expires_at__gt=now
        )
        asked_before.update(expires_at=now)
        approval = Approval.objects.create(
            kind=kind,
            subject_id=subject_id,
            subject_digest=subject_digest,
            approver=approver,
            asked_by=asked_by,
            link_digest=keyed_digest(LINK, token.encode()),
            code_digest=_code_digest(token, code),
            expires_at=now + ttl,
        )
        record_act(
            actor=asked_by, act="ask_approval", subject=approval, kind=kind, digest=subject_digest
        )
    return AskedApproval(approval, reverse(url_name, args=[token]), code)


def _code_words(token: str, code: str) -> bytes:
    """Bound to its link: six digits alone are few enough to try all."""
    return f"{token}\0{code}".encode()


def _code_digest(token: str, code: str) -> bytes:
    return keyed_digest(CODE, _code_words(token, code))


def open_approval(*, token: str, now: datetime) -> Approval:
    """The request behind a link, as long as it can be decided. Raises ApprovalClosed."""
    approval = (
        Approval.objects.select_related("approver", "asked_by")
        .filter(
            link_digest__in=keyed_digests(LINK, token.encode()),
            decided_at=None,
            expires_at__gt=now,
            wrong_codes__lt=WRONG_CODES,
            approver__is_active=True,
        )
        .first()
    )
    if approval is None:
        raise ApprovalClosed
    Approval.objects.filter(pk=approval.pk, opened_at=None).update(opened_at=now)
    return approval


def decide_approval(
    *,
    token: str,
    code: str,
    approved: bool,
    subject_digest: str,
    now: datetime,
    effect: Callable[[Approval], None] | None = None,
) -> Approval:
    """Record the decision, once, of whoever holds link and code, together with what follows.

    `subject_digest` is that of the subject as it stands now; `effect` runs in the transaction of
    the decision. Call it outside a transaction: a try is counted even if all else is undone.
    Raises ApprovalClosed, WrongCode, SubjectChanged, and what `effect` raises.
    """
    approval = open_approval(token=token, now=now)
    _check_code(approval, token, code)
    if approval.subject_digest != subject_digest:
        raise SubjectChanged
    with transaction.atomic():
        # Two taps race for this UPDATE; one of them decides.
        decided = Approval.objects.filter(pk=approval.pk, decided_at=None).update(
            decided_at=now, approved=approved
        )
        if not decided:
            raise ApprovalClosed
        approval.decided_at, approval.approved = now, approved
        record_act(
            actor=approval.approver,
            act="decide_approval",
            subject=approval,
            kind=approval.kind,
            approved=approved,
            digest=subject_digest,
        )
        if effect is not None:
            effect(approval)
    return approval


def _check_code(approval: Approval, token: str, code: str) -> None:
    """Each try is counted before it is looked at, so that many at once are not many tries."""
    tries = Approval.objects.filter(pk=approval.pk, wrong_codes__lt=WRONG_CODES)
    if not tries.update(wrong_codes=F("wrong_codes") + 1):
        raise ApprovalClosed
    given = keyed_digests(CODE, _code_words(token, "".join(code.split())))
    held = bytes(approval.code_digest)
    if not any(constant_time_compare(digest, held) for digest in given):
        raise WrongCode
    Approval.objects.filter(pk=approval.pk).update(wrong_codes=F("wrong_codes") - 1)
