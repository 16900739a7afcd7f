"""Rows of a workbook read by people's rules: every fault with its place, all rows or none."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.domain.unit_search import UnitFinder
from accounts.errors import Fault, Faults
from accounts.models import OrgUnit
from accounts.text import nfc

LONGEST_UNIT = 200


@dataclass(frozen=True)
class ListedRow:
    """A row's texts by column, and where it stands."""

    place: str
    cells: Mapping[str, str]

    def text(self, name: str) -> str:
        return nfc(self.cells.get(name, ""))


@dataclass
class Reading:
    """The faults met while rows are read; reading goes on, so that all are told at once."""

    faults: list[Fault] = field(default_factory=list)

    def fail(self, row: ListedRow, code: str, message: str, hint: str) -> None:
        self.faults.append(Fault(row.place, code, message, hint))

    def required(self, row: ListedRow, name: str, title: str, longest: int) -> str:
        """The text of a cell that has to be there; "" or too long, it is a fault."""
        text = row.text(name)
        if not text:
            message = _("Chưa có %(title)s.") % {"title": title}
            self.fail(row, f"{name}_missing", message, _("Điền ô này rồi tải lên lại."))
        elif len(text) > longest:
            told = {"title": title, "count": longest}
            message = _("Quá dài: %(title)s có nhiều hơn %(count)s ký tự.") % told
            self.fail(row, f"{name}_too_long", message, _("Rút gọn nội dung."))
        return text

    def unit(self, row: ListedRow, finder: UnitFinder, title: str, hint: str) -> OrgUnit | None:
        """What the cell “unit” means among the finder's units; without one it is a fault."""
        named = self.required(row, "unit", title, LONGEST_UNIT)
        if not named:
            return None
        try:
            return finder.find(named)
        except ValueError as unknown:
            self.fail(row, "unit_unknown", str(unknown), hint)
            return None

    def finish(self) -> None:
        """Raises Faults when there were any."""
        if self.faults:
            raise Faults(self.faults)
