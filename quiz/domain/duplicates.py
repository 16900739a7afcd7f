"""Entrants who may be one person: found by the system, decided by a person.

Nobody is refused for looking like someone else. Of several registrations that a person decides are
one entrant, one is kept (the earliest, as a rule) and the attempts of the others do not count.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from accounts.text import nfc
from quiz.domain.duplicate_advice import advise_cases
from quiz.domain.sealed_stores import settle_indexes
from quiz.enums import DuplicateState, RoundState
from quiz.errors import CaseDecided, RoundSealed
from quiz.models import (
    Attempt,
    Contest,
    DuplicateCase,
    DuplicateMember,
    Entrant,
    Round,
    Standing,
)
from quiz.permissions import require_may_run
from quiz.queries.duplicate import shared_marks

# (when, entrant): the smallest of several is the earliest registered.
Registration = tuple[datetime, int]
Decision = tuple[Sequence[Registration], int | None]


@transaction.atomic
def find_duplicates(*, contest: Contest) -> int:
    """Store a case for each shared mark; the number of cases that wait for a decision.

    Can be run again at any time: a known case stays as decided unless someone new joined it.
    """
    settle_indexes(contest_id=contest.pk)
    found = list(shared_marks(contest.pk))
    DuplicateCase.objects.bulk_create(
        [DuplicateCase(contest=contest, reason=m.reason, mark=m.mark) for m in found],
        ignore_conflicts=True,
    )
    cases = {
        (case.reason, bytes(case.mark)): case.pk
        for case in DuplicateCase.objects.filter(contest=contest)
    }
    known = set(
        DuplicateMember.objects.filter(case__contest=contest).values_list("case_id", "entrant_id")
    )
    joined = [
        (cases[mark.reason, mark.mark], entrant)
        for mark in found
        for entrant in mark.entrants
        if (cases[mark.reason, mark.mark], entrant) not in known
    ]
    DuplicateMember.objects.bulk_create(
        DuplicateMember(case_id=case, entrant_id=entrant) for case, entrant in joined
    )
    DuplicateCase.objects.filter(pk__in={case for case, _entrant in joined}).update(
        state=DuplicateState.OPEN
    )
    settle_duplicates(contest_id=contest.pk)
    return DuplicateCase.objects.filter(contest=contest, state=DuplicateState.OPEN).count()


def cases_by_effect(
    *, contest: Contest, effective: Collection[int] = ()
) -> QuerySet[DuplicateCase]:
    """Cases that wait first; of them the `effective` (see `domain.certainty`), then those whose
    members stand nearest to a prize.

    Each carries `moves`, whether it is effective, and `best_rank`: the best place of any member in
    any round, None while unranked.
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
        .annotate(
            best_rank=Subquery(best),
            waits=Q(state=DuplicateState.OPEN),
            moves=Q(pk__in=list(effective)),
        )
        .order_by("-waits", "-moves", F("best_rank").asc(nulls_last=True), "pk")
    )


def members_of(case: DuplicateCase) -> QuerySet[Entrant]:
    """The case's entrants, the earliest registered first."""
    ids = DuplicateMember.objects.filter(case=case).values("entrant")
    return Entrant.objects.filter(pk__in=ids).order_by("registered_at", "pk")


def _decide(case: DuplicateCase, state: str, user: User, now: datetime, **fields: object) -> None:
    """Record the decision, if the case still waits. Raises NotAllowed, RoundSealed, CaseDecided."""
    require_may_run(user, case.contest)
    _check_not_sealed(case)
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


