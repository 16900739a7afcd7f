"""The body that runs this installation, as its papers, links and letters name it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.domain.audit import record_act
from accounts.models import Installation, OrgUnit, User
from accounts.models.installation import ONLY
from accounts.permissions import managed_units


def read_installation() -> Installation:
    """The one row, or an empty one that is not stored yet."""
    return Installation.objects.filter(pk=ONLY).first() or Installation()


@transaction.atomic
def update_installation(*, user: User | None, **fields: Any) -> Installation:
    """Store what was given and leave the rest; the diary says which fields, not what they hold."""
    Installation.objects.get_or_create(pk=ONLY)
    held = Installation.objects.select_for_update().get(pk=ONLY)
    for name, value in fields.items():
        setattr(held, name, value)
    held.save(update_fields=list(fields))
    record_act(actor=user, act="update_installation", subject=held, fields=sorted(fields))
    return held


def public_origin() -> str:
    """Where people reach this installation, as `https://host`, or "" while nobody has said."""
    return (settings.SITE_ORIGIN or read_installation().public_address).rstrip("/")


def body_name_of(*, unit: OrgUnit) -> str:
    """Who issues a unit's papers: the body itself for the topmost unit and its province."""
    held = read_installation()
    top = unit.parent_id is None or unit.code == held.province_code
    return held.body_name if top and held.body_name else unit.name


def parent_body_of(*, unit: OrgUnit) -> str:
    """The body above the one that issues a unit's papers, as the head of a paper names it."""
    held = read_installation()
    if unit.parent is None or unit.code == held.province_code:
        return held.parent_body
    return body_name_of(unit=unit.parent)


def may_set_up(user: User) -> bool:
    """Whether the person administers a unit that has none above it."""
    return managed_units(user).filter(parent=None).exists()


def waits_for_set_up(user: User) -> bool:
    """Whether this installation was never set up and the person is who does it."""
    return not settings.DEMO and read_installation().set_up_at is None and may_set_up(user)


def finish_set_up(*, user: User, now: datetime) -> Installation:
    """From now on administrators are no longer led to the wizard."""
    return update_installation(user=user, set_up_at=now)
