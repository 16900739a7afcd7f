"""The steps of setting an installation up: what each needs, and what is there already."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.installation import may_set_up, public_origin, read_installation
from accounts.domain.units import ensure_root_unit
from accounts.enums import Role
from accounts.models import Installation, OrgUnit, User
from accounts.permissions import MANAGE
from frontend.pages.workplace.access import workplace_view

View = Callable[..., HttpResponse]
ROUTES = ("w-setup-body", "w-setup-units", "w-setup-people", "w-setup-senders", "w-setup-address")


@dataclass(frozen=True)
class SetupStep:
    """One step; `optional` ones may be left for later. `said` sums up what is there."""

    route: str
    title: str
    done: bool
    said: str
    optional: bool = False

    @property
    def url(self) -> str:
        return reverse(self.route)


def setup_view(view: View) -> View:
    """A page for who administers the topmost unit; other administrators get the 403 page."""

    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_set_up(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return workplace_view(*MANAGE)(opened)


def setup_steps() -> list[SetupStep]:
    held = read_installation()
    units, people = OrgUnit.objects.count(), running_people()
    names = ", ".join(person.full_name for person in people[:4])
    found = (
        (_("Cơ quan"), bool(held.body_name), held.body_name, False),
        (_("Đơn vị"), units > 1, _("%(count)s đơn vị") % {"count": units}, False),
        (_("Người tổ chức"), len(people) > 1, names, False),
        (_("Gửi thư, tin nhắn"), bool(_senders(held)), ", ".join(_senders(held)), True),
        (_("Địa chỉ công khai"), bool(public_origin()), public_origin(), True),
    )
    return [SetupStep(route, *row) for route, row in zip(ROUTES, found, strict=True)]


def running_people() -> list[User]:
    """Who may run contests: one proposes, another approves."""
    held = User.objects.filter(is_active=True, memberships__role=Role.ORGANISER)
    return list(held.distinct().order_by("pk"))


def _senders(held: Installation) -> list[str]:
    letters = settings.EMAIL_DECLARED or held.mail_url
    texts = settings.SMS_GATEWAY or held.text_sender
    return [*([_("thư điện tử")] if letters else []), *([_("tin nhắn")] if texts else [])]


def top_unit() -> OrgUnit:
    """Where the people of the body work: its province's unit, else the topmost one."""
    code = read_installation().province_code
    return OrgUnit.objects.filter(code=code).first() or ensure_root_unit()


def next_url(route: str) -> str:
    """The step behind `route`; behind the last the summary, and for a body set up long ago too."""
    place = ROUTES.index(route) + 1
    if read_installation().set_up_at is not None or place == len(ROUTES):
        return reverse("w-setup")
    return reverse(ROUTES[place])


def first_undone_url() -> str:
    """Where to go on."""
    undone = [step for step in setup_steps() if not step.done and not step.optional]
    return undone[0].url if undone else reverse("w-setup")


def step_context(route: str) -> dict[str, object]:
    """What every step's page shows: where it stands, the way back, what may be left out."""
    steps = setup_steps()
    place = ROUTES.index(route)
    held = read_installation()
    return {
        "held": held,
        "setting_up": held.set_up_at is None,
        "step": steps[place],
        "names": "|".join(step.title for step in steps),
        "place": place + 1,
        "back_url": steps[place - 1].url if place else reverse("w-setup"),
        "skip_url": next_url(route),
    }
