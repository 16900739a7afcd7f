"""What the tests of returning entrants share: a contest with every way back, and its worker."""

import re
from datetime import date

from django.core import mail
from django.utils import timezone

from accounts.domain.sending import text_outbox
from accounts.models import Roster, RosterEntry
from quiz.domain.return_messages import send_return_messages
from tests.factories import OpenContest, make_open_contest, make_rules

STAFF_CODE = "CB-0107"
BORN = "05/09/1968"


def make_returning_contest(reentry: str = "code_or_contact", **kwargs) -> OpenContest:
    """A contest under this rule whose roster has one person: STAFF_CODE, BORN."""
    made = make_open_contest(rules=make_rules(entry={"reentry": reentry}), **kwargs)
    add_roster(made)
    return made


def add_roster(made: OpenContest, **fields) -> RosterEntry:
    roster = Roster.objects.create(name="Danh sách", unit=made.unit, as_of=date(2026, 1, 1))
    made.contest.roster = roster
    made.contest.save()
    defaults = {
        "unit": made.unit,
        "full_name": "Phạm Thị Thử Nghiệm",
        "staff_code": STAFF_CODE,
        "birth_date": date(1968, 9, 5),
        "group_code": "nguoi-dan",
    }
    return RosterEntry.objects.create(roster=roster, **defaults | fields)


def sent_by_worker() -> list[tuple[str, str]]:
    """(to whom, text) of what one run of the worker sends."""
    text_outbox.clear()
    mail.outbox.clear()
    send_return_messages(now=timezone.now())
    letters = [(letter.to[0], letter.body) for letter in mail.outbox]
    return [(text.phone, text.text) for text in text_outbox] + letters


def code_in(text: str) -> str:
    """The six digits of a message."""
    return re.search(r"\b(\d{6})\b", text)[1]
