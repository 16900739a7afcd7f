"""Refusals in the API: always {"code", "message", "hint"}."""

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_handler

from accounts.errors import DomainError


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook: refusals keep their own status; DRF's own errors get the same three names."""
    if isinstance(error, DomainError):
        return Response(error.as_dict(), status=error.status)
    response = drf_handler(error, context)
    if response is not None and isinstance(response.data, dict) and "detail" in response.data:
        detail = response.data["detail"]
        response.data = {
            "code": getattr(detail, "code", "refused"),
            "message": str(detail),
            "hint": "",
        }
    return response
