"""The yearly duty of units: set from a date on, nearest above wins."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.dates import show_day
from accounts.domain.audit import record_act
from accounts.errors import DomainError, NotAllowed
from accounts.models import OrgUnit, User
from accounts.text import nfc
from quiz.rules.figures import show_number
from training.engine.duty import Duty
from training.enums import Measure, Rounding
from training.models import DutySetting
from training.permissions import may_run_training_at

# Of a year that is none: the 29th of February is no day to be ready by.
ANY_YEAR = 2027


class NoSuchDay(DomainError):
    code = "no_such_day"
    status = 422
    message = _("Hạn trong năm không phải một ngày có thật.")
    hint = _("Chọn lại ngày và tháng, ví dụ ngày 31 tháng 12.")


@transaction.atomic
def set_duty(
    *,
    unit: OrgUnit,
    from_date: date,
    measure: str,
    minutes_per_unit: int,
    yearly: Decimal,
    rounding: str,
    due_month: int,
    due_day: int,
    source: str,
    user: User,
    now: datetime,
) -> DutySetting:
    """One row for a unit and a day: what is set again for the same day takes its place.

    Raises NotAllowed, NoSuchDay.
    """
    if not may_run_training_at(user, unit):
        raise NotAllowed
    try:
        date(ANY_YEAR, due_month, due_day)
    except ValueError:
        raise NoSuchDay from None
    values = {
        "measure": Measure(measure),
        "minutes_per_unit": minutes_per_unit,
        "yearly": yearly,
        "rounding": Rounding(rounding),
        "due_month": due_month,
        "due_day": due_day,
        "source": nfc(source),
        "set_by": user,
        "set_at": now,
    }
    setting, _new = DutySetting.objects.update_or_create(
        unit=unit, from_date=from_date, defaults=values
    )
    record_act(
        actor=user,
        act="set_duty",
        subject=setting,
        unit_id=unit.pk,
        yearly=str(yearly),
        minutes=minutes_per_unit,
    )
    return setting


@transaction.atomic
def remove_duty(*, setting: DutySetting, user: User) -> None:
    """Units below go by what is set above them, or by an earlier row. Raises NotAllowed."""
    if not may_run_training_at(user, setting.unit):
        raise NotAllowed
    record_act(actor=user, act="remove_duty", subject=setting, unit_id=setting.unit_id)
    setting.delete()


def duties(unit_ids: Iterable[int | None], year: int) -> dict[int | None, Duty | None]:
    """The duty of each unit in `year`: of the nearest unit at or above it that has one."""
    parents = dict(OrgUnit.objects.values_list("pk", "parent_id"))
    rows = DutySetting.objects.filter(from_date__lte=date(year, 12, 31)).order_by("from_date")
    # The newest of a unit comes last and stays.
    known = {row.unit_id: _duty(row) for row in rows}
    return {unit: _nearest(unit, parents, known) for unit in set(unit_ids)}


def _nearest(
    unit: int | None, parents: Mapping[int, int | None], known: Mapping[int, Duty]
) -> Duty | None:
    while unit is not None:
        if unit in known:
            return known[unit]
        unit = parents.get(unit)
    return None


def _duty(row: DutySetting) -> Duty:
    return Duty(
        measure=str(row.get_measure_display()),
        minutes_per_unit=row.minutes_per_unit,
        yearly=row.yearly,
        rounding=row.rounding,
        due_month=row.due_month,
        due_day=row.due_day,
    )


def duty_in_words(year: int, duty: Duty) -> str:
    """“40 tiết, mỗi tiết 45 phút, hạn đến hết ngày 31/12/2026”."""
    words = gettext(
        "%(yearly)s %(measure)s, mỗi %(measure)s %(minutes)s phút, hạn đến hết ngày %(day)s"
    )
    return words % {
        "yearly": show_number(duty.yearly),
        "measure": duty.measure,
        "minutes": duty.minutes_per_unit,
        "day": show_day(duty.due_on(year)),
    }
