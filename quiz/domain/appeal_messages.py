"""Telling whoever appealed that an answer is there: by the phone or address they registered with.

The message holds no name and no answer, only the number of the appeal and where to read: numbers
are mistyped, and an answer speaks of somebody's entry. The page asks for the appeal's code.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from quiz.domain.return_messages import (
    Send,
    address_to_tell,
    message_to,
    nudge_sender,
    was_sent,
)
from quiz.models import Appeal

TASK = "quiz.tasks.tell_appellants"


def nudge_teller() -> None:
    nudge_sender(TASK)


def tell_appellants(*, now: datetime) -> int:
    """Send what waits, each message at most once; how many went out."""
    waiting = Appeal.objects.untold().order_by("pk").values_list("pk", flat=True)
    prepared = [_prepare(pk, now) for pk in waiting]
    return sum(was_sent(send) for send in prepared)


@transaction.atomic
def _prepare(pk: int, now: datetime) -> Send | None:
    rows = Appeal.objects.untold().select_for_update(skip_locked=True, of=("self",))
    appeal = rows.select_related("entrant", "contest").filter(pk=pk).first()
    if appeal is None or appeal.entrant is None:
        return None
    Appeal.objects.filter(pk=pk).update(told_at=now)
    text = _("Khiếu nại số %(number)s đã có trả lời. Xem bằng mã khiếu nại tại: %(address)s") % {
        "number": appeal.number,
        "address": address_to_tell("appeal-mine", appeal.contest),
    }
    return message_to(appeal.entrant, subject=_("Khiếu nại của bạn đã có trả lời"), text=text)
