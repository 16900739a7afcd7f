"""People and units for tests: Alice holds the role, Bob holds it elsewhere, Charlie holds none."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import encrypt
from django.test import Client

from accounts.domain.units import create_unit
from accounts.enums import Role
from accounts.models import Membership, OrgUnit, User


def make_unit(code: str = "don-vi", *, name: str = "", parent: OrgUnit | None = None) -> OrgUnit:
    """A unit with its search text as the domain makes it."""
    return create_unit(code=code, name=name or f"Đơn vị {code}", parent=parent, user=None)


def who(client: Client) -> str:
    """The username signed in, or ""."""
    user_id = client.session.get("_auth_user_id")
    return User.objects.get(pk=user_id).username if user_id else ""


def make_person(username: str, *roles: str, unit: OrgUnit, totp: bool = True) -> User:
    """Someone with these roles at `unit`; with a second factor unless told otherwise."""
    user = User.objects.create_user(username, full_name=username.title(), unit=unit)
    Membership.objects.bulk_create(Membership(user=user, unit=unit, role=role) for role in roles)
    if totp:
        Authenticator.objects.create(
            user=user,
            type=Authenticator.Type.TOTP,
            data={"secret": encrypt(generate_totp_secret())},
        )
    return user


@dataclass(frozen=True)
class Trio:
    """`alice` holds the role at `here`, `bob` the same at `there`, `charlie` nothing at `here`."""

    here: OrgUnit
    there: OrgUnit
    alice: User
    bob: User
    charlie: User


def make_trio(*roles: str) -> Trio:
    """Two units side by side and the three who are asked in every access test."""
    here, there = make_unit("o-day"), make_unit("noi-khac")
    return Trio(
        here,
        there,
        make_person("alice", *(roles or (Role.ADMINISTRATOR,)), unit=here),
        make_person("bob", *(roles or (Role.ADMINISTRATOR,)), unit=there),
        make_person("charlie", unit=here, totp=False),
    )
