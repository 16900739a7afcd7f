"""Refusals: a code for the machine, a sentence for the person, and what to do next."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Base of every refusal a person may see.

    `code` is stable and belongs to the API; `message` says what happened and `hint` what to do
    next, both translated when shown; `status` is the HTTP status that fits.
    """

    code = "refused"
    status = 400
    message: Any = _("Yêu cầu chưa thực hiện được.")
    hint: Any = _("Kiểm tra lại rồi thử lần nữa.")

    def __init__(self, message: Any = None, hint: Any = None, **details: Any) -> None:
        self.message = self.message if message is None else message
        self.hint = self.hint if hint is None else hint
        self.details = details
        super().__init__(self.code)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def as_dict(self) -> dict[str, Any]:
        """The API's form of the refusal."""
        return {
            "code": self.code,
            "message": str(self.message),
            "hint": str(self.hint),
            **({"details": self.details} if self.details else {}),
        }


def some_seconds() -> int:
    """When to come back where nothing is known: another number for each, never all in one wave."""
    return 2 + secrets.randbelow(6)


def seconds_to_wait(refusal: DomainError) -> int:
    """What a 429 or 503 tells as `Retry-After`."""
    told = refusal.details.get("wait_seconds")
    return some_seconds() if told is None else int(told)


class NotAllowed(DomainError):
    code = "not_allowed"
    status = 403
    message = _("Bạn chưa được phân quyền làm việc này.")
    hint = _("Liên hệ quản trị của đơn vị để được phân quyền.")


class NotFound(DomainError):
    code = "not_found"
    status = 404
    message = _("Không tìm thấy nội dung này.")
    hint = _("Kiểm tra lại địa chỉ hoặc quay về trang chủ.")


class TooManyRequests(DomainError):
    code = "too_many_requests"
    status = 429
    message = _("Có quá nhiều yêu cầu trong thời gian ngắn.")
    hint = _("Chờ ít phút rồi thử lại.")


class UploadGone(DomainError):
    """A checked file was cleared away before it was stored."""

    code = "upload_gone"
    status = 409
    message = _("Tệp tải lên không còn được giữ.")
    hint = _("Tải tệp lên lại để kiểm tra và lưu.")


@dataclass(frozen=True)
class Fault:
    """One thing wrong, and where: `place` reads “Trang “Câu hỏi”, dòng 14”."""

    place: str
    code: str
    message: str
    hint: str = ""
    sheet: str = ""
    row: int = 0

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{place}{self.message} {self.hint}".strip()

    def as_row(self) -> dict[str, str]:
        """What is kept of it with a job and given through the API."""
        return {
            "place": self.place,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
        }


class Faults(DomainError):
    """Everything wrong with one input, told at once; nothing of it was stored."""

    code = "faults"
    status = 422
    message = _("Dữ liệu còn lỗi nên chưa lưu gì cả.")
    hint = _("Sửa các lỗi được liệt kê rồi thực hiện lại.")

    def __init__(self, faults: Sequence[Fault], **details: Any) -> None:
        self.faults = tuple(faults)
        super().__init__(**details)

    def as_dict(self) -> dict[str, Any]:
        return {**super().as_dict(), "faults": [fault.as_row() for fault in self.faults]}
