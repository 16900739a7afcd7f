"""Why a file was refused, and what to do next, in words."""

from typing import Any

from django.utils.translation import gettext_lazy

from training.domain.files import too_large, unknown_kind

_SENTENCES: dict[str, Any] = {
    "damaged": gettext_lazy("Tệp bị hỏng nên không đọc được. Xuất lại tệp rồi tải lên lần nữa."),
    "too_heavy": gettext_lazy(
        "Tệp nặng hoặc rối đến mức không kiểm tra được. Xuất lại tệp nhỏ hơn rồi tải lên lần nữa."
    ),
    "picture_damaged": gettext_lazy(
        "Hình bị hỏng, hoặc không phải PNG, JPEG, WebP tĩnh. Lưu lại hình rồi tải lên lần nữa."
    ),
    "picture_too_wide": gettext_lazy(
        "Hình rộng hoặc cao quá %(side)d điểm. Thu nhỏ hình rồi tải lên lại."
    ),
    "pdf_damaged": gettext_lazy(
        "Tệp PDF bị hỏng hoặc tải lên chưa đủ. Xuất lại PDF rồi tải lên lần nữa."
    ),
    "pdf_encrypted": gettext_lazy("Tệp PDF đang đặt mật khẩu. Gỡ mật khẩu rồi tải lên lại."),
    "pdf_too_long": gettext_lazy(
        "Tệp PDF có %(pages)d trang, nhiều nhất là %(most)d. Chia thành nhiều tệp."
    ),
    "pdf_script": gettext_lazy(
        "Tệp PDF chứa mã lệnh (JavaScript) nên không nhận. In tệp ra PDF mới rồi tải lên lại."
    ),
    "pdf_attachments": gettext_lazy(
        "Tệp PDF đính kèm tệp khác bên trong nên không nhận. In tệp ra PDF mới rồi tải lên lại."
    ),
    "film_damaged": gettext_lazy(
        "Tệp không phải video, âm thanh xem được, hoặc đã hỏng. Xuất lại thành MP4 rồi tải lên."
    ),
    "film_cut": gettext_lazy(
        "Video hoặc âm thanh bị cắt cụt: chỉ còn %(seconds)d trong %(promised)d giây. "
        "Xuất lại rồi tải lên lần nữa."
    ),
    "film_empty": gettext_lazy(
        "Trong tệp không có hình chuyển động hay âm thanh. Kiểm tra xem có chọn nhầm tệp không."
    ),
    "film_quicktime": gettext_lazy(
        "Video kiểu QuickTime (.mov) nhiều trình duyệt không xem được. Xuất thành MP4 (H.264)."
    ),
    "film_matroska": gettext_lazy(
        "Video kiểu Matroska (.mkv) nhiều trình duyệt không xem được. Xuất thành MP4 hoặc WebM."
    ),
    "film_codec": gettext_lazy(
        "Trình duyệt không phát được kiểu nén “%(codec)s”. Xuất thành MP4 (H.264, AAC) rồi tải lên."
    ),
    "film_pixels": gettext_lazy(
        "Trình duyệt không phát được H.264 kiểu điểm ảnh “%(pixels)s”. Xuất lại theo 4:2:0, 8 bit."
    ),
    "film_sides": gettext_lazy("Video rộng hoặc cao quá %(side)d điểm. Xuất lại cỡ nhỏ hơn."),
    "film_too_long": gettext_lazy(
        "Video hoặc âm thanh dài quá %(hours)d giờ. Cắt thành nhiều tệp."
    ),
    "subtitles_encoding": gettext_lazy(
        "Phụ đề không theo bảng mã UTF-8. Lưu lại tệp theo UTF-8 rồi tải lên lần nữa."
    ),
    "subtitles_damaged": gettext_lazy(
        "Dòng %(line)d của phụ đề không đúng dạng thời gian “00:00:01.000 --> 00:00:04.000”. "
        "Sửa dòng ấy rồi tải lên lại."
    ),
    "subtitles_backwards": gettext_lazy(
        "Câu phụ đề thứ %(cue)d (bắt đầu lúc %(start)s) kết thúc trước khi bắt đầu. "
        "Sửa câu ấy rồi tải lên lại."
    ),
    "subtitles_empty": gettext_lazy("Tệp phụ đề không có câu nào. Kiểm tra lại tệp."),
    "scorm_no_manifest": gettext_lazy(
        "Trong gói không có tệp imsmanifest.xml ở ngoài cùng hay trong một thư mục. "
        "Xuất lại gói SCORM từ phần mềm soạn bài, đừng nén lại bằng tay."
    ),
    "scorm_manifest_damaged": gettext_lazy(
        "Tệp imsmanifest.xml của gói bị hỏng. Xuất lại gói SCORM rồi tải lên lần nữa."
    ),
    "scorm_version": gettext_lazy(
        "Gói theo chuẩn “%(version)s”; hệ thống nhận SCORM 1.2 và SCORM 2004. Xuất lại theo một "
        "trong hai chuẩn ấy."
    ),
    "scorm_nothing_to_launch": gettext_lazy(
        "Gói không nêu bài nào để mở. Xuất lại gói SCORM từ phần mềm soạn bài."
    ),
    "scorm_launch_missing": gettext_lazy(
        "Gói nêu tệp mở đầu “%(name)s” nhưng bên trong không có. Xuất lại gói SCORM."
    ),
    "scorm_too_many": gettext_lazy(
        "Gói có hơn %(most)d bài. Chia thành nhiều gói rồi tải lên từng gói."
    ),
    "scorm_bomb": gettext_lazy(
        "Nội dung bên trong gói quá lớn hoặc quá nhiều tệp so với một bài học. Chia nhỏ gói."
    ),
    "scorm_unsafe": gettext_lazy(
        "Gói có tệp mang tên hoặc đường dẫn không an toàn: “%(name)s”. "
        "Xuất lại gói SCORM, tên tệp theo UTF-8."
    ),
    "scorm_executable": gettext_lazy(
        "Gói chứa chương trình hoặc mã chạy trên máy chủ: “%(name)s”. Bỏ tệp ấy rồi xuất lại gói."
    ),
    "scorm_nested": gettext_lazy(
        "Gói chứa tệp nén bên trong: “%(name)s”. Bỏ tệp ấy rồi xuất lại gói."
    ),
    "scorm_encrypted": gettext_lazy("Gói đang đặt mật khẩu. Gỡ mật khẩu rồi tải lên lại."),
    "scorm_damaged": gettext_lazy(
        "Gói nén bị hỏng hoặc tải lên chưa đủ. Xuất lại gói SCORM rồi tải lên lần nữa."
    ),
    "subtitles_too_many": gettext_lazy("Tệp phụ đề có hơn %(most)d câu. Chia thành nhiều tệp."),
}


def sentence(code: str, values: dict[str, Any]) -> str:
    """The refusal in the language that is spoken now."""
    if code == "too_large":
        return too_large(values["kind"])
    if code == "unknown_kind":
        return unknown_kind()
    return str(_SENTENCES.get(code, _SENTENCES["damaged"])) % values


def known_codes() -> tuple[str, ...]:
    """For the test that every refusal has its sentence."""
    return (*_SENTENCES, "too_large", "unknown_kind")
