"""Keeping contests: their address while nobody knows it yet, and putting them away."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from quiz.enums import ContestState, RoundState
from quiz.errors import AddressFixed, ContestRunning
from quiz.models import Contest
from quiz.permissions import require_may_run

ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SHORTEST, LONGEST = 3, 60


@transaction.atomic
def readdress_contest(*, contest: Contest, code: str, user: User) -> Contest:
    """Change the last part of the contest's address while it is a draft.

    Raises NotAllowed, AddressFixed once it was published (posters may hang), Faults.
    """
    require_may_run(user, contest)
    held = Contest.objects.select_for_update().get(pk=contest.pk)
    if held.state != ContestState.DRAFT:
        raise AddressFixed
    code = code.strip().lower()
    if fault := _code_fault(contest, code):
        raise Faults([fault])
    contest.code = held.code = code
    held.save(update_fields=["code"])
    record_act(actor=user, act="readdress_contest", subject=contest, unit_id=contest.unit_id)
    return contest


def _code_fault(contest: Contest, code: str) -> Fault | None:
    place = _("Địa chỉ trang")
    if not (ADDRESS.fullmatch(code) and SHORTEST <= len(code) <= LONGEST):
        hint = _("Chỉ dùng chữ thường không dấu, số và dấu gạch nối, từ 3 đến 60 ký tự.")
        return Fault(place, "code_invalid", _("địa chỉ không hợp lệ."), hint)
    if Contest.objects.filter(code=code).exclude(pk=contest.pk).exists():
        message = _("địa chỉ này đã thuộc một cuộc thi khác.")
        return Fault(place, "code_taken", message, _("Chọn địa chỉ khác."))
    return None


@transaction.atomic
def archive_contest(*, contest: Contest, user: User, now: datetime) -> None:
    """Put a published contest away; its pages and results stay readable.

    Raises NotAllowed, ContestRunning while a frozen round has not ended or a draft is not public.
    """
    require_may_run(user, contest)
    running = contest.rounds.filter(state=RoundState.FROZEN, closes_at__gt=now)
    if contest.state != ContestState.PUBLISHED or running.exists():
        raise ContestRunning
    _set_state(contest, ContestState.ARCHIVED, user, "archive_contest")


@transaction.atomic
def unarchive_contest(*, contest: Contest, user: User) -> None:
    """Take a contest out of the archive again. Raises NotAllowed."""
    require_may_run(user, contest)
    if contest.state == ContestState.ARCHIVED:
        _set_state(contest, ContestState.PUBLISHED, user, "unarchive_contest")


def _set_state(contest: Contest, state: str, user: User, act: str) -> None:
    contest.state = state
    contest.save(update_fields=["state"])
    record_act(actor=user, act=act, subject=contest, unit_id=contest.unit_id)
