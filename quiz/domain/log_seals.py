"""What the QR code of a log extract carries: which attempt, when it was made, and its digest.

Sealed, not stored: anybody may print an extract as often as they like, and only the system can
make one that the checking page knows. It names no one, and after an erasure it opens nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from quiz.domain.tokens import open_log_seal, seal_log_facts
from quiz.engine.commitments import SECRET_BYTES
from quiz.engine.moments import of_ms, to_ms
from quiz.errors import UnknownToken
from quiz.models import Attempt


@dataclass(frozen=True)
class SealedLog:
    """`digest`: 64 hexadecimal digits, as printed in the extract's footer."""

    attempt: Attempt
    made_at: datetime
    digest: str


def seal_log(*, attempt_id: int, made_at: datetime, digest: str) -> str:
    return seal_log_facts(attempt_id, to_ms(made_at), bytes.fromhex(digest))


def open_log(seal: str) -> SealedLog:
    """Raises UnknownToken, also for an attempt that was erased since."""
    attempt_id, made_ms, digest = open_log_seal(seal)
    rows = Attempt.objects.filter(pk=attempt_id).select_related("round__contest")
    attempt = rows.first()
    if attempt is None or len(attempt.secret) < SECRET_BYTES:
        raise UnknownToken
    return SealedLog(attempt, of_ms(made_ms), digest.hex())
