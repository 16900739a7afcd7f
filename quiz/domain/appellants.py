"""Who appeals: known by a mã dự thi or a receipt, or not at all where that is not needed."""

from dataclasses import dataclass

from quiz.domain.appeal_errors import UnknownReceipt, WhoIsMissing
from quiz.domain.entry_codes import find_entrant
from quiz.domain.receipt_reading import ShownReceipt, read_receipt
from quiz.enums import AppealKind
from quiz.models import Attempt, Entrant, Round, Standing

# About one's own entry: whoever can't show that it is theirs can't be told about it either.
ABOUT_OWN_ENTRY = frozenset({AppealKind.MARK, AppealKind.KEY, AppealKind.ENTRY})


@dataclass(frozen=True)
class Appellant:
    """`attempt`: the one of the receipt, else the one that counts, else the last."""

    entrant: Entrant | None = None
    attempt: Attempt | None = None
    receipt_matches: bool | None = None


def identify(*, round: Round, kind: str, code: str, receipt: str) -> Appellant:
    """Raises WhoIsMissing, UnknownCode, UnknownReceipt, InputRefused."""
    shown = read_receipt(round=round, text=receipt) if receipt.strip() else None
    entrant = find_entrant(contest_id=round.contest_id, code=code) if code.strip() else None
    if shown is not None:
        return _by_receipt(shown, entrant)
    if entrant is not None:
        return Appellant(entrant, attempt_of(round=round, entrant=entrant))
    if kind in ABOUT_OWN_ENTRY:
        raise WhoIsMissing
    return Appellant()


def _by_receipt(shown: ShownReceipt, entrant: Entrant | None) -> Appellant:
    if entrant is not None and shown.attempt.entrant_id != entrant.pk:
        raise UnknownReceipt
    return Appellant(shown.attempt.entrant, shown.attempt, shown.matches)


def attempt_of(*, round: Round, entrant: Entrant) -> Attempt | None:
    """The attempt that a person means when they speak of their entry."""
    mine = Attempt.objects.filter(round=round, entrant=entrant)
    counted = Standing.objects.filter(round=round, entrant=entrant).values("attempt")
    return mine.filter(pk__in=counted).first() or mine.order_by("-ordinal").first()
