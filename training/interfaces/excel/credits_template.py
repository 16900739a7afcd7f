"""The workbook to write papers from elsewhere in; its words are what the reader knows."""

from typing import BinaryIO

from django.utils.translation import gettext as _

from accounts.interfaces.excel.list_templates import Told, write_template


def credit_template(file: BinaryIO) -> None:
    """Empty, with a sheet that explains each column."""
    columns = [
        Told("Mã cán bộ", 18, _("Bắt buộc; người trong phạm vi bạn phụ trách.")),
        Told("Tên khoá học", 40, _("Bắt buộc; như ghi trên giấy.")),
        Told("Nơi cấp", 34, _("Bắt buộc; cơ sở đào tạo, bồi dưỡng.")),
        Told("Số giấy", 18, _("Bắt buộc; mỗi giấy chỉ tính một lần.")),
        Told("Ngày hoàn thành", 18, _("Dạng ngày/tháng/năm, ví dụ 01/07/2025.")),
        Told("Số lượng", 12, _("Bằng chữ số, ví dụ 8 hoặc 7,5.")),
        Told("Đơn vị tính", 14, _("Để trống: phút."), ("phút", "tiết", "giờ", "ngày")),
    ]
    write_template(file, sheet="Giờ học ngoài hệ thống", columns=columns, rows=(), previewed=False)
