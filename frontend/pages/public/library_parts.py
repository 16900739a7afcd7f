"""What the public pages of the library share: the tabs, and the reading of a filter."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST_TYPED = 200
# (route, words); the route is also the tab's key.
PARTS: tuple[tuple[str, str | Promise], ...] = (
    ("library", _("Tài liệu")),
    ("practice", _("Ôn luyện")),
    ("faq", _("Hỏi đáp")),
    ("bulletins", _("Bản tin")),
    ("answers", _("Dân hỏi")),
    ("procedures", _("Thủ tục")),
    ("indexes", _("Chỉ số")),
    ("channels", _("Danh bạ")),
    ("feedback", _("Phản ánh, kiến nghị")),
)


def library_context(part: str, **context: Any) -> dict[str, Any]:
    """The context of a page of the library; `part` is the route of its tab."""
    tabs = [(reverse(route), words, route) for route, words in PARTS]
    return {"section": "library", "parts": tabs, "part": part} | context


def typed(request: HttpRequest, name: str = "q") -> str:
    return request.GET.get(name, "").strip()[:LONGEST_TYPED]


def page_of(request: HttpRequest, rows: QuerySet[Any] | list[Any], per_page: int = 20) -> Page:
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
