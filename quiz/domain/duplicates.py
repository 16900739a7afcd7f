"""Entrants who may be one person: found by the system, decided by a person.

Nobody is refused for looking like someone else. Of several registrations that a person decides are
one entrant, one is kept (the earliest, as a rule) and the attempts of the others do not count.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from accounts.text import nfc
from quiz.enums import DuplicateState
from quiz.errors import CaseDecided
from quiz.models import Contest, DuplicateCase, DuplicateMember, Entrant, Standing
from quiz.queries.duplicate import SharedMark, shared_marks


@transaction.atomic
def find_duplicates(*, contest: Contest) -> int:
    """Store a case for each shared mark; the number of cases that wait for a decision.

    Can be run again at any time: a known case stays as decided unless someone new joined it.
    """
    found = list(shared_marks(contest.pk))
    DuplicateCase.objects.bulk_create(
        [DuplicateCase(contest=contest, reason=m.reason, mark=m.mark) for m in found],
        ignore_conflicts=True,
    )
    cases = {
        (case.reason, bytes(case.mark)): case
        for case in DuplicateCase.objects.filter(contest=contest)
    }
    for mark in found:
        _join(cases[mark.reason, mark.mark], mark)
    return DuplicateCase.objects.filter(contest=contest, state=DuplicateState.OPEN).count()


def _join(case: DuplicateCase, mark: SharedMark) -> None:
    """Make the case's members the mark's; a decided case that grows waits again."""
    known = set(case.members.values_list("entrant_id", flat=True))
    new = [entrant for entrant in mark.entrants if entrant not in known]
    DuplicateMember.objects.bulk_create(
        DuplicateMember(case=case, entrant_id=entrant) for entrant in new
    )
    if new and case.state != DuplicateState.OPEN:
        case.state = DuplicateState.OPEN
        case.save(update_fields=["state"])


def cases_by_effect(*, contest: Contest) -> QuerySet[DuplicateCase]:
    """Cases that wait first, those whose members stand nearest to a prize before the others.

    Each carries `best_rank`: the best place of any member in any round, None while unranked.
    """
    best = (
        Standing.objects.filter(
            entrant__in=DuplicateMember.objects.filter(case=OuterRef(OuterRef("pk"))).values(
                "entrant"
            )
        )
        .order_by()
        .annotate(everyone=Value(1))
        .values("everyone")
        .annotate(best=Min("rank"))
        .values("best")
    )
    return (
        DuplicateCase.objects.filter(contest=contest)
        .annotate(best_rank=Subquery(best), waits=Q(state=DuplicateState.OPEN))
        .order_by("-waits", F("best_rank").asc(nulls_last=True), "pk")
    )


def members_of(case: DuplicateCase) -> QuerySet[Entrant]:
    """The case's entrants, the earliest registered first."""
    ids = DuplicateMember.objects.filter(case=case).values("entrant")
    return Entrant.objects.filter(pk__in=ids).order_by("registered_at", "pk")


def _decide(case: DuplicateCase, state: str, user: User, now: datetime, **fields: object) -> None:
    """Record the decision, if the case still waits. Raises CaseDecided."""
    decided = DuplicateCase.objects.filter(pk=case.pk, state=DuplicateState.OPEN).update(
        state=state, decided_by=user, decided_at=now, **fields
    )
    if not decided:
        raise CaseDecided
    case.refresh_from_db()
    record_act(
        actor=user,
        act=f"duplicate_{state}",
        subject=case,
        unit_id=case.contest.unit_id,
        kept=case.kept_id,
    )


@transaction.atomic
def decide_same(
    *,
    case: DuplicateCase,
    user: User,
    now: datetime,
    kept: Entrant | None = None,
    note: str = "",
) -> None:
    """The members are one person: `kept` (the earliest registered, if not named) stays.

    Raises CaseDecided when somebody decided meanwhile, Faults when `kept` is not a member.
    """
    members = list(members_of(case))
    chosen = kept or members[0]
    if chosen not in members:
        raise Faults(
            [
                Fault(
                    _("Nghi trùng"),
                    "not_a_member",
                    _("Người được giữ lại không thuộc nhóm này."),
                    _("Chọn một người trong nhóm."),
                )
            ]
        )
    _decide(case, DuplicateState.SAME, user, now, kept=chosen, note=nfc(note)[:400])
    others = [member.pk for member in members if member != chosen]
    Entrant.objects.filter(pk__in=others).update(duplicate_of=chosen)
    Entrant.objects.filter(pk=chosen.pk).update(duplicate_of=None)
    # Who was kept in an earlier case and is set aside now hands those set aside for it on.
    Entrant.objects.filter(duplicate_of__in=others).update(duplicate_of=chosen)


@transaction.atomic
def decide_different(*, case: DuplicateCase, user: User, now: datetime, note: str = "") -> None:
    """The members are different people; all their attempts count. Raises CaseDecided."""
    _decide(case, DuplicateState.DIFFERENT, user, now, note=nfc(note)[:400])


@transaction.atomic
def reopen_case(*, case: DuplicateCase, user: User) -> None:
    """Take a decision back: nobody of the case is set aside any more because of it."""
    if case.state == DuplicateState.SAME:
        members = members_of(case).values("pk")
        Entrant.objects.filter(pk__in=members, duplicate_of=case.kept).update(duplicate_of=None)
    DuplicateCase.objects.filter(pk=case.pk).update(
        state=DuplicateState.OPEN, kept=None, decided_by=None, decided_at=None
    )
    case.refresh_from_db()
    record_act(actor=user, act="reopen_duplicate", subject=case, unit_id=case.contest.unit_id)


def keep_earliest(*, cases: Iterable[DuplicateCase], user: User, now: datetime) -> int:
    """“Giữ bài sớm nhất” for many cases; those decided meanwhile stay as they are."""
    decided = 0
    for case in cases:
        try:
            decide_same(case=case, user=user, now=now)
            decided += 1
        except CaseDecided:
            continue
    return decided
