"""Counting the answers to items: when a round is sealed, and when asked for after its close.

The seal draws every paper for the tree; the same pass counts the answers (`UsageCount`). Between
the close and the seal, and for rounds sealed by earlier versions of the program, `count_usage`
draws the papers for the counting alone: that is when a wrong key is found.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from quiz.domain.amendments import remedies_in_force
from quiz.domain.attempt_rows import AttemptRow
from quiz.domain.grading import PoolMarker, Progress, pool_marker
from quiz.domain.leaves import LeafValues
from quiz.domain.rule_sets import rules_of_round
from quiz.engine.commitments import SECRET_BYTES
from quiz.engine.item_analysis import ItemTally, item_statistics
from quiz.engine.scoring import MarkTable
from quiz.enums import AttemptState, RoundState
from quiz.errors import RoundNotReady
from quiz.models import Attempt, Entrant, ItemUsage, Pool, PoolUsage, Round
from quiz.queries.marked_papers import MASKS, count_marked_papers
from quiz.rules.document import EntryRules

CHUNK = 5000
COUNTABLE = (RoundState.CLOSED, RoundState.SEALED, RoundState.RELEASED)

_COUNTS = ("papers", "drawn", "met", "answered", "not_reached", "correct")
_NOTHING_COUNTED: dict[str, Any] = dict.fromkeys(_COUNTS, 0) | {
    "discrimination": None,
    "correlation": None,
    "choices": [],
    "upper": [],
    "lower": [],
}
# Erased entries have no paper any more: their secret is cut.
_CLOSED = """
SELECT a.seed, a.answers, a.ordinal FROM quiz_attempt a
JOIN quiz_entrant e ON e.id = a.entrant_id AND e.duplicate_of_id IS NULL
WHERE a.round_id = %s AND a.pool_id = %s AND a.state <> %s AND a.voided_at IS NULL
    AND octet_length(a.secret) >= %s
"""


def note_usage(*, pool: Pool) -> None:
    """A pool was frozen: its items are in use from now on."""
    versions = {item["version"] for item in pool.document["items"]}
    ItemUsage.objects.bulk_create(
        (ItemUsage(pool=pool, version_id=version) for version in sorted(versions)),
        ignore_conflicts=True,
    )


class UsageCount:
    """Counts the answers of a round while its papers pass by; memory goes with its pools."""

    def __init__(self, *, round: Round, entry: EntryRules) -> None:
        self._round = round
        remedies = self._amended = remedies_in_force(round=round)
        self._pools = {pool.pk: pool for pool in round.pools.select_related("key")}
        self._markers: Mapping[int, PoolMarker] = {
            pk: pool_marker(pool, entry, remedies.get(pk)) for pk, pool in self._pools.items()
        }
        self._tallies = {
            pk: ItemTally(len(pool.document["items"])) for pk, pool in self._pools.items()
        }
        duplicates = Entrant.objects.filter(contest=round.contest).exclude(duplicate_of=None)
        self._duplicates = set(duplicates.values_list("pk", flat=True))

    def count(self, attempt: Attempt | AttemptRow, values: LeafValues) -> None:
        """One closed attempt; one that is voided, a duplicate's or erased is passed over."""
        if attempt.voided_at or not values or attempt.entrant_id in self._duplicates:
            return
        items = [slot.item_ref for slot in values["paper"]]
        self.count_paper(attempt.pool_id, items, values["answers"], attempt.ordinal)

    def count_paper(
        self, pool_id: int, items: Sequence[int], answers: Sequence[int], ordinal: int
    ) -> None:
        """A paper with these items, answered so; answers count of each entrant's first entry."""
        tally = self._tallies[pool_id]
        tally.count_paper(items)
        if ordinal == 1:
            tables = self._markers[pool_id].tables
            total = 0
            for item, mask in zip(items, answers, strict=True):
                table = tables[item]
                total += table.get(mask) == table.full
            tally.count_answers(items, answers, total)

    def count_closed(self, progress: Progress) -> None:
        """Count every closed, valid paper of the round; those not marked yet are drawn for it."""
        done = 0
        for pk in self._pools:
            if self._count_marked(pk):
                continue
            marker = self._markers[pk]
            for rows in _closed_papers(self._round.pk, pk):
                for seed, answers, ordinal in rows:
                    self.count_paper(pk, marker.items(bytes(seed)), answers, ordinal)
                done += len(rows)
                progress(done)

    def _count_marked(self, pk: int) -> bool:
        """Have the database count; False if papers of this pool are not marked yet."""
        tally, marker = self._tallies[pk], self._markers[pk]
        cells = count_marked_papers(
            round_id=self._round.pk,
            pool_id=pk,
            open_state=AttemptState.OPEN,
            secret=SECRET_BYTES,
            items=marker.same_items,
            right=_right_bits(marker.tables) if self._amended.get(pk) else None,
        )
        if cells is None:
            return False
        for cell in cells:
            tally.add_cell(cell.item, cell.mask, cell.total, cell.papers, first=cell.first)
        tally.end_cells(slots=_slots(self._pools[pk]))
        return True

    def store(self, *, now: datetime) -> None:
        """Write the figures of every item and pool; those counted earlier go."""
        for pk, pool in self._pools.items():
            tally = self._tallies[pk]
            totals = range(max(tally.totals, default=0) + 1)
            PoolUsage.objects.update_or_create(
                pool=pool,
                defaults={
                    "counted_at": now,
                    "slots": _slots(pool),
                    "totals": [tally.totals.get(total, 0) for total in totals],
                },
            )
            ItemUsage.objects.bulk_update(
                self._figures(pool, pk), list(_NOTHING_COUNTED), batch_size=500
            )

    def _figures(self, pool: Pool, pk: int) -> list[ItemUsage]:
        tally, tables = self._tallies[pk], self._markers[pk].tables
        places = {item["version"]: at for at, item in enumerate(pool.document["items"])}
        usages = list(ItemUsage.objects.filter(pool=pool))
        for usage in usages:
            place = places[usage.version_id]
            ids, table = pool.document["items"][place]["option_ids"], tables[place]
            found = item_statistics(
                tally.cells(place), is_right=_is_right(table), option_count=len(ids)
            )
            usage.papers, usage.drawn = tally.papers, tally.drawn[place]
            usage.met, usage.answered = found.met, found.answered
            usage.not_reached, usage.correct = found.not_reached, found.correct
            usage.discrimination, usage.correlation = found.discrimination, found.correlation
            for name in ("choices", "upper", "lower"):
                by_id = dict(zip(ids, getattr(found, name), strict=True))
                setattr(usage, name, [by_id[option] for option in sorted(by_id)])
        return usages


