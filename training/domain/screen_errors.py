"""Refusals about screens and playlists."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class ScreenNotFound(DomainError):
    """Never there, or revoked: both look alike."""

    code = "screen_not_found"
    status = 404
    message = _("Màn hình này chưa được ghép hoặc đã ngừng dùng.")
    hint = _("Xin người phụ trách một mã ghép mới rồi nhập lại.")


class CodeUnknown(DomainError):
    code = "screen_code_unknown"
    status = 422
    message = _("Mã ghép chưa đúng hoặc đã hết hạn.")
    hint = _("Mã có tám chữ và số, dùng được 30 phút. Xin mã mới ở trang “Màn hình tại quầy”.")


class PlaylistInUse(DomainError):
    code = "playlist_in_use"
    status = 409
    message = _("Còn màn hình đang phát danh sách này.")
    hint = _("Chọn danh sách khác cho các màn hình ấy trước.")
