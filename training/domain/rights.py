"""The rights of training in words, for the table of roles."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.rights import register_right
from training import permissions


def register_own_rights() -> None:
    """Called once when Django starts."""
    for code, words in (
        ("RUN_TRAINING", _("Tập huấn: soạn khoá học, ghi danh, quản lý thư viện")),
        ("KEEP_CHANNELS", _("Ghi kênh liên hệ, đường dây nóng của đơn vị")),
        ("KEEP_EVIDENCE", _("Ghi minh chứng nhiệm vụ truyền thông của đơn vị trong phạm vi")),
        ("ANSWER_INQUIRIES", _("Trả lời câu hỏi của người dân gửi đến đơn vị")),
        ("WRITE_ARTICLES", _("Viết bài cho bản tin của cơ quan")),
        ("KEEP_CREDITS", _("Khai và duyệt giờ học ngoài hệ thống của người trong phạm vi")),
        ("SEE_TRAINING", _("Xem tình hình học tập của đơn vị trong phạm vi")),
    ):
        register_right(code, words, getattr(permissions, code))
