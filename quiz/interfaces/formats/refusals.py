"""Why a file of items can't be read at all; nothing in it was looked at."""

from typing import Self

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class UnreadableFile(DomainError):
    """Base of them; a reader raises nothing else."""

    code = "unreadable_file"
    status = 422
    message = _("Không đọc được tệp này.")
    hint = _("Kiểm tra lại tệp rồi tải lên lần nữa.")


class FileTooLarge(UnreadableFile):
    code = "file_too_large"
    status = 413
    message = _("Tệp quá lớn.")
    hint = _("Bỏ hình ảnh không cần, hoặc chia thành nhiều tệp.")

    @classmethod
    def beyond(cls, limit: int) -> Self:
        """The refusal that names the limit, given in bytes."""
        return cls(_now("Tệp lớn quá %d MB.") % (limit // 1024**2))


class FileUnpacksTooLarge(UnreadableFile):
    """A bomb: small as sent, huge once unpacked."""

    code = "file_unpacks_too_large"
    message = _("Nội dung bên trong tệp quá lớn so với một tệp câu hỏi.")
    hint = _("Xuất lại từ hệ thống cũ thành nhiều tệp nhỏ hơn.")


class TooManyItems(UnreadableFile):
    code = "too_many_items_in_file"
    message = _("Tệp có quá nhiều câu hỏi.")
    hint = _("Chia thành nhiều tệp.")


class FileDamaged(UnreadableFile):
    code = "file_damaged"
    message = _("Tệp bị hỏng hoặc tải lên chưa đủ.")
    hint = _("Xuất lại tệp từ hệ thống cũ rồi tải lên lần nữa.")


class FileEncrypted(UnreadableFile):
    code = "file_encrypted"
    message = _("Tệp đang đặt mật khẩu nên chưa đọc được.")
    hint = _("Gỡ mật khẩu rồi tải lên lại.")


class WrongEncoding(UnreadableFile):
    code = "wrong_encoding"
    message = _("Chữ trong tệp không theo bảng mã Unicode (UTF-8).")
    hint = _("Mở tệp, chọn “Lưu thành” (Save As) với bảng mã UTF-8 rồi tải lên lại.")


class ForbiddenXml(UnreadableFile):
    """A document type: its entities could be a bomb or point at files of the server."""

    code = "forbidden_xml"
    message = _("Tệp XML có phần khai báo DOCTYPE nên không được mở.")
    hint = _("Xuất lại tệp từ hệ thống cũ, hoặc xoá dòng <!DOCTYPE …> ở đầu tệp.")


class UnsafePackage(UnreadableFile):
    """A part of a zip is named so that it would land outside the package."""

    code = "unsafe_package"
    message = _("Gói có tệp mang đường dẫn đi ra ngoài gói.")
    hint = _("Xuất lại gói từ hệ thống cũ; đừng nén lại bằng tay.")


class NotOfThisFormat(UnreadableFile):
    code = "not_of_this_format"
    message = _("Tệp này không thuộc định dạng đã chọn.")
    hint = _("Chọn đúng định dạng, hoặc để hệ thống tự nhận.")

    @classmethod
    def named(cls, format: str) -> Self:
        """The refusal that names the format looked for: “GIFT”."""
        return cls(_now("Tệp này không phải tệp câu hỏi %s.") % format)


class EmptyFile(UnreadableFile):
    code = "empty_file"
    message = _("Tệp không có chữ nào.")
    hint = _("Kiểm tra xem có chọn nhầm tệp không; ảnh chụp hay bản quét phải gõ lại thành chữ.")


class UnknownEncoding(UnreadableFile):
    """No encoding of Vietnamese makes words of the bytes."""

    code = "unknown_encoding"
    message = _("Tệp văn bản ghi bằng bảng mã không nhận ra được.")
    hint = _("Mở tệp, chọn “Lưu thành” (Save As), bảng mã UTF-8, rồi tải lên lại.")


class AnotherFormat(UnreadableFile):
    """A file of a kind we know and don't read, or one given to the wrong reader."""

    code = "another_format"
    message = _("Tệp này không phải tệp Word .docx.")
    hint = _(
        "Mở tệp bằng Word hoặc LibreOffice, chọn “Lưu thành” (Save As) kiểu .docx rồi tải lên lại."
    )


class WordDamaged(FileDamaged):
    code = "word_damaged"
    message = _("Tệp Word bị hỏng hoặc tải lên chưa đủ.")
    hint = _("Mở tệp bằng Word hoặc LibreOffice, lưu thành tệp .docx mới rồi tải lên lại.")


class WordUnpacksTooLarge(FileUnpacksTooLarge):
    code = "word_unpacks_too_large"
    message = _("Nội dung bên trong tệp quá lớn so với một tệp Word thông thường.")
    hint = _("Chép các câu hỏi sang một tệp mới rồi tải tệp mới lên.")


class WordProtected(FileEncrypted):
    code = "word_protected"
    hint = _("Mở tệp, gỡ mật khẩu (Tệp → Thông tin → Bảo vệ tài liệu), lưu rồi tải lên lại.")


class TooManyLines(FileTooLarge):
    code = "too_many_lines"
    message = _("Tệp có quá nhiều dòng.")
    hint = _("Xoá các dòng trống, hoặc chia thành nhiều tệp.")


class NoKeys(UnreadableFile):
    code = "no_keys"
    message = _("Không tìm thấy đáp án nào trong tệp.")
    hint = _("Ghi mỗi đáp án kèm số câu, ví dụ “1. A”, hoặc lập bảng có cột “Câu” và “Đáp án”.")
