"""Rankings of units by year (PAR INDEX, SIPAS, DTI, PAPI …): a workbook in, a table out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.unit_search import UnitFinder
from accounts.errors import NotAllowed
from accounts.models import OrgUnit, User
from training.domain.listed_rows import ListedRow, Reading
from training.models import IndexResult
from training.permissions import RUN_TRAINING

FIRST_YEAR, LONGEST_NAME = 2000, 100
_SCORE = re.compile(r"\d{1,6}([.,]\d{1,3})?", re.ASCII)
_RANK = re.compile(r"[1-9]\d{0,3}", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True)
class IndexYear:
    """One index in one year; `results` the best rank first. `width` of a score is its share of the
    highest, in hundredths.
    """

    name: str
    year: int
    results: list[IndexResult]

    def widths(self) -> list[int]:
        scores = [result.score or Decimal(0) for result in self.results]
        highest = max(scores, default=Decimal(0)) or Decimal(1)
        return [int(score * 100 / highest) for score in scores]


@transaction.atomic
def load_index_results(*, rows: Iterable[ListedRow], user: User, today: date) -> int:
    """Store results by index, year and unit, in place of what was said of the same; how many.

    Raises NotAllowed, or Faults with the place of each; then nothing is stored.
    """
    units = OrgUnit.objects.reached_by(user, *RUN_TRAINING)
    top = units.tops().first()
    if top is None:
        raise NotAllowed
    reading, finder = Reading(), UnitFinder(units)
    found: dict[tuple[str, int, int], IndexResult] = {}
    for row in rows:
        result = _result(reading, row, finder, today)
        if result is None:
            continue
        key = (result.name, result.year, result.unit_id)
        if key in found:
            message = _("Dòng này trùng chỉ số, năm và đơn vị với một dòng ở trên.")
            reading.fail(row, "row_twice", message, _("Giữ một dòng."))
        found[key] = result
    reading.finish()
    IndexResult.objects.bulk_create(
        found.values(),
        update_conflicts=True,
        unique_fields=["name", "year", "unit"],
        update_fields=["score", "rank"],
    )
    record_act(actor=user, act="load_index_results", subject=top, unit_id=top.pk, count=len(found))
    return len(found)


def _result(
    reading: Reading, row: ListedRow, finder: UnitFinder, today: date
) -> IndexResult | None:
    """None for a row with a fault."""
    before = len(reading.faults)
    name = reading.required(row, "name", _("tên chỉ số"), LONGEST_NAME)
    year = row.text("year")
    if not _YEAR.fullmatch(year) or not FIRST_YEAR <= int(year) <= today.year:
        message = _("Năm chưa đúng.")
        reading.fail(row, "year_wrong", message, _("Ghi bốn chữ số, ví dụ 2025."))
    hint = _("Ghi mã hoặc tên đơn vị trong phạm vi của bạn.")
    unit = reading.unit(row, finder, _("tên hoặc mã đơn vị"), hint)
    score, rank = row.text("score"), row.text("rank")
    if not score and not rank:
        message = _("Chưa có điểm hoặc xếp hạng.")
        reading.fail(row, "figures_missing", message, _("Điền ít nhất một trong hai ô."))
    if score and not _SCORE.fullmatch(score):
        reading.fail(row, "score_wrong", _("Điểm chưa đúng."), _("Ghi số, ví dụ 87,45."))
    if rank and not _RANK.fullmatch(rank):
        reading.fail(row, "rank_wrong", _("Xếp hạng chưa đúng."), _("Ghi số thứ tự, ví dụ 3."))
    if len(reading.faults) > before:
        return None
    return IndexResult(
        name=name,
        year=int(year),
        unit=unit,
        score=Decimal(score.replace(",", ".")) if score else None,
        rank=int(rank) if rank else None,
    )


@transaction.atomic
def delete_index_year(*, name: str, year: int, user: User) -> int:
    """Take a year of an index out, as far as the person's units go; how many rows."""
    reach = OrgUnit.objects.reached_by(user, *RUN_TRAINING)
    top = reach.tops().first()
    if top is None:
        raise NotAllowed
    rows = IndexResult.objects.filter(unit__in=reach, name=name, year=year)
    deleted, _by_model = rows.delete()
    record_act(actor=user, act="delete_index_results", subject=top, unit_id=top.pk, count=deleted)
    return deleted


def index_years() -> list[tuple[str, int]]:
    """Every index and year there is, the newest year of each index first."""
    rows = IndexResult.objects.order_by("name", "-year").values_list("name", "year")
    return list(rows.distinct())


def index_year(*, name: str, year: int) -> IndexYear:
    rows = IndexResult.objects.filter(name=name, year=year).select_related("unit")
    ordered = sorted(rows, key=_place)
    return IndexYear(name, year, ordered)


def _place(result: IndexResult) -> tuple[int, Decimal, str]:
    return (result.rank or 10_000, -(result.score or Decimal(0)), result.unit.sort_name)


def index_of_unit(*, name: str, unit_id: int) -> list[IndexResult]:
    """One unit's results in an index, the first year first."""
    rows = IndexResult.objects.filter(name=name, unit=unit_id).select_related("unit")
    return list(rows.order_by("year"))
