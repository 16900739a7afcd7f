"""Why a package is not played, or what it says not taken."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class PackageNotReady(DomainError):
    code = "package_not_ready"
    status = 409
    message = _("Gói SCORM của bài này chưa dùng được.")
    hint = _("Báo người tổ chức khoá học kiểm tra lại tệp của bài.")


class LinkOver(DomainError):
    code = "package_link_over"
    status = 404
    message = _("Liên kết tới gói bài học đã hết hạn.")
    hint = _("Mở lại bài học từ trang khoá học.")
