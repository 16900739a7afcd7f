"""What the diary says of enrolling and of classes."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.audit_labels import register_act_labels

_LABELS = {
    "enrol_people": _("Ghi danh khoá học (%(count)s người)"),
    "end_unit_enrolment": _("Thôi tự ghi danh người mới của đơn vị"),
    "enrol_unit": _("Ghi danh cả đơn vị"),
    "exempt_enrolment": _("Miễn học, có lý do"),
    "lift_course_exemption": _("Bỏ miễn học"),
    "renew_enrolments": _("Mở học lại theo định kỳ (%(count)s người)"),
    "set_enrolment_due": _("Đặt hạn hoàn thành khoá học của một người"),
    "set_enrolment_terms": _("Sửa hạn, nhắc và học lại của khoá học"),
    "withdraw_enrolment": _("Rút một người khỏi khoá học"),
}
_OF_CLASSES = {
    "add_class_session": _("Thêm buổi của lớp tập huấn"),
    "attach_to_class": _("Đính kèm tài liệu vào lớp tập huấn"),
    "cancel_class": _("Huỷ lớp tập huấn"),
    "change_class": _("Sửa thông tin lớp tập huấn"),
    "create_class": _("Lập lớp tập huấn"),
    "detach_from_class": _("Bỏ tài liệu khỏi lớp tập huấn"),
    "export_attendance": _("Xuất danh sách điểm danh (%(rows)s dòng)"),
    "export_training_report": _("Xuất báo cáo tập huấn (%(rows)s dòng quá hạn)"),
    "invite_to_class": _("Mời dự lớp tập huấn (%(count)s người)"),
    "remove_class_session": _("Bỏ một buổi của lớp tập huấn"),
    "set_gain_pair": _("Chọn bài kiểm tra trước và sau của khoá học"),
    "tick_attendance": _("Điểm danh thay, có lý do"),
    "uninvite_from_class": _("Bỏ một người khỏi danh sách mời dự lớp"),
}


def register_enrolment_labels() -> None:
    """Called once when Django starts."""
    register_act_labels(_LABELS | _OF_CLASSES)
