"""What a rehearsal measured and what it did not, to be read before its figures are trusted."""

from django.utils.translation import gettext as _

from quiz.models import Rehearsal
from quiz.rules.figures import show_number


def measured_sentence(rehearsal: Rehearsal) -> str:
    """“Đã đo: 1.200 lượt trong 10 phút …”."""
    report = rehearsal.report
    return _(
        "Đã đo: %(done)s trên %(asked)s lượt trong %(seconds)s giây, tức %(reached)s lượt mỗi phút "
        "(dự kiến %(offered)s). Mỗi lượt gồm mở trang, đăng ký, bắt đầu, mở đề, bốn lần lưu, nộp "
        "bài và lấy biên nhận, qua HTTP tới máy chủ này."
    ) % {
        "done": show_number(report["completed"]),
        "asked": show_number(rehearsal.entrants),
        "seconds": show_number(round(report["seconds"])),
        "reached": show_number(round(report["reached_per_minute"])),
        "offered": show_number(round(report["offered_per_minute"])),
    }


def unmeasured_sentences(rehearsal: Rehearsal) -> list[str]:
    """What nobody may conclude from the figures."""
    rate = show_number(round(rehearsal.report["offered_per_minute"]))
    return [
        _("Tải cao hơn %(rate)s lượt mỗi phút, và tải kéo dài hơn lần này.") % {"rate": rate},
        _(
            "Mạng của điện thoại, đường truyền của cơ quan, nginx và https: mọi yêu cầu đi từ "
            "chính máy này, không qua mạng."
        ),
        _(
            "Sức máy khi không phải tự phát tải: chương trình diễn tập dùng chung bộ xử lý với máy "
            "chủ, nên con số có thể thấp hơn thực tế."
        ),
        _("Phút cao điểm: người diễn tập vào đều đặn, không dồn vào giờ mở hay giờ đóng vòng."),
        _("Kiểu chữ, ảnh, script của trang và người dùng thật; câu hỏi và tên người là bịa."),
        _("Đóng vòng, chấm bài, xếp hạng và các tác vụ khác chạy cùng lúc."),
    ]


def stop_sentence(rehearsal: Rehearsal) -> str:
    """Why it ended before its time; "" if it did not."""
    return {
        "": "",
        "errors": _("Đã tự dừng vì hơn một phần năm số yêu cầu gặp lỗi."),
        "cancelled": _("Đã dừng theo yêu cầu."),
        "killed": _("Tiến trình nền bị tắt giữa chừng; dữ liệu diễn tập đã được xoá."),
        "failed": _("Diễn tập không chạy được; dữ liệu diễn tập đã được xoá."),
    }[rehearsal.report.get("stopped", "")]
