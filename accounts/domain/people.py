"""People who sign in, and what they may do where."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.person_faults import email_faults, name_faults, username_faults
from accounts.domain.sessions import end_sessions
from accounts.domain.sign_in_links import issue_activation_link
from accounts.enums import Role
from accounts.errors import DomainError, Faults
from accounts.models import Membership, OrgUnit, User
from accounts.permissions import managed_units, may_manage_person, may_manage_unit
from accounts.text import nfc

REASON_LENGTH = 200


class LastAdministrator(DomainError):
    """Without anyone who administers the root nobody could ever let anybody in again."""

    code = "last_administrator"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Đây là người quản trị cuối cùng của đơn vị cao nhất."),
            _("Phân quyền quản trị cho một người khác trước."),
        )


class UnitOutOfReach(DomainError):
    code = "unit_out_of_reach"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("Đơn vị này nằm ngoài phạm vi quản trị của bạn."),
            _("Chọn một đơn vị thuộc phạm vi được giao."),
        )


class PersonOutranks(DomainError):
    """Who administers a commune must not open the account of somebody with a role above it."""

    code = "person_outranks"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("Người này có vai trò ở đơn vị nằm ngoài phạm vi quản trị của bạn."),
            _("Nhờ quản trị của đơn vị cấp trên thực hiện."),
        )


def require_may_change(user: User | None, person: User) -> None:
    """Their account, their unit: all of the person's roles must lie in reach.

    `user` None is the system; everyone may change their own. Raises UnitOutOfReach, PersonOutranks.
    """
    if user is None or user == person:
        return
    if not may_manage_person(user, person):
        raise UnitOutOfReach
    if person.memberships.exclude(unit__in=managed_units(user)).exists():
        raise PersonOutranks


def create_person(
    *,
    full_name: str,
    username: str,
    unit: OrgUnit,
    user: User | None,
    email: str = "",
    roles: Iterable[str] = (),
) -> User:
    """Someone who may sign in, with their roles at their unit. They have no password yet.

    `user` is who makes them; None is the system itself. Raises Faults, UnitOutOfReach.
    """
    _check_reach(user, unit)
    _check_person(full_name=full_name, username=username, email=email)
    with transaction.atomic():
        person = User.objects.create_user(
            username.strip(), full_name=full_name, email=email.strip().lower(), unit=unit
        )
        record_act(actor=user, act="create_person", subject=person, unit_id=unit.pk)
        for role in roles:
            grant_role(person=person, unit=unit, role=role, user=user)
    return person


def _check_reach(user: User | None, unit: OrgUnit) -> None:
    if user is not None and not may_manage_unit(user, unit):
        raise UnitOutOfReach


def _check_person(*, full_name: str, username: str, email: str) -> None:
    faults = [
        *name_faults(nfc(full_name)),
        *username_faults(username.strip()),
        *email_faults(email.strip()),
    ]
    if faults:
        raise Faults(faults)


def grant_role(*, person: User, unit: OrgUnit, role: str, user: User | None) -> Membership:
    """`role` at `unit` and every unit below it; granting twice is granting once."""
    _check_reach(user, unit)
    with transaction.atomic():
        membership, created = Membership.objects.get_or_create(
            user=person, unit=unit, role=Role(role), defaults={"granted_by": user}
        )
        if created:
            record_act(actor=user, act="grant_role", subject=person, unit_id=unit.pk, role=role)
    return membership


def revoke_role(*, membership: Membership, user: User | None) -> None:
    """Take a role back. Raises LastAdministrator, UnitOutOfReach."""
    _check_reach(user, membership.unit)
    with transaction.atomic():
        if membership.role == Role.ADMINISTRATOR and membership.unit.parent_id is None:
            keep_an_administrator(leaving={membership.user_id})
        record_act(
            actor=user,
            act="revoke_role",
            subject=membership.user,
            unit_id=membership.unit_id,
            role=membership.role,
        )
        membership.delete()
        # Signed in anew, they see what is left to them.
        end_sessions({membership.user_id})


def set_roles(*, person: User, unit: OrgUnit, roles: Iterable[str], user: User | None) -> None:
    """Exactly these roles at `unit`; other units are left alone."""
    wanted = set(map(Role, roles))
    with transaction.atomic():
        for membership in Membership.objects.filter(user=person, unit=unit):
            if membership.role not in wanted:
                revoke_role(membership=membership, user=user)
        for role in sorted(wanted):
            grant_role(person=person, unit=unit, role=role, user=user)


def keep_an_administrator(*, leaving: Collection[int]) -> None:
    """Somebody active must go on administering a unit without parents. Raises LastAdministrator.

    The rows are locked, so that two administrators who remove each other can't both succeed.
    """
    holders = Membership.objects.select_for_update().filter(
        role=Role.ADMINISTRATOR, unit__parent=None, user__is_active=True
    )
    left = {membership.user_id for membership in holders}
    if left and left <= set(leaving):
        raise LastAdministrator


def deactivate_person(*, person: User, user: User | None, reason: str = "") -> None:
    """End all ways in, at once: sign-in, links, open sessions. What they did stays theirs.

    Raises LastAdministrator, UnitOutOfReach, PersonOutranks.
    """
    require_may_change(user, person)
    with transaction.atomic():
        if person.memberships.filter(role=Role.ADMINISTRATOR).exists():
            keep_an_administrator(leaving={person.pk})
        person.is_active, person.inactive_reason = False, nfc(reason)[:REASON_LENGTH]
        person.save(update_fields=["is_active", "inactive_reason"])
        record_act(actor=user, act="deactivate_person", subject=person, unit_id=person.unit_id)
    end_sessions({person.pk})


def reactivate_person(*, person: User, user: User | None) -> None:
    """Let in again. Raises UnitOutOfReach, PersonOutranks."""
    require_may_change(user, person)
    with transaction.atomic():
        person.is_active, person.inactive_reason = True, ""
        person.save(update_fields=["is_active", "inactive_reason"])
        record_act(actor=user, act="reactivate_person", subject=person, unit_id=person.unit_id)


def issue_person_link(*, person: User, user: User, now: datetime) -> str:
    """A fresh activation link for someone new, or who forgot the password.

    Their second factor stays: a new password alone opens nothing that it protects. Raises
    UnitOutOfReach, PersonOutranks.
    """
    require_may_change(user, person)
    return issue_activation_link(user=person, issued_by=user, now=now)
