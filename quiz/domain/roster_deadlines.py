"""The hour by which a unit wants its own people through."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.dates import show_moment
from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from quiz.domain.roster_duty import Sight
from quiz.models import UnitDeadline


def deadline_of(*, sight: Sight) -> datetime | None:
    """The unit's own deadline in this round, if it has set one."""
    held = UnitDeadline.objects.filter(round=sight.round, unit=sight.unit).first()
    return held.due_at if held else None


@transaction.atomic
def set_deadline(*, sight: Sight, due_at: datetime | None, user: User) -> None:
    """Set the unit's deadline inside the round, or take it back with None. Raises Faults."""
    if due_at is None:
        UnitDeadline.objects.filter(round=sight.round, unit=sight.unit).delete()
    elif not sight.round.opens_at < due_at <= sight.round.closes_at:
        closes = show_moment(sight.round.closes_at)
        message = _("Hạn của đơn vị phải sau giờ mở vòng và không sau giờ đóng vòng.")
        hint = _("Vòng thi đóng lúc %(moment)s.") % {"moment": closes}
        raise Faults([Fault(_("Hạn của đơn vị"), "deadline_outside", message, hint)])
    else:
        UnitDeadline.objects.update_or_create(
            round=sight.round, unit=sight.unit, defaults={"due_at": due_at, "set_by": user}
        )
    record_act(
        actor=user,
        act="set_unit_deadline",
        subject=sight.round,
        unit_id=sight.unit.pk,
        due_at=due_at.isoformat() if due_at else None,
    )
