"""The words of training that are stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CourseState(TextChoices):
    DRAFT = "draft", _("Bản nháp")
    PUBLISHED = "published", _("Đang mở")
    ARCHIVED = "archived", _("Đã lưu trữ")


# Subtitles in the languages people here speak, by BCP 47.
LANGUAGES = {"vi": _("Tiếng Việt"), "en": _("Tiếng Anh"), "rad": _("Ê Đê"), "jra": _("Gia Rai")}


class LessonKind(TextChoices):
    TEXT = "text", _("Bài đọc")
    PDF = "pdf", _("Tài liệu PDF")
    VIDEO = "video", _("Video")
    SLIDES = "slides", _("Bài trình chiếu")
    IMAGE = "image", _("Hình")
    LINK = "link", _("Liên kết")
    SCORM = "scorm", _("Gói SCORM")
    QUIZ = "quiz", _("Bài kiểm tra")


# Shown page by page, as pictures drawn from a PDF.
PAGED = (LessonKind.PDF, LessonKind.SLIDES)


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
    RENEWAL = "renewal", _("Học lại theo định kỳ")


# The library.


class MaterialKind(TextChoices):
    DECREE = "decree", _("Văn bản")
    LEAFLET = "leaflet", _("Tờ gấp")
    INFOGRAPHIC = "infographic", _("Đồ hoạ thông tin")
    VIDEO = "video", _("Video")
    AUDIO = "audio", _("Bài phát thanh")
    POST = "post", _("Bài viết")
    MODEL = "model", _("Điển hình tiên tiến")


class LibraryAudience(TextChoices):
    EVERYONE = "everyone", _("Mọi người")
    CITIZENS = "citizens", _("Người dân")
    BUSINESSES = "businesses", _("Doanh nghiệp")
    OFFICIALS = "officials", _("Cán bộ, công chức, viên chức")


class MaterialState(TextChoices):
    DRAFT = "draft", _("Bản nháp")
    PUBLISHED = "published", _("Đã đăng")
    WITHDRAWN = "withdrawn", _("Đã gỡ")


class InquiryState(TextChoices):
    """A citizen's question: given to a unit, answered there, then published or refused."""

    RECEIVED = "received", _("Mới nhận")
    ASSIGNED = "assigned", _("Đã chuyển đơn vị trả lời")
    ANSWERED = "answered", _("Có dự thảo trả lời, chờ duyệt")
    PUBLISHED = "published", _("Đã trả lời công khai")
    REFUSED = "refused", _("Không trả lời công khai")


# Certificates.


class CertificateState(TextChoices):
    """Not stored: it follows from the day and from whether the certificate was revoked."""

    VALID = "valid", _("Còn giá trị")
    EXPIRED = "expired", _("Hết giá trị")
    REVOKED = "revoked", _("Đã thu hồi")


# The bulletin.


class BulletinState(TextChoices):
    DRAFT = "draft", _("Đang soạn")
    PUBLISHED = "published", _("Đã phát hành")


class ArticleState(TextChoices):
    DRAFT = "draft", _("Bản nháp")
    SENT = "sent", _("Chờ duyệt")
    RETURNED = "returned", _("Trả lại để sửa")
    APPROVED = "approved", _("Đã duyệt")


# Screens at a desk.
class SlideKind(TextChoices):
    FILE = "file", _("Video, hình, PDF")
    TEXT = "text", _("Trang chữ")
    CONTEST = "contest", _("Mã QR cuộc thi")
    SURVEY = "survey", _("Mã QR khảo sát")


# Duty and credits.


class Measure(TextChoices):
    """In what a body counts training; how many minutes it has is a setting."""

    PERIOD = "period", _("tiết")
    HOUR = "hour", _("giờ")
    DAY = "day", _("ngày")


class Rounding(TextChoices):
    DOWN = "down", _("Xuống số nguyên")
    HALF = "half", _("Xuống đến nửa đơn vị")
    NEAREST = "nearest", _("Đến số nguyên gần nhất")


class CreditState(TextChoices):
    PROPOSED = "proposed", _("Chờ duyệt")
    APPROVED = "approved", _("Đã duyệt")
    REFUSED = "refused", _("Không duyệt")


class ChannelKind(TextChoices):
    HOTLINE = "hotline", _("Đường dây nóng")
    PHONE = "phone", _("Điện thoại")
    EMAIL = "email", _("Thư điện tử")
    ZALO = "zalo", _("Zalo")
    WEBSITE = "website", _("Trang thông tin")
    ADDRESS = "address", _("Địa chỉ tiếp dân")


# Enrolling.


class EnrolmentStanding(TextChoices):
    """Where an enrolment is on a day; follows from its moments and is not stored."""

    LATE = "late", _("Quá hạn")
    WAITING = "waiting", _("Chưa học")
    LEARNING = "learning", _("Đang học")
    DONE = "done", _("Đã hoàn thành")
    EXEMPT = "exempt", _("Được miễn")
    WITHDRAWN = "withdrawn", _("Đã rút")


class ReminderWay(TextChoices):
    LETTER = "letter", _("Thư điện tử")
    TEXT = "text", _("Tin nhắn")


# Classes in a room.


class SignWay(TextChoices):
    CODE = "code", _("Bằng mã")
    TICK = "tick", _("Người tổ chức ghi")


class Direction(TextChoices):
    """Which end of a session a code is for; not stored."""

    IN = "in", _("Vào")
    OUT = "out", _("Ra")


# The communication plan.


class DueSpan(TextChoices):
    """How people say when a task is due; it is late after the last day of it."""

    DAY = "day", _("ngày")
    MONTH = "month", _("tháng")
    QUARTER = "quarter", _("quý")
    YEAR = "year", _("cả năm")


class TargetKind(TextChoices):
    """What a task's measurable target counts."""

    CONTESTS = "contests", _("cuộc thi")
    ENTRIES = "entries", _("lượt dự thi")
    CLASSES = "classes", _("lớp tập huấn")
    LEARNERS = "learners", _("người dự tập huấn")
    MATERIALS = "materials", _("tài liệu tuyên truyền")
    ARTICLES = "articles", _("tin bài")
    BULLETINS = "bulletins", _("số bản tin")
    VIDEOS = "videos", _("video")
    BROADCASTS = "broadcasts", _("bài phát thanh")
    SURVEYED = "surveyed", _("phiếu khảo sát")
    FAQS = "faqs", _("câu hỏi đáp")
    OTHER = "other", _("sản phẩm khác")


class PlanThing(TextChoices):
    """What the program itself holds and a task may be proven by."""

    CONTEST = "contest", _("Cuộc thi")
    COURSE = "course", _("Khoá học")
    CLASS = "class", _("Lớp tập huấn")
    MATERIAL = "material", _("Tài liệu")
    BULLETIN = "bulletin", _("Bản tin")
    SURVEY = "survey", _("Khảo sát")
    FAQ = "faq", _("Hỏi đáp")


class TaskState(TextChoices):
    """Not stored: it follows from evidence, due day and confirmation (engine.plan_progress)."""

    WAITING = "waiting", _("Chưa làm")
    DOING = "doing", _("Đang làm")
    DONE = "done", _("Xong")
    LATE = "late", _("Quá hạn")
