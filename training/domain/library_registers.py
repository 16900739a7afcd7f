"""What the library tells the house when Django starts: what it finds, cites, keeps and records."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.audit_labels import register_act_labels
from training.domain import bulletins, faqs, inquiry_answers, materials, procedures
from training.domain.inquiry_retention import register_inquiry_stores
from training.domain.material_citations import register_materials
from training.domain.material_files import register_material_files
from training.domain.search_index import SearchKind, register_search_kind

_LABELS = {
    "answer_inquiry": _("Soạn trả lời câu hỏi %(number)s"),
    "assign_inquiry": _("Chuyển câu hỏi %(number)s cho đơn vị trả lời"),
    "change_material": _("Sửa tài liệu của thư viện"),
    "create_material": _("Thêm tài liệu vào thư viện"),
    "delete_channel": _("Xoá một kênh liên hệ"),
    "delete_faq": _("Xoá một câu hỏi thường gặp"),
    "delete_index_results": _("Xoá kết quả chỉ số (%(count)s dòng)"),
    "delete_procedures": _("Xoá thủ tục khỏi danh mục (%(count)s dòng)"),
    "load_index_results": _("Nhập kết quả chỉ số (%(count)s dòng)"),
    "load_procedures": _("Nhập danh mục thủ tục (%(count)s dòng)"),
    "publish_inquiry": _("Đăng câu hỏi %(number)s và trả lời"),
    "publish_material": _("Đăng tài liệu lên thư viện"),
    "refuse_inquiry": _("Không trả lời công khai câu hỏi %(number)s"),
    "reset_page_text": _("Dùng lại nội dung có sẵn của một trang"),
    "save_channel": _("Ghi một kênh liên hệ"),
    "save_faq": _("Ghi một câu hỏi thường gặp"),
    "save_page_text": _("Sửa nội dung một trang"),
    "send_inquiry": _("Người dân gửi câu hỏi"),
    "take_back_inquiry": _("Người hỏi rút và xoá nội dung đã gửi"),
    "withdraw_material": _("Gỡ tài liệu khỏi thư viện"),
}
_KINDS = (
    SearchKind(materials.KIND, _("Tài liệu"), "library-material"),
    SearchKind(faqs.KIND, _("Câu hỏi thường gặp"), "faq-entry"),
    SearchKind(bulletins.KIND, _("Bản tin"), "bulletin-article"),
    SearchKind(inquiry_answers.KIND, _("Dân hỏi, Thủ trưởng trả lời"), "answer"),
    SearchKind(procedures.KIND, _("Thủ tục hành chính"), "procedure"),
)


def register_library() -> None:
    """Called once when Django starts."""
    for kind in _KINDS:
        register_search_kind(kind)
    register_act_labels(_LABELS)
    register_materials()
    register_material_files()
    register_inquiry_stores()
