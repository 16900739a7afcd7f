"""What the parts of figures are called, for pages, workbook and API."""

from datetime import date

from django.utils.translation import gettext as _

from quiz.domain.figures import Figure
from quiz.enums import Sex


def table_titles() -> dict[str, str]:
    """The tables in the order in which they are shown."""
    return {
        "round": _("So sánh các vòng"),
        "group": _("Theo đối tượng"),
        "unit": _("Theo đơn vị"),
        "commune": _("Theo xã, phường, đặc khu"),
        "sex": _("Theo giới tính"),
        "age": _("Theo độ tuổi"),
        "day": _("Theo ngày"),
        "hour": _("Theo giờ trong ngày"),
        "band": _("Theo mức điểm"),
    }


def band_names() -> tuple[str, ...]:
    return (
        _("Đúng tất cả"),
        _("Đúng từ 75 % trở lên"),
        _("Đúng từ 25 % đến dưới 75 %"),
        _("Đúng dưới 25 %"),
        _("Không đúng câu nào"),
    )


def age_names() -> tuple[str, ...]:
    return (
        _("Dưới 16 tuổi"),
        _("16–30 tuổi"),
        _("31–45 tuổi"),
        _("46–60 tuổi"),
        _("Trên 60 tuổi"),
    )


def figure_label(table: str, figure: Figure) -> str:
    """“Nữ”, “16–30 tuổi”, “08:00–08:59”, “22/11/2026”; what is not known is called so."""
    return value_label(table, figure.value, figure.label)


def value_label(table: str, value: str, label: str = "") -> str:
    if not value:
        return _("Ngoài các xã, phường") if table == "commune" else _("Không rõ")
    if table == "day":
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    if table == "hour":
        return f"{int(value):02}:00–{int(value):02}:59"
    if table == "sex":
        return str(Sex(value).label)
    if table in ("age", "band"):
        return (age_names() if table == "age" else band_names())[int(value)]
    return label
