"""The participation workbook: entries and persons, always as two figures."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.dates import show_moment
from accounts.enums import BirthPrecision
from quiz.domain.figure_words import figure_label
from quiz.domain.figures import Figure, Figures, count_figures
from quiz.domain.paper_layouts import read_layout
from quiz.errors import ExportDisagrees
from quiz.interfaces.excel.laid_out import LaidTable, Values
from quiz.interfaces.excel.sheets import BOLD, ITALIC, TITLE, OfficeSheet
from quiz.interfaces.excel.unit_prizes import write_unit_prizes
from quiz.models import Contest, Entrant, Round
from quiz.queries import participation as figures


def write_participation(
    *, contest: Contest, rounds: Sequence[Round], file: IO[bytes], with_names: bool
) -> int:
    """Write the participation of some rounds of a contest; the number of entries in it.

    `with_names` adds the sheet of people on the roster who have not entered. Raises
    ExportDisagrees when a sheet's total is not the database's: such a file never leaves.
    """
    found = count_figures(contest=contest, rounds=rounds, now=timezone.now())
    book = Workbook(write_only=True)
    _write_summary(book, contest, rounds, found)
    _write_units(book, contest, found.units)
    for round in rounds:
        write_unit_prizes(book, round, alone=len(rounds) == 1)
    for name, (title, label) in _tables().items():
        if name != "round" or len(rounds) > 1:
            _write_counts(book, title, label, name, found)
    _write_bands(book, found.tables["band"])
    if with_names:
        _write_ends(book, found)
    if with_names and contest.roster_id:
        ids = [round.pk for round in rounds]
        write_missing(book, contest, figures.missing_people(ids, roster_id=contest.roster_id))
    book.save(file)
    return found.entries


def _tables() -> dict[str, tuple[str, str]]:
    """The sheets of counts: (title, head of the first column) by dimension."""
    return {
        "round": (_("Theo vòng"), _("Vòng thi")),
        "day": (_("Theo ngày"), _("Ngày")),
        "hour": (_("Theo giờ"), _("Giờ trong ngày")),
        "group": (_("Theo đối tượng"), _("Đối tượng")),
        "commune": (_("Theo xã, phường"), _("Xã, phường, đặc khu")),
        "age": (_("Theo độ tuổi"), _("Độ tuổi")),
        "sex": (_("Theo giới tính"), _("Giới tính")),
    }


def percent(part: int, whole: int | None) -> str:
    """“94,12 %”, rounded half up; "" where there is nothing to divide by."""
    if not whole:
        return ""
    value = (Decimal(100) * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{value}".replace(".", ",") + " %"


def _head(sheet: OfficeSheet, title: str, about: str = "") -> None:
    sheet.line(title, font=TITLE)
    if about:
        sheet.line(about, font=ITALIC)
    sheet.blank()


def _write_summary(
    book: Workbook, contest: Contest, rounds: Sequence[Round], found: Figures
) -> None:
    sheet = OfficeSheet(book, _("Tổng hợp"), (46, 40), landscape=False)
    _head(sheet, _("TỔNG HỢP THAM GIA"), contest.title)
    sheet.header([_("Chỉ tiêu"), _("Giá trị")])
    sheet.row([_("Cơ quan tổ chức"), contest.body_name])
    sheet.row([_("Vòng thi"), ", ".join(round.name for round in rounds)])
    sheet.row([_("Số người thi"), found.persons], font=BOLD)
    sheet.row([_("Số lượt thi"), found.entries], font=BOLD)
    sheet.row([_("Trong đó: số lượt đã nộp"), found.submitted])
    sheet.row([_("Lập lúc"), show_moment(timezone.now())])
    sheet.line(
        _("Người thi trùng và bài bị huỷ không tính. Mọi số liệu do hệ thống lập từ dữ liệu thi."),
        font=ITALIC,
    )


UNIT_VALUES: Values[figures.UnitCount] = {
    "unit": lambda unit: unit.unit,
    "above": lambda unit: unit.above,
    "persons": lambda unit: unit.persons,
    "entries": lambda unit: unit.entries,
    "headcount": lambda unit: unit.headcount,
    "share": lambda unit: percent(unit.on_duty, unit.headcount),
    "listed": lambda unit: unit.listed,
    "done": lambda unit: unit.done,
    "done_share": lambda unit: percent(unit.done, unit.listed),
}
MISSING_VALUES: Values[figures.MissingPerson] = {
    "unit": lambda person: person.unit,
    "name": lambda person: person.full_name,
    "staff_code": lambda person: person.staff_code,
    "birth": lambda person: person.birth_date.strftime("%d/%m/%Y") if person.birth_date else "",
}


def _write_units(book: Workbook, contest: Contest, units: Sequence[figures.UnitCount]) -> None:
    layout = read_layout(unit=contest.unit, kind="units")
    table = LaidTable(book, layout, UNIT_VALUES, name=_("Theo đơn vị"))
    table.head(_("Số dòng: %(count)s") % {"count": len(units)})
    table.write(units)
    listed, done = sum(unit.listed for unit in units), sum(unit.done for unit in units)
    table.total(_("Cộng các đơn vị"), done_share=percent(done, listed))
    table.sign()


def _write_counts(book: Workbook, title: str, label: str, name: str, found: Figures) -> None:
    """One row per label; the entries have to add up to the whole (persons may enter twice)."""
    counts = found.tables[name]
    sheet = OfficeSheet(book, title, (40, 16, 16), landscape=False)
    _head(sheet, title.upper(), _("Số dòng: %(count)s") % {"count": len(counts)})
    sheet.header([label, _("Số người thi"), _("Số lượt thi")])
    for count in counts:
        sheet.row([figure_label(name, count), count.persons, count.entries])
    entries = sum(count.entries for count in counts)
    if entries != found.entries:
        raise ExportDisagrees(sheet=title, written=entries, stored=found.entries)
    sheet.row([_("Tổng cộng"), found.persons, entries], font=BOLD)


def _write_bands(book: Workbook, bands: Sequence[Figure]) -> None:
    sheet = OfficeSheet(book, _("Phổ điểm"), (40, 22, 16), landscape=False)
    _head(sheet, _("PHỔ ĐIỂM"), _("Chỉ tính bài đã chấm"))
    sheet.header([_("Mức điểm"), _("Số người thi (bài tốt nhất)"), _("Số lượt thi")])
    for band in bands:
        sheet.row([figure_label("band", band), band.persons, band.entries])
    persons, entries = sum(band.persons for band in bands), sum(band.entries for band in bands)
    sheet.row([_("Tổng cộng"), persons, entries], font=BOLD)


def _write_ends(book: Workbook, found: Figures) -> None:
    """The oldest and the youngest, by name."""
    sheet = OfficeSheet(book, _("Cao tuổi, nhỏ tuổi"), (20, 34, 16, 34), landscape=False)
    _head(sheet, _("NGƯỜI CAO TUỔI NHẤT, NHỎ TUỔI NHẤT"))
    sheet.header([_("Nhóm"), _("Họ và tên"), _("Ngày sinh"), _("Đơn vị")])
    people = Entrant.objects.select_related("unit").in_bulk([*found.oldest, *found.youngest])
    for words, ids in (
        (_("Cao tuổi nhất"), found.oldest),
        (_("Nhỏ tuổi nhất"), found.youngest),
    ):
        for person in (people[pk] for pk in ids if pk in people):
            unit = person.unit.name if person.unit else ""
            sheet.row([words, person.full_name, show_birth(person), unit])


def show_birth(person: Entrant) -> str:
    """As precise as it was told."""
    if person.birth_date is None:
        return ""
    form = {BirthPrecision.YEAR: "%Y", BirthPrecision.MONTH: "%m/%Y"}.get(
        BirthPrecision(person.birth_precision), "%d/%m/%Y"
    )
    return person.birth_date.strftime(form)


def write_missing(
    book: Workbook, contest: Contest, missing: Sequence[figures.MissingPerson]
) -> int:
    """The sheet of who of the compulsory list has not entered; the number of people in it."""
    layout = read_layout(unit=contest.unit, kind="missing")
    table = LaidTable(book, layout, MISSING_VALUES, name=_("Chưa dự thi"), landscape=False)
    table.head(_("Số dòng: %(count)s") % {"count": len(missing)})
    return table.write(missing)
