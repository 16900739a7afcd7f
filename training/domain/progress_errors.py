"""Refusals met while learning."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class CourseClosed(DomainError):
    code = "course_closed"
    status = 409
    message = _("Khoá học này hiện không mở.")
    hint = _("Phần đã học vẫn được lưu. Hỏi người tổ chức nếu bạn cần học tiếp.")


class LessonLocked(DomainError):
    code = "lesson_locked"
    status = 409
    message = _("Bài này chưa mở cho bạn.")
    hint = _("Hoàn thành các bài đứng trước; trang khoá học ghi rõ bài nào.")


class LessonRetired(DomainError):
    code = "lesson_retired"
    status = 404
    message = _("Bài này không còn dùng.")
    hint = _("Quay lại trang khoá học để học bài khác.")


class NotByWord(DomainError):
    code = "not_by_word"
    status = 409
    message = _("Bài này không nhận lời tự xác nhận đã đọc.")
    hint = _("Đọc từng trang đến cuối; hệ thống tự ghi nhận.")
