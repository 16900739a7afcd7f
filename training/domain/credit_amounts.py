"""How many minutes a paper's amount is, by the duty of the person's unit."""

from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.text import fold
from training.domain.duty import duties
from training.enums import Measure

MINUTE = "minute"
HOUR_MINUTES = 60
LONGEST = 600_000
# By folded words, as people write them in cells.
_WORDS = {
    "": MINUTE,
    "phut": MINUTE,
    "tiet": Measure.PERIOD,
    "gio": Measure.HOUR,
    "ngay": Measure.DAY,
}


def read_measure(text: str) -> str:
    """“tiết” → Measure.PERIOD; empty is minutes. Raises ValueError with a sentence."""
    try:
        return _WORDS[fold(text).strip()]
    except KeyError:
        raise ValueError(_("Đơn vị tính ghi một trong: phút, tiết, giờ, ngày.")) from None


def read_amount(text: str) -> Decimal:
    """“7,5” or “7.5”. Raises ValueError with a sentence."""
    tidy = text.strip().replace(",", ".")
    if not tidy.replace(".", "", 1).isascii() or not tidy.replace(".", "", 1).isdigit():
        raise ValueError(_("Số lượng ghi bằng chữ số, ví dụ 8 hoặc 7,5."))
    return Decimal(tidy)


def minutes_of(*, amount: Decimal, measure: str, person: User, year: int) -> int:
    """Whole minutes, rounded down. An hour is 60; a period or a day as the duty has it.

    Raises ValueError with a sentence where the duty does not say, or the sum is out of bounds.
    """
    if measure == MINUTE:
        each = 1
    elif measure == Measure.HOUR:
        each = HOUR_MINUTES
    else:
        duty = duties([person.unit_id], year)[person.unit_id]
        word = str(Measure(measure).label)
        if duty is None or duty.measure != word:
            told = _("Chưa có định mức tính theo %(measure)s nên chưa quy đổi được; ghi số phút.")
            raise ValueError(told % {"measure": word})
        each = duty.minutes_per_unit
    minutes = int(amount * each)
    if not 0 < minutes <= LONGEST:
        raise ValueError(_("Số lượng phải lớn hơn 0 và không quá 600.000 phút."))
    return minutes
