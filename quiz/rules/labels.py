"""What the fields and values of the rule document are called on pages and in print."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

FIELDS = {
    "schema_version": gettext_lazy("Phiên bản cấu trúc"),
    "decision_number": gettext_lazy("Số quyết định"),
    "decision_date": gettext_lazy("Ngày quyết định"),
    "title": gettext_lazy("Tên thể lệ"),
    "entry": gettext_lazy("Dự thi"),
    "result": gettext_lazy("Kết quả"),
    "groups": gettext_lazy("Đối tượng dự thi"),
    "code": gettext_lazy("Mã"),
    "name": gettext_lazy("Tên"),
    "paper": gettext_lazy("Đề thi"),
    "blueprint": gettext_lazy("Ma trận đề"),
    "topic": gettext_lazy("Chủ đề"),
    "level": gettext_lazy("Mức độ"),
    "count": gettext_lazy("Số lượng"),
    "shuffle_items": gettext_lazy("Xáo trộn câu hỏi"),
    "shuffle_options": gettext_lazy("Xáo trộn phương án"),
    "fixed_items": gettext_lazy("Câu hỏi cố định"),
    "identity_fields": gettext_lazy("Thông tin khai báo"),
    "required": gettext_lazy("Bắt buộc"),
    "birth_precision": gettext_lazy("Độ chi tiết của ngày sinh"),
    "identity_key": gettext_lazy("Thông tin nhận diện"),
    "persons_per_phone": gettext_lazy("Số người dùng chung một số điện thoại"),
    "minimum_age": gettext_lazy("Tuổi tối thiểu"),
    "reentry": gettext_lazy("Cách vào lại trên máy khác"),
    "time_limit_seconds": gettext_lazy("Thời gian làm bài"),
    "grace_ms": gettext_lazy("Thời gian bù đường truyền"),
    "at_close": gettext_lazy("Khi vòng thi đóng"),
    "attempts_per_round": gettext_lazy("Số lượt thi mỗi vòng"),
    "points_per_item": gettext_lazy("Điểm mỗi câu"),
    "multiple_marking": gettext_lazy("Chấm câu nhiều đáp án"),
    "require_all_answered": gettext_lazy("Phải trả lời đủ các câu"),
    "prediction": gettext_lazy("Câu hỏi dự đoán"),
    "who": gettext_lazy("Đại lượng dự đoán"),
    "scope": gettext_lazy("Phạm vi dự đoán"),
    "decimals": gettext_lazy("Số chữ số thập phân"),
    "counted_attempt": gettext_lazy("Lượt thi được tính"),
    "chain": gettext_lazy("Tiêu chí xếp hạng"),
    "kind": gettext_lazy("Tiêu chí"),
    "direction": gettext_lazy("Thứ tự"),
    "precision": gettext_lazy("Độ chính xác"),
    "prizes": gettext_lazy("Cơ cấu giải"),
    "money": gettext_lazy("Tiền thưởng"),
    "group": gettext_lazy("Đối tượng"),
    "by": gettext_lazy("Xét theo"),
    "one_prize_per": gettext_lazy("Giới hạn giải cho một người"),
    "reserves": gettext_lazy("Số người dự bị"),
    "max_share_percent": gettext_lazy("Tỷ lệ giải tối đa"),
    "budget": gettext_lazy("Kinh phí giải thưởng mỗi vòng"),
    "hotline": gettext_lazy("Đường dây nóng"),
    "score_shown": gettext_lazy("Hiển thị điểm"),
    "key_shown": gettext_lazy("Công bố đáp án"),
    "complaint_days": gettext_lazy("Thời hạn khiếu nại"),
    "actual_value_policy": gettext_lazy("Giá trị thực của câu dự đoán"),
    "minor_names": gettext_lazy("Tên người chưa đủ 16 tuổi"),
    "unit_prizes": gettext_lazy("Giải tập thể"),
    "members": gettext_lazy("Người được tính"),
    "components": gettext_lazy("Thành phần"),
    "weight": gettext_lazy("Trọng số"),
    "at_least": gettext_lazy("Mức điểm"),
    "over": gettext_lazy("Chia cho"),
    "conditions": gettext_lazy("Điều kiện"),
    "percent": gettext_lazy("Tỷ lệ"),
    "size_from": gettext_lazy("Từ số người"),
    "size_below": gettext_lazy("Dưới số người"),
    "ties": gettext_lazy("Khi bằng nhau"),
    "blocs": gettext_lazy("Khối đơn vị"),
    "bloc": pgettext_lazy("đơn vị", "Khối"),
    "kinds": gettext_lazy("Loại đơn vị"),
}

IDENTITY = {
    "full_name": gettext_lazy("Họ và tên"),
    "birth_date": gettext_lazy("Ngày sinh"),
    "sex": gettext_lazy("Giới tính"),
    "phone": gettext_lazy("Số điện thoại"),
    "national_id": gettext_lazy("Số định danh cá nhân (trên thẻ căn cước/CCCD)"),
    "email": gettext_lazy("Thư điện tử"),
    "address": gettext_lazy("Địa chỉ"),
    "unit": gettext_lazy("Đơn vị"),
    "staff_code": gettext_lazy("Mã cán bộ"),
}

BIRTH = {
    "day": gettext_lazy("Ngày, tháng, năm sinh"),
    "month": gettext_lazy("Tháng, năm sinh"),
    "year": gettext_lazy("Năm sinh"),
}

CRITERIA = {
    "all_correct": gettext_lazy("Đúng tất cả các câu hỏi"),
    "score": gettext_lazy("Điểm bài thi"),
    "prediction_error": gettext_lazy("Sai số dự đoán"),
    "duration": pgettext_lazy("tiêu chí", "Thời gian làm bài"),
    "duration_share": gettext_lazy("Tỷ lệ thời gian làm bài trên thời gian được làm"),
    "submitted_at": gettext_lazy("Thời điểm nộp bài"),
    "attempts_used": gettext_lazy("Số lượt đã thi"),
    "registered_at": gettext_lazy("Thời điểm đăng ký"),
    "age": gettext_lazy("Tuổi"),
    "lot": gettext_lazy("Bốc thăm"),
    "decision": gettext_lazy("Ban Tổ chức quyết định"),
}


PRECISION = {
    "second": gettext_lazy("giây"),
    "minute": gettext_lazy("phút"),
    "ms": gettext_lazy("phần nghìn giây"),
    "month": gettext_lazy("tháng sinh"),
    "year": gettext_lazy("năm sinh"),
    "whole": gettext_lazy("phần nguyên"),
    "tenth": gettext_lazy("một chữ số thập phân"),
    "hundredth": gettext_lazy("hai chữ số thập phân"),
}


def identity_label(name: str, birth_precision: str | None = None) -> str:
    """“Ngày sinh”; with a precision what the form asks for: “Tháng, năm sinh”."""
    if name == "birth_date" and birth_precision is not None:
        return str(BIRTH[birth_precision])
    return str(IDENTITY[name])


def criterion_label(kind: str) -> str:
    return str(CRITERIA[kind])


PRIZE_BY = {
    "rank": gettext_lazy("Thứ hạng"),
    "oldest": gettext_lazy("Cao tuổi nhất"),
    "youngest": gettext_lazy("Trẻ tuổi nhất"),
}


def describe_place(path: Sequence[str | int]) -> str:
    """Where in the rules: ("result", "prizes", 1, "count") → “Cơ cấu giải, dòng 2, “Số lượng””.

    The two halves of the document are left out: people see a list of headings, not a tree.
    """
    words = []
    for step in path:
        if step in ("entry", "result"):
            continue
        if isinstance(step, int):
            words.append(_("dòng %(number)s") % {"number": step + 1})
        elif words:
            words.append(_("“%(field)s”") % {"field": FIELDS.get(step, step)})
        else:
            words.append(str(FIELDS.get(step, step)))
    return ", ".join(words) or _("Thể lệ")
