"""Which role may do what, as one table: read by the page “Vai trò và quyền” and held by a test.

A right is a constant of a `permissions` module: the tuple of roles that the pages and the API ask.
Here it gets its words; the apps above register theirs in `AppConfig.ready()`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.domain.data_requests import OFFICIALS
from accounts.enums import Role


@dataclass(frozen=True)
class Right:
    """`code` is the constant's name; `words` say what its holders may do."""

    code: str
    words: str | Promise
    roles: Sequence[str]


_RIGHTS: dict[str, Right] = {}


def register_right(code: str, words: str | Promise, roles: Sequence[str]) -> None:
    _RIGHTS[code] = Right(code, words, roles)


def all_rights() -> list[Right]:
    """In the order in which they were registered: people first, then the work of contests."""
    return list(_RIGHTS.values())


def roles_matrix() -> dict[str, dict[str, bool]]:
    """{right: {role: whether it holds the right}}."""
    return {
        right.code: {role: role in right.roles for role in Role.values} for right in all_rights()
    }


def register_own_rights() -> None:
    """Called once when Django starts."""
    for code, words in (
        ("SEE_UNITS", _("Xem đơn vị")),
        ("SEE_ROSTERS", _("Xem danh sách bắt buộc")),
        ("KEEP_ROSTERS", _("Lập và sửa danh sách bắt buộc")),
        ("MANAGE", _("Quản lý đơn vị, người dùng, vai trò")),
        ("SEE_DIARY", _("Đọc và xuất nhật ký")),
    ):
        register_right(code, words, getattr(permissions, code))
    register_right("OFFICIALS", _("Trả lời yêu cầu về dữ liệu cá nhân"), OFFICIALS)
