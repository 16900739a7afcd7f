"""Two request chains in one process: a short one for the hot path, the full one for all else."""

import os
import re
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils.module_loading import import_string

from config.overload import Gate, Queue
from config.proxies import settle_client

HOT_ROUTES = re.compile(
    r"/(?:cuoc-thi/[-\w]+/(?:dang-ky|bat-dau)/|bai-thi/(?:luu|nop|bien-nhan)/|api/v1/entry/)"
)


class HotHandler(WSGIHandler):
    """Register, start, save, submit, receipt: no session, no user, no CSRF (tokens instead)."""

    def load_middleware(self, is_async: bool = False) -> None:
        self._view_middleware, self._template_response_middleware = [], []
        self._exception_middleware = []
        chain = convert_exception_to_response(self._get_response)
        for name in reversed(settings.HOT_MIDDLEWARE):
            chain = convert_exception_to_response(import_string(name)(chain))
        self._middleware_chain = chain


def is_hot(environ: dict[str, Any]) -> bool:
    """Whether a request goes through the short chain: a POST to one of the hot routes."""
    return environ["REQUEST_METHOD"] == "POST" and bool(
        HOT_ROUTES.match(environ.get("PATH_INFO", ""))
    )


def limit_statements(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """No statement of a page may hold the only thread for longer: the answer is 503 instead."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '3s'")


_full = get_wsgi_application()
_hot = HotHandler()
_gate = Gate(Queue())


connection_created.connect(limit_statements)


def application(environ: dict[str, Any], start_response: Callable) -> Any:
    if (refusal := _gate.refuse(environ, start_response)) is not None:
        return refusal
    settle_client(environ)
    return (_hot if is_hot(environ) else _full)(environ, start_response)
