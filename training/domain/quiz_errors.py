"""Refusals met in quiz lessons."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class NoTriesLeft(DomainError):
    code = "no_tries_left"
    status = 409
    message = _("Bạn đã dùng hết số lần làm bài kiểm tra này.")
    hint = _("Hỏi người tổ chức của khoá học.")


class QuizNotReady(DomainError):
    code = "quiz_not_ready"
    status = 409
    message = _("Bài kiểm tra hiện chưa có đủ câu.")
    hint = _("Học bài khác trước; người tổ chức đã thấy việc này ở danh sách cần sửa.")


class NoOpenTry(DomainError):
    code = "no_open_try"
    status = 409
    message = _("Bạn không có bài kiểm tra nào đang làm ở đây.")
    hint = _("Bấm “Bắt đầu làm bài”.")


class BadAnswer(DomainError):
    code = "bad_answer"
    status = 422
    message = _("Chưa chọn phương án nào.")
    hint = _("Chọn phương án rồi gửi câu trả lời.")
