"""Refusals about training taken elsewhere."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class CreditKnown(DomainError):
    code = "credit_known"
    status = 409
    message = _("Giấy này đã được khai cho người học.")
    hint = _("Kiểm tra nơi cấp và số giấy; mỗi giấy chỉ tính một lần.")


class CreditDecided(DomainError):
    code = "credit_decided"
    status = 409
    message = _("Giấy này đã có quyết định.")
    hint = _("Tải lại trang để xem kết quả.")


class CreditInFuture(DomainError):
    code = "credit_in_future"
    status = 422
    message = _("Ngày hoàn thành nằm trong tương lai.")
    hint = _("Khai khi khoá học đã hoàn thành.")


class OwnCredit(DomainError):
    code = "own_credit"
    status = 403
    message = _("Người khai hoặc chính người học không được tự duyệt.")
    hint = _("Nhờ một người phụ trách khác của đơn vị duyệt.")


class RefusalNeeded(DomainError):
    code = "refusal_needed"
    status = 422
    message = _("Chưa ghi lý do không duyệt.")
    hint = _("Ghi ngắn gọn để người khai biết cần sửa gì.")


class ScanUnreadable(DomainError):
    code = "scan_unreadable"
    status = 422
    message = _("Bản quét phải là tệp PDF, PNG hoặc JPEG, không quá 3 MB.")
    hint = _("Quét lại ở chế độ thường (không cần ảnh màu chất lượng cao) rồi tải lên.")
