"""A workbook of people against those who are known: what it would change, then that, or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, connection, transaction

from accounts.domain.audit import Act, record_acts
from accounts.domain.people import REASON_LENGTH, keep_an_administrator
from accounts.domain.person_lines import PersonLine
from accounts.domain.person_plans import PersonChange, Planner
from accounts.domain.plans import PlanOutdated, Summary
from accounts.domain.sessions import end_sessions
from accounts.enums import Role
from accounts.models import Membership, OrgUnit, User

PEOPLE_LOCK = 7_266_403
BATCH = 1000
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class PeoplePlan:
    """The people who change, those who stay as they are left out."""

    changed: list[PersonChange]
    summary: Summary


@dataclass(frozen=True)
class StoredPeople:
    """`created`: ids of new people as ranges [first, last], in the order of the file."""

    plan: PeoplePlan
    created: list[list[int]] = field(default_factory=list)


def plan_people(*, lines: Sequence[PersonLine], user: User) -> PeoplePlan:
    """What these rows would change, by someone who may change it. Raises Faults with all of them.

    An empty cell leaves things as they are; roles are given, never taken, but for those at the
    unit that somebody leaves. The same rows again change nothing.
    """
    planner = Planner(user)
    people = planner.plan(lines)
    changed = [person for person in people if person.changes]
    changes = [change for person in changed for change in person.changes]
    return PeoplePlan(changed, Summary(len(lines), len(people) - len(changed), changes))


@transaction.atomic
def store_people(
    *, lines: Sequence[PersonLine], user: User, digest: str, report: Report | None = None
) -> StoredPeople:
    """Do what `plan_people` said, all or nothing.

    Raises Faults, PlanOutdated, LastAdministrator.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PEOPLE_LOCK])
    plan = plan_people(lines=lines, user=user)
    plan.summary.require(digest)
    new = [person.user for person in plan.changed if person.is_new]
    try:
        with transaction.atomic():
            _keep_administrators(plan.changed)
            _create(new, report)
            _update([person for person in plan.changed if not person.is_new])
    except IntegrityError as taken:  # somebody made the same person on a page meanwhile
        raise PlanOutdated from taken
    _store_roles(plan.changed, user)
    _record(plan.changed, user)
    end_sessions({person.user.pk for person in plan.changed if person.locks or person.ended})
    return StoredPeople(plan, _ranges([person.pk for person in new]))


def _keep_administrators(changed: list[PersonChange]) -> None:
    """Asked when somebody is locked, or leaves a topmost unit that they administer."""
    tops = OrgUnit.objects.filter(parent=None).values_list("pk", flat=True)
    gone = {(Role.ADMINISTRATOR.value, pk) for pk in tops}
    leaving = {
        person.user.pk
        for person in changed
        if not person.is_new and (person.locks or not gone.isdisjoint(person.ended))
    }
    if leaving:
        keep_an_administrator(leaving=leaving)


def _create(new: list[User], report: Report | None) -> None:
    for start in range(0, len(new), BATCH):
        part = new[start : start + BATCH]
        for person in part:
            person.set_unusable_password()
        User.objects.bulk_create(part)
        if report:
            report(start + len(part), len(new))


def _update(changed: list[PersonChange]) -> None:
    """Only the columns in which somebody differs: each costs a case for every row."""
    fields = sorted({name for person in changed for name in person.fields})
    if fields:
        people = [person.user for person in changed if person.fields]
        for person in people:
            person.inactive_reason = person.inactive_reason[:REASON_LENGTH]
        User.objects.bulk_update(people, fields, batch_size=BATCH)


def _store_roles(changed: list[PersonChange], user: User) -> None:
    ended = [(p.user.pk, unit, role) for p in changed for role, unit in p.ended]
    for person, unit, role in ended:
        Membership.objects.filter(user_id=person, unit_id=unit, role=role).delete()
    Membership.objects.bulk_create(
        [
            Membership(user=person.user, unit_id=unit, role=role, granted_by=user)
            for person in changed
            for role, unit in person.granted
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _record(changed: list[PersonChange], user: User) -> None:
    record_acts(actor=user, acts=[act for person in changed for act in _acts(person)])


def _acts(person: PersonChange) -> list[Act]:
    """The lines that the same acts on the person's page would have left."""
    who, unit = person.user, person.user.unit_id

    def act(name: str, at: int | None = unit, **details: object) -> Act:
        return Act(name, who, at, details)

    acts = [act("create_person")] if person.is_new else []
    if person.corrected:
        acts.append(act("update_person", fields=", ".join(person.corrected)))
    if person.left is not None:
        acts.append(Act("transfer_person", who, unit, {"from": person.left, "to": unit}))
    acts += [act("revoke_role", at, role=role) for role, at in person.ended]
    acts += [act("grant_role", at, role=role) for role, at in person.granted]
    if person.locks:
        acts.append(act("deactivate_person"))
    elif "is_active" in person.fields:
        acts.append(act("reactivate_person"))
    return acts


def _ranges(ids: list[int]) -> list[list[int]]:
    """[3, 4, 5, 9] → [[3, 5], [9, 9]]."""
    found: list[list[int]] = []
    for pk in sorted(ids):
        if found and found[-1][1] == pk - 1:
            found[-1][1] = pk
        else:
            found.append([pk, pk])
    return found
