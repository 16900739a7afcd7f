"""Ways through the house: tabs, breadcrumbs, pages of a list, languages, the workplace's menu."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.template import Context
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.domain.data_requests import OFFICIALS
from accounts.enums import Role
from accounts.models import Membership
from accounts.permissions import MANAGE, SEE_DIARY, SEE_ROSTERS, SEE_UNITS
from frontend.components.library import register, template_of
from quiz.permissions import RUN_CONTEST, SEE_BANKS, SEE_CONTEST
from training.permissions import SEE_TRAINING

# (route, words, icon, who may open it)
WORKPLACE_MENU = (
    ("workplace", _("Việc của tôi"), "layout-dashboard", tuple(Role)),
    ("w-contests", _("Cuộc thi"), "trophy", SEE_CONTEST),
    ("w-banks", _("Ngân hàng câu hỏi"), "library", SEE_BANKS),
    ("w-training", _("Tập huấn"), "graduation-cap", SEE_TRAINING),
    ("w-units", pgettext_lazy("các", "Đơn vị"), "network", SEE_UNITS),
    ("w-duty", _("Đơn vị tôi"), "clipboard-check", (Role.UNIT_LEAD,)),
    ("w-rosters", _("Danh sách bắt buộc"), "clipboard-list", SEE_ROSTERS),
    ("w-people", _("Người dùng"), "users", MANAGE),
    ("w-roles", _("Vai trò và quyền"), "key-round", MANAGE),
    ("w-consent-texts", _("Nội dung đồng ý"), "file-check", (*RUN_CONTEST, *MANAGE)),
    ("w-diary", _("Nhật ký"), "book-open-text", SEE_DIARY),
    ("w-data-requests", _("Dữ liệu cá nhân"), "shield-check", OFFICIALS),
    ("w-setup", _("Thông tin cơ quan"), "landmark", MANAGE),
    ("w-jobs", _("Tác vụ"), "list-checks", tuple(Role)),
)
# Rooms with addresses of their own to which the page of training leads.
TRAINING_ROOMS = ("w-materials", "w-bulletins", "w-surveys", "w-screens")


@register.simple_tag(takes_context=True)
def page_url(context: Context, name: str, *args: Any, **kwargs: Any) -> str:
    """A page's address, also from the short chain, whose own list of routes is shorter.

    On a page that is only tried out (`preview`), addresses of its next steps stay in the preview.
    """
    tried = context.get("preview")
    if tried and name in tried["urls"]:
        way = tried["urls"][name]
        return way(*args) if callable(way) else way
    return _url_of(name, *args, **kwargs)


def _url_of(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, urlconf=settings.ROOT_URLCONF, args=args, kwargs=kwargs)


@register.inclusion_tag(template_of("tabs"))
def tabs(items: Iterable[Sequence[Any]], *, label: str, current: str = "") -> dict[str, Any]:
    """Links (url, text[, key]); `current` is the key (or url) of the page shown."""
    rows = [(url, text, current in (url, *rest)) for url, text, *rest in items]
    return {"rows": rows, "label": label}


@register.inclusion_tag(template_of("breadcrumbs"))
def breadcrumbs(*parts: str) -> dict[str, Any]:
    """`{% breadcrumbs url text url text "" text %}`: the way here, the page itself last."""
    return {"rows": list(zip(parts[::2], parts[1::2], strict=True))}


@register.inclusion_tag(template_of("pagination"), takes_context=True)
def pagination(context: Context, page: Page, *, parameter: str = "page") -> dict[str, Any]:
    """Pages of a list; keeps the rest of the address's query."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    query = context["request"].GET.copy()
    return {
        "page": page,
        "rows": [(number, _address(query, parameter, number)) for number in numbers],
        "previous": _address(query, parameter, page.number - 1) if page.has_previous() else "",
        "next": _address(query, parameter, page.number + 1) if page.has_next() else "",
        "ellipsis": page.paginator.ELLIPSIS,
    }


def _address(query: Any, parameter: str, number: Any) -> str:
    query[parameter] = number
    return f"?{query.urlencode()}"


@register.inclusion_tag(template_of("language_switch"), takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """The other language; leads back to the page one is on, unless that only answered a form."""
    other = next(row for row in settings.LANGUAGES if row[0] != get_language())
    request = context.get("request")
    can_return = request is not None and request.method == "GET"
    back = request.get_full_path() if can_return else "/"
    return {"code": other[0], "name": other[1], "next": back}


@register.inclusion_tag(template_of("workplace_menu"), takes_context=True)
def workplace_menu(context: Context) -> dict[str, Any]:
    """The rooms of the workplace in which one's roles have something to do."""
    request = context["request"]
    person = request.user
    roles = Membership.objects.roles_of(person) if person.is_authenticated else set()
    rows = [
        _menu_row(request.path, _url_of(route), label, icon)
        for route, label, icon, who in WORKPLACE_MENU
        if roles.intersection(who)
    ]
    if person.is_authenticated:
        rows.insert(1, _menu_row(request.path, _url_of("learning"), _("Học tập"), "book-open"))
    return {"rows": rows}


def _menu_row(path: str, url: str, label: str, icon: str) -> dict[str, Any]:
    inside = url != _url_of("workplace") and path.startswith(url)
    if url == _url_of("w-training"):
        inside = inside or any(path.startswith(_url_of(room)) for room in TRAINING_ROOMS)
    return {"url": url, "label": label, "icon": icon, "current": path == url or inside}
