"""Who reaches the API: the same predicates as the pages, asked in DRF's place."""

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.errors import DomainError
from accounts.permissions import holds_any, needs_second_factor


class SecondFactorRequired(DomainError):
    code = "second_factor_required"
    status = 403
    message = _("Vai trò của bạn cần xác thực hai lớp trước khi dùng API.")
    hint = _("Đăng nhập trên trang và thiết lập xác thực hai lớp, rồi gọi lại.")


class HoldsRole(BasePermission):
    """Holders of one of the view's `roles` anywhere, with their second factor set up.

    What lies out of reach is then 404, by the scoped queryset the view reads from.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not holds_any(request.user, *view.roles):
            return False
        if needs_second_factor(request.user):
            raise SecondFactorRequired
        return True
