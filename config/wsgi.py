"""Two request chains in one process: a short one for the hot path, the full one for all else."""

import gc
import os
import re
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.urls import get_resolver
from django.utils.module_loading import import_string

from config.hot_chain import ROUTES, answer_shortly
from config.kept_answers import answer_or_ask
from config.overload import Gate, Queue
from config.proxies import settle_client
from frontend.content_origin import is_content_host

HOT_ROUTES = re.compile(
    r"/(?:cuoc-thi/[-\w]+/(?:dang-ky|bat-dau)/|bai-thi/(?:luu|nop|bien-nhan)/|api/v1/entry/"
    r"|luot-truy-cap/$)"
)
HOT_PAGES = frozenset({"/bai-thi/", "/bai-thi/bien-nhan/"})
PICTURES = "/bai-thi/tep/"


def is_hot(environ: dict[str, Any]) -> bool:
    """Whether a request goes through the short chain: a POST to one of the hot routes (or a page
    that asks to be counted), the two pages that everybody who answers is shown, or a picture of a
    paper.
    """
    path = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] == "POST":
        return bool(HOT_ROUTES.match(path))
    return environ["REQUEST_METHOD"] == "GET" and (path in HOT_PAGES or path.startswith(PICTURES))


def limit_statements(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """No statement of a page may hold the only thread for longer: the answer is 503 instead."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '3s'")


connection_created.connect(limit_statements)
_full = get_wsgi_application()
_gate = Gate(Queue(), import_string("frontend.pages.public.rush.rush_answer"))
# Django would load the pages' code for the first who comes, and they would wait a second for it.
for _routes in (settings.ROOT_URLCONF, ROUTES):
    get_resolver(_routes).reverse_dict  # noqa: B018
# What is loaded by now stays: the collector need not walk through it again and again, nor come by
# after every request or two. What a request leaves behind is freed by its counts.
gc.freeze()
gc.set_threshold(20_000, 10, 10)


def application(environ: dict[str, Any], start_response: Callable) -> Any:
    if (refusal := _gate.refuse(environ, start_response)) is not None:
        return refusal
    settle_client(environ)
    if is_content_host(environ.get("HTTP_HOST", "")):
        return _full(environ, start_response)  # whose first middleware answers
    if is_hot(environ):
        return answer_shortly(environ, start_response)
    if environ["REQUEST_METHOD"] == "GET":
        return answer_or_ask(environ, start_response, _full)
    return _full(environ, start_response)
