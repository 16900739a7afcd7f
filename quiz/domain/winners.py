"""Winners and reserves of a round, as the office's annex needs them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.crypto import open_text
from accounts.enums import BirthPrecision
from quiz.models import Award, Entrant, Round, Standing


@dataclass(frozen=True)
class WinnerRow:
    """One prize or reserve place. `phone` and `national_id` are whole only where asked for."""

    group: str
    place: int
    name: str
    birth: str
    home: str
    correct: int
    total: int
    prediction: Decimal | None
    duration_ms: int
    tier: str
    money: int
    note: str
    phone: str
    national_id: str


def mask_number(text: str) -> str:
    """“0912345678” → “09•••••678”: enough to tell two people apart at the handing over."""
    if len(text) <= 5:
        return "•" * len(text)
    return text[:2] + "•" * (len(text) - 5) + text[-3:]


def show_whole(text: str) -> str:
    """A number as it is, for holders of the export right only."""
    return text


def birth_text(birth_date: date | None, precision: int) -> str:
    """The birth date as far as it is known: “22/11/1980”, “11/1980”, “1980”, “”."""
    if birth_date is None:
        return ""
    forms: dict[int, str] = {BirthPrecision.YEAR: "%Y", BirthPrecision.MONTH: "%m/%Y"}
    form = forms.get(precision, "%d/%m/%Y")
    return birth_date.strftime(form)


def winner_rows(*, round: Round, kind: str, whole_numbers: bool) -> list[WinnerRow]:
    """The round's awards of a kind by group and place.

    `whole_numbers`: phone and identity numbers unmasked, for holders of the export right only.
    """
    awards = list(
        Award.objects.filter(round=round, kind=kind)
        .select_related("entrant__unit", "group")
        .order_by("group__order", "group_id", "place")
    )
    standings = Standing.objects.filter(
        round=round, entrant__in=[award.entrant_id for award in awards]
    ).in_bulk(field_name="pk")
    by_entrant = {standing.entrant_id: standing for standing in standings.values()}
    return [_row(award, by_entrant[award.entrant_id], whole_numbers) for award in awards]


def _row(award: Award, standing: Standing, whole: bool) -> WinnerRow:
    entrant: Entrant = award.entrant
    show = show_whole if whole else mask_number
    return WinnerRow(
        group=award.group.name,
        place=award.place,
        name=entrant.full_name,
        birth=birth_text(entrant.birth_date, entrant.birth_precision),
        home=home_of(entrant),
        correct=standing.correct,
        total=standing.total,
        prediction=standing.prediction,
        duration_ms=standing.duration_ms,
        tier=award.tier_name,
        money=award.money,
        note=award.note,
        phone=show(open_text(entrant.phone)),
        national_id=show(open_text(entrant.national_id)),
    )


def home_of(entrant: Entrant) -> str:
    """The column “Đơn vị/Địa chỉ”: the unit, the address, or both."""
    parts: Sequence[str] = [entrant.unit.name if entrant.unit else "", entrant.address]
    return ", ".join(part for part in parts if part)
