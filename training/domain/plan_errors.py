"""Refusals of communication plans, their tasks and evidence."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class PlanTaken(DomainError):
    code = "plan_taken"
    status = 409
    message = _("Đơn vị đã có kế hoạch cùng năm và cùng tên.")
    hint = _("Đặt tên khác, hoặc mở kế hoạch đã có để sửa.")


class PlanInUse(DomainError):
    code = "plan_in_use"
    status = 409
    message = _("Kế hoạch đã có minh chứng nên không xoá được.")
    hint = _("Giữ kế hoạch để đối chiếu với báo cáo đã gửi.")


class TaskInUse(DomainError):
    code = "task_in_use"
    status = 409
    message = _("Nhiệm vụ đã có minh chứng nên không xoá được.")
    hint = _("Bỏ các minh chứng ghi nhầm trước, hoặc giữ nhiệm vụ.")


class TaskDone(DomainError):
    code = "task_done"
    status = 409
    message = _("Nhiệm vụ đã được xác nhận hoàn thành.")
    hint = _("Mở lại nhiệm vụ nếu cần sửa.")


class TaskNotDone(DomainError):
    code = "task_not_done"
    status = 409
    message = _("Nhiệm vụ chưa được xác nhận hoàn thành.")
    hint = _("Tải lại trang để xem trạng thái hiện tại.")


class EvidenceMissing(DomainError):
    code = "evidence_missing"
    status = 409
    message = _("Nhiệm vụ chưa có minh chứng.")
    hint = _("Ghi ít nhất một minh chứng rồi xác nhận.")


class TargetNotReached(DomainError):
    code = "target_not_reached"
    status = 409
    message = _("Minh chứng chưa đủ chỉ tiêu.")
    hint = _("Ghi thêm minh chứng, hoặc nêu lý do vẫn xác nhận hoàn thành.")


class EvidenceTwice(DomainError):
    code = "evidence_twice"
    status = 409
    message = _("Minh chứng này đã được ghi cho nhiệm vụ.")
    hint = _("Chọn minh chứng khác.")


class ThingNotFound(DomainError):
    code = "thing_not_found"
    status = 404
    message = _("Không tìm thấy nội dung đã chọn trong hệ thống.")
    hint = _("Chọn lại trong danh sách.")


class PeriodNotBegun(DomainError):
    code = "period_not_begun"
    status = 409
    message = _("Kỳ báo cáo này chưa bắt đầu.")
    hint = _("Chọn kỳ đã bắt đầu.")
