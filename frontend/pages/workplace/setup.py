"""First-run wizard, and later the page “Thông tin cơ quan”: the body, its seal, its units."""

import base64

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.installation import (
    finish_set_up,
    may_set_up,
    read_installation,
    update_installation,
    waits_for_set_up,
)
from accounts.domain.units import create_unit, ensure_root_unit, update_unit
from accounts.enums import UnitKind
from accounts.errors import DomainError
from accounts.interfaces.emblem import draw_emblem
from accounts.interfaces.provinces import find_province, load_province
from accounts.models import OrgUnit, User
from accounts.permissions import MANAGE, needs_second_factor
from accounts.text import fold, nfc
from frontend.pages.workplace.access import workplace_view
from frontend.pages.workplace.setup_forms import BodyForm, UnitsForm
from frontend.pages.workplace.setup_steps import (
    next_url,
    setup_steps,
    setup_view,
    step_context,
    top_unit,
)
from frontend.pages.workplace.unit_forms import lines_of
from quiz.interfaces.word.decree30 import DATE, MOTTO, NATION, NUMBER

LATER_SESSION_KEY = "set_up_later"
MOST_LINES = 500
# The head of a paper stays Vietnamese in every language.
HEADING = {"nation": NATION, "motto": MOTTO, "number_line": NUMBER, "date_line": DATE}


def emblem_url(seal: bytes) -> str:
    """The stored picture as a data address, "" without one."""
    return f"data:image/png;base64,{base64.b64encode(seal).decode()}" if seal else ""


def draw_step(request: HttpRequest, route: str, template: str, **more: object) -> HttpResponse:
    """A step's page; refused forms answer 422."""
    form = more.get("form")
    refused = form is not None and form.is_bound and bool(form.errors)
    context = step_context(route) | HEADING | more
    return render(
        request,
        f"frontend/workplace/setup/{template}.html",
        context,
        status=422 if refused else 200,
    )


@require_http_methods(["GET", "POST"])
@workplace_view(*MANAGE)
def overview(request: HttpRequest) -> HttpResponse:
    """What is there, for every administrator; changed and finished by the topmost unit's."""
    held, changes = read_installation(), may_set_up(request.user)
    if request.method == "POST" and changes:
        finish_set_up(user=request.user, now=timezone.now())
        messages.success(request, _("Đã cài đặt xong. Người tổ chức vào bằng liên kết đã cấp."))
        return redirect("workplace")
    context = {
        "held": held,
        "emblem": emblem_url(bytes(held.seal)),
        "steps": setup_steps(),
        "changes": changes,
        "setting_up": held.set_up_at is None,
        **HEADING,
    }
    return render(request, "frontend/workplace/setup/overview.html", context)


@require_POST
@setup_view
def later(request: HttpRequest) -> HttpResponse:
    """Home for as long as this person is signed in; a card there leads back."""
    request.session[LATER_SESSION_KEY] = True
    return redirect("workplace")


def sets_up_first(request: HttpRequest) -> bool:
    """Whether home leads to the wizard: for who sets up, once their second factor is there."""
    if request.session.get(LATER_SESSION_KEY) or needs_second_factor(request.user):
        return False
    return waits_for_set_up(request.user)


@require_http_methods(["GET", "POST"])
@setup_view
def body(request: HttpRequest) -> HttpResponse:
    """Name, body above, place and emblem, shown as the head of a paper."""
    held = read_installation()
    names = ("body_name", "parent_body", "place")
    initial = {name: getattr(held, name) for name in names}
    posted = request.method == "POST"
    form = BodyForm(request.POST, request.FILES) if posted else BodyForm(initial=initial)
    if form.is_bound and form.is_valid() and _store_body(form, request.user):
        messages.success(request, _("Đã lưu thông tin cơ quan."))
        return redirect(next_url("w-setup-body"))
    emblem = emblem_url(bytes(held.seal))
    return draw_step(request, "w-setup-body", "body", form=form, emblem=emblem)


@transaction.atomic
def _store_body(form: BodyForm, user: User) -> bool:
    given = form.cleaned_data
    fields = {name: nfc(given[name]) for name in ("body_name", "parent_body", "place")}
    try:
        if given["emblem"]:
            fields["seal"] = draw_emblem(given["emblem"].read())
        elif given["remove"]:
            fields["seal"] = b""
    except DomainError as refusal:
        form.add_error("emblem", str(refusal))
        return False
    before = read_installation().body_name
    update_installation(user=user, **fields)
    _name_root(before, fields["body_name"], user)
    return True


def _name_root(before: str, name: str, user: User) -> None:
    """The unit at the top bears the body's name until people call it something else."""
    root = ensure_root_unit()
    if root.name in (before, _("Cơ quan chủ quản")) and root.name != name:
        update_unit(unit=root, name=name, user=user, kind=root.kind, aliases=root.aliases)


@require_http_methods(["GET", "POST"])
@setup_view
def units(request: HttpRequest) -> HttpResponse:
    """The communes of a province by one choice, its departments a line each."""
    held = read_installation()
    data = request.POST if request.method == "POST" else None
    form = UnitsForm(data, initial={"province": held.province_code})
    if form.is_bound and form.is_valid():
        made = _store_units(form.cleaned_data, request.user)
        messages.success(request, _("Đã có thêm %(count)s đơn vị.") % {"count": made})
        return redirect(next_url("w-setup-units"))
    count = OrgUnit.objects.count()
    return draw_step(request, "w-setup-units", "units", form=form, count=count)


@transaction.atomic
def _store_units(given: dict[str, str], user: User) -> int:
    """How many units are new."""
    made = 0
    found = find_province(given["province"]) if given["province"] else None
    if found is not None:
        made = load_province(province=found, parent=ensure_root_unit(), user=user).created
        update_installation(user=user, province_code=given["province"])
    parent = top_unit()
    known = {fold(name) for name in parent.children.values_list("name", flat=True)}
    for line in lines_of(given["departments"])[:MOST_LINES]:
        name = nfc(line)[:200]
        if fold(name) not in known:
            known.add(fold(name))
            create_unit(name=name, parent=parent, user=user, kind=UnitKind.DEPARTMENT)
            made += 1
    return made
