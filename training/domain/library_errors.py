"""Refusals of the library."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class MaterialEmpty(DomainError):
    code = "material_empty"
    status = 409
    message = _("Tài liệu chưa có nội dung để đăng.")
    hint = _("Viết nội dung, chọn một tệp hoặc ghi một liên kết rồi đăng lại.")


class MaterialFileNotReady(DomainError):
    code = "material_file_not_ready"
    status = 409
    message = _("Tệp của tài liệu chưa dùng được.")
    hint = _("Chờ kiểm tra tệp xong, hoặc chọn tệp khác, rồi đăng lại.")


class PictureNotDescribed(DomainError):
    code = "picture_not_described"
    status = 409
    message = _("Hình chưa có mô tả bằng lời.")
    hint = _("Sửa tài liệu, tả nội dung hình cho người không nhìn thấy, rồi đăng lại.")


class MaterialMoved(DomainError):
    """Somebody else published or withdrew it meanwhile."""

    code = "material_moved"
    status = 409
    message = _("Trạng thái của tài liệu đã thay đổi.")
    hint = _("Tải lại trang để xem trạng thái hiện tại.")


class ReasonMissing(DomainError):
    code = "reason_missing"
    status = 422
    message = _("Chưa có lý do.")
    hint = _("Ghi lý do để người khác hiểu vì sao.")
