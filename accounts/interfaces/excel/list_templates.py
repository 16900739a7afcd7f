"""The workbooks people download to write units and people in: one sheet to fill, one that explains.

Column names are what the readers know, so they stay Vietnamese whatever the language of the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from accounts.enums import UnitKind
from accounts.queries.org_unit import OrgUnitQuerySet

TEXT_FORMAT = "@"
LAST_ROW = 20_001  # down to here the lists can be chosen from
GUIDE_SHEET = "Hướng dẫn"
_HEAD = PatternFill("solid", fgColor="0B5563")
_HEAD_FONT = Font(bold=True, color="FFFFFF")
_WRAP = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class Told:
    """A column: what stands above it, how wide it is, what may be chosen, how it is explained."""

    title: str
    width: int
    about: str
    words: Sequence[str] = ()


def unit_template(file: BinaryIO, units: OrgUnitQuerySet) -> None:
    """With the units there are now, for people to change and send back."""
    rows = units.select_related("parent").order_by("sort_name", "code")
    write_template(
        file,
        sheet="Đơn vị",
        columns=_unit_columns(),
        rows=(
            [
                unit.code,
                unit.name,
                _KIND_WORDS[unit.kind],
                *_place(unit.parent),
                "; ".join(unit.aliases),
            ]
            for unit in rows
        ),
    )


def _place(parent: object) -> list[str]:
    return [getattr(parent, "code", "")]


_KIND_WORDS = {
    UnitKind.PROVINCE: "Tỉnh, thành phố",
    UnitKind.COMMUNE: "Xã",
    UnitKind.WARD: "Phường",
    UnitKind.SPECIAL_ZONE: "Đặc khu",
    UnitKind.DEPARTMENT: "Sở, ban, ngành",
    UnitKind.OFFICE: "Phòng, trung tâm",
    UnitKind.OTHER: "Đơn vị khác",
}


def _unit_columns() -> list[Told]:
    day = _("Dạng ngày/tháng/năm, ví dụ 01/07/2025.")
    return [
        Told("Mã đơn vị", 16, _("Mã có sẵn: sửa đơn vị đó. Mã mới hoặc để trống: thêm đơn vị.")),
        Told("Tên đơn vị", 38, _("Khác tên đang có: đổi tên, tên cũ vẫn tìm được.")),
        Told("Loại", 18, _("Chọn trong danh sách; để trống thì suy từ tên."), _kinds()),
        Told(
            "Thuộc đơn vị", 24, _("Mã hoặc tên đơn vị cấp trên. Khác nơi đang thuộc: chuyển đến.")
        ),
        Told("Tên gọi khác", 44, _("Tên cũ, tên tắt, cách nhau bằng dấu chấm phẩy (;).")),
        Told("Biên chế", 10, _("Số người, là mẫu số của tỷ lệ tham gia.")),
        Told("Biên chế tính từ ngày", 16, day),
        Told("Nhập vào đơn vị", 24, _("Mã hoặc tên đơn vị nhận khi sáp nhập; cần cả ngày.")),
        Told("Ngừng hoạt động từ ngày", 18, day),
        Told("Mở lại (ghi x)", 12, _("Ghi x để mở lại đơn vị đã ngừng hoặc đã nhập.")),
    ]


def _kinds() -> list[str]:
    return [word for word in _KIND_WORDS.values() if "," not in word]


def person_template(file: BinaryIO) -> None:
    """Empty: a list of people with their addresses is no template."""
    roles = (
        "Người soạn câu hỏi", "Người duyệt câu hỏi", "Người tổ chức cuộc thi", "Lãnh đạo đơn vị",
        "Giám khảo", "Người được xuất dữ liệu cá nhân", "Người kiểm tra", "Quản trị",
    )  # fmt: skip
    columns = [
        Told("Mã cán bộ", 18, _("Bắt buộc; dùng để đăng nhập. Mã có sẵn: sửa người đó.")),
        Told("Họ và tên", 30, _("Bắt buộc với người mới.")),
        Told("Đơn vị", 26, _("Mã hoặc tên. Khác đơn vị đang thuộc: điều chuyển, vai trò cũ hết.")),
        Told("Thư điện tử", 28, _("Không có thì để trống và in phiếu kích hoạt.")),
        Told("Điện thoại", 14, _("10 chữ số.")),
        Told("Vai trò", 30, _("Nhiều vai trò cách nhau bằng dấu chấm phẩy (;)."), roles),
        Told("Vai trò tại đơn vị", 26, _("Để trống: tại đơn vị của người đó.")),
        Told(
            "Trạng thái", 12, _("“Khóa” hoặc “Mở lại”; để trống: giữ nguyên."), ("Khóa", "Mở lại")
        ),
        Told("Lý do khóa", 26, _("Ví dụ: nghỉ hưu từ 01/07/2026.")),
    ]
    write_template(file, sheet="Cán bộ", columns=columns, rows=())


def write_template(
    file: BinaryIO,
    *,
    sheet: str,
    columns: Sequence[Told],
    rows: Iterable[Sequence[str]],
    previewed: bool = True,
    keeps: bool = True,
) -> None:
    """`previewed`: what would change is shown before it is done; `keeps`: an empty cell leaves what
    was stored, else the row takes the place of the stored one.
    """
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "C2"
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].number_format = TEXT_FORMAT
        if column.words:
            _add_list(page, letter, column.words)
    page.append([_head(page, column.title) for column in columns])
    for row in rows:
        page.append([_text(page, value) for value in row])
    _write_guide(book.create_sheet(GUIDE_SHEET), columns, previewed=previewed, keeps=keeps)
    book.save(file)


def _add_list(page: Worksheet, letter: str, words: Sequence[str]) -> None:
    """To choose from; other words may be typed, the reader knows more of them."""
    joined = ",".join(words)
    rule = DataValidation(type="list", formula1=f'"{joined}"', allow_blank=True)
    rule.add(f"{letter}2:{letter}{LAST_ROW}")
    page.data_validations.append(rule)


def _head(page: Worksheet, title: str) -> WriteOnlyCell:
    cell = _text(page, title)
    cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD, _WRAP
    return cell


def _text(page: Worksheet, value: str) -> WriteOnlyCell:
    """Text stays text, even one that begins with “=” or a zero."""
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type, cell.number_format = "s", TEXT_FORMAT
    return cell


def _write_guide(page: Worksheet, columns: Sequence[Told], *, previewed: bool, keeps: bool) -> None:
    page.column_dimensions["A"].width = 26
    page.column_dimensions["B"].width = 90
    steps = [
        _("Ô để trống: giữ nguyên như hiện có. Nộp lại cùng một tệp không thay đổi thêm gì.")
        if keeps
        else _("Dòng đã có được thay cả dòng: ô để trống thì mục đó thành trống."),
        _("Xóa được các cột không dùng, trừ cột đầu tiên. Không đổi tên các cột còn lại."),
        _("Hệ thống kiểm tra cả tệp và cho xem trước; bấm xác nhận thì mới thực hiện.")
        if previewed
        else _("Hệ thống kiểm tra cả tệp; có lỗi thì báo đủ từng dòng và chưa lưu gì."),
    ]
    for step in steps:
        page.append([None, _text(page, step)])
    page.append([])
    page.append([_head(page, _("Cột")), _head(page, _("Cách ghi"))])
    for column in columns:
        about = _text(page, column.about)
        about.alignment = _WRAP
        page.append([_text(page, column.title), about])
