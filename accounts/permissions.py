"""Who may do what with people, units, lists and jobs; and whom the house asks for two factors.

Each right is a scoped queryset plus a key: the page, the template and the API ask the same one.
"""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.enums import SECOND_FACTOR_ROLES, Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry, Job, Membership, OrgUnit, Roster, RosterEntry, User
from accounts.queries.job import JobQuerySet
from accounts.queries.org_unit import OrgUnitQuerySet

MANAGE = (Role.ADMINISTRATOR,)
SEE_UNITS = tuple(Role)
KEEP_ROSTERS = (Role.ADMINISTRATOR, Role.ORGANISER)
SEE_ROSTERS = (*KEEP_ROSTERS, Role.UNIT_LEAD, Role.AUDITOR, Role.EXPORTER)
SEE_DIARY = (Role.AUDITOR, Role.ADMINISTRATOR)
DEMO_PREFIX = "demo."
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def holds_any(user: User | AnonymousUser, *roles: str) -> bool:
    """Whether the person holds one of the roles at any unit."""
    return (
        user.is_authenticated
        and user.is_active
        and Membership.objects.filter(user=user, role__in=roles).exists()
    )


def needs_second_factor(user: User) -> bool:
    """A role of theirs sees keys or takes personal data out, and no second factor is set up yet.

    Either an authenticator app or a passkey is one (a passkey asks for finger, face or PIN).

    The people of a demo installation are let off, and nobody else: `settings.DEMO` is set only by
    `manage.py serve` when it has loaded the demo.
    """
    if settings.DEMO and user.username.startswith(DEMO_PREFIX):
        return False
    if not holds_any(user, *SECOND_FACTOR_ROLES):
        return False
    return not Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


def managed_units(user: User) -> OrgUnitQuerySet:
    """Units whose people, roles and sub-units the person administers."""
    return OrgUnit.objects.reached_by(user, *MANAGE)


def may_manage_unit(user: User, unit: OrgUnit) -> bool:
    return managed_units(user).filter(pk=unit.pk).exists()


def seen_units(user: User) -> OrgUnitQuerySet:
    """Units the person holds any role at, with all below."""
    return OrgUnit.objects.reached_by(user, *SEE_UNITS)


def managed_people(user: User) -> QuerySet[User]:
    """People who belong to a unit the person administers."""
    return User.objects.filter(unit__in=managed_units(user))


def may_manage_person(user: User, person: User) -> bool:
    return managed_people(user).filter(pk=person.pk).exists()


def seen_rosters(user: User) -> QuerySet[Roster]:
    """Lists of units in reach, and lists from above that name people of units in reach."""
    reach = OrgUnit.objects.reached_by(user, *SEE_ROSTERS)
    listed = RosterEntry.objects.filter(unit__in=reach).values("roster_id")
    return Roster.objects.filter(Q(unit__in=reach) | Q(pk__in=listed))


def kept_rosters(user: User) -> QuerySet[Roster]:
    """Lists of units in reach that the person may change."""
    return Roster.objects.filter(unit__in=OrgUnit.objects.reached_by(user, *KEEP_ROSTERS))


def require_may_keep_rosters(user: User, unit: OrgUnit) -> None:
    """Raises NotAllowed for who may not keep lists of this unit."""
    if not OrgUnit.objects.reached_by(user, *KEEP_ROSTERS).filter(pk=unit.pk).exists():
        raise NotAllowed


def exported_rosters(user: User) -> QuerySet[Roster]:
    """Lists the person may take out as a file: a right of its own."""
    return Roster.objects.filter(unit__in=OrgUnit.objects.reached_by(user, Role.EXPORTER))


def seen_diary(user: User) -> QuerySet[AuditEntry]:
    """Lines about units in reach; from the topmost unit also those that belong to none."""
    reach = OrgUnit.objects.reached_by(user, *SEE_DIARY)
    if reach.filter(parent=None).exists():
        return AuditEntry.objects.all()
    return AuditEntry.objects.filter(unit_id__in=list(reach.values_list("pk", flat=True)))


def may_keep_consent_texts(user: User) -> bool:
    """An administrator of the topmost unit: the texts are those of the whole installation."""
    return managed_units(user).filter(parent=None).exists()


def seen_jobs(user: User) -> JobQuerySet:
    """One's own: a job's file may hold what only the person who asked for it may see."""
    return Job.objects.of(user)
