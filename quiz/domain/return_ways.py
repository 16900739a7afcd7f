"""Which ways back a contest offers now."""

from dataclasses import dataclass

from accounts.domain.sending import may_send_letters, may_send_texts
from quiz.domain.frozen import frozen_round
from quiz.domain.readiness import round_to_enter
from quiz.models import Contest
from quiz.rules.document import EntryRules


@dataclass(frozen=True)
class ReturnWays:
    """The mã dự thi always works; these are open besides it."""

    by_phone: bool
    by_email: bool
    by_staff_code: bool

    @property
    def by_contact(self) -> bool:
        return self.by_phone or self.by_email


def entry_rules(contest_code: str) -> EntryRules:
    """Those of the round people enter now. Raises ContestNotFound, RegistrationClosed."""
    return frozen_round(round_to_enter(contest_code).pk).rules.entry


def ways_back(*, contest: Contest) -> ReturnWays:
    """What the rules allow and a sender can carry. Raises as `entry_rules`."""
    entry = entry_rules(contest.code)
    by_contact = entry.reentry_by_contact
    return ReturnWays(
        by_phone=by_contact and "phone" in entry.asked_fields and may_send_texts(),
        by_email=by_contact and "email" in entry.asked_fields and may_send_letters(),
        by_staff_code=contest.roster_id is not None,
    )
