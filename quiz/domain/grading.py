"""Marking a round: every closed attempt's paper drawn again and its answers looked up.

Runs in the worker; the web processes hold no keys. The same pure functions mark one attempt and a
million. Rows are streamed in and copied out, so memory does not grow with the round.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection, transaction

from quiz.domain.amendments import Remedies, remedies_in_force
from quiz.domain.rule_sets import rules_of_round
from quiz.engine.drawing import Paper, PoolForDraw, draw_paper, read_pool
from quiz.engine.scoring import MarkTable, ScoredPaper, compile_item, score_paper
from quiz.enums import AttemptState
from quiz.errors import RoundNotReady
from quiz.models import Grade, Pool, Round
from quiz.rules.document import EntryRules

CHUNK = 5000
Progress = Callable[[int], None]

_CLOSED = """
SELECT id, seed, answers FROM quiz_attempt
WHERE round_id = %s AND pool_id = %s AND state <> %s AND voided_at IS NULL
"""
_COPY = "COPY quiz_grade (attempt_id, round_id, score, correct, answered, total, items) FROM STDIN"


@dataclass(frozen=True)
class PoolMarker:
    """What marking one pool's attempts needs, compiled once."""

    draw: PoolForDraw
    shuffle_items: bool
    tables: Sequence[MarkTable]

    def paper(self, seed: bytes) -> Paper:
        """The paper of one attempt; how options stood decides no mark, and costs half."""
        return draw_paper(self.draw, seed, shuffle_items=self.shuffle_items, shuffle_options=False)

    def mark(self, seed: bytes, answers: Sequence[int]) -> ScoredPaper:
        """What one attempt earned."""
        return score_paper(self.paper(seed), answers, self.tables)

    @cached_property
    def same_items(self) -> list[int] | None:
        """The items of every paper, in order, where none are drawn or shuffled; else None."""
        drawn = any(row.count < len(row.items) for row in self.draw.rows)
        return None if drawn or self.shuffle_items else self._drawn_items(bytes(32))

    def items(self, seed: bytes) -> list[int]:
        """The items of one attempt's paper by place in the pool, slot by slot."""
        return self.same_items or self._drawn_items(seed)

    def _drawn_items(self, seed: bytes) -> list[int]:
        return [slot.item_ref for slot in self.paper(seed)]


def pool_marker(pool: Pool, entry: EntryRules, remedies: Remedies | None = None) -> PoolMarker:
    """The marker of one pool under the entry rules its attempts were taken under.

    `remedies`: of items whose key was amended, by their place.
    """
    amended = remedies or {}
    document = pool.document
    return PoolMarker(
        draw=read_pool(document),
        shuffle_items=document["shuffle_items"],
        tables=[
            compile_item(
                kind=item["kind"],
                key_mask=mask,
                option_count=len(item["options"]),
                points=entry.points_per_item,
                marking=entry.multiple_marking,
                remedy=amended.get(place),
            )
            for place, (item, mask) in enumerate(
                zip(document["items"], pool.key.masks, strict=True)
            )
        ],
    )


@transaction.atomic
def grade_round(*, round: Round, progress: Progress = lambda done: None) -> int:
    """Mark every closed, valid attempt of the round anew; the number marked.

    `progress` is told how many are done. All or nothing: until it ends the earlier marks stand.
    """
    rules = rules_of_round(round=round)
    if rules is None:
        raise RoundNotReady
    remedies = remedies_in_force(round=round)
    Grade.objects.filter(round=round).delete()
    done = 0
    for pool in round.pools.select_related("key"):
        marker = pool_marker(pool, rules.entry, remedies.get(pool.pk))
        for rows in _closed_attempts(round.pk, pool.pk):
            _copy_grades(round.pk, marker, rows)
            done += len(rows)
            progress(done)
    return done


def _closed_attempts(round_id: int, pool_id: int) -> Iterator[list[tuple[Any, ...]]]:
    """(id, seed, answers) of the pool's closed attempts, in chunks."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_CLOSED, [round_id, pool_id, AttemptState.OPEN])
        while rows := cursor.fetchmany(CHUNK):
            yield rows


def _copy_grades(round_id: int, marker: PoolMarker, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for attempt_id, seed, answers in rows:
            paper = marker.paper(bytes(seed))
            marks = score_paper(paper, answers, marker.tables)
            own = None if marker.same_items else _as_array([slot.item_ref for slot in paper])
            copy.write_row(
                (attempt_id, round_id, marks.score, marks.correct, marks.answered, marks.total, own)
            )


def _as_array(values: list[int]) -> str:
    """As PostgreSQL writes an array: several times faster than having psycopg find out its type."""
    return "{" + ",".join(map(str, values)) + "}"
