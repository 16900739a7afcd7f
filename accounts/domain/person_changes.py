"""What changes about a person who is known already: name, address, phone, unit."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.people import (
    UnitOutOfReach,
    keep_an_administrator,
    require_may_change,
)
from accounts.domain.person_faults import email_faults, name_faults, phone_faults
from accounts.domain.sessions import end_sessions
from accounts.domain.unit_errors import UnitClosed
from accounts.enums import Role
from accounts.errors import DomainError, Faults
from accounts.models import OrgUnit, User
from accounts.permissions import may_manage_unit
from accounts.phones import read_phone
from accounts.text import nfc


class SameUnit(DomainError):
    code = "same_unit"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Người này đang thuộc chính đơn vị đó."), _("Chọn đơn vị mà người này chuyển đến.")
        )


@transaction.atomic
def update_person(
    *, person: User, full_name: str, email: str, phone: str, user: User | None
) -> None:
    """Correct name, address and phone; who changes an address or phone has to confirm it anew.

    Raises Faults, UnitOutOfReach, PersonOutranks.
    """
    require_may_change(user, person)
    found = [
        *name_faults(nfc(full_name)),
        *email_faults(email.strip(), person),
        *phone_faults(phone.strip(), person),
    ]
    if found:
        raise Faults(found)
    fields = set_person_fields(
        person,
        full_name=nfc(full_name),
        email=email.strip().lower(),
        phone=read_phone(phone) if phone.strip() else "",
    )
    if fields:
        person.save()
        record_act(
            actor=user,
            act="update_person",
            subject=person,
            unit_id=person.unit_id,
            fields=", ".join(fields),
        )


def set_person_fields(person: User, *, full_name: str, email: str, phone: str | None) -> list[str]:
    """The names of the fields that changed; nothing is saved yet. `phone` None leaves it."""
    changed = []
    if person.full_name != full_name:
        person.full_name = full_name
        changed.append("full_name")
    if person.email != email:
        person.email, person.email_verified = email, False
        changed.append("email")
    if phone is not None and person.phone_number != phone:
        person.put_phone(phone, verified=False)
        changed.append("phone")
    return changed


@transaction.atomic
def transfer_person(
    *, person: User, unit: OrgUnit, user: User | None, keep_roles: bool = False
) -> None:
    """To another unit; roles at the old one end with it unless kept, those elsewhere stay.

    Raises UnitOutOfReach, PersonOutranks, UnitClosed, SameUnit, LastAdministrator.
    """
    require_may_change(user, person)
    if user is not None and not may_manage_unit(user, unit):
        raise UnitOutOfReach
    if unit.valid_to is not None:
        raise UnitClosed(unit.name, unit.valid_to)
    if person.unit_id == unit.pk:
        raise SameUnit
    left = person.unit_id
    if not keep_roles:
        _end_roles(person, user)
    person.unit = unit
    person.save(update_fields=["unit"])
    details = {"from": left, "to": unit.pk}
    record_act(actor=user, act="transfer_person", subject=person, unit_id=unit.pk, **details)


def _end_roles(person: User, user: User | None) -> None:
    held = person.memberships.filter(unit_id=person.unit_id)
    if held.filter(role=Role.ADMINISTRATOR, unit__parent=None).exists():
        keep_an_administrator(leaving={person.pk})
    if held:
        end_sessions({person.pk})  # signed in anew, they see what is left to them
    for membership in held:
        record_act(
            actor=user,
            act="revoke_role",
            subject=person,
            unit_id=membership.unit_id,
            role=membership.role,
        )
    held.delete()
