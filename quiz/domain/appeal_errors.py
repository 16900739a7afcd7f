"""Refusals to those who appeal and to those who answer. None tells whether somebody entered."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class AppealTooEarly(DomainError):
    code = "appeal_too_early"
    status = 409
    message = _("Chưa tới thời gian nhận khiếu nại này.")
    hint = _("Xem thời gian nhận khiếu nại của từng vòng ở trang khiếu nại.")


class AppealTooLate(DomainError):
    code = "appeal_too_late"
    status = 409
    message = _("Đã hết thời hạn nhận khiếu nại của vòng này.")
    hint = _("Theo thể lệ, khiếu nại gửi quá thời hạn không được xem xét.")


class UnknownReceipt(DomainError):
    """Not signed by the round, of another round, or of somebody erased: all look alike."""

    code = "unknown_receipt"
    status = 404
    message = _("Biên nhận này không phải của vòng đã chọn, hoặc đã bị sửa.")
    hint = _("Chọn đúng vòng và gửi nguyên tệp biên nhận đã tải về, hoặc nhập mã dự thi.")


class WhoIsMissing(DomainError):
    code = "who_is_missing"
    status = 422
    message = _("Khiếu nại về bài của mình cần mã dự thi hoặc biên nhận.")
    hint = _("Nhập mã dự thi in trên phiếu, hoặc tải lên tệp biên nhận của bài thi.")


class UnknownAppeal(DomainError):
    code = "unknown_appeal"
    status = 404
    message = _("Mã khiếu nại không đúng.")
    hint = _("Kiểm tra lại từng nhóm chữ của mã đã nhận khi gửi khiếu nại.")


class AppealDecided(DomainError):
    code = "appeal_decided"
    status = 409
    message = _("Khiếu nại này đã được trả lời hoặc đã rút.")
    hint = _("Tải lại trang để xem trạng thái hiện tại.")


class NothingProposed(DomainError):
    code = "nothing_proposed"
    status = 409
    message = _("Khiếu nại này không chờ người thứ hai quyết định.")
    hint = _("Tải lại trang để xem trạng thái hiện tại.")


class SecondPersonDecides(DomainError):
    code = "second_person_decides"
    status = 403
    message = _("Người đề nghị chấp nhận không được tự quyết định khi kết quả thay đổi.")
    hint = _("Nhờ người thứ hai có quyền tổ chức hoặc quản trị quyết định.")


class StillPreliminary(DomainError):
    code = "still_preliminary"
    status = 409
    message = _("Kết quả chưa thể xác nhận là chính thức.")
    hint = _("Chờ hết thời hạn khiếu nại và trả lời hết các khiếu nại của vòng này.")
