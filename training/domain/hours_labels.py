"""What the diary says of acts on duty, credits and study records."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.audit_labels import register_act_labels

_LABELS = {
    "set_duty": _("Đặt định mức giờ học: %(yearly)s đơn vị, mỗi đơn vị %(minutes)s phút"),
    "remove_duty": _("Bỏ một định mức giờ học"),
    "enter_credit": _("Khai giờ học ngoài hệ thống"),
    "enter_credits": _("Khai giờ học ngoài hệ thống từ tệp Excel, %(count)s giấy"),
    "approve_credit": _("Duyệt giờ học ngoài hệ thống"),
    "refuse_credit": _("Không duyệt giờ học ngoài hệ thống"),
    "open_credit_scan": _("Mở bản quét giấy chứng nhận của người học"),
    "withdraw_credit": _("Rút lại giờ học ngoài hệ thống đã khai"),
    "export_hours": _("Xuất bảng giờ học năm %(year)s, %(count)s người"),
    "print_records": _("In phiếu theo dõi bồi dưỡng năm %(year)s, %(count)s người"),
}


def register_hours_labels() -> None:
    """Called once when Django starts."""
    register_act_labels(_LABELS)
