"""Refusals met while writing courses."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError


class ModuleNotEmpty(DomainError):
    code = "module_not_empty"
    status = 409
    message = _("Phần này còn bài học nên chưa bỏ được.")
    hint = _("Chuyển các bài sang phần khác trước; bài đã có người học thì ngừng dùng.")


class CourseInUse(DomainError):
    code = "course_in_use"
    status = 409
    message = _("Khoá học đã có người ghi danh nên không về bản nháp được.")
    hint = _("Lưu trữ khoá học, hoặc sửa thẳng trong khoá đang mở.")


class CourseChanged(DomainError):
    code = "course_changed"
    status = 409
    message = _("Khoá học không còn ở trạng thái đó.")
    hint = _("Tải lại trang để xem trạng thái hiện tại.")


class CodeReserved(DomainError):
    code = "course_code_reserved"
    status = 422
    message = _("Mã khoá học này trùng địa chỉ một trang có sẵn của phần học tập.")
    hint = _("Chọn mã khác, ví dụ thêm năm phía sau: gio-hoc-2026.")


class NothingToKeep(DomainError):
    code = "nothing_to_keep"
    status = 409
    message = _("Bài học không còn căn cứ nào hết hiệu lực để quyết định.")
    hint = _("Tải lại trang để xem danh sách hiện tại.")
