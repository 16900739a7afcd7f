"""Refusals of the form at the end of a course or class."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class FeedbackEarly(DomainError):
    code = "feedback_early"
    status = 403
    message = _("Bạn đánh giá được sau khi hoàn thành khoá học hoặc dự lớp.")
    hint = _("Học xong hoặc điểm danh rồi quay lại trang này.")


class FeedbackDone(DomainError):
    code = "feedback_done"
    status = 409
    message = _("Bạn đã gửi đánh giá.")
    hint = _("Mỗi người đánh giá một lần; phiếu không ghi tên nên không sửa lại được.")


class FeedbackIncomplete(DomainError):
    code = "feedback_incomplete"
    status = 422
    message = _("Còn câu chưa chọn mức.")
    hint = _("Chọn một trong năm mức ở mỗi câu.")


class BadGainPair(DomainError):
    code = "bad_gain_pair"
    status = 422
    message = _("Chọn hai bài kiểm tra khác nhau của khoá học này.")
    hint = _("Thêm bài kiểm tra đầu vào và bài cuối khoá trước.")