def _is_right(table: MarkTable) -> Callable[[int], bool]:
    return lambda mask: table.get(mask) == table.full


def _slots(pool: Pool) -> int:
    """How many items each paper has."""
    return sum(row["count"] for row in pool.document["rows"])


def _right_bits(tables: Sequence[MarkTable]) -> bytes:
    """A bit for each item and answer, as `count_marked_papers` takes them."""
    bits = sum(
        1 << item * MASKS + mask
        for item, table in enumerate(tables)
        for mask in table
        if _is_right(table)(mask)
    )
    return bits.to_bytes(len(tables) * MASKS // 8, "little")


def forget_figures(*, round: Round) -> None:
    """The seal is opened: what was counted tells nothing any more."""
    ItemUsage.objects.filter(pool__round=round).update(**_NOTHING_COUNTED)
    PoolUsage.objects.filter(pool__round=round).delete()


@transaction.atomic
def count_usage(*, round: Round, now: datetime, progress: Progress = lambda done: None) -> None:
    """Count the answers of a closed, sealed or released round anew.

    Rows missing for items of rounds frozen by earlier versions are made. Raises RoundNotReady.
    """
    rules = rules_of_round(round=round)
    if round.state not in COUNTABLE or rules is None:
        raise RoundNotReady
    for pool in round.pools.all():
        note_usage(pool=pool)
    usage = UsageCount(round=round, entry=rules.entry)
    usage.count_closed(progress)
    usage.store(now=now)


def rounds_never_counted() -> QuerySet[Round]:
    """Rounds sealed before the program counted answers, or before it kept totals."""
    sealed = Round.objects.filter(state__in=[RoundState.SEALED, RoundState.RELEASED])
    return sealed.exclude(pools__usage__isnull=False).order_by("pk")


def _closed_papers(round_id: int, pool_id: int) -> Iterator[list[tuple[Any, ...]]]:
    """(seed, answers, ordinal) of the pool's closed and valid attempts, in chunks."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_CLOSED, [round_id, pool_id, AttemptState.OPEN, SECRET_BYTES])
        while rows := cursor.fetchmany(CHUNK):
            yield rows