def _check_not_sealed(case: DuplicateCase) -> None:
    """A seal says of every entry whether it is a duplicate, so it has to be opened first."""
    entered = Attempt.objects.filter(entrant__in=members_of(case)).values("round")
    if Round.objects.filter(pk__in=entered, state=RoundState.SEALED).exists():
        raise RoundSealed


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

    Raises NotAllowed, RoundSealed, CaseDecided when somebody decided meanwhile, Faults when `kept`
    is not a member.
    """
    _decide_same(case, user, now, kept, note)
    settle_duplicates(contest_id=case.contest_id)


def _decide_same(
    case: DuplicateCase, user: User, now: datetime, kept: Entrant | None, note: str
) -> None:
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


@transaction.atomic
def decide_different(*, case: DuplicateCase, user: User, now: datetime, note: str = "") -> None:
    """The members are different people; all their attempts count.

    Raises NotAllowed, RoundSealed, CaseDecided.
    """
    _decide(case, DuplicateState.DIFFERENT, user, now, note=nfc(note)[:400])
    settle_duplicates(contest_id=case.contest_id)


@transaction.atomic
def reopen_case(*, case: DuplicateCase, user: User) -> None:
    """Take a decision back: nobody is set aside any more because of this case.

    Raises NotAllowed, RoundSealed.
    """
    require_may_run(user, case.contest)
    _check_not_sealed(case)
    DuplicateCase.objects.filter(pk=case.pk).update(
        state=DuplicateState.OPEN, kept=None, decided_by=None, decided_at=None
    )
    case.refresh_from_db()
    settle_duplicates(contest_id=case.contest_id)
    record_act(actor=user, act="reopen_duplicate", subject=case, unit_id=case.contest.unit_id)


@transaction.atomic
def keep_earliest(*, cases: Iterable[DuplicateCase], user: User, now: datetime) -> int:
    """“Giữ bài sớm nhất” for many cases; how many were decided.

    Those decided meanwhile stay as they are. Raises NotAllowed, RoundSealed.
    """
    decided: list[DuplicateCase] = []
    for case in cases:
        with suppress(CaseDecided):
            _decide_same(case, user, now, None, "")
            decided.append(case)
    for contest_id in {case.contest_id for case in decided}:
        settle_duplicates(contest_id=contest_id)
    return len(decided)


@transaction.atomic
def follow_advice(*, cases: Iterable[DuplicateCase], user: User, now: datetime) -> int:
    """Decide each case as `advise_cases` proposes, its reason in the note; how many were decided.

    Those decided meanwhile stay as they are. Raises NotAllowed, RoundSealed.
    """
    cases = list(cases)
    advice = advise_cases(cases=cases)
    decided: list[DuplicateCase] = []
    for case in cases:
        with suppress(CaseDecided):
            proposed = advice[case.pk]
            note = nfc(proposed.sentence)[:400]
            if proposed.kept is None:
                _decide(case, DuplicateState.DIFFERENT, user, now, note=note)
            else:
                _decide(case, DuplicateState.SAME, user, now, kept=proposed.kept, note=note)
            decided.append(case)
    for contest_id in {case.contest_id for case in decided}:
        settle_duplicates(contest_id=contest_id)
    return len(decided)


def settle_duplicates(*, contest_id: int) -> None:
    """Set `duplicate_of` of every entrant to what the decisions say together.

    If A and B are one person, and B and C are, all three are. Whom a person chose to keep is kept,
    the last choice ruling; else the earliest registered of them all.
    """
    # Two decisions at once on overlapping cases would each miss the other's.
    Contest.objects.select_for_update(no_key=True).get(pk=contest_id)
    wanted = merged_entrants(_decisions(contest_id))
    stored = dict(
        Entrant.objects.filter(contest=contest_id, duplicate_of__isnull=False).values_list(
            "pk", "duplicate_of"
        )
    )
    changed = [
        Entrant(pk=pk, duplicate_of_id=wanted.get(pk))
        for pk in wanted.keys() | stored.keys()
        if wanted.get(pk) != stored.get(pk)
    ]
    Entrant.objects.bulk_update(changed, ["duplicate_of"], batch_size=1000)


def _decisions(contest_id: int) -> list[Decision]:
    """The contest's decisions that entrants are one person, the oldest first."""
    cases = DuplicateCase.objects.filter(contest=contest_id, state=DuplicateState.SAME)
    members: dict[int, list[Registration]] = defaultdict(list)
    rows = DuplicateMember.objects.filter(case__in=cases)
    for row in rows.select_related("entrant"):
        members[row.case_id].append((row.entrant.registered_at, row.entrant_id))
    ordered = cases.order_by("decided_at", "pk").values_list("pk", "kept_id")
    return [(members[case], kept) for case, kept in ordered]


def merged_entrants(decisions: Iterable[Decision]) -> dict[int, int]:
    """{entrant set aside: entrant kept}, from (members, whom the decision keeps) in their order."""
    groups: dict[int, set[Registration]] = {}
    chosen: dict[int, int] = {}
    for members, kept in decisions:
        ids = [entrant for _at, entrant in members]
        together = set(members).union(*(groups.get(entrant, ()) for entrant in ids))
        earlier = [chosen[entrant] for entrant in ids if entrant in chosen]
        deliberate = kept if kept not in (None, min(members)[1]) else next(iter(earlier), None)
        for _at, entrant in together:
            groups[entrant] = together
            if deliberate is not None:
                chosen[entrant] = deliberate
    keepers = {
        entrant: chosen.get(entrant, min(together)[1]) for entrant, together in groups.items()
    }
    return {entrant: kept for entrant, kept in keepers.items() if kept != entrant}
