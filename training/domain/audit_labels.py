"""What the diary says of acts on courses and of learning."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.audit_labels import register_act_labels, register_named_subjects

_OF_FILES = {
    "delete_training_file": _("Xoá một tệp học liệu"),
}
_OF_COURSES = {
    "add_lesson": _("Thêm bài học"),
    "add_module": _("Thêm một phần của khoá học"),
    "archive_course": _("Lưu trữ khoá học"),
    "change_course": _("Sửa thông tin khoá học"),
    "change_lesson": _("Sửa bài học"),
    "complete_course": _("Hoàn thành khoá học"),
    "copy_course": _("Sao chép khoá học từ khoá số %(source)s"),
    "create_course": _("Lập khoá học"),
    "keep_lesson": _("Quyết định bài học vẫn đúng dù căn cứ hết hiệu lực"),
    "move_lesson": _("Đổi chỗ bài học"),
    "move_module": _("Đổi chỗ một phần của khoá học"),
    "publish_course": _("Mở khoá học"),
    "remove_module": _("Bỏ một phần trống của khoá học"),
    "rename_module": _("Đổi tên một phần của khoá học"),
    "restore_lesson": _("Dùng lại bài học"),
    "retire_lesson": _("Ngừng dùng bài học"),
    "withdraw_course": _("Đưa khoá học về bản nháp"),
}

_OF_CERTIFICATES = {
    "issue_certificates": _("Cấp giấy xác nhận hoàn thành (%(count)s giấy, mới %(new)s)"),
    "revoke_certificate": _("Thu hồi giấy xác nhận hoàn thành"),
}
_OF_BULLETINS = {
    "approve_article": _("Duyệt bài của bản tin"),
    "change_article": _("Sửa bài của bản tin"),
    "change_bulletin": _("Sửa bản tin"),
    "create_article": _("Viết bài cho bản tin"),
    "create_bulletin": _("Mở số bản tin mới"),
    "mail_bulletin": _("Gửi thư bản tin (%(sent)s thư)"),
    "publish_bulletin": _("Phát hành bản tin"),
    "return_article": _("Trả lại bài của bản tin"),
    "send_article": _("Gửi bài cho bản tin"),
}


def register_own_labels() -> None:
    """Called once when Django starts."""
    register_act_labels(_OF_COURSES | _OF_FILES | _OF_CERTIFICATES | _OF_BULLETINS)
    register_named_subjects("training.course", "training.lesson")
