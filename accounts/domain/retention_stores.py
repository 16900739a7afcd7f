"""The stores of accounts: links, approvals, sessions, jobs, people who left, requests."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.domain.erasure import ERASED_USER, erase_person
from accounts.domain.job_files import clear_job_files, jobs_that_hold, jobs_to_clear
from accounts.domain.retention import LOG_DAYS, Store, register_store
from accounts.models import (
    ActReason,
    Approval,
    AuditEntry,
    DataRequest,
    Job,
    SignInLink,
    Throttle,
    User,
)

LINKS_KEPT = timedelta(days=30)
LOG_KEPT = timedelta(days=LOG_DAYS)
REQUESTS_KEPT = timedelta(days=730)


def _past_links(now: datetime) -> QuerySet[SignInLink]:
    return SignInLink.objects.filter(expires_at__lt=now - LINKS_KEPT)


def _past_approvals(now: datetime) -> QuerySet[Approval]:
    return Approval.objects.filter(expires_at__lt=now - LOG_KEPT)


def _people() -> QuerySet[User]:
    return User.objects.exclude(full_name=ERASED_USER)


def people_who_left(now: datetime) -> QuerySet[User]:
    """Locked for a year: until then the diary may have to say who did what."""
    recently = AuditEntry.objects.filter(
        subject_kind="accounts.user",
        subject_id=OuterRef("pk"),
        act="deactivate_person",
        at__gt=now - LOG_KEPT,
    )
    return _people().filter(~Exists(recently), is_active=False, joined_at__lt=now - LOG_KEPT)


def _end_people(ids: list[int], now: datetime) -> None:
    for person in User.objects.filter(pk__in=ids):
        erase_person(person=person, user=None)


def _past_requests(now: datetime) -> QuerySet[DataRequest]:
    """Answered long ago; one that was never answered goes by the day it was owed."""
    before = now - REQUESTS_KEPT
    return DataRequest.objects.filter(
        Q(decided_at__lt=before) | Q(decided_at=None, due_at__lt=before)
    )


def _end_jobs(ids: list[int], now: datetime) -> None:
    clear_job_files(jobs=Job.objects.filter(pk__in=ids))


def _sessions_over(now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=now)


def _devices_gone(now: datetime) -> QuerySet[UserSession]:
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=now)
    return UserSession.objects.filter(~Exists(alive))


def _turns_over(now: datetime) -> QuerySet[Throttle]:
    return Throttle.objects.filter(free_at__lt=now)


def _past_reasons(now: datetime) -> QuerySet[ActReason]:
    return ActReason.objects.filter(entry__at__lt=now - LOG_KEPT)


_STORES = (
    Store(
        code="sessions",
        title=_("Phiên đăng nhập"),
        why=_("Giữ người dùng trong phiên làm việc của họ."),
        kept=_("Đến khi phiên hết hạn hoặc bị kết thúc."),
        fields={"sessions.session": ("session_data",)},
        held=Session.objects.all,
        due=_sessions_over,
    ),
    Store(
        code="devices",
        title=_("Thiết bị đang đăng nhập"),
        why=_("Để mỗi người thấy mình đang đăng nhập ở đâu và kết thúc phiên lạ."),
        kept=_("Đến khi phiên đăng nhập kết thúc."),
        fields={"usersessions.usersession": ("ip", "user_agent", "data", "session_key")},
        held=UserSession.objects.all,
        due=_devices_gone,
    ),
    Store(
        code="turns",
        title=_("Bộ đếm lượt gửi mã, thử mã"),
        why=_("Ngăn dò mã và gửi tin hàng loạt; chỉ lưu mã băm."),
        kept=_("Đến khi hết khoảng thời gian đếm."),
        fields={"accounts.throttle": ("digest",)},
        held=Throttle.objects.all,
        due=_turns_over,
    ),
    Store(
        code="sign_in_links",
        title=_("Liên kết đăng nhập, kích hoạt"),
        why=_("Cho một người vào lần đầu hoặc khi quên mật khẩu; chỉ lưu mã băm."),
        kept=_("30 ngày sau khi liên kết hết hạn."),
        fields={"accounts.signinlink": ("digest",)},
        held=SignInLink.objects.all,
        due=_past_links,
    ),
    Store(
        code="people",
        title=_("Tài khoản của cán bộ đã ngừng dùng"),
        why=_("Biết ai đã làm việc gì trong hệ thống."),
        kept=_("12 tháng sau khi khoá tài khoản (nhật ký giữ ít nhất 12 tháng)."),
        fields={
            "accounts.user": (
                *("username", "email", "full_name", "password", "phone", "phone_index"),
                "inactive_reason",
            ),
            "account.emailaddress": ("email",),
            "account.emailconfirmation": ("key",),
            "mfa.authenticator": ("data",),
            "socialaccount.socialaccount": ("uid", "extra_data"),
            "socialaccount.socialtoken": ("token", "token_secret"),
        },
        held=_people,
        due=people_who_left,
        end=_end_people,
    ),
    Store(
        code="jobs",
        title=_("Tệp và kết quả của tác vụ"),
        why=_("Để người yêu cầu tải về bảng đã xuất hoặc xem lỗi của tệp đã nộp."),
        kept=_("30 ngày sau khi tác vụ kết thúc."),
        fields={
            "accounts.job": (
                *("upload", "file", "file_name", "params", "result", "faults"),
                *("error", "note"),
            )
        },
        held=jobs_that_hold,
        due=jobs_to_clear,
        end=_end_jobs,
    ),
    Store(
        code="approvals",
        title=_("Liên kết phê duyệt"),
        why=_("Cho người thứ hai duyệt từ điện thoại; chỉ lưu mã băm."),
        kept=_("12 tháng sau khi liên kết hết hạn."),
        fields={"accounts.approval": ("link_digest", "code_digest")},
        held=Approval.objects.all,
        due=_past_approvals,
    ),
    Store(
        code="data_requests",
        title=_("Yêu cầu về dữ liệu cá nhân"),
        why=_("Chứng minh yêu cầu được trả lời đúng hạn; nội dung đã gõ bị xoá khi trả lời."),
        kept=_("24 tháng sau khi trả lời."),
        fields={"accounts.datarequest": ("wanted", "answer")},
        held=DataRequest.objects.all,
        due=_past_requests,
    ),
    Store(
        code="reasons",
        title=_("Lý do xem, xuất dữ liệu cá nhân"),
        why=_("Giải thích vì sao một người đã xem hoặc mang dữ liệu ra ngoài."),
        kept=_("12 tháng; sau đó nhật ký chỉ còn mã lý do."),
        fields={"accounts.actreason": ("text", "salt")},
        held=ActReason.objects.all,
        due=_past_reasons,
    ),
    Store(
        code="diary",
        title=_("Nhật ký"),
        why=_("Biết ai đã làm việc gì; chỉ có số hiệu và mã băm, không có tên hay số của ai."),
        kept=_("Giữ lâu dài: chuỗi mã băm chỉ chứng minh được khi còn nguyên."),
        fields={"accounts.auditentry": ("details",)},
        held=AuditEntry.objects.all,
    ),
)


def register_stores() -> None:
    """Called once when Django starts."""
    for store in _STORES:
        register_store(store)
