"""What the workplace pages of the library share: whose things, which tabs."""

from typing import Any, TypeVar

from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, OrgUnit
from accounts.queries.org_unit import OrgUnitQuerySet
from training.permissions import RUN_TRAINING, SEE_TRAINING

Thing = TypeVar("Thing", bound=Model)
# (route, words, whose roles see it)
TABS: tuple[tuple[str, str | Promise, tuple[str, ...]], ...] = (
    ("w-materials", _("Tài liệu"), SEE_TRAINING),
    ("w-faqs", _("Hỏi đáp"), SEE_TRAINING),
    ("w-bulletins", _("Bản tin"), SEE_TRAINING),
    ("w-articles", _("Bài gửi bản tin"), SEE_TRAINING),
    ("w-inquiries", _("Dân hỏi"), SEE_TRAINING),
    ("w-procedures", _("Thủ tục"), SEE_TRAINING),
    ("w-indexes", _("Chỉ số"), SEE_TRAINING),
    ("w-channels", _("Danh bạ"), SEE_TRAINING),
    ("w-feedback-text", _("Phản ánh, kiến nghị"), RUN_TRAINING),
)


def library_room(request: HttpRequest, tab: str, **context: Any) -> dict[str, Any]:
    """The context of a page of the library in the workplace; `tab` is the route of its tab."""
    roles = Membership.objects.roles_of(request.user)
    tabs = [(reverse(route), words, route) for route, words, who in TABS if roles & set(who)]
    runs = bool(roles.intersection(RUN_TRAINING))
    return {"room_tabs": tabs, "room_tab": tab, "runs": runs} | context


def run_units(request: HttpRequest) -> OrgUnitQuerySet:
    """The units for which the person runs the library."""
    return OrgUnit.objects.reached_by(request.user, *RUN_TRAINING).order_by("sort_name", "code")


def own_unit(request: HttpRequest) -> OrgUnit | None:
    """What a new thing belongs to unless another unit is chosen."""
    units = run_units(request)
    return units.filter(pk=request.user.unit_id).first() or units.tops().first()


def reached(request: HttpRequest, model: type[Thing], pk: int, *roles: str) -> Thing:
    """A thing of a unit at or below one where the person holds a role; else 404."""
    rows = model.objects.within_reach_of(request.user, *roles).select_related("unit")
    return get_object_or_404(rows, pk=pk)
