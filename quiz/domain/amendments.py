"""Keys put right after the freeze: laid over the committed ones, which stay as they are."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from accounts.crypto import open_text
from quiz.engine.canonical import H, canon
from quiz.engine.scoring import Remedy, RemedyKind
from quiz.enums import CorrectionState, KeyRemedy
from quiz.models import KeyAmendment, Pool, Round

Remedies = Mapping[int, Remedy]


def remedies_in_force(*, round: Round) -> dict[int, dict[int, Remedy]]:
    """{pool id: {place of an item: its remedy}}; of an item amended twice the last counts.

    Each is laid over the committed key, never over an earlier amendment.
    """
    found: dict[int, dict[int, Remedy]] = defaultdict(dict)
    for made in amendments_in_force(round=round):
        found[made.pool_id][made.place] = Remedy(RemedyKind(made.remedy), made.new_mask)
    return found


def amendments_in_force(*, round: Round) -> list[KeyAmendment]:
    """Those of corrections that took effect, the oldest first."""
    applied = KeyAmendment.objects.filter(
        correction__round=round, correction__state=CorrectionState.APPLIED
    )
    return list(applied.select_related("pool__group").order_by("correction__number", "pk"))


def accepted_masks(*, remedy: str, old_mask: int, new_mask: int) -> list[int]:
    """The answers that earn full marks under a remedy; [] where every answer or none does."""
    return {
        KeyRemedy.REPLACE: [new_mask],
        KeyRemedy.ACCEPT_BOTH: [old_mask, new_mask],
    }.get(KeyRemedy(remedy), [])


def amendment_document(amendment: KeyAmendment) -> dict[str, Any]:
    """What is published of an amendment where keys are: bound to the round by its commitment.

    `old` and `new` are masks as in the pool's keys; `digest` is H("amendment", canon(the rest)).
    """
    pool: Pool = amendment.pool
    document: dict[str, Any] = {
        "commitment": pool.round.commitment,
        "group": pool.group.code,
        "place": amendment.place,
        "remedy": amendment.remedy,
        "old": amendment.old_mask,
        "new": amendment.new_mask,
        "reason": amendment.reason,
    }
    return document | {"digest": H("amendment", canon(document)).hex()}


def sealed_amendment(amendment: KeyAmendment) -> dict[str, Any]:
    """What is published of it where the rules never publish keys: group, remedy and reason.

    `digest` is H("amendment", S ‖ canon(…)) with the round's secret S, so that only who is shown
    the keys can hold the amendment against it.
    """
    told = amendment_document(amendment)
    del told["digest"]
    secret = bytes.fromhex(open_text(bytes(amendment.pool.round.secret.salt)))
    shown = {name: told[name] for name in ("group", "remedy", "reason")}
    return shown | {"digest": H("amendment", secret + canon(told)).hex()}
