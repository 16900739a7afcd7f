"""Looking at personal data whole, or taking it out: never without a reason in the diary.

The right to do so is asked where the thing lies (`permissions.py` here and above). Here is the
reason: its code and a salted digest of its words go into the chained entry, the words beside it.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accounts.domain.audit import record_act
from accounts.enums import RevealReason
from accounts.errors import DomainError
from accounts.models import ActReason, AuditEntry, User
from accounts.text import nfc

SALT_BYTES = 16
MOST_LETTERS = 300


class NoReason(DomainError):
    code = "no_reason"
    status = 422
    message = _("Chưa nêu lý do xem hoặc xuất dữ liệu cá nhân.")
    hint = _("Chọn một lý do; nếu chọn “Lý do khác”, ghi rõ lý do.")


@dataclass(frozen=True)
class Reason:
    """One of `RevealReason`, and a few words of one's own."""

    code: str
    text: str = ""


def read_reason(*, code: str, text: str = "") -> Reason:
    """The reason as given on a page or through the API. Raises NoReason."""
    words = nfc(text)[:MOST_LETTERS]
    if code not in RevealReason.values or (code == RevealReason.OTHER and not words):
        raise NoReason
    return Reason(code, words)


def reason_choices() -> list[tuple[str, str]]:
    """For a list to choose from; nothing is chosen beforehand."""
    choices = [(code, str(label)) for code, label in RevealReason.choices]
    return [("", str(_("Chọn lý do"))), *choices]


def reason_digest(reason: Reason, salt: bytes) -> str:
    """What the chained entry holds of the words."""
    return hashlib.sha256(salt + f"{reason.code}\0{reason.text}".encode()).hexdigest()


@transaction.atomic
def record_reveal(
    *,
    actor: User,
    act: str,
    subject: Model,
    reason: Reason,
    unit_id: int | None = None,
    **details: Any,
) -> AuditEntry:
    """A line of the diary that says why; `details` as for `record_act`."""
    salt = os.urandom(SALT_BYTES)
    entry = record_act(
        actor=actor,
        act=act,
        subject=subject,
        unit_id=unit_id,
        reason=reason.code,
        reason_digest=reason_digest(reason, salt),
        **details,
    )
    ActReason.objects.create(entry=entry, code=reason.code, text=reason.text, salt=salt)
    return entry


def reasons_of(*, entries: Iterable[AuditEntry]) -> dict[int, ActReason]:
    """{entry id: reason as written}, of those whose words are still kept."""
    return ActReason.objects.in_bulk([entry.pk for entry in entries])


def reason_holds(*, reason: ActReason) -> bool:
    """Whether the words are those the chained entry was written with."""
    told = Reason(reason.code, reason.text)
    return reason_digest(told, bytes(reason.salt)) == reason.entry.details.get("reason_digest")
