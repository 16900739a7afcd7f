"""Why a file could not be read as a workbook at all."""

from typing import Self

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class UnreadableWorkbook(DomainError):
    """Base of them: nothing in the file was looked at."""

    code = "unreadable_workbook"
    status = 422


class NotAWorkbook(UnreadableWorkbook):
    code = "not_a_workbook"
    message = _("Tệp này không phải tệp Excel.")
    hint = _(
        "Mở tệp bằng Excel hoặc LibreOffice, chọn “Lưu thành” (Save As) kiểu .xlsx rồi tải lên lại."
    )


class PasswordProtected(UnreadableWorkbook):
    code = "password_protected"
    message = _("Tệp đang đặt mật khẩu mở nên chưa đọc được.")
    hint = _("Mở tệp, gỡ mật khẩu (Tệp → Thông tin → Bảo vệ sổ làm việc), lưu rồi tải lên lại.")


class WorkbookDamaged(UnreadableWorkbook):
    code = "workbook_damaged"
    message = _("Tệp Excel bị hỏng hoặc tải lên chưa đủ.")
    hint = _("Mở tệp bằng Excel hoặc LibreOffice, lưu thành tệp .xlsx mới rồi tải lên lại.")


class WorkbookTooLarge(UnreadableWorkbook):
    code = "workbook_too_large"
    status = 413
    message = _("Tệp quá lớn.")
    hint = _("Xoá hình ảnh và các trang không cần, hoặc chia thành nhiều tệp.")

    @classmethod
    def beyond(cls, limit: int) -> Self:
        """The refusal that names the limit, given in bytes."""
        return cls(_now("Tệp lớn quá %d MB.") % (limit // 1024**2))


class WorkbookUnpacksTooLarge(UnreadableWorkbook):
    """A zip bomb, or a workbook of a million empty styled cells."""

    code = "workbook_unpacks_too_large"
    message = _("Nội dung bên trong tệp quá lớn so với một tệp Excel thông thường.")
    hint = _("Chép các dòng cần dùng sang một tệp mới rồi tải tệp mới lên.")


class FarCell(UnreadableWorkbook):
    """calamine lays a sheet out as a full rectangle: one far cell asks for all in between."""

    code = "far_cell"
    message = _("Có ô chứa dữ liệu nằm quá xa phần bảng.")
    hint = _("Xoá các dòng và cột thừa ở cuối trang, hoặc chép bảng sang tệp mới.")
