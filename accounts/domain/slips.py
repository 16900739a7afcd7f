"""Who is handed an activation slip, and the links that stand on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.domain.sign_in_links import issue_activation_links
from accounts.errors import DomainError
from accounts.models import Membership, OrgUnit, User
from accounts.permissions import managed_people, managed_units

# Paper takes its time through a unit.
SLIP_TTL = timedelta(days=14)
MOST = 3000
NEW, NO_EMAIL = "new", "no_email"


class NobodyForSlips(DomainError):
    code = "nobody_for_slips"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("Không có ai cần phiếu kích hoạt trong lựa chọn này."),
            _("Người đã đăng nhập hoặc đang bị khóa không được in phiếu theo đơn vị."),
        )


class TooManySlips(DomainError):
    code = "too_many_slips"
    status = 422

    def __init__(self, count: int) -> None:
        super().__init__(
            _("Có %(count)s người, nhiều hơn %(most)s phiếu một tệp.")
            % {"count": count, "most": MOST},
            _("Chọn đơn vị nhỏ hơn và in làm nhiều lần."),
        )


@dataclass(frozen=True)
class Slip:
    """One person's slip; `path` lets them in once before `expires_at`."""

    person: User
    path: str
    expires_at: datetime


def people_for_slips(
    *,
    user: User,
    unit: OrgUnit | None = None,
    only: str = NEW,
    people: Sequence[int] = (),
    created: Iterable[Sequence[int]] | None = None,
) -> QuerySet[User]:
    """Whom `user` may hand a slip: these people; else those of an import or of a unit and below.

    `only`: NEW those who were never inside, NO_EMAIL of them those without an address. `created`:
    ranges of ids. Left out are people who are locked, or have a role out of the user's reach.
    """
    above = Membership.objects.exclude(unit__in=managed_units(user))
    found = managed_people(user).filter(is_active=True).exclude(memberships__in=above)
    found = found.select_related("unit").order_by("unit__sort_name", "full_name", "pk")
    if people:
        return found.filter(pk__in=people)
    found = found.filter(last_login=None)
    if only == NO_EMAIL:
        found = found.filter(email="")
    if created is not None:
        ranges = Q(pk__in=[])
        for first, last in created:
            ranges |= Q(pk__range=(first, last))
        found = found.filter(ranges)
    if unit is not None:
        found = found.filter(unit__in=OrgUnit.objects.below([unit.pk]))
    return found


@transaction.atomic
def issue_slips(*, user: User, now: datetime, **chosen: Any) -> list[Slip]:
    """A fresh link for each; links issued earlier stop working. See `people_for_slips`.

    Raises NobodyForSlips, TooManySlips.
    """
    people = list(people_for_slips(user=user, **chosen)[: MOST + 1])
    if not people:
        raise NobodyForSlips
    if len(people) > MOST:
        raise TooManySlips(people_for_slips(user=user, **chosen).count())
    paths = issue_activation_links(people=people, issued_by=user, now=now, ttl=SLIP_TTL)
    return [Slip(person, paths[person.pk], now + SLIP_TTL) for person in people]
