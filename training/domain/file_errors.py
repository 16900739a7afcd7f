"""Why a file is not taken in, or not handed out."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class FileNotFound(DomainError):
    code = "file_not_found"
    status = 404
    message = _("Không tìm thấy tệp này.")
    hint = _("Kiểm tra lại đường dẫn; tệp có thể đã được thay bằng bản khác.")


class FileTooLarge(DomainError):
    code = "training_file_too_large"
    status = 413
    message = _("Tệp quá lớn.")
    hint = _("Giảm cỡ tệp hoặc chia nhỏ rồi tải lên lại.")


class FileEmpty(DomainError):
    code = "file_empty"
    status = 422
    message = _("Tệp không có nội dung.")
    hint = _("Kiểm tra xem có chọn nhầm tệp không rồi tải lên lại.")


class UnitSpaceUsedUp(DomainError):
    code = "unit_space_used_up"
    status = 413
    message = _("Đơn vị đã dùng hết dung lượng dành cho tệp học liệu.")
    hint = _("Xoá các tệp không dùng đến ở trang Tệp học liệu, hoặc báo quản trị hệ thống.")


class DiskFull(DomainError):
    code = "disk_full"
    status = 507
    message = _("Máy chủ đã hết chỗ trống để ghi tệp.")
    hint = _("Phần đã tải lên vẫn còn. Báo quản trị hệ thống dọn bớt dữ liệu rồi tải tiếp.")


class WrongOffset(DomainError):
    """The part sent does not begin where the upload stopped; `details["received"]` says where."""

    code = "wrong_offset"
    status = 409
    message = _("Phần tệp gửi lên không nối tiếp phần đã có.")
    hint = _("Tải tiếp từ chỗ máy chủ đã nhận.")


class UploadOver(DomainError):
    """The upload was finished, refused or cleared away."""

    code = "upload_over"
    status = 410
    message = _("Lượt tải lên này đã kết thúc.")
    hint = _("Chọn lại tệp để tải lên từ đầu.")


class FileInUse(DomainError):
    code = "file_in_use"
    status = 409
    message = _("Tệp đang được dùng nên không xoá được.")
    hint = _("Bỏ tệp khỏi bài học, tài liệu hoặc danh sách phát đang dùng rồi xoá lại.")
