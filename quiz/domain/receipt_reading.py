"""A receipt that somebody brings along: read, checked, and the attempt it is of.

The signature is asked for first: only what the round itself signed is worth looking for.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from quiz.domain.appeal_errors import UnknownReceipt
from quiz.domain.leaves import leaves_of
from quiz.domain.registration_input import refuse_fields
from quiz.engine.commitments import SECRET_BYTES
from quiz.engine.receipts import verify_receipt
from quiz.models import Attempt, Round

MOST_BYTES = 64 * 1024


@dataclass(frozen=True)
class ShownReceipt:
    """`matches`: the stored answers are still those of the receipt."""

    attempt: Attempt
    matches: bool


def read_receipt(*, round: Round, text: str) -> ShownReceipt:
    """The receipt's attempt in this round. Raises InputRefused, UnknownReceipt."""
    document, signature = _parts(text)
    if not _is_signed(round, document, signature):
        raise UnknownReceipt
    secret = bytes.fromhex(document["secret"])
    # There is no index on the secret: starting would pay for it. Nobody else gets this far.
    attempt = Attempt.objects.filter(round=round, secret=secret).select_related("entrant").first()
    if attempt is None or len(secret) != SECRET_BYTES:
        raise UnknownReceipt
    return ShownReceipt(attempt, _still_says(round, attempt, document["leaf"]))


def _parts(text: str) -> tuple[dict[str, Any], str]:
    """(document, signature) of the file as the receipt page gives it out."""
    try:
        if len(text.encode(errors="replace")) > MOST_BYTES:
            raise ValueError
        data = json.loads(text)
        document, signature = data["receipt"], data["signature"]
        if not isinstance(document, dict) or not isinstance(signature, str):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        message = _(
            "Đây không phải nội dung tệp biên nhận. Chỉ mã biên nhận thì không đủ để nhận ra bài."
        )
        raise refuse_fields({"receipt": ("malformed", message)}) from None
    return document, signature


def _is_signed(round: Round, document: dict[str, Any], signature: str) -> bool:
    try:
        return verify_receipt(round.public_key, document, signature)
    except RecursionError:  # nested deeper than anything the round ever signed
        return False


def _still_says(round: Round, attempt: Attempt, leaf: str) -> bool:
    """An attempt that was extended after its receipt and runs again has no leaf yet."""
    stored = leaves_of(round=round, attempts=[attempt.pk]).get(attempt.pk)
    return stored is not None and stored.hex() == leaf
