"""Answering appeals: looked at, answered with a reason, confirmed by a second person where the
result changes. Deciding changes nothing else: voiding, extending and correcting are acts of their
own, each with its own reason.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import User
from accounts.text import nfc
from quiz.domain.appeal_errors import AppealDecided, NothingProposed, SecondPersonDecides
from quiz.domain.appeal_messages import nudge_teller
from quiz.domain.appeals import LONGEST, tidy_lines
from quiz.enums import AppealState
from quiz.models import Appeal
from quiz.permissions import may_confirm_appeal, require_may_run

OPEN = (AppealState.RECEIVED, AppealState.EXAMINING)


@transaction.atomic
def examine_appeal(*, appeal: Appeal, user: User, now: datetime) -> None:
    """Say that somebody looks at it. Raises NotAllowed, AppealDecided."""
    require_may_run(user, appeal.contest)
    _move(
        appeal,
        (AppealState.RECEIVED,),
        {"state": AppealState.EXAMINING, "examined_by": user, "examined_at": now},
    )
    _record(appeal, user, "examine_appeal")


@transaction.atomic
def answer_appeal(
    *, appeal: Appeal, accept: bool, answer: str, changes_result: bool, user: User, now: datetime
) -> None:
    """Accept or reject with the reason that the appellant reads.

    Accepted with a change of the result it waits for a second person. Raises NotAllowed, Faults
    without a reason, AppealDecided.
    """
    require_may_run(user, appeal.contest)
    told = tidy_lines(answer)[:LONGEST]
    if not told:
        raise Faults([_fault(_("Trả lời"), _("Ghi lý do để người khiếu nại đọc được."))])
    waits = accept and changes_result
    values: dict[str, Any] = {
        "answer": told,
        "changes_result": waits,
        "answered_by": user,
        "answered_at": now,
        "returned_because": "",
    }
    if waits:
        values["state"] = AppealState.PROPOSED
    else:
        values |= {
            "state": AppealState.ACCEPTED if accept else AppealState.REJECTED,
            "decided_by": user,
            "decided_at": now,
        }
    _move(appeal, OPEN, values)
    _record(appeal, user, "propose_appeal" if waits else _verdict(accept=accept))
    if not waits:
        transaction.on_commit(nudge_teller)


@transaction.atomic
def confirm_appeal(*, appeal: Appeal, user: User, now: datetime) -> None:
    """The second person accepts. Raises SecondPersonDecides, NotAllowed, NothingProposed."""
    _check_second(appeal, user)
    proposed = Appeal.objects.filter(pk=appeal.pk, state=AppealState.PROPOSED)
    if not proposed.update(state=AppealState.ACCEPTED, decided_by=user, decided_at=now):
        raise NothingProposed
    appeal.refresh_from_db()
    _record(appeal, user, "accept_appeal")
    transaction.on_commit(nudge_teller)


@transaction.atomic
def return_appeal(*, appeal: Appeal, reason: str, user: User) -> None:
    """Back to whoever answered, with a reason. Raises as `confirm_appeal`, and Faults."""
    _check_second(appeal, user)
    told = nfc(tidy_lines(reason))[:400]
    if not told:
        raise Faults([_fault(_("Trả lại"), _("Ghi lý do trả lại."))])
    proposed = Appeal.objects.filter(pk=appeal.pk, state=AppealState.PROPOSED)
    if not proposed.update(state=AppealState.EXAMINING, returned_because=told):
        raise NothingProposed
    appeal.refresh_from_db()
    _record(appeal, user, "return_appeal")


def _check_second(appeal: Appeal, user: User) -> None:
    if appeal.answered_by_id == user.pk:
        raise SecondPersonDecides
    if not may_confirm_appeal(user, appeal):
        raise NotAllowed


def _move(appeal: Appeal, before: tuple[AppealState, ...], values: dict[str, Any]) -> None:
    """Of two people who act at once the second is refused."""
    if not Appeal.objects.filter(pk=appeal.pk, state__in=before).update(**values):
        raise AppealDecided
    appeal.refresh_from_db()


def _verdict(*, accept: bool) -> str:
    return "accept_appeal" if accept else "reject_appeal"


def _fault(place: str, hint: str) -> Fault:
    return Fault(place, "no_reason", _("Chưa có lý do."), hint)


def _record(appeal: Appeal, user: User, act: str) -> None:
    record_act(
        actor=user,
        act=act,
        subject=appeal,
        unit_id=appeal.contest.unit_id,
        number=appeal.number,
    )
