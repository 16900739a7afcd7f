"""What each attempt commits to: the fields of its leaf in the round's tree.

Receipts, the seal, draws by lot and bundles all take the values from here.
"""

import hmac
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from quiz.domain.attempt_rows import AttemptRow
from quiz.engine.bounds import Interval, bound_values, bounds_digest
from quiz.engine.canonical import plain
from quiz.engine.commitments import SECRET_BYTES, commit_plain, leaf, leaf_of_commitments
from quiz.engine.drawing import PoolForDraw, draw_paper, read_pool
from quiz.enums import AttemptState
from quiz.models import Attempt, Pool, Round

LeafValues = dict[str, Any]
CHUNK = 2000


def person_pseudonym(secret: bytes, entrant_id: int) -> str:
    """32 hexadecimal digits that name the entrant inside this one leaf."""
    return hmac.digest(secret, b"person:%d" % entrant_id, sha256).hex()[:32]


def leaf_values(
    *,
    attempt: Attempt | AttemptRow,
    draw: PoolForDraw,
    document: dict[str, Any],
    group_code: str,
    commitment: str,
) -> LeafValues:
    """The committed fields of a closed attempt, in the names of `engine.commitments.FIELDS_2`.

    `draw` and `document` are its pool's, `commitment` its round's; `ended` is never later than the
    deadline. Rounds frozen before there were leaf versions have the fields of version 1.
    """
    paper = draw_paper(
        draw,
        bytes(attempt.seed),
        shuffle_items=document["shuffle_items"],
        shuffle_options=document["shuffle_options"],
    )
    secret = bytes(attempt.secret)
    values = {
        "paper": paper,
        "answers": list(attempt.answers),
        "prediction": attempt.prediction,
        "started": attempt.started_at,
        "ended": min(attempt.ended_at or attempt.deadline_at, attempt.deadline_at),
        "person": person_pseudonym(secret, attempt.entrant_id),
        "unit": attempt.unit_id,
        "group": group_code,
        "closed_by": attempt.closed_by,
    }
    if document.get("leaf_version", 1) == 1:
        return values
    return values | {"round": commitment, "bounds": bounds_digest(secret, bounds_of(values))}


def bounds_of(values: LeafValues) -> dict[str, Interval | None]:
    """The intervals behind the leaf's field `bounds`."""
    return bound_values(
        prediction=values["prediction"], started=values["started"], ended=values["ended"]
    )


def _reader(pool: Pool, commitment: str) -> Callable[[Attempt], LeafValues]:
    draw, document, code = read_pool(pool.document), pool.document, pool.group.code
    return lambda attempt: leaf_values(
        attempt=attempt, draw=draw, document=document, group_code=code, commitment=commitment
    )


def iterate_leaves(
    *, round: Round, until: datetime | None = None
) -> Iterator[tuple[Attempt, LeafValues, bytes]]:
    """(attempt, values, leaf) of the round's closed attempts in the tree's order: by leaf secret.

    That order is random to anyone outside and fixed for ever. `until` narrows it to those ended by
    then. Of an erased attempt the leaf is left, and no values ({}).
    """
    for attempt, values in _closed_attempts(round, until=until):
        yield attempt, values, _leaf_of(attempt, values)


def leaves_of(*, round: Round, attempts: Iterable[int]) -> dict[int, bytes]:
    """{attempt id: leaf} of those among these attempts that have ended, in the tree's order."""
    closed = _closed_attempts(round, list(attempts))
    return {attempt.pk: _leaf_of(attempt, values) for attempt, values in closed}


def _leaf_of(attempt: Attempt, values: LeafValues) -> bytes:
    if values:
        return leaf(bytes(attempt.secret), values)
    return bytes(attempt.erased_leaf.leaf)


def _closed_attempts(
    round: Round, attempts: list[int] | None = None, until: datetime | None = None
) -> Iterator[tuple[Attempt, LeafValues]]:
    pools = round.pools.select_related("group")
    readers = {pool.pk: _reader(pool, round.commitment) for pool in pools}
    closed = Attempt.objects.filter(round=round).exclude(state=AttemptState.OPEN)
    closed = closed.defer("journal")
    if attempts is not None:
        closed = closed.filter(pk__in=attempts)
    if until is not None:
        closed = closed.filter(ended_at__lte=until)
    for attempt in closed.order_by("secret").iterator(chunk_size=CHUNK):
        erased = len(attempt.secret) < SECRET_BYTES
        yield attempt, {} if erased else readers[attempt.pool_id](attempt)


class Committed(NamedTuple):
    """One leaf on its way into a bundle. Of an erased attempt only the leaf is left, the rest {}.

    `written`: its values as `plain` writes them; `commitments` of its fields.
    """

    attempt: Attempt
    values: LeafValues
    written: dict[str, Any]
    commitments: dict[str, str]
    leaf: bytes


def iterate_committed(*, round: Round) -> Iterator[Committed]:
    """As `iterate_leaves`, with all that was computed on the way."""
    for attempt, values in _closed_attempts(round):
        if not values:
            yield Committed(attempt, values, {}, {}, bytes(attempt.erased_leaf.leaf))
            continue
        written = plain(values)
        commitments = commit_plain(bytes(attempt.secret), written)
        yield Committed(attempt, values, written, commitments, leaf_of_commitments(commitments))
