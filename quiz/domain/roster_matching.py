"""Entries made without the staff code: who of the compulsory list may that be?

The system proposes, a person of the organisers confirms or refuses, and either can be taken back.
Proposals name entrants of all units, so they are open only to who may see the contest's counts.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.errors import NotFound
from accounts.models import User
from quiz.domain.count_secrecy import check_may_see_counts
from quiz.enums import MatchReason, MatchState
from quiz.errors import CaseDecided
from quiz.models import Contest, Entrant, RosterMatch
from quiz.permissions import require_may_run
from quiz.queries.roster_match import store_matches

FIND = "find_roster_matches"
_ORDER = {reason: place for place, reason in enumerate(MatchReason.values)}


def check_may_match(*, user: User, contest: Contest) -> None:
    """Raises NotAllowed for who does not run the contest, CountsSecret, NotFound without a list."""
    require_may_run(user, contest)
    check_may_see_counts(user=user, contest=contest)
    if contest.roster_id is None:
        raise NotFound


def find_matches(*, contest: Contest, user: User) -> int:
    """Store a proposal for each pair that looks like one person; how many wait for a decision.

    Can be run again at any time. Raises as `check_may_match`.
    """
    check_may_match(user=user, contest=contest)
    store_matches(contest_id=contest.pk, roster_id=contest.roster_id or 0)
    return open_matches(contest=contest).count()


def run_find_matches(run: JobRun) -> dict[str, Any]:
    """Job “find_roster_matches” of {"contest": id}."""
    contest = Contest.objects.get(pk=run.params["contest"])
    count = find_matches(contest=contest, user=run.user)
    return {"message": _("%(count)s trường hợp chờ xem xét.") % {"count": count}}


def matches_of(*, contest: Contest) -> QuerySet[RosterMatch]:
    """All pairs of the contest's list, those that wait first, the surest before the others."""
    sure = Case(*[When(reason=reason, then=Value(n)) for reason, n in _ORDER.items()])
    held = RosterMatch.objects.filter(contest=contest, entry__roster=contest.roster_id)
    return held.annotate(
        sure=sure,
        decided=Case(When(state=MatchState.OPEN, then=Value(0)), default=Value(1)),
    ).order_by("decided", "sure", "entry__unit__sort_name", "entry__folded_name", "pk")


def open_matches(*, contest: Contest) -> QuerySet[RosterMatch]:
    """Those that wait; a pair whose entrant or whose person has found another is none any more."""
    taken = Entrant.objects.filter(contest=contest, roster_entry=OuterRef("entry"))
    waiting = matches_of(contest=contest).filter(state=MatchState.OPEN)
    return waiting.filter(Q(entrant__roster_entry=None) & ~Exists(taken))


def _decide(match: RosterMatch, before: str, state: str, user: User, now: datetime | None) -> None:
    """Raises CaseDecided when somebody was quicker."""
    check_may_match(user=user, contest=match.contest)
    changed = RosterMatch.objects.filter(pk=match.pk, state=before).update(
        state=state, decided_by=user if now else None, decided_at=now
    )
    if not changed:
        raise CaseDecided
    match.refresh_from_db()
    record_act(
        actor=user,
        act=f"match_{state}",
        subject=match,
        unit_id=match.contest.unit_id,
        entry=match.entry_id,
        entrant=match.entrant_id,
    )


@transaction.atomic
def confirm_match(*, match: RosterMatch, user: User, now: datetime) -> None:
    """The entrant is this person of the list: their entries count for the unit.

    Raises as `check_may_match`, and CaseDecided when either of the two stands for somebody else.
    """
    _decide(match, MatchState.OPEN, MatchState.CONFIRMED, user, now)
    others = Entrant.objects.filter(contest=match.contest, roster_entry=match.entry_id)
    free = Entrant.objects.filter(pk=match.entrant_id, roster_entry=None)
    if others.exists() or not free.update(roster_entry=match.entry_id):
        raise CaseDecided


@transaction.atomic
def refuse_match(*, match: RosterMatch, user: User, now: datetime) -> None:
    """They are two people. Raises as `check_may_match`, CaseDecided."""
    _decide(match, MatchState.OPEN, MatchState.REFUSED, user, now)


@transaction.atomic
def reopen_match(*, match: RosterMatch, user: User) -> None:
    """Take a decision back; what it linked is linked no more. Raises as `check_may_match`."""
    if match.state == MatchState.CONFIRMED:
        linked = Entrant.objects.filter(pk=match.entrant_id, roster_entry=match.entry_id)
        linked.update(roster_entry=None)
    _decide(match, match.state, MatchState.OPEN, user, None)


def sure_matches(*, contest: Contest) -> QuerySet[RosterMatch]:
    """Waiting pairs of equal staff code, name and birth date included, or of equal name, birth
    date and unit, in which neither of the two has another proposal.
    """
    waiting = open_matches(contest=contest)
    same_birth = waiting.filter(
        entrant__folded_name=F("entry__folded_name"), entrant__birth_date=F("entry__birth_date")
    )
    lone_entrant = _lone(contest, "entrant")
    lone_entry = _lone(contest, "entry")
    return same_birth.filter(
        Q(reason=MatchReason.STAFF_CODE)
        | Q(reason=MatchReason.NAME_BIRTH, entrant__unit=F("entry__unit")),
        entrant__in=lone_entrant,
        entry__in=lone_entry,
    )


def _lone(contest: Contest, side: str) -> QuerySet:
    waiting = open_matches(contest=contest).order_by().values(side)
    return waiting.annotate(pairs=Count("pk")).filter(pairs=1).values(side)


@transaction.atomic
def confirm_sure(*, contest: Contest, user: User, now: datetime) -> int:
    """Confirm at one go what a person would confirm at one look; how many."""
    check_may_match(user=user, contest=contest)
    found = list(sure_matches(contest=contest).select_related("contest"))
    for match in found:
        confirm_match(match=match, user=user, now=now)
    return len(found)
