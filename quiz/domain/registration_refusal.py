"""Why a registration was refused: read only after it was."""

from datetime import date
from typing import NoReturn

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import OrgUnit
from quiz.domain.clock import read_now
from quiz.domain.frozen import FrozenRound
from quiz.domain.registration_input import refuse_fields
from quiz.enums import ContestState, RoundState
from quiz.errors import RegistrationClosed, SystemBusy, TooLate, UnderAge
from quiz.models import Round


def refuse_registration(*, frozen: FrozenRound, unit: str, birth_date: date | None) -> NoReturn:
    """Raise the refusal that fits the stored state."""
    window = Round.objects.select_related("contest", "unit_tree").get(pk=frozen.id)
    if window.state != RoundState.FROZEN or window.contest.state != ContestState.PUBLISHED:
        raise RegistrationClosed()
    if unit and not _takes_unit(window, unit):
        raise refuse_fields({"unit": ("unknown_unit", _("Chọn đơn vị trong danh sách."))})
    if frozen.rules.entry.minimum_age is not None and birth_date is None:
        raise refuse_fields({"birth_date": ("missing", _("Chưa điền mục này."))})
    if window.closes_at <= read_now():
        raise TooLate()
    if frozen.rules.entry.minimum_age is not None:
        raise UnderAge()
    raise SystemBusy()


def _takes_unit(window: Round, code: str) -> bool:
    """In force today, or when the round was frozen."""
    if OrgUnit.objects.valid_on(timezone.localdate(read_now())).filter(code=code).exists():
        return True
    kept = window.unit_tree.document if window.unit_tree else []
    return any(unit["code"] == code and unit["open"] for unit in kept)
