"""What the worker sends to those who come back, after the request was answered."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from celery import current_app
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerError

from accounts.crypto import blind_indexes, open_text
from accounts.domain.installation import public_origin
from accounts.domain.sending import (
    SendingFailed,
    may_send_letters,
    may_send_texts,
    send_letter,
    send_text,
)
from quiz.domain.return_secrets import code_of
from quiz.models import Contest, Entrant, ReturnCode, StaffEntry

log = logging.getLogger(__name__)

TASK = "quiz.tasks.send_return_messages"
LATEST = timedelta(minutes=10)
KEPT = timedelta(hours=1)
TOLD_AGAIN = timedelta(days=1)
# One phone may be a whole hamlet's; a longer list helps nobody to find themselves.
MOST_PERSONS = 30

Send = Callable[[], None]


def nudge_sender(task: str = TASK) -> None:
    """Tell the worker. A broker that is down costs only time: the sweeper looks every ten s."""
    broker_errors = current_app.connection_for_write().connection_errors
    try:
        current_app.send_task(task, retry=False)
    except (BrokerError, OSError, *broker_errors):
        log.warning("broker not reached for messages to entrants")


def send_return_messages(*, now: datetime) -> int:
    """Send what waits, each message at most once; how many went out. Old requests are deleted."""
    ReturnCode.objects.filter(asked_at__lt=now - KEPT).delete()
    waiting = ReturnCode.objects.filter(handled_at=None, asked_at__gt=now - LATEST)
    codes = [_handle_code(pk, now) for pk in waiting.order_by("pk").values_list("pk", flat=True)]
    returned = _untold(now).values_list("pk", flat=True)
    notices = [_handle_staff_entry(pk, now) for pk in returned]
    return sum(was_sent(send) for send in [*codes, *notices])


def was_sent(send: Send | None) -> bool:
    """Whether the message left. What failed is not repeated: the person asks or looks again."""
    try:
        if send is not None:
            send()
    except SendingFailed:
        log.warning("a message to an entrant was not sent")
        return False
    return send is not None


@transaction.atomic
def _handle_code(pk: int, now: datetime) -> Send | None:
    """Find who gave the contact, forget the contact, and prepare the message if anybody did."""
    rows = ReturnCode.objects.select_for_update(skip_locked=True)
    row = rows.filter(pk=pk, handled_at=None).first()
    if row is None:
        return None
    contact = open_text(row.contact)
    row.entrants = entrants_of_contact(row.contest_id, contact, by_phone=row.by_phone)
    row.contact, row.handled_at = b"", now
    row.save(update_fields=["entrants", "contact", "handled_at"])
    if not row.entrants:
        return None
    code = code_of(bytes(row.browser_digest))
    text = _("%(code)s là mã vào lại cuộc thi, dùng trong 10 phút. Không đưa mã cho ai.") % {
        "code": code
    }
    if row.by_phone:
        return partial(send_text, phone=contact, text=text)
    title = Contest.objects.values_list("title", flat=True).get(pk=row.contest_id)
    body = f"{text}\n\n{title}\n"
    return partial(send_letter, to=contact, subject=_("Mã vào lại cuộc thi"), text=body)


def entrants_of_contact(contest_id: int, contact: str, *, by_phone: bool) -> list[int]:
    """The contest's entrants who gave this contact, but those set aside for another of them."""
    given = Q(phone_index__in=blind_indexes("phone", contact)) if by_phone else Q(email=contact)
    found = Entrant.objects.filter(given, contest=contest_id).order_by("-pk")
    rows = dict(found.values_list("pk", "duplicate_of")[:MOST_PERSONS])
    return [pk for pk, kept in rows.items() if kept not in rows]


def _untold(now: datetime) -> QuerySet[StaffEntry]:
    """Whoever came back by staff code since their person was last told, a day ago or more."""
    lately = Q(told_at=None) | Q(told_at__lt=now - TOLD_AGAIN, returned_at__gt=F("told_at"))
    return StaffEntry.objects.filter(lately, returned_at__isnull=False)


def address_to_tell(route: str, contest: Contest) -> str:
    """A page of the contest; before the installation has an address, the hotline."""
    origin = public_origin()
    return origin + reverse(route, args=[contest.code]) if origin else contest.hotline


@transaction.atomic
def _handle_staff_entry(pk: int, now: datetime) -> Send | None:
    """Tell a person that somebody came back as them, once a day at most."""
    rows = _untold(now).select_for_update(skip_locked=True, of=("self",))
    row = rows.select_related("entrant", "contest").filter(pk=pk).first()
    if row is None:
        return None
    StaffEntry.objects.filter(pk=pk).update(told_at=now)
    text = _(
        "Có người vừa vào lại bài dự thi của bạn bằng mã cán bộ và ngày sinh. Nếu không phải bạn, "
        "báo Ban Tổ chức: %(address)s"
    ) % {"address": address_to_tell("not-me", row.contest)}
    return message_to(row.entrant, subject=_("Có người vào lại bài dự thi của bạn"), text=text)


def message_to(entrant: Entrant, *, subject: str, text: str) -> Send | None:
    """A text to the phone they registered with, else a letter; None where neither can be sent."""
    phone, email = open_text(entrant.phone), entrant.email
    if phone and may_send_texts():
        return partial(send_text, phone=phone, text=text)
    if email and may_send_letters():
        body = f"{text}\n\n{entrant.contest}\n"
        return partial(send_letter, to=email, subject=subject, text=body)
    return None
