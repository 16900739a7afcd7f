"""Making heads: daily, at the close, and once more when those still at work then have ended.

Which entries a head holds follows from when they ended, so nothing is stored an entry and nothing
on the way of an entry knows of it. A head is made when what ended by its moment is settled: every
deadline up to then has passed with its grace, and no statement of that time can still be running.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet

from accounts.crypto import seal_text
from quiz.domain.closing import CLOSE_DELAY, close_overdue_attempts
from quiz.domain.leaves import iterate_leaves, leaves_of
from quiz.domain.rule_sets import rules_of_round
from quiz.engine import merkle
from quiz.engine.heads import (
    NONCE_BYTES,
    head_digest,
    head_document,
    mark_after,
    newest_moment,
)
from quiz.enums import AttemptState, RoundState
from quiz.models import Attempt, Head, ReopenedLeaf, Round

SETTLED = CLOSE_DELAY + timedelta(seconds=5)
# A head is shown so long after its moment, however quickly it was made: how long it takes to make
# says how many entered.
SHOWN_AFTER = timedelta(minutes=4)


def shown_heads(*, round: Round, now: datetime) -> QuerySet[Head]:
    """The heads anyone may know of, in their order."""
    return round.heads.filter(at__lte=now - SHOWN_AFTER).order_by("number")


def make_due_heads(*, now: datetime) -> int:
    """Make what is due of every round that takes or took entries; how many heads were made."""
    rounds = Round.objects.filter(
        state__in=(RoundState.FROZEN, RoundState.CLOSED),
        opens_at__lte=now,
        contest__rehearses=None,
    ).exclude(commitment="")
    return sum(make_head(round=round, now=now) is not None for round in rounds)


def make_head(*, round: Round, now: datetime) -> Head | None:
    """The head that is due; None if none is, or if it can't be settled yet."""
    last = round.heads.order_by("-number").first()
    if _is_early(round, last, now) or (last is not None and last.complete):
        return None
    close_overdue_attempts(now=now, round_id=round.pk)
    settled = now - SETTLED - _grace(round)
    at = _due(round, last, settled)
    if at is None:
        return None
    running = Attempt.objects.filter(round=round, state=AttemptState.OPEN)
    if running.filter(deadline_at__lte=at).exists():
        return None
    return _store(round, last, _Tree.of(round, at), now)


@dataclass(frozen=True)
class _Tree:
    """What had ended by `at`."""

    at: datetime
    root: str
    size: int

    @classmethod
    def of(cls, round: Round, at: datetime) -> "_Tree":
        size = 0

        def leaves() -> Iterator[bytes]:
            nonlocal size
            for _attempt, _values, leaf in iterate_leaves(round=round, until=at):
                size += 1
                yield leaf

        root = merkle.root(leaves())
        return cls(at, root.hex(), size)


def _grace(round: Round) -> timedelta:
    rules = rules_of_round(round=round)
    return timedelta(milliseconds=rules.entry.grace_ms if rules else 0)


def _is_early(round: Round, last: Head | None, now: datetime) -> bool:
    """Whether no moment of a head has passed since the last, as it is all day while people enter:
    asked every ten seconds, so before anything is closed or read for it.
    """
    newest = newest_moment(opens_at=round.opens_at, closes_at=round.closes_at, now=now - SETTLED)
    if newest is None:
        return True
    return last is not None and newest <= last.at and newest < round.closes_at


def _due(round: Round, last: Head | None, settled: datetime) -> datetime | None:
    """The moment of the next head, if it is settled."""
    at = newest_moment(opens_at=round.opens_at, closes_at=round.closes_at, now=settled)
    if at is None or last is None or last.at < at:
        return at
    if at < round.closes_at:
        return None
    # After the close: those still at work have ended, or nobody was.
    if Attempt.objects.filter(round=round, state=AttemptState.OPEN).exists():
        return None
    ended = Attempt.objects.filter(round=round).aggregate(at=Max("ended_at"))["at"]
    if ended is None or ended <= last.at:
        Head.objects.filter(pk=last.pk).update(complete=True)
        return None
    mark = mark_after(ended)
    return mark if mark <= settled else None


@transaction.atomic
def _store(round: Round, last: Head | None, tree: _Tree, now: datetime) -> Head | None:
    """None if an attempt was reopened, or another worker was quicker, while the tree was made."""
    Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    ended = Attempt.objects.filter(round=round, ended_at__lte=tree.at)
    if ended.exclude(state=AttemptState.OPEN).count() != tree.size:
        return None
    newest = round.heads.aggregate(number=Max("number"))["number"] or 0
    if newest != (last.number if last else 0):
        return None
    running = Attempt.objects.filter(round=round, state=AttemptState.OPEN)
    nonce, previous = os.urandom(NONCE_BYTES), last.digest if last else round.commitment
    document = head_document(
        number=newest + 1, at=tree.at, root=tree.root, size=tree.size, previous=previous
    )
    return Head.objects.create(
        round=round,
        number=newest + 1,
        at=tree.at,
        digest=head_digest(nonce, document),
        previous=previous,
        nonce=seal_text(nonce.hex()),
        root=tree.root,
        size=tree.size,
        complete=tree.at >= round.closes_at and not running.exists(),
        made_at=now,
    )


def keep_leaf_of(*, attempt: Attempt) -> None:
    """Before an attempt closed by its deadline goes on: keep the leaf it has in heads already made.

    Call it in the transaction that gives it more time, which keeps heads from being made meanwhile.
    """
    round = Round.objects.select_for_update(no_key=True).get(pk=attempt.round_id)
    held = Attempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
    round.heads.filter(complete=True).update(complete=False)
    if held.state == AttemptState.OPEN:
        return
    numbers = list(
        round.heads.filter(at__gte=held.ended_at)
        .order_by("number")
        .values_list("number", flat=True)
    )
    if numbers:
        leaf = leaves_of(round=round, attempts=[held.pk])[held.pk]
        ReopenedLeaf.objects.create(attempt=held, leaf=leaf, first=numbers[0], last=numbers[-1])
