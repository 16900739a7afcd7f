"""Two request chains in one process: a short one for the hot path, the full one for all else."""

import gc
import os
import re
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils.module_loading import import_string

from config.hot_chain import answer_shortly
from config.kept_answers import answer_or_ask
from config.overload import Gate, Queue
from config.proxies import settle_client

HOT_ROUTES = re.compile(
    r"/(?:cuoc-thi/[-\w]+/(?:dang-ky|bat-dau)/|bai-thi/(?:luu|nop|bien-nhan)/|api/v1/entry/)"
)


def is_hot(environ: dict[str, Any]) -> bool:
    """Whether a request goes through the short chain: a POST to one of the hot routes."""
    return environ["REQUEST_METHOD"] == "POST" and bool(
        HOT_ROUTES.match(environ.get("PATH_INFO", ""))
    )


def limit_statements(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """No statement of a page may hold the only thread for longer: the answer is 503 instead."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '3s'")


connection_created.connect(limit_statements)
_full = get_wsgi_application()
_gate = Gate(Queue(), import_string("frontend.pages.public.rush.rush_answer"))
# What is loaded by now stays: the collector need not walk through it again and again, nor come by
# after every request or two. What a request leaves behind is freed by its counts.
gc.freeze()
gc.set_threshold(20_000, 10, 10)


def application(environ: dict[str, Any], start_response: Callable) -> Any:
    if (refusal := _gate.refuse(environ, start_response)) is not None:
        return refusal
    settle_client(environ)
    if environ["REQUEST_METHOD"] == "GET":
        return answer_or_ask(environ, start_response, _full)
    return (answer_shortly if is_hot(environ) else _full)(environ, start_response)
