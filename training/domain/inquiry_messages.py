"""Telling whoever asked and left a contact that there is an answer.

The message holds neither question nor answer, only the number and where to read: contacts are
mistyped. The page asks for the code.
"""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.crypto import open_text
from accounts.domain.installation import public_origin
from accounts.domain.sending import may_send_letters, may_send_texts, send_letter, send_text
from accounts.phones import read_phone
from quiz.domain.return_messages import Send, nudge_sender, was_sent
from training.models import Inquiry

TASK = "training.tasks.tell_askers"


def nudge_teller() -> None:
    nudge_sender(TASK)


def tell_askers(*, now: datetime) -> int:
    """Send what waits, each message at most once; how many went out."""
    waiting = Inquiry.objects.untold().order_by("pk").values_list("pk", flat=True)
    prepared = [_prepare(pk, now) for pk in waiting]
    return sum(was_sent(send) for send in prepared)


@transaction.atomic
def _prepare(pk: int, now: datetime) -> Send | None:
    inquiry = Inquiry.objects.untold().select_for_update(skip_locked=True).filter(pk=pk).first()
    if inquiry is None:
        return None
    Inquiry.objects.filter(pk=pk).update(told_at=now)
    address = public_origin() + reverse("inquiry-mine")
    text = _("Câu hỏi số %(number)s đã có trả lời. Xem bằng mã câu hỏi tại: %(address)s") % {
        "number": inquiry.number,
        "address": address,
    }
    return _message(open_text(inquiry.contact), text)


def _message(contact: str, text: str) -> Send | None:
    """A letter or a text, as the contact is one or the other; None where neither can be sent."""
    if "@" in contact:
        subject = _("Câu hỏi của bạn đã có trả lời")
        letter = partial(send_letter, to=contact, subject=subject, text=f"{text}\n")
        return letter if may_send_letters() else None
    try:
        phone = read_phone(contact)
    except ValueError:
        return None
    return partial(send_text, phone=phone, text=text) if may_send_texts() else None
