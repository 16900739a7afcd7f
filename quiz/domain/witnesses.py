"""Witnesses: who gets each head of a contest by mail, so that no head can be exchanged later."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.dates import show_moment
from accounts.domain.audit import record_act
from accounts.domain.sending import SendingFailed, may_send_letters, send_letter
from accounts.errors import Fault, Faults
from accounts.models import User
from quiz.domain.heads import SHOWN_AFTER
from quiz.models import Contest, Head, Witness
from quiz.permissions import require_may_run

log = logging.getLogger(__name__)
MOST = 20


def _refuse(code: str, message: str, hint: str) -> Faults:
    return Faults([Fault(_("Người chứng kiến"), code, message, hint)])


@transaction.atomic
def add_witness(*, contest: Contest, email: str, user: User) -> Witness:
    """From now on this address gets every new head. Raises NotAllowed, Faults."""
    require_may_run(user, contest)
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise _refuse(
            "bad_address", _("Địa chỉ thư chưa đúng."), _("Ghi dạng ten@coquan.gov.vn.")
        ) from None
    if contest.witnesses.count() >= MOST:
        raise _refuse(
            "too_many", _("Đã đủ %(most)s địa chỉ.") % {"most": MOST}, _("Bỏ bớt một địa chỉ.")
        )
    newest = _shown(contest, None).order_by("-pk").values_list("pk", flat=True).first()
    made, new = Witness.objects.get_or_create(
        contest=contest, email=address, defaults={"told": newest or 0}
    )
    if new:
        record_act(actor=user, act="add_witness", subject=contest, unit_id=contest.unit_id)
    return made


@transaction.atomic
def remove_witness(*, witness: Witness, user: User) -> None:
    """Raises NotAllowed."""
    contest = witness.contest
    require_may_run(user, contest)
    record_act(actor=user, act="remove_witness", subject=contest, unit_id=contest.unit_id)
    witness.delete()


def _shown(contest: Contest, now: datetime | None) -> QuerySet[Head]:
    heads = Head.objects.filter(round__contest=contest)
    return heads if now is None else heads.filter(at__lte=now - SHOWN_AFTER)


def mail_heads(*, now: datetime) -> int:
    """Send each witness the heads they don't have yet; how many letters went out.

    A letter is written down before it is sent, so a worker killed in between sends none twice; the
    next letter's head is chained to the one that was missed. What could not be sent is tried again.
    """
    if not may_send_letters():
        return 0
    waiting = Witness.objects.filter(contest__rounds__heads__at__lte=now - SHOWN_AFTER)
    sent = 0
    for witness in waiting.select_related("contest").distinct():
        heads = _shown(witness.contest, now).filter(pk__gt=witness.told)
        new = list(heads.select_related("round").order_by("pk"))
        if new:
            sent += _send(witness, new, now)
    return sent


def _send(witness: Witness, heads: Sequence[Head], now: datetime) -> bool:
    mine = Witness.objects.filter(pk=witness.pk, told=witness.told)
    if not mine.update(told=heads[-1].pk, failed_at=None):
        return False  # another worker took it
    with translation.override("vi"):
        subject, text = _letter(witness.contest, heads)
    try:
        send_letter(to=witness.email, subject=subject, text=text)
    except SendingFailed:
        log.warning("a head did not reach a witness")
        Witness.objects.filter(pk=witness.pk).update(told=witness.told, failed_at=now)
        return False
    return True


def _letter(contest: Contest, heads: Sequence[Head]) -> tuple[str, str]:
    lines = [
        _("%(round)s, mốc số %(number)s, tính đến %(moment)s:")
        % {"round": head.round.name, "number": head.number, "moment": show_moment(head.at)}
        + f"\n{head.digest}"
        for head in heads
    ]
    asked = _(
        "Xin giữ thư này. Mỗi mã dưới đây cố định toàn bộ bài thi đã nộp đến lúc đó mà không cho "
        "biết có bao nhiêu bài. Sau khi công bố kết quả, mã được mở trong gói kiểm chứng; để đối "
        "chiếu, chạy: python3 verify.py GÓI.zip --head MÃ"
    )
    subject = _("Mốc bài thi: %(contest)s") % {"contest": contest.title}
    return subject, "\n\n".join([contest.title, asked, *lines])
