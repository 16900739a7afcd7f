"""The receipt of an ended attempt: the same whenever it is asked for, signed by the round."""

from collections import OrderedDict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accounts.crypto import open_text
from quiz.domain.attempt_rows import AttemptRow
from quiz.domain.attempts import Sitting
from quiz.domain.bounded_cache import BoundedCache
from quiz.domain.frozen import FrozenRound, frozen_round
from quiz.domain.grading import PoolMarker, pool_marker
from quiz.domain.leaves import leaf_values
from quiz.engine.receipts import read_private_key, receipt_document, sign_receipt
from quiz.enums import AttemptState
from quiz.errors import AttemptRunning
from quiz.models import Pool, RoundSecret

KEPT = 32
# Who submits looks at the receipt at once, often over the same connection.
KEPT_RECEIPTS = 512


@dataclass(frozen=True)
class Receipt:
    """`document` opens the attempt's leaf in full; it holds no score and no key."""

    document: dict[str, Any]
    signature: str
    public_key: str
    code: str

    def as_dict(self) -> dict[str, Any]:
        """The file a person keeps: everything needed to check it without the platform."""
        return {
            "receipt": self.document,
            "signature": self.signature,
            "public_key": self.public_key,
            "code": self.code,
        }


@dataclass(frozen=True)
class ProvisionalScore:
    score: Decimal
    correct: int
    total: int


def _load_signing_key(round_id: int) -> tuple[Ed25519PrivateKey, None]:
    sealed = RoundSecret.objects.values_list("signing_key", flat=True).get(pk=round_id)
    return read_private_key(bytes.fromhex(open_text(sealed))), None


_signing_keys: BoundedCache[int, Ed25519PrivateKey] = BoundedCache(
    size=KEPT, load=_load_signing_key
)


_written: OrderedDict[int, tuple[FrozenRound, AttemptRow, Receipt]] = OrderedDict()


def receipt_of(sitting: Sitting) -> Receipt:
    """Raises AttemptRunning while the attempt may still change."""
    row, frozen = sitting.row, sitting.round
    if row.state == AttemptState.OPEN:
        raise AttemptRunning()
    kept = _written.get(row.id)
    if kept is not None and kept[0] is frozen and kept[1].stored == row.stored:
        return kept[2]
    made = _write_receipt(row, frozen)
    _written[row.id] = (frozen, row, made)
    if len(_written) > KEPT_RECEIPTS:
        _written.popitem(last=False)
    return made


def _write_receipt(row: AttemptRow, frozen: FrozenRound) -> Receipt:
    pool = frozen.pool(row.pool_id)
    values = leaf_values(
        attempt=row,
        draw=pool.draw,
        document={
            "shuffle_items": pool.shuffle_items,
            "shuffle_options": pool.shuffle_options,
            "leaf_version": pool.leaf_version,
        },
        group_code=pool.group_code,
        commitment=frozen.commitment,
    )
    made = receipt_document(
        contest=frozen.contest_code,
        round_number=frozen.number,
        secret=bytes(row.secret),
        values=values,
    )
    signed = sign_receipt(_signing_keys.get(frozen.id), made)
    return Receipt(
        document=signed.document,
        signature=signed.signature,
        public_key=frozen.public_key,
        code=signed.code,
    )


def _load_marker(key: tuple[int, int]) -> tuple[PoolMarker, None]:
    round_id, pool_id = key
    pool = Pool.objects.select_related("key").get(pk=pool_id)
    return pool_marker(pool, frozen_round(round_id).rules.entry), None


_markers: BoundedCache[tuple[int, int], PoolMarker] = BoundedCache(size=KEPT, load=_load_marker)


def provisional_score(sitting: Sitting) -> ProvisionalScore | None:
    """The score of an ended attempt where the rules show it at once; None everywhere else.

    Only here does a web process read keys, and only for rounds whose rules say so.
    """
    if sitting.round.rules.result.score_shown != "at_submit":
        return None
    if sitting.row.state == AttemptState.OPEN:
        return None
    marker = _markers.get((sitting.round.id, sitting.row.pool_id))
    marks = marker.mark(bytes(sitting.row.seed), sitting.row.answers)
    return ProvisionalScore(score=marks.score, correct=marks.correct, total=marks.total)


def clear_receipt_keys() -> None:
    """For tests."""
    _written.clear()
    _signing_keys.clear()
    _markers.clear()
