"""Refusals of the contest engine."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class ContestNotFound(DomainError):
    code = "contest_not_found"
    status = 404
    message = _("Không tìm thấy cuộc thi này.")
    hint = _("Kiểm tra lại đường dẫn hoặc xem danh sách cuộc thi ở trang chủ.")


class RegistrationClosed(DomainError):
    code = "registration_closed"
    status = 409
    message = _("Cuộc thi hiện không nhận đăng ký.")
    hint = _("Xem thời gian các vòng thi ở trang cuộc thi.")


class TooEarly(DomainError):
    code = "too_early"
    status = 409
    message = _("Vòng thi chưa mở.")
    hint = _("Xem giờ mở ở trang cuộc thi và quay lại khi đến giờ.")


class TooLate(DomainError):
    code = "too_late"
    status = 409
    message = _("Vòng thi đã đóng.")
    hint = _("Xem vòng tiếp theo hoặc kết quả ở trang cuộc thi.")


class UnderAge(DomainError):
    code = "under_age"
    status = 422
    message = _("Người dự thi chưa đủ tuổi theo thể lệ.")
    hint = _("Kiểm tra lại ngày sinh; nếu đúng, xem thể lệ để biết độ tuổi dự thi.")


class InputRefused(DomainError):
    code = "input_refused"
    status = 422
    message = _("Thông tin gửi lên chưa đúng.")
    hint = _("Sửa các ô được đánh dấu rồi gửi lại.")


class UnknownToken(DomainError):
    """Also what another person's attempt looks like: nothing tells that it exists."""

    code = "unknown_token"
    status = 404
    message = _("Không tìm thấy bài thi này.")
    hint = _("Vào lại cuộc thi bằng mã dự thi của bạn.")


class UnknownCode(DomainError):
    code = "unknown_code"
    status = 404
    message = _("Mã dự thi không đúng.")
    hint = _("Kiểm tra lại từng nhóm chữ trên phiếu mã dự thi rồi nhập lại.")


class NoAttemptLeft(DomainError):
    code = "no_attempt_left"
    status = 409
    message = _("Bạn đã dùng hết số lượt thi của vòng này.")
    hint = _("Kết quả của các lượt đã thi vẫn được giữ; chờ công bố kết quả.")


class AttemptOpen(DomainError):
    code = "attempt_open"
    status = 409
    message = _("Lượt thi trước của bạn chưa kết thúc.")
    hint = _("Làm tiếp hoặc nộp lượt đang làm trước khi bắt đầu lượt mới.")


class AttemptClosed(DomainError):
    code = "attempt_closed"
    status = 409
    message = _("Bài thi đã hết giờ và được hệ thống đóng lại.")
    hint = _("Các câu đã lưu vẫn được tính. Xem biên nhận bài thi.")


class AttemptSubmitted(DomainError):
    code = "attempt_submitted"
    status = 409
    message = _("Bài thi đã được nộp trước đó.")
    hint = _("Xem biên nhận bài thi.")


class AttemptVoided(DomainError):
    code = "attempt_voided"
    status = 409
    message = _("Bài thi này đã bị Ban Tổ chức huỷ.")
    hint = _("Liên hệ điện thoại hỗ trợ của cuộc thi để biết lý do.")


class SaveTooLate(DomainError):
    code = "save_too_late"
    status = 409
    message = _("Câu trả lời gửi sau khi hết giờ nên không được nhận.")
    hint = _("Các câu đã lưu trước đó vẫn được tính.")


class SaveConflict(DomainError):
    code = "save_conflict"
    status = 409
    message = _("Bài thi vừa được sửa ở một nơi khác.")
    hint = _("Trang sẽ ghép hai bên rồi gửi lại; hãy kiểm tra các câu trả lời.")


class SystemBusy(DomainError):
    code = "busy"
    status = 503
    message = _("Hệ thống đang bận.")
    hint = _("Giữ nguyên trang này, hệ thống sẽ tự gửi lại sau ít giây.")


class DocumentsUnchecked(DomainError):
    code = "validity_unchecked"
    status = 409
    message = _("Câu hỏi dẫn văn bản đang chờ kiểm hiệu lực nên chưa duyệt được.")
    hint = _("Kiểm tra hiệu lực văn bản, bỏ cờ “kiểm hiệu lực” rồi duyệt lại.")


class VersionDecided(DomainError):
    code = "version_decided"
    status = 409
    message = _("Phiên bản câu hỏi này không còn chờ duyệt.")
    hint = _("Tải lại danh sách chờ duyệt.")


class RoundFrozen(DomainError):
    code = "round_frozen"
    status = 409
    message = _("Vòng thi đã chốt đề nên không đổi được nữa.")
    hint = _("Bỏ chốt đề trước giờ mở vòng, hoặc thay đổi ở vòng sau.")
