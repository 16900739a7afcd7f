"""Numbers and dates become the text that the person sees, or nothing is guessed."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from accounts.interfaces.excel.cell_details import CellDetails, read_details, shown_value
from accounts.interfaces.excel.opening import open_workbook

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (1.0, "General", "1"),
        (1.5, "General", "1,5"),
        (0.1 + 0.2, "General", "0,3"),
        (-3.0, "0", "-3"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12,5%"),
        (1234567.0, "#,##0", "1.234.567"),
        (1234.5, "#,##0.00", "1.234,50"),
        (2.5, "0.00", "2,50"),
        (3.0, '0 "ngày"', None),
        (0.5, "# ?/?", None),
        (True, "General", "TRUE"),
        (DAY, "dd/mm/yyyy", "01/03/2026"),
        (DAY, "d-mmm", None),
        (datetime.combine(DAY, time(9, 30)), "dd/mm/yyyy hh:mm", "09:30 01/03/2026"),
        (datetime.combine(DAY, time()), "yyyy-mm-dd", "01/03/2026"),
        (time(9, 30), "hh:mm", "09:30"),
        (timedelta(hours=30), "[h]:mm", None),
        (float("inf"), "General", None),
        (float("nan"), "General", None),
    ],
)
def test_value_is_shown_as_in_the_cell(value: Any, number_format: str, shown: str | None) -> None:
    assert shown_value(value, number_format) == shown


def test_details_name_errors_and_formats() -> None:
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["C1"], sheet["D1"] = "chữ", 0.5, "=A1", "#REF!"
    sheet["B1"].number_format = "0%"
    out = io.BytesIO()
    book.save(out)
    assert read_details(open_workbook(out), "Sheet") == CellDetails(
        errors={(1, 3): "", (1, 4): "#REF!"}, formats={(1, 2): "0%"}
    )
