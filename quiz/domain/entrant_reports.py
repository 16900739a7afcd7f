"""“Không phải tôi”: someone says that another used their name or number.

Whoever reports is told nothing but that it was received; the organisers look into it.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.crypto import open_text, seal_text
from accounts.domain.audit import record_act
from accounts.domain.throttling import take_turn
from accounts.errors import Fault, Faults
from accounts.models import User
from accounts.text import nfc
from quiz.domain.clock import read_now
from quiz.domain.registration_input import refuse_fields
from quiz.domain.return_errors import ReportHandled
from quiz.domain.tokens import open_any_entrant_token
from quiz.errors import UnknownToken
from quiz.models import Contest, Entrant, EntrantReport
from quiz.permissions import require_may_run

LONGEST = 600
BY_ADDRESS = (20, 600)
BY_CONTEST = (300, 3600)


def file_report(
    *, contest: Contest, text: str, contact: str, entrant_token: str, address: str
) -> None:
    """Store what somebody reports, with the entrant their browser holds, if it holds one.

    Raises InputRefused without a text, TooManyRequests.
    """
    told = nfc(text)[:LONGEST]
    if not told:
        raise refuse_fields({"text": ("missing", _("Ghi ngắn gọn điều bạn muốn báo."))})
    take_turn(
        purpose="report-address",
        key=f"{contest.pk}:{address}",
        limit=BY_ADDRESS[0],
        seconds=BY_ADDRESS[1],
    )
    take_turn(
        purpose="report-contest", key=str(contest.pk), limit=BY_CONTEST[0], seconds=BY_CONTEST[1]
    )
    EntrantReport.objects.create(
        contest=contest,
        entrant=_entrant_of(contest, entrant_token),
        text=told,
        contact=seal_text(nfc(contact)[:120]),
        reported_at=read_now(),
    )


def _entrant_of(contest: Contest, token: str) -> Entrant | None:
    with suppress(UnknownToken):
        opened = open_any_entrant_token(token)
        return Entrant.objects.filter(pk=opened.entrant_id, contest=contest).first()
    return None


@dataclass(frozen=True)
class ReportRow:
    """A report as the organisers read it; `contact` was given so that they can call back."""

    report: EntrantReport
    contact: str


def reports_of(*, contest: Contest) -> list[ReportRow]:
    """Those that wait first, the newest before the others."""
    rows = EntrantReport.objects.filter(contest=contest).select_related("entrant", "handled_by")
    ordered = rows.order_by(F("handled_at").asc(nulls_first=True), "-pk")
    return [ReportRow(report, open_text(report.contact)) for report in ordered[:500]]


def count_waiting(*, contest: Contest) -> int:
    return EntrantReport.objects.filter(contest=contest, handled_at=None).count()


@transaction.atomic
def handle_report(*, report: EntrantReport, note: str, user: User, now: datetime) -> None:
    """Close a report with what came of it. Raises NotAllowed, Faults, ReportHandled."""
    require_may_run(user, report.contest)
    told = nfc(note)[:400]
    if not told:
        place = _("Kết quả xử lý")
        raise Faults([Fault(place, "no_note", _("chưa ghi."), _("Ghi đã làm gì với báo này."))])
    open_one = EntrantReport.objects.filter(pk=report.pk, handled_at=None)
    if not open_one.update(handled_at=now, handled_by=user, note=told):
        raise ReportHandled
    record_act(actor=user, act="handle_report", subject=report, unit_id=report.contest.unit_id)
