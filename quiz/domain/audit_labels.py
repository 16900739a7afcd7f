"""What the diary says of acts on items, contests and results."""

from django.utils.translation import gettext_lazy as _

from accounts.domain.audit_labels import register_act_labels, register_named_subjects

_LABELS = {
    "add_items": _("Thêm %(count)s câu hỏi"),
    "add_may_not_win": _("Ghi tên người không được nhận giải"),
    "add_round": _("Thêm vòng thi"),
    "allow_to_win": _("Cho người dự thi được nhận giải"),
    "approve_release": _("Phê duyệt và công bố kết quả"),
    "archive_contest": _("Lưu trữ cuộc thi"),
    "bar_from_winning": _("Không cho người dự thi nhận giải"),
    "check_document": _("Kiểm hiệu lực văn bản"),
    "choose_consent_text": _("Chọn nội dung đồng ý của cuộc thi"),
    "close_round": _("Đóng vòng thi"),
    "create_bank": _("Lập ngân hàng câu hỏi"),
    "create_contest": _("Lập cuộc thi"),
    "delete_tag": _("Xóa nhãn của ngân hàng"),
    "duplicate_different": _("Kết luận nghi trùng: khác người"),
    "duplicate_same": _("Kết luận nghi trùng: cùng một người"),
    "export_items": _("Xuất câu hỏi kèm đáp án (%(rows)s câu)"),
    "export_participation": _("Xuất số liệu tham gia (%(rows)s dòng)"),
    "export_winners": _("Xuất danh sách đạt giải (%(rows)s dòng)"),
    "extension_attempt": _("Gia hạn bài thi"),
    "freeze_round": _("Chốt đề"),
    "guardian_consent": _("Ghi nhận đồng ý của người giám hộ"),
    "import_items": _("Nhập %(count)s câu hỏi từ tệp (xác nhận riêng %(confirmed)s câu)"),
    "issue_certificate": _("Cấp giấy xác nhận đơn vị hoàn thành"),
    "handle_report": _("Xử lý báo mạo danh"),
    "item_approved": _("Duyệt câu hỏi"),
    "item_draft": _("Trả lại câu hỏi"),
    "item_proposed": _("Đề nghị duyệt câu hỏi"),
    "item_retired": _("Ngừng dùng câu hỏi"),
    "match_confirmed": _("Đối chiếu danh sách: đúng người"),
    "match_open": _("Xem xét lại một trường hợp đối chiếu danh sách"),
    "match_refused": _("Đối chiếu danh sách: không phải một người"),
    "merge_topics": _("Gộp chủ đề số %(merged)s vào chủ đề này (%(versions)s phiên bản)"),
    "move_round": _("Sửa vòng thi"),
    "open_counts": _("Mở số liệu của cuộc thi (từ đó không được nhận giải)"),
    "open_keys": _("Xem đáp án lần đầu (từ đó không được nhận giải ở vòng dùng ngân hàng này)"),
    "print_key": _("Dựng bảng đáp án để in (%(codes)s mã đề)"),
    "print_papers": _("Dựng đề in (%(codes)s mã đề)"),
    "propose_awards": _("Xét giải (%(awards)s giải)"),
    "publish_contest": _("Đăng cuộc thi"),
    "readdress_contest": _("Đổi địa chỉ cuộc thi"),
    "remind_missing": _("Gửi %(sent)s thư nhắc dự thi"),
    "remove_may_not_win": _("Bỏ tên người không được nhận giải"),
    "remove_round": _("Xóa vòng thi"),
    "rename_tag": _("Sửa nhãn của ngân hàng"),
    "rename_topic": _("Đổi tên chủ đề"),
    "reopen_duplicate": _("Mở lại trường hợp nghi trùng"),
    "restore_attempt": _("Khôi phục bài thi"),
    "return_release": _("Trả lại bản trình công bố"),
    "reveal_numbers": _("Xem số điện thoại, số định danh đầy đủ"),
    "save_item": _("Lưu câu hỏi"),
    "seal_round": _("Niêm phong kết quả"),
    "set_groups": _("Sửa đối tượng dự thi"),
    "set_rules": _("Lưu thể lệ phiên bản %(version)s"),
    "set_unit_deadline": _("Đặt hạn dự thi của đơn vị"),
    "submit_release": _("Trình ký kết quả"),
    "tie_decision": _("Quyết định khi đồng hạng"),
    "tie_lot": _("Bốc thăm khi đồng hạng"),
    "unarchive_contest": _("Mở lại cuộc thi đã lưu trữ"),
    "unfreeze_round": _("Bỏ chốt đề"),
    "unseal_round": _("Mở niêm phong"),
    "update_contest": _("Sửa thông tin cuộc thi"),
    "void_attempt": _("Hủy bài thi"),
    "withdraw_tie_decision": _("Rút quyết định đồng hạng"),
}


def register_own_labels() -> None:
    """Called once when Django starts."""
    register_act_labels(_LABELS)
    register_named_subjects(
        "quiz.contest", "quiz.itembank", "quiz.round", "quiz.legaldocument", "quiz.topic"
    )
