"""How an appeal is read: by its appellant, who sees what was decided, and by organisers."""

from django.db.models import Case, IntegerField, QuerySet, Value, When

from quiz.enums import AppealState
from quiz.models import Appeal, Attempt, Contest
from quiz.queries.appeal import DECIDED, WAITING

# Turns and seconds for trying codes.
BY_ADDRESS = (60, 600)


def told_state(appeal: Appeal) -> str:
    """The state in words for the appellant: a proposal inside the house is none of theirs."""
    proposed = appeal.state == AppealState.PROPOSED
    return str(AppealState(AppealState.EXAMINING if proposed else appeal.state).label)


def told_answer(appeal: Appeal) -> str:
    """The answer once it is decided, "" before."""
    return appeal.answer if appeal.state in DECIDED else ""


def appeals_of(*, contest: Contest, state: str = "", kind: str = "") -> QuerySet[Appeal]:
    """Those that wait first, the oldest of them first; then the others, the newest first.

    `state`: one of AppealState, or "waiting"; `kind`: one of AppealKind; anything else is all.
    """
    rows = Appeal.objects.filter(contest=contest).select_related(
        "round", "entrant", "answered_by", "decided_by"
    )
    if state == "waiting":
        rows = rows.waiting()
    elif state in AppealState.values:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    waits = Case(When(state__in=WAITING, then=Value(0)), default=Value(1))
    order = rows.annotate(
        turn=Case(When(state__in=WAITING, then="pk"), output_field=IntegerField())
    )
    return order.order_by(waits, "turn", "-pk")


def count_waiting(*, contest: Contest) -> int:
    return Appeal.objects.filter(contest=contest).waiting().count()


def shown_attempts(*, appeal: Appeal) -> list[Attempt]:
    """The attempts that the appellant has shown to be their own, in the appeal's round.

    A mã dự thi is proof of all of them, a receipt of its attempt alone; nobody known, of none.
    """
    if appeal.entrant is None:
        return []
    mine = Attempt.objects.filter(round=appeal.round, entrant=appeal.entrant)
    if appeal.receipt_matches is not None:
        mine = mine.filter(pk__in=[appeal.attempt_id])
    return list(with_paper(mine).order_by("ordinal"))


def with_paper(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """With all that drawing, marking and telling of them needs."""
    return attempts.select_related("pool__key", "round__rules", "round__contest__rules", "entrant")
