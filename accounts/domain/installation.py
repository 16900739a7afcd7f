"""The body that runs this installation, as its papers, links and letters name it."""

from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.domain.audit import record_act
from accounts.models import Installation, User
from accounts.models.installation import ONLY


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
