"""Looking for integrity hints over a closed round, in the worker, and saying that one was seen.

Two passes over the entries of each pool: one counts answers, one compares entries in the order of
their ends. Nothing but the entries themselves is looked at: the program knows no devices.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import queue_job
from accounts.errors import NotAllowed
from accounts.models import Job, User
from accounts.text import nfc
from quiz.domain.amendments import remedies_in_force
from quiz.domain.count_secrecy import check_may_see_counts
from quiz.domain.grading import PoolMarker, Progress, pool_marker
from quiz.domain.result_jobs import round_of
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.usage_counting import COUNTABLE
from quiz.engine.commitments import SECRET_BYTES
from quiz.engine.integrity.drift import PERIODS, DriftTally
from quiz.engine.integrity.likeness import AlikePair, LikenessFinder, ResponseModel
from quiz.engine.integrity.sittings import RightMasks, Sitting
from quiz.engine.integrity.speed import FastSitting, too_fast
from quiz.enums import AttemptState, HintKind
from quiz.errors import RoundNotReady
from quiz.models import Attempt, IntegrityHint, Pool, Round
from quiz.permissions import may_review_hints

FIND_HINTS = "find_hints"
CHUNK = 5000
PAIRS_KEPT = 20

_ENTRIES = """
SELECT a.id, coalesce(e.duplicate_of_id, e.id), a.unit_id,
    (extract(epoch FROM a.started_at) * 1000)::bigint,
    (extract(epoch FROM least(a.ended_at, a.deadline_at)) * 1000)::bigint,
    a.seed, a.answers, a.ordinal = 1 AND e.duplicate_of_id IS NULL
FROM quiz_attempt a JOIN quiz_entrant e ON e.id = a.entrant_id
WHERE a.round_id = %s AND a.pool_id = %s AND a.state <> %s AND a.voided_at IS NULL
    AND octet_length(a.secret) >= %s {order}
"""
_BY_END = "ORDER BY least(a.ended_at, a.deadline_at), a.id"


def queue_search(*, round: Round, user: User, now: datetime) -> Job:
    """Queue the look at a round's entries. Raises NotAllowed, RoundNotReady."""
    if not may_review_hints(user, round.contest):
        raise NotAllowed
    if round.state not in COUNTABLE:
        raise RoundNotReady
    return queue_job(kind=FIND_HINTS, params={"round": round.pk}, user=user, now=now)


def run_find_hints(run: JobRun) -> dict[str, Any]:
    """Job “find_hints” of {"round": id}; {"hints": how many wait for somebody to see them}."""
    round = round_of(run)
    if not may_review_hints(run.user, round.contest):
        raise NotAllowed
    total = 2 * Attempt.objects.filter(round=round).valid().count()
    find_hints(round=round, now=run.now, progress=lambda done: run.progress(done, total))
    return {"hints": round.hints.filter(seen_at=None).count()}


@transaction.atomic
def find_hints(*, round: Round, now: datetime, progress: Progress = lambda done: None) -> None:
    """Replace the hints nobody has seen by what there is to see now. Raises RoundNotReady."""
    rules = rules_of_round(round=round)
    if round.state not in COUNTABLE or rules is None:
        raise RoundNotReady
    found: list[IntegrityHint] = []
    looked = _Progress(progress)
    remedies = remedies_in_force(round=round)
    for pool in round.pools.select_related("key"):
        marker = pool_marker(pool, rules.entry, remedies.get(pool.pk))
        found += _Search(round, pool, marker, looked).hints(now)
    round.hints.filter(seen_at=None).delete()
    IntegrityHint.objects.bulk_create(found, ignore_conflicts=True, batch_size=500)


class _Progress:
    def __init__(self, tell: Progress) -> None:
        self._tell, self._done = tell, 0

    def add(self, entries: int) -> None:
        self._done += entries
        self._tell(self._done)


