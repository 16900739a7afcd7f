"""The words of training that are stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CourseState(TextChoices):
    DRAFT = "draft", _("Bản nháp")
    PUBLISHED = "published", _("Đang mở")
    ARCHIVED = "archived", _("Đã lưu trữ")


class LessonKind(TextChoices):
    TEXT = "text", _("Bài đọc")
    PDF = "pdf", _("Tài liệu PDF")
    VIDEO = "video", _("Video")
    SLIDES = "slides", _("Bài trình chiếu")
    IMAGE = "image", _("Hình")
    LINK = "link", _("Liên kết")
    SCORM = "scorm", _("Gói SCORM")
    QUIZ = "quiz", _("Bài kiểm tra")


class FileKind(TextChoices):
    """What a training file is, by its bytes and not by its name."""

    IMAGE = "image", _("Hình")
    PDF = "pdf", _("PDF")
    VIDEO = "video", _("Video")
    SOUND = "sound", _("Âm thanh")
    SUBTITLES = "subtitles", _("Phụ đề")
    SCORM = "scorm", _("Gói SCORM")


class FileState(TextChoices):
    """An upload is checked by the worker before anybody else sees it."""

    UPLOADING = "uploading", _("Đang tải lên")
    CHECKING = "checking", _("Đang kiểm tra")
    READY = "ready", _("Dùng được")
    REFUSED = "refused", _("Bị từ chối")


class EnrolmentSource(TextChoices):
    SELF = "self", _("Tự ghi danh")
    ORGANISER = "organiser", _("Người tổ chức ghi danh")
    UNIT = "unit", _("Theo đơn vị")
    LIST = "list", _("Theo danh sách Excel")
    GAP = "gap", _("Giao để đủ giờ")
