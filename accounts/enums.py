"""The words of accounts that are stored."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    PROVINCE = "province", _("Tỉnh, thành phố")
    COMMUNE = "commune", _("Xã")
    WARD = "ward", _("Phường")
    SPECIAL_ZONE = "special_zone", _("Đặc khu")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    OFFICE = "office", _("Phòng, trung tâm")
    OTHER = "other", _("Đơn vị khác")


class Role(TextChoices):
    """What a membership allows, at its unit and every unit below."""

    AUTHOR = "author", _("Người soạn câu hỏi")
    REVIEWER = "reviewer", _("Người duyệt câu hỏi")
    ORGANISER = "organiser", _("Người tổ chức cuộc thi")
    UNIT_LEAD = "unit_lead", _("Lãnh đạo, đầu mối đơn vị")
    JUDGE = "judge", _("Giám khảo")
    EXPORTER = "exporter", _("Người được xuất dữ liệu cá nhân")
    AUDITOR = "auditor", _("Người kiểm tra")
    ADMINISTRATOR = "administrator", _("Quản trị")


# Roles that see keys or export personal data: a second factor (TOTP) is required of them.
SECOND_FACTOR_ROLES = frozenset(
    {
        Role.AUTHOR,
        Role.REVIEWER,
        Role.ORGANISER,
        Role.EXPORTER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)


class LinkPurpose(TextChoices):
    """What a one-time link is for."""

    SIGN_IN = "sign_in", _("Đăng nhập một lần")
    ACTIVATE = "activate", _("Kích hoạt tài khoản")


class JobState(TextChoices):
    QUEUED = "queued", _("Đang chờ")
    RUNNING = "running", _("Đang chạy")
    DONE = "done", _("Đã xong")
    FAILED = "failed", _("Không thành công")


class ConsentPurpose(TextChoices):
    ENTER_CONTEST = "enter_contest", _("Tham gia cuộc thi")
    PUBLISH_MINOR = "publish_minor", _("Công bố tên người dưới 16 tuổi")


class BirthPrecision(IntegerChoices):
    YEAR = 1, _("chỉ năm sinh")
    MONTH = 2, _("tháng và năm sinh")
    DAY = 3, _("ngày, tháng, năm sinh")


class DataRequestKind(TextChoices):
    """What a person may ask about their own data (Law 91/2025/QH15)."""

    CORRECTION = "correction", _("Sửa thông tin")
    WITHDRAWAL = "withdrawal", _("Rút lại sự đồng ý")
    ERASURE = "erasure", _("Xoá dữ liệu")


class DataRequestState(TextChoices):
    OPEN = "open", _("Đang xử lý")
    DONE = "done", _("Đã thực hiện")
    REFUSED = "refused", _("Không thực hiện được")


class RevealReason(TextChoices):
    """Why personal data is looked at whole or taken out."""

    CONTACT = "contact", _("Liên hệ người dự thi")
    HANDING_OVER = "handing_over", _("Trao giải, ký nhận")
    DUPLICATE = "duplicate", _("Xem xét bài trùng")
    APPEAL = "appeal", _("Giải quyết khiếu nại")
    OWN_REQUEST = "own_request", _("Theo yêu cầu của chính người đó")
    AUTHORITY = "authority", _("Theo yêu cầu của cơ quan có thẩm quyền")
    REPORT = "report", _("Báo cáo cấp trên")
    OTHER = "other", _("Lý do khác")
