"""The rights of contests in words, for the table of roles."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.rights import register_right
from quiz import permissions


def register_own_rights() -> None:
    """Called once when Django starts."""
    for code, words in (
        ("SEE_BANKS", _("Xem ngân hàng câu hỏi (không gồm đáp án)")),
        ("SEE_KEYS", _("Xem câu hỏi kèm đáp án (từ đó không được nhận giải)")),
        ("SEE_OPENINGS", _("Xem ai biết đáp án của ngân hàng")),
        ("WRITE_ITEMS", _("Soạn và nhập câu hỏi")),
        ("REVIEW_ITEMS", _("Duyệt câu hỏi do người khác soạn")),
        ("CHECK_DOCUMENTS", _("Kiểm hiệu lực văn bản, quyết định câu có căn cứ hết hiệu lực")),
        ("SEE_CONTEST", _("Xem cuộc thi, người dự thi (số được che), kết quả")),
        ("RUN_CONTEST", _("Tổ chức cuộc thi: thể lệ, chốt đề, xét giải, trình ký")),
        ("PREVIEW_ROUND", _("Xem thử vòng thi như người dự thi (không có đáp án)")),
        ("SEE_APPEALS", _("Xem khiếu nại, bài làm và nhật ký bài thi liên quan")),
        ("REVIEW_HINTS", _("Xem dấu hiệu cần xem trong bài thi, ghi là đã xem")),
        ("RELEASE", _("Phê duyệt công bố kết quả do người khác trình")),
        ("SEE_DUTY", _("Xem đơn vị mình còn ai chưa dự thi")),
        ("EXPORT_PERSONS", _("Xem và xuất dữ liệu cá nhân đầy đủ, có nêu lý do")),
        ("AUDIT_CONTEST", _("Lập gói kiểm toán: mọi lượt thi, đáp án, quyết định")),
    ):
        register_right(code, words, getattr(permissions, code))
