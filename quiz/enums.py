"""The words of quiz that are stored."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class ItemKind(TextChoices):
    SINGLE = "single", _("Một đáp án")
    MULTIPLE = "multiple", _("Nhiều đáp án")
    TRUE_FALSE = "true_false", _("Đúng/Sai")


class Level(TextChoices):
    """Cognitive level, after the specification tables in use in Viet Nam."""

    RECALL = "nhan_biet", _("Nhận biết")
    UNDERSTAND = "thong_hieu", _("Thông hiểu")
    APPLY = "van_dung", _("Vận dụng")


class ItemState(TextChoices):
    DRAFT = "draft", _("Bản nháp")
    PROPOSED = "proposed", _("Chờ duyệt")
    APPROVED = "approved", _("Đã duyệt")
    RETIRED = "retired", _("Ngừng dùng")


class MediaKind(TextChoices):
    IMAGE = "image", _("Hình")
    SOUND = "sound", _("Âm thanh")


class ValidityChoice(TextChoices):
    """What becomes of an item whose legal basis is out of force."""

    KEEP = "keep", _("Câu vẫn đúng")
    DROP = "drop", _("Bỏ khỏi vòng")


class ImportState(TextChoices):
    """How far a file of items has come."""

    READING = "reading", _("Đang đọc tệp")
    OPEN = "open", _("Đang rà soát")
    STORED = "stored", _("Đã lưu vào ngân hàng")


class DraftDecision(IntegerChoices):
    """What a person said of an item in a file; of twins the one of the lower value stands."""

    ACCEPTED = 0, _("Đã nhận")
    WAITING = 1, _("Chờ quyết định")
    SKIPPED = 2, _("Bỏ qua")


class ContestState(TextChoices):
    DRAFT = "draft", _("Đang chuẩn bị")
    PUBLISHED = "published", _("Đã đăng")
    ARCHIVED = "archived", _("Đã lưu trữ")


class RoundState(TextChoices):
    """What the organiser did; whether entries are taken now also depends on the clock."""

    DRAFT = "draft", _("Đang chuẩn bị")
    FROZEN = "frozen", _("Đã chốt đề")
    CLOSED = "closed", _("Đã đóng")
    SEALED = "sealed", _("Đã niêm phong")
    RELEASED = "released", _("Đã công bố")


class AttemptState(IntegerChoices):
    OPEN = 1, _("Đang làm")
    SUBMITTED = 2, _("Đã nộp")
    CLOSED = 3, _("Hết giờ")


class ClosedBy(IntegerChoices):
    ENTRANT = 1, _("Người dự thi nộp")
    DEADLINE = 2, _("Hệ thống đóng khi hết giờ")
    ORGANISER = 3, _("Ban Tổ chức đóng")


class EventKind(TextChoices):
    START = "start", _("Bắt đầu")
    RESUME = "resume", _("Làm tiếp")
    CONFLICT = "conflict", _("Hai nơi cùng sửa")
    SUBMIT = "submit", _("Nộp bài")
    CLOSE = "close", _("Đóng khi hết giờ")
    EXTENSION = "extension", _("Gia hạn")
    EXTRA = "extra", _("Cho thi thêm một lượt")
    REFUSAL = "refusal", _("Từ chối")
    VOID = "void", _("Huỷ bài")
    RESTORE = "restore", _("Khôi phục bài")


class RehearsalState(TextChoices):
    WAITING = "waiting", _("Đang chờ")
    RUNNING = "running", _("Đang chạy")
    ENDED = "ended", _("Đã xong")


class HintKind(TextChoices):
    """What about some entries, or an item, a reviewer should look at."""

    ALIKE = "alike", _("Bài giống nhau bất thường")
    SPEED = "speed", _("Nhanh không thể")
    DRIFT = "drift", _("Câu hỏi dễ hẳn đi giữa vòng")


class DuplicateReason(TextChoices):
    IDENTITY = "identity", _("Trùng thông tin nhận diện")
    PHONE = "phone", _("Trùng số điện thoại và họ tên")
    ROSTER = "roster", _("Cùng một người trong danh sách cán bộ")
    NATIONAL_ID = "national_id", _("Trùng số định danh cá nhân")
    NAME_BIRTH = "name_birth", _("Trùng họ tên và ngày sinh")


class DuplicateState(TextChoices):
    OPEN = "open", _("Chờ xem xét")
    SAME = "same", _("Cùng một người")
    DIFFERENT = "different", _("Khác người")


class MatchReason(TextChoices):
    """Why an entrant may be a person of the compulsory list, the surest first."""

    STAFF_CODE = "staff_code", _("Trùng mã cán bộ")
    NAME_BIRTH = "name_birth", _("Trùng họ tên và ngày sinh")
    BIRTH_NEAR = "birth_near", _("Trùng họ tên, ngày sinh gần giống")
    NAME_UNIT = "name_unit", _("Trùng họ tên và đơn vị, thiếu ngày sinh")


class MatchState(TextChoices):
    OPEN = "open", _("Chờ xem xét")
    CONFIRMED = "confirmed", _("Đúng người")
    REFUSED = "refused", _("Không phải")


class AwardKind(TextChoices):
    PRIZE = "prize", _("Giải")
    RESERVE = "reserve", _("Dự bị")


class TieMethod(TextChoices):
    LOT = "lot", _("Bốc thăm")
    DECISION = "decision", _("Ban Tổ chức quyết định")


class UnitDecisionKind(TextChoices):
    POINTS = "points", _("Điểm do Ban Tổ chức chấm")
    TIE = "tie", _("Thứ tự các đơn vị bằng nhau")


class ReleaseState(TextChoices):
    """`APPLYING`: a correction that is approved and on its way into the results."""

    SUBMITTED = "submitted", _("Đã trình ký")
    RETURNED = "returned", _("Trả lại")
    APPLYING = "applying", _("Đã duyệt, đang áp dụng")
    RELEASED = "released", _("Đã công bố")


class PrintedPaper(TextChoices):
    """Papers made from a release; the value stands in the QR code of each of their pages."""

    SUBMISSION = "ttr", _("Tờ trình")
    DECISION = "qd", _("Quyết định")
    ANNEX = "pl", _("Phụ lục danh sách đạt giải")
    MINUTES = "bb", _("Biên bản")
    SIGNING_SHEET = "kn", _("Bảng ký nhận")
    CERTIFICATE = "gcn", _("Giấy chứng nhận")
    RESERVES = "db", _("Danh sách dự bị")
    CONTACTS = "lh", _("Danh sách liên hệ")


UNDER_SIGNATURE = (ReleaseState.SUBMITTED, ReleaseState.APPLYING)


class CorrectionState(TextChoices):
    DRAFT = "draft", _("Đang lập")
    SUBMITTED = "submitted", _("Chờ duyệt")
    APPROVED = "approved", _("Đã duyệt, đang áp dụng")
    APPLIED = "applied", _("Đã áp dụng")
    DROPPED = "dropped", _("Đã bỏ")


class KeyRemedy(TextChoices):
    """The words of `quiz.engine.scoring.RemedyKind`."""

    REPLACE = "replace", _("Thay đáp án")
    ACCEPT_BOTH = "accept_both", _("Công nhận cả hai đáp án")
    MARKS_TO_ALL = "marks_to_all", _("Cho điểm mọi bài có câu này")
    DROP = "drop", _("Bỏ câu, không tính điểm")


class AppealKind(TextChoices):
    """What an appeal is about, in the appellant's words."""

    MARK = "mark", _("Điểm hoặc thứ hạng của tôi")
    KEY = "key", _("Đáp án của một câu")
    ENTRY = "entry", _("Bài của tôi bị huỷ hoặc bị coi là muộn")
    IMPERSONATION = "impersonation", _("Có người dùng tên tôi để dự thi")
    WINNER = "winner", _("Một người đạt giải")
    TECHNICAL = "technical", _("Sự cố kỹ thuật khi thi")


class AppealState(TextChoices):
    RECEIVED = "received", _("Đã nhận")
    EXAMINING = "examining", _("Đang xem xét")
    PROPOSED = "proposed", _("Chờ người thứ hai quyết định")
    ACCEPTED = "accepted", _("Chấp nhận")
    REJECTED = "rejected", _("Không chấp nhận")
    WITHDRAWN = "withdrawn", _("Đã rút")


class Sex(TextChoices):
    FEMALE = "female", _("Nữ")
    MALE = "male", _("Nam")
