"""People who sign in, and what they may do where."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.sign_in_links import issue_activation_link
from accounts.enums import Role
from accounts.errors import DomainError, Fault, Faults
from accounts.models import Membership, OrgUnit, User
from accounts.permissions import may_manage_unit
from accounts.text import nfc


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
        *_name_faults(nfc(full_name)),
        *_username_faults(username.strip()),
        *_email_faults(email.strip()),
    ]
    if faults:
        raise Faults(faults)


def _name_faults(name: str) -> list[Fault]:
    if name:
        return []
    place, message = _("Họ và tên"), _("Chưa có họ và tên.")
    return [Fault(place, "name_empty", message, _("Nhập họ và tên đầy đủ."))]


def _username_faults(username: str) -> list[Fault]:
    place = _("Mã cán bộ")
    if not username:
        return [Fault(place, "username_empty", _("Chưa có mã cán bộ."), _("Nhập mã để đăng nhập."))]
    try:
        User._meta.get_field("username").run_validators(username)  # noqa: SLF001
    except ValidationError:
        hint = _("Chỉ dùng chữ, số và các dấu @ . + - _, không có khoảng trắng.")
        return [Fault(place, "username_invalid", _("Mã cán bộ không hợp lệ."), hint)]
    if User.objects.filter(username__iexact=username).exists():
        message = _("Mã “%(code)s” đã có người dùng.") % {"code": username}
        return [Fault(place, "username_taken", message, _("Kiểm tra lại hoặc chọn mã khác."))]
    return []


def _email_faults(email: str) -> list[Fault]:
    place = _("Thư điện tử")
    if not email:
        return []
    try:
        validate_email(email)
    except ValidationError:
        hint = _("Kiểm tra lại hoặc để trống.")
        return [Fault(place, "email_invalid", _("Địa chỉ thư điện tử không hợp lệ."), hint)]
    if User.objects.filter(email__iexact=email).exists():
        message = _("Địa chỉ thư này đã thuộc một người khác.")
        return [Fault(place, "email_taken", message, _("Dùng địa chỉ khác hoặc để trống."))]
    return []


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
        if membership.role == Role.ADMINISTRATOR:
            _keep_an_administrator(leaving=membership.user_id)
        record_act(
            actor=user,
            act="revoke_role",
            subject=membership.user,
            unit_id=membership.unit_id,
            role=membership.role,
        )
        membership.delete()


def set_roles(*, person: User, unit: OrgUnit, roles: Iterable[str], user: User | None) -> None:
    """Exactly these roles at `unit`; other units are left alone."""
    wanted = set(map(Role, roles))
    with transaction.atomic():
        for membership in Membership.objects.filter(user=person, unit=unit):
            if membership.role not in wanted:
                revoke_role(membership=membership, user=user)
        for role in sorted(wanted):
            grant_role(person=person, unit=unit, role=role, user=user)


def _keep_an_administrator(*, leaving: int) -> None:
    """Somebody active must go on administering a unit without parents.

    The rows are locked, so that two administrators who remove each other can't both succeed.
    """
    holders = Membership.objects.select_for_update().filter(
        role=Role.ADMINISTRATOR, unit__parent=None, user__is_active=True
    )
    left = {membership.user_id for membership in holders}
    if left and not left - {leaving}:
        raise LastAdministrator


def deactivate_person(*, person: User, user: User | None) -> None:
    """End all ways in, at once: sign-in, links, open sessions. What they did stays theirs."""
    with transaction.atomic():
        if person.memberships.filter(role=Role.ADMINISTRATOR).exists():
            _keep_an_administrator(leaving=person.pk)
        User.objects.filter(pk=person.pk).update(is_active=False)
        record_act(actor=user, act="deactivate_person", subject=person, unit_id=person.unit_id)
    person.is_active = False
    end_sessions(person)


def end_sessions(person: User) -> None:
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


def reactivate_person(*, person: User, user: User | None) -> None:
    with transaction.atomic():
        User.objects.filter(pk=person.pk).update(is_active=True)
        record_act(actor=user, act="reactivate_person", subject=person, unit_id=person.unit_id)
    person.is_active = True


def issue_person_link(*, person: User, user: User, now: datetime) -> str:
    """A fresh activation link for someone new, or who forgot the password.

    Their second factor stays: a new password alone opens nothing that it protects.
    """
    return issue_activation_link(user=person, issued_by=user, now=now)
