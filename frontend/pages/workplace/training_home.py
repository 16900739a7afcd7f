"""The first page of training in the workplace: the parts in which one has something to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts.errors import NotFound
from accounts.models import Membership
from frontend.pages.workplace.access import workplace_view
from training.domain.training_reports import unit_to_report
from training.domain.weak_clauses import weak_clauses
from training.permissions import SEE_TRAINING

SHOWN_CLAUSES = 5


@dataclass(frozen=True)
class Part:
    """Where it leads, what it is called, what is done there, and whose roles see it."""

    route: str
    title: Any
    note: Any
    icon: str
    roles: Sequence[str]


# Each part of training adds its line.
PARTS: tuple[Part, ...] = (
    Part(
        "w-enrolments",
        _("Ghi danh"),
        _("Ai học khoá nào, đến hạn, quá hạn; ghi danh cho người, đơn vị, theo tệp Excel."),
        "users",
        SEE_TRAINING,
    ),
    Part(
        "w-training-report",
        _("Báo cáo tập huấn"),
        _("Hoàn thành theo đơn vị và kỳ, ai quá hạn, điều khoản còn yếu, giấy xác nhận."),
        "chart-column",
        SEE_TRAINING,
    ),
    Part(
        "w-communication",
        _("Kế hoạch truyền thông"),
        _("Nhiệm vụ của năm, minh chứng của từng đơn vị, báo cáo quý bằng một nút."),
        "clipboard-list",
        SEE_TRAINING,
    ),
    Part(
        "w-classes",
        _("Lớp tập huấn trực tiếp"),
        _("Lịch lớp, mời người dự, điểm danh bằng mã trên màn chiếu."),
        "presentation",
        SEE_TRAINING,
    ),
    Part(
        "w-courses",
        _("Khoá học"),
        _("Soạn phần và bài, mở cho người học, xem bài có căn cứ hết hiệu lực."),
        "graduation-cap",
        SEE_TRAINING,
    ),
    Part(
        "w-training-files",
        _("Tệp học liệu"),
        _("Hình, PDF, video, âm thanh, phụ đề và gói SCORM; tệp không nơi nào dùng thì xoá được."),
        "files",
        SEE_TRAINING,
    ),
    Part(
        "w-materials",
        _("Thư viện"),
        _("Tài liệu, câu hỏi thường gặp và câu hỏi của người dân."),
        "library",
        SEE_TRAINING,
    ),
    Part(
        "w-screens",
        _("Màn hình tại quầy"),
        _("TV ở bộ phận một cửa phát video, thông báo, mã QR; biết màn hình nào im lặng."),
        "monitor-play",
        SEE_TRAINING,
    ),
    Part(
        "w-surveys",
        _("Khảo sát hài lòng"),
        _("Người đến giao dịch góp ý tại quầy, ẩn danh; kết quả theo đơn vị và thời gian."),
        "smile",
        SEE_TRAINING,
    ),
    Part(
        "w-visits",
        _("Lượt truy cập"),
        _("Trang công khai được mở bao nhiêu lần, đếm mà không theo dõi ai."),
        "eye",
        SEE_TRAINING,
    ),
    Part(
        "w-certificates",
        _("Giấy xác nhận"),
        _("Xem, cấp, thu hồi giấy xác nhận hoàn thành khoá học; mẫu giấy của cơ quan."),
        "award",
        SEE_TRAINING,
    ),
    Part(
        "w-hours",
        _("Giờ học của cán bộ"),
        _("Ai còn thiếu bao nhiêu, định mức, giờ học ngoài hệ thống, phiếu theo dõi bồi dưỡng."),
        "clock",
        SEE_TRAINING,
    ),
)


@require_GET
@workplace_view(*SEE_TRAINING)
def training_home(request: HttpRequest) -> HttpResponse:
    roles = Membership.objects.roles_of(request.user)
    parts = [
        {"part": part, "url": reverse(part.route)}
        for part in PARTS
        if roles.intersection(part.roles)
    ]
    context = {"parts": parts} | _weak(request)
    return render(request, "frontend/workplace/training/home.html", context)


def _weak(request: HttpRequest) -> dict[str, Any]:
    """The clauses that one's own unit, with all below it, knows least."""
    try:
        unit = unit_to_report(user=request.user)
    except NotFound:
        return {}
    weak = weak_clauses(unit=unit, now=timezone.now(), most=SHOWN_CLAUSES)
    url = f"{reverse('w-training-report')}?{urlencode({'unit': unit.code})}"
    return {"unit": unit, "weak": weak, "report_url": url}
