"""Putting a round right after its close: what is to be changed, collected by one person.

Before the seal a correction amends keys (voiding is an act of its own then). After the release it
may also void or restore entries and withdraw prizes; approved by another person it becomes the
round's next release. Nothing of it has any effect before that.
"""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import User
from accounts.text import nfc
from quiz.engine.scoring import MAX_OPTIONS, Remedy, RemedyKind, ScoringError, compile_item
from quiz.enums import AwardKind, CorrectionState, KeyRemedy, RoundState
from quiz.errors import CorrectionFixed, CorrectionUndecided, RoundNotReady
from quiz.models import (
    Attempt,
    AttemptCorrection,
    Award,
    Correction,
    CorrectionChange,
    KeyAmendment,
    Pool,
    PrizeWithdrawal,
    Round,
)
from quiz.models.correction import UNDECIDED
from quiz.permissions import require_may_run

CORRECTABLE = (RoundState.CLOSED, RoundState.RELEASED)
WITH_KEY = (KeyRemedy.REPLACE, KeyRemedy.ACCEPT_BOTH)
Change = KeyAmendment | AttemptCorrection | PrizeWithdrawal


def undecided_correction(*, round: Round) -> Correction | None:
    """The one that is being made or decided, if any."""
    return round.corrections.filter(state__in=UNDECIDED).first()


@transaction.atomic
def open_correction(*, round: Round, reason: str, user: User, now: datetime) -> Correction:
    """Begin a correction; `reason` will be published, so it names nobody.

    Raises NotAllowed, RoundNotReady unless the round is closed or released, CorrectionUndecided
    while another one is open, Faults without a reason.
    """
    round = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    require_may_run(user, round.contest)
    if round.state not in CORRECTABLE:
        raise RoundNotReady
    if undecided_correction(round=round) is not None:
        raise CorrectionUndecided
    number = (round.corrections.aggregate(last=Max("number"))["last"] or 0) + 1
    correction = Correction.objects.create(
        round=round, number=number, reason=given_reason(reason), opened_by=user, opened_at=now
    )
    record(correction, user, "open_correction")
    return correction


@transaction.atomic
def amend_key(
    *,
    correction: Correction,
    pool: Pool,
    place: int,
    remedy: str,
    key: Collection[int] = (),
    reason: str,
    user: User,
) -> KeyAmendment:
    """Amend the key of the item at `place` of a pool; again, the earlier amendment goes.

    `key`: the options (ids of the pool) that are right instead, or too; none under “marks to all”
    and “drop”. Raises NotAllowed, CorrectionFixed, Faults.
    """
    lock_draft(correction, user)
    if pool.round_id != correction.round_id or not 0 <= place < len(pool.document["items"]):
        raise _refused("no_item", _("Câu này không có trong vòng thi."), _("Chọn lại câu."))
    old, new = pool.key.masks[place], sum(1 << option for option in set(key))
    _check_key(pool.document["items"][place], old, remedy, new)
    made, _created = KeyAmendment.objects.update_or_create(
        correction=correction,
        pool=pool,
        place=place,
        defaults={
            "remedy": remedy,
            "old_mask": old,
            "new_mask": new if remedy in WITH_KEY else 0,
            "reason": given_reason(reason),
        },
    )
    _changed(correction, user, "amend_key", remedy=remedy, place=place, pool=pool.pk)
    return made


def _check_key(item: dict, old: int, remedy: str, new: int) -> None:
    if remedy not in KeyRemedy.values:
        raise _refused("no_remedy", _("Chưa chọn cách xử lý."), _("Chọn một trong bốn cách."))
    if remedy not in WITH_KEY:
        return
    try:
        compile_item(
            kind=item["kind"],
            key_mask=old,
            option_count=min(len(item["options"]), MAX_OPTIONS),
            points=Decimal(1),
            marking="all_or_nothing",
            remedy=Remedy(RemedyKind(remedy), new),
        )
    except ScoringError as error:
        raise _refused(
            "bad_key",
            _("Đáp án mới chưa đúng với loại câu hỏi."),
            _("Chọn ít nhất một phương án; câu chọn một thì chọn đúng một."),
        ) from error
    if new == old and remedy == KeyRemedy.ACCEPT_BOTH:
        raise _refused(
            "same_key",
            _("Đáp án thứ hai trùng đáp án đã chốt."),
            _("Chọn phương án khác, hoặc cách xử lý khác."),
        )


