"""What is done with a citizen's question: given to a unit, answered there, published or refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import OrgUnit, User
from accounts.rich_text import to_words
from accounts.text import nfc, tidy_text
from quiz.domain.appeals import tidy_lines
from training.domain.inquiry_errors import InquiryMoved
from training.domain.inquiry_messages import nudge_teller
from training.domain.search_index import SearchText, drop_thing, index_thing
from training.enums import InquiryState
from training.models import Inquiry
from training.permissions import may_answer_inquiry, may_run_training_at

KIND = "answer"
LONGEST_ANSWER, LONGEST_SHOWN, LONGEST_TITLE, LONGEST_REASON = 10_000, 2000, 250, 400
LONGEST_SUBJECT = 100
OPEN = (InquiryState.RECEIVED, InquiryState.ASSIGNED, InquiryState.ANSWERED)


@dataclass(frozen=True)
class PublishedText:
    """What everybody will read: the question as the moderator wrote it, and the answer."""

    title: str
    shown_text: str
    answer: str
    subject: str = ""

    def values(self) -> dict[str, str]:
        """Tidied; raises Faults that name what is missing or too long."""
        tidy = {
            "subject": nfc(self.subject)[:LONGEST_SUBJECT],
            "title": nfc(self.title),
            "shown_text": tidy_lines(self.shown_text),
            "answer": tidy_text(self.answer),
        }
        names = {
            "title": (_("Tiêu đề"), LONGEST_TITLE),
            "shown_text": (_("Câu hỏi khi đăng"), LONGEST_SHOWN),
            "answer": (_("Trả lời"), LONGEST_ANSWER),
        }
        faults = []
        for name, (place, longest) in names.items():
            if not tidy[name]:
                faults.append(Fault(place, f"{name}_empty", _("Chưa có nội dung."), ""))
            elif len(tidy[name]) > longest:
                message = _("Dài quá %d ký tự.") % longest
                faults.append(Fault(place, f"{name}_too_long", message, _("Rút gọn nội dung.")))
        if faults:
            raise Faults(faults)
        return tidy


@transaction.atomic
def assign_inquiry(*, inquiry: Inquiry, unit: OrgUnit, user: User, now: datetime) -> None:
    """Give it to the unit that has to answer. Raises NotAllowed, InquiryMoved."""
    _require_run(user, inquiry)
    if not may_run_training_at(user, unit):
        raise NotAllowed
    values = {"state": InquiryState.ASSIGNED, "unit": unit, "assigned_by": user}
    _move(inquiry, OPEN, values | {"assigned_at": now})
    _record(inquiry, user, "assign_inquiry")


@transaction.atomic
def answer_inquiry(*, inquiry: Inquiry, answer: str, user: User, now: datetime) -> None:
    """The unit's lead or organiser writes the answer; it is published by who runs the library.

    Raises NotAllowed, Faults without an answer, InquiryMoved.
    """
    if not may_answer_inquiry(user, inquiry):
        raise NotAllowed
    told = tidy_text(answer)[:LONGEST_ANSWER]
    if not told:
        raise Faults([Fault(_("Trả lời"), "answer_empty", _("Chưa có nội dung."), "")])
    values = {"state": InquiryState.ANSWERED, "answer": told, "answered_by": user}
    _move(inquiry, OPEN, values | {"answered_at": now})
    _record(inquiry, user, "answer_inquiry")


@transaction.atomic
def publish_inquiry(*, inquiry: Inquiry, text: PublishedText, user: User, now: datetime) -> None:
    """Question and answer are public from now on. Raises NotAllowed, Faults, InquiryMoved unless
    there is an answer.
    """
    _require_run(user, inquiry)
    values: dict[str, Any] = {"state": InquiryState.PUBLISHED, "decided_by": user}
    _move(inquiry, (InquiryState.ANSWERED,), values | text.values() | {"decided_at": now})
    _record(inquiry, user, "publish_inquiry")
    index_thing(kind=KIND, text=search_text_of(inquiry))
    transaction.on_commit(nudge_teller)


@transaction.atomic
def refuse_inquiry(*, inquiry: Inquiry, reason: str, user: User, now: datetime) -> None:
    """No public answer, with the reason that the asker reads; also for one already published,
    which is public no longer. Raises NotAllowed, Faults, InquiryMoved.
    """
    _require_run(user, inquiry)
    told = nfc(reason)[:LONGEST_REASON]
    if not told:
        message = _("Chưa có lý do.")
        raise Faults([Fault(_("Lý do"), "no_reason", message, _("Ghi lý do để người hỏi đọc."))])
    values = {"state": InquiryState.REFUSED, "refusal": told, "decided_by": user}
    _move(inquiry, (*OPEN, InquiryState.PUBLISHED), values | {"decided_at": now})
    drop_thing(kind=KIND, subject_id=inquiry.pk)
    _record(inquiry, user, "refuse_inquiry")
    transaction.on_commit(nudge_teller)


def search_text_of(inquiry: Inquiry) -> SearchText:
    return SearchText(
        subject_id=inquiry.pk,
        slug=inquiry.number,
        title=inquiry.title,
        texts=(inquiry.subject, inquiry.shown_text, to_words(inquiry.answer)),
        at=inquiry.decided_at or inquiry.asked_at,
        lead=nfc(inquiry.shown_text),
    )


def _require_run(user: User, inquiry: Inquiry) -> None:
    if not may_run_training_at(user, inquiry.unit):
        raise NotAllowed


def _move(inquiry: Inquiry, before: tuple[InquiryState, ...], values: dict[str, Any]) -> None:
    """Of two people who act at once the second is refused."""
    if not Inquiry.objects.filter(pk=inquiry.pk, state__in=before).update(**values):
        raise InquiryMoved
    inquiry.refresh_from_db()


def _record(inquiry: Inquiry, user: User, act: str) -> None:
    record_act(actor=user, act=act, subject=inquiry, unit_id=inquiry.unit_id, number=inquiry.number)
