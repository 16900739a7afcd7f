"""Pages for what went wrong, each with what to do next."""

import sys
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.errors import some_seconds
from frontend.refusals import refusal_response, wants_json
from quiz.errors import SystemBusy

TEMPLATE = "frontend/errors/page.html"


@dataclass(frozen=True)
class Trouble:
    """What happened and what to do next, in words; `icon` is Lucide's name."""

    status: int
    title: Any
    hint: Any
    icon: str = "circle-alert"


BAD_REQUEST = Trouble(
    400,
    _("Yêu cầu chưa đúng"),
    _("Trình duyệt gửi lên nội dung hệ thống không hiểu. Quay lại trang trước rồi thử lần nữa."),
)
PAGE_TOO_OLD = Trouble(
    403,
    _("Trang này đã mở quá lâu"),
    _("Vì an toàn, hệ thống chưa nhận nội dung vừa gửi. Tải lại trang trước rồi gửi lại."),
    "rotate-ccw",
)
NO_PERMISSION = Trouble(
    403,
    _("Bạn chưa được phân quyền xem trang này"),
    _("Nếu công việc của bạn cần trang này, liên hệ quản trị của đơn vị để được phân quyền."),
    "lock",
)
NOT_FOUND = Trouble(
    404,
    _("Không tìm thấy trang này"),
    _("Địa chỉ có thể gõ thiếu, hoặc trang đã được chuyển đi. Bắt đầu lại từ trang chủ."),
    "search-x",
)
GONE = Trouble(
    410,
    _("Đường dẫn này không còn dùng được"),
    _("Đường dẫn đã hết hạn hoặc đã dùng một lần. Xin người gửi một đường dẫn mới."),
    "link-2-off",
)
TOO_LARGE = Trouble(
    413,
    _("Tệp gửi lên quá lớn"),
    _("Chưa có gì được lưu. Quay lại trang trước, chia nhỏ tệp rồi gửi lại."),
    "file-x",
)
TOO_MANY = Trouble(
    429,
    _("Có quá nhiều yêu cầu trong thời gian ngắn"),
    _("Chờ ít phút rồi thử lại. Những gì đã lưu vẫn còn nguyên."),
    "hourglass",
)
SERVER_ERROR = Trouble(
    500,
    _("Hệ thống gặp lỗi"),
    _("Lỗi đã được ghi lại. Những gì đã lưu vẫn còn nguyên; thử lại sau ít phút."),
    "triangle-alert",
)
BUSY = Trouble(
    503,
    _("Hệ thống đang bận"),
    _("Những gì đã lưu vẫn còn nguyên. Chờ ít giây rồi tải lại trang."),
    "hourglass",
)


def trouble_page(trouble: Trouble, *, path: str) -> str:
    """The whole page as text; `path` is what its “Tải lại” leads to."""
    # Nothing here may need the database or the session: they may be what is in trouble.
    context = {"trouble": trouble, "site_name": "MinhThi", "path": path}
    return render_to_string(TEMPLATE, context)


def show_trouble(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """The page of one trouble; 429 and 503 say when to come back."""
    response = HttpResponse(trouble_page(trouble, path=request.path), status=trouble.status)
    if trouble.status in (TOO_MANY.status, BUSY.status):
        response["Retry-After"] = str(some_seconds())
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return show_trouble(request, BAD_REQUEST)


def no_permission(request: HttpRequest, exception: Exception) -> HttpResponse:
    return show_trouble(request, NO_PERMISSION)


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose secret no longer fits (CSRF)."""
    return show_trouble(request, PAGE_TOO_OLD)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return show_trouble(request, NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """A database that can't be reached or takes too long is busy, not broken."""
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return show_trouble(request, SERVER_ERROR)
    if wants_json(request):
        return refusal_response(request, SystemBusy())
    return show_trouble(request, BUSY)
