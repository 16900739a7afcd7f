"""Approving items: another person reads each proposal and approves it or sends it back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import User
from accounts.text import nfc
from quiz.domain.item_comments import write_comment
from quiz.domain.validity_decisions import doubts_among, keep_item
from quiz.enums import ItemState
from quiz.errors import BasisEnded, DocumentsUnchecked, VersionDecided
from quiz.models import ItemVersion
from quiz.permissions import may_approve_version

LONGEST_REASON = 400


class Approvals(NamedTuple):
    """What became of proposals approved together.

    `unchecked` cite a document that is over or waits for a check of its validity; `decided` were
    no proposals any more when their turn came.
    """

    approved: int
    unchecked: list[ItemVersion]
    decided: list[ItemVersion]


def _decide(version: ItemVersion, user: User, state: str, **fields: Any) -> None:
    """Move a proposal to its decision. Two reviewers race for it, and one of them gets it."""
    proposed = ItemVersion.objects.filter(pk=version.pk, state=ItemState.PROPOSED)
    if not proposed.update(state=state, **fields):
        raise VersionDecided
    version.refresh_from_db()
    record_act(
        actor=user,
        act=f"item_{state}",
        subject=version,
        unit_id=version.item.bank.unit_id,
    )


@transaction.atomic
def approve_version(
    *, version: ItemVersion, user: User, now: datetime, right_because: str = ""
) -> None:
    """Approve a proposal; `right_because` says why although its basis is out of force.

    Raises NotAllowed for its author, DocumentsUnchecked, BasisEnded, VersionDecided, Faults.
    """
    if not may_approve_version(user, version):
        raise NotAllowed(
            _("Bạn không được duyệt câu hỏi này."),
            _("Câu hỏi phải do người khác người soạn, có vai trò duyệt, phê duyệt."),
        )
    waiting = version.citations.filter(document__needs_check=True)
    if numbers := sorted(waiting.values_list("document__number", flat=True)):
        raise DocumentsUnchecked(
            _("Chưa duyệt được: %(documents)s đang chờ kiểm hiệu lực.")
            % {"documents": ", ".join(numbers)},
            documents=numbers,
        )
    if doubts := doubts_among([version], on=timezone.localdate(now)):
        if not right_because.strip():
            numbers = sorted({each.document.number for each in doubts[0].citations})
            raise BasisEnded(
                _("Chưa duyệt được: căn cứ ở %(documents)s đã hết hiệu lực.")
                % {"documents": ", ".join(numbers)},
                documents=numbers,
            )
        keep_item(version=version, reason=right_because, user=user)
    _decide(version, user, ItemState.APPROVED, approved_by=user, approved_at=now)


@transaction.atomic
def return_version(*, version: ItemVersion, user: User, reason: str) -> None:
    """Send a proposal back to its author; the reason joins the thread.

    Raises NotAllowed, Faults, VersionDecided.
    """
    if not may_approve_version(user, version):
        raise NotAllowed
    reason = nfc(reason)
    if not reason:
        raise Faults([_reason_fault("no_reason", _("Chưa có lý do."), _("Ghi lý do trả lại."))])
    if len(reason) > LONGEST_REASON:
        message = _("Lý do dài quá %d ký tự.") % LONGEST_REASON
        raise Faults([_reason_fault("reason_too_long", message, _("Rút gọn lý do."))])
    _decide(version, user, ItemState.DRAFT, returned_because=reason)
    write_comment(version=version, text=reason, user=user)


def _reason_fault(code: str, message: str, hint: str) -> Fault:
    return Fault(_("Lý do"), code, message, hint)


@transaction.atomic
def approve_versions(*, versions: Iterable[ItemVersion], user: User, now: datetime) -> Approvals:
    """Approve those that can be approved; raises NotAllowed (and approves none) for one's own."""
    done = Approvals(0, [], [])
    for version in versions:
        try:
            approve_version(version=version, user=user, now=now)
        except (DocumentsUnchecked, BasisEnded):
            done.unchecked.append(version)
        except VersionDecided:
            done.decided.append(version)
        else:
            done = done._replace(approved=done.approved + 1)
    return done