class _Search:
    """The look at the entries of one pool."""

    def __init__(self, round: Round, pool: Pool, marker: PoolMarker, looked: _Progress) -> None:
        self._round, self._pool, self._marker, self._looked = round, pool, marker, looked
        self._right: RightMasks = [
            {mask for mask, marks in table.items() if mask and marks == table.full}
            for table in marker.tables
        ]
        self._option_counts = [len(item["options"]) for item in pool.document["items"]]

    def hints(self, now: datetime) -> Iterator[IntegrityHint]:
        counts: Counter[tuple[int, int, int]] = Counter()
        drift = DriftTally()
        for sitting, first in self._sittings(""):
            right = self._count(sitting, counts)
            if first:
                drift.count(sitting.items, right, self._period(sitting))
            fast = too_fast(sitting, right=self._right, option_counts=self._option_counts)
            if fast is not None:
                yield self._fast(fast, now)
        finder = LikenessFinder(ResponseModel(counts, self._right), self._right)
        for sitting, _first in self._sittings(_BY_END):
            finder.add(sitting)
        for pairs in _groups(finder.pairs()):
            yield self._alike(pairs, now)
        for item in drift.drifting():
            version = self._pool.document["items"][item.item]["version"]
            details = asdict(item) | {"periods": PERIODS}
            yield self._hint(HintKind.DRIFT, [], details, now, version=version)

    def _sittings(self, order: str) -> Iterator[tuple[Sitting, bool]]:
        """(entry, whether it is its entrant's first), in chunks from the database."""
        bound = [self._round.pk, self._pool.pk, AttemptState.OPEN, SECRET_BYTES]
        with connection.chunked_cursor() as cursor:
            cursor.execute(_ENTRIES.format(order=order), bound)
            while rows := cursor.fetchmany(CHUNK):
                for pk, entrant, unit, started, ended, seed, answers, first in rows:
                    items = self._marker.items(bytes(seed))
                    yield Sitting(pk, entrant, unit, started, ended, items, answers), first
                self._looked.add(len(rows))

    def _count(self, sitting: Sitting, counts: Counter[tuple[int, int, int]]) -> list[bool]:
        answered = list(zip(sitting.items, sitting.masks, strict=True))
        right = [mask in self._right[item] for item, mask in answered]
        total = sum(right)
        for item, mask in answered:
            counts[item, mask, total] += 1
        return right

    def _period(self, sitting: Sitting) -> int:
        opened, closed = self._round.opens_at.timestamp(), self._round.closes_at.timestamp()
        part = (sitting.started / 1000 - opened) / (closed - opened)
        return min(PERIODS - 1, max(0, int(part * PERIODS)))

    def _fast(self, fast: FastSitting, now: datetime) -> IntegrityHint:
        details = {"seconds": fast.seconds, "answered": fast.answered, "right": fast.right}
        return self._hint(HintKind.SPEED, [fast.attempt], details, now)

    def _alike(self, pairs: Sequence[AlikePair], now: datetime) -> IntegrityHint:
        attempts = sorted({pk for pair in pairs for pk in (pair.first, pair.second)})
        details = {"pairs": [asdict(pair) for pair in pairs[:PAIRS_KEPT]], "all": len(pairs)}
        return self._hint(HintKind.ALIKE, attempts, details, now)

    def _hint(
        self,
        kind: HintKind,
        attempts: list[int],
        details: dict[str, Any],
        now: datetime,
        version: int | None = None,
    ) -> IntegrityHint:
        about = f"{kind}:{self._pool.pk}:{version}:{attempts}"
        return IntegrityHint(
            round=self._round,
            kind=kind,
            mark=hashlib.sha256(about.encode()).hexdigest(),
            attempts=attempts,
            version_id=version,
            details=details,
            found_at=now,
        )


def _groups(pairs: Sequence[AlikePair]) -> list[list[AlikePair]]:
    """Pairs that hang together, as when five people hand in one paper; the strongest first."""
    leader: dict[int, int] = {}

    def lead(attempt: int) -> int:
        while (above := leader.setdefault(attempt, attempt)) != attempt:
            attempt = above
        return attempt

    for pair in pairs:
        leader[lead(pair.second)] = lead(pair.first)
    groups: dict[int, list[AlikePair]] = defaultdict(list)
    for pair in pairs:
        groups[lead(pair.first)].append(pair)
    return list(groups.values())


def hints_of(*, round: Round, user: User) -> QuerySet[IntegrityHint]:
    """The hints of a round, those nobody has seen first. Raises NotAllowed, CountsSecret."""
    if not may_review_hints(user, round.contest):
        raise NotAllowed
    check_may_see_counts(user=user, contest=round.contest)
    hints = round.hints.select_related("seen_by", "version__item")
    return hints.order_by("seen_at", "kind", "pk")


def see_hint(*, hint: IntegrityHint, user: User, note: str, now: datetime) -> None:
    """Somebody looked at what the hint is about, and what they found; once. Raises NotAllowed."""
    if not may_review_hints(user, hint.round.contest):
        raise NotAllowed
    note = nfc(note).strip()[:400]
    seen = IntegrityHint.objects.filter(pk=hint.pk, seen_at=None)
    if seen.update(seen_by=user, seen_at=now, note=note):
        record_act(
            actor=user,
            act="see_hint",
            subject=hint.round,
            unit_id=hint.round.contest.unit_id,
            kind=hint.kind,
            mark=hint.mark,
            note=note,
        )