@transaction.atomic
def correct_attempt(
    *,
    correction: Correction,
    attempt: Attempt,
    reason: str,
    user: User,
    restores: bool = False,
) -> AttemptCorrection:
    """Take an entry out of the released results, or (`restores`) a voided one back into them.

    `reason` stays inside the house. Raises NotAllowed, CorrectionFixed, Faults.
    """
    lock_draft(correction, user)
    _after_release(correction)
    if attempt.round_id != correction.round_id:
        raise _refused("no_attempt", _("Bài thi này không thuộc vòng thi."), _("Chọn lại bài thi."))
    if (attempt.voided_at is not None) != restores:
        raise _refused(
            "as_it_is",
            _("Bài thi đã ở trạng thái đó."),
            _("Tải lại trang để xem trạng thái bài thi."),
        )
    made, _created = AttemptCorrection.objects.update_or_create(
        correction=correction,
        attempt=attempt,
        defaults={"restores": restores, "reason": given_reason(reason)},
    )
    act = "correct_restore" if restores else "correct_void"
    _changed(correction, user, act, attempt=attempt.pk)
    return made


@transaction.atomic
def withdraw_prize(
    *, correction: Correction, award: Award, reason: str, user: User
) -> PrizeWithdrawal:
    """Take a released prize away; the reserve that moves up is part of what is proposed.

    Raises NotAllowed, CorrectionFixed, Faults.
    """
    lock_draft(correction, user)
    _after_release(correction)
    if award.round_id != correction.round_id or award.kind != AwardKind.PRIZE:
        raise _refused("no_prize", _("Giải này không thuộc vòng thi."), _("Chọn lại giải."))
    made, _created = PrizeWithdrawal.objects.update_or_create(
        correction=correction,
        entrant_id=award.entrant_id,
        group_id=award.group_id,
        defaults={
            "attempt_id": award.attempt_id,
            "tier_name": award.tier_name,
            "place": award.place,
            "reason": given_reason(reason),
        },
    )
    _changed(correction, user, "withdraw_prize", entrant=award.entrant_id)
    return made


@transaction.atomic
def take_back_change(*, change: Change, user: User) -> None:
    """Leave one change out again. Raises NotAllowed, CorrectionFixed."""
    lock_draft(change.correction, user)
    kind = change._meta.model_name  # noqa: SLF001 (Django's documented name for it)
    change.delete()
    _changed(change.correction, user, "take_back_change", kind=kind)


@transaction.atomic
def drop_correction(*, correction: Correction, user: User) -> None:
    """Give a draft up; the diary keeps what it was. Raises NotAllowed, CorrectionFixed."""
    require_may_run(user, correction.round.contest)
    lock_correction(correction, CorrectionState.DRAFT)
    forget_preview(correction)
    Correction.objects.filter(pk=correction.pk).update(state=CorrectionState.DROPPED)
    correction.refresh_from_db()
    record(correction, user, "drop_correction")


def forget_preview(correction: Correction) -> None:
    """What was computed is not what the changes do any more."""
    CorrectionChange.objects.filter(correction=correction).delete()
    Correction.objects.filter(pk=correction.pk).update(preview=None)


def has_changes(correction: Correction) -> bool:
    """Whether anything is to be changed."""
    held = (correction.amendments, correction.attempts, correction.withdrawals)
    return any(changes.exists() for changes in held)


def lock_draft(correction: Correction, user: User) -> None:
    """Lock a draft for its maker. Raises NotAllowed, CorrectionFixed."""
    require_may_run(user, correction.round.contest)
    if correction.opened_by_id != user.pk:
        raise NotAllowed
    lock_correction(correction, CorrectionState.DRAFT)


def lock_correction(correction: Correction, *states: str) -> None:
    """Lock its row in a transaction. Raises CorrectionFixed unless it is in one of `states`."""
    held = Correction.objects.select_for_update(no_key=True).get(pk=correction.pk)
    if held.state not in states:
        raise CorrectionFixed


def _after_release(correction: Correction) -> None:
    if correction.round.state != RoundState.RELEASED:
        raise RoundNotReady(
            _("Vòng thi chưa công bố kết quả."),
            _("Trước khi niêm phong, huỷ hoặc khôi phục bài ở trang người dự thi."),
        )


def _changed(correction: Correction, user: User, act: str, **details: object) -> None:
    forget_preview(correction)
    correction.refresh_from_db()
    record(correction, user, act, **details)


def record(correction: Correction, user: User | None, act: str, **details: object) -> None:
    """A line of the diary about a correction."""
    record_act(
        actor=user,
        act=act,
        subject=correction,
        unit_id=correction.round.contest.unit_id,
        **details,
    )


def given_reason(reason: str) -> str:
    """The tidied reason. Raises Faults without one."""
    tidy = nfc(reason).strip()[:400]
    if not tidy:
        raise _refused("no_reason", _("Chưa có lý do."), _("Ghi lý do vào ô này."))
    return tidy


def _refused(code: str, message: str, hint: str) -> Faults:
    return Faults([Fault(_("Đính chính"), code, message, hint)])
