"""What the diary says of communication plans."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.audit_labels import register_act_labels

_LABELS = {
    "add_plan_evidence": _("Ghi minh chứng cho nhiệm vụ %(number)s của kế hoạch truyền thông"),
    "add_plan_task": _("Thêm nhiệm vụ %(number)s vào kế hoạch truyền thông"),
    "change_communication_plan": _("Sửa thông tin kế hoạch truyền thông"),
    "change_plan_task": _("Sửa nhiệm vụ %(number)s của kế hoạch truyền thông"),
    "confirm_plan_task": _("Xác nhận hoàn thành nhiệm vụ %(number)s của kế hoạch truyền thông"),
    "copy_communication_plan": _("Sao chép kế hoạch truyền thông từ kế hoạch số %(source)s"),
    "create_communication_plan": _("Lập kế hoạch truyền thông"),
    "delete_communication_plan": _("Xoá kế hoạch truyền thông chưa có minh chứng"),
    "delete_plan_task": _("Xoá nhiệm vụ %(number)s của kế hoạch truyền thông"),
    "explain_plan_task": _("Ghi lý do chậm của nhiệm vụ %(number)s"),
    "export_communication_plan": _("Xuất kế hoạch truyền thông (%(rows)s dòng)"),
    "export_plan_report": _("Lập báo cáo kết quả truyền thông (kỳ %(period)s)"),
    "load_plan_tasks": _("Nhập nhiệm vụ của kế hoạch truyền thông (%(count)s dòng)"),
    "remove_plan_evidence": _("Bỏ một minh chứng của nhiệm vụ %(number)s"),
    "reopen_plan_task": _("Mở lại nhiệm vụ %(number)s của kế hoạch truyền thông"),
}


def register_plan_labels() -> None:
    """Called once when Django starts."""
    register_act_labels(_LABELS)
