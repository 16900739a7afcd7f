"""Banks whose items are free for learning, with their keys: those are public from then on.

What a contest may still ask is never among them.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.audit import record_act
from accounts.errors import DomainError
from accounts.models import User
from quiz.domain.pools import usable_versions
from quiz.enums import ContestState, RoundState
from quiz.models import ItemBank, ItemVersion, Pool, Round
from quiz.permissions import require_may_write

NOT_OVER = (RoundState.DRAFT, RoundState.FROZEN)


class BankInContest(DomainError):
    code = "bank_in_contest"
    status = 409
    message = _(
        "Ngân hàng đang dùng cho một cuộc thi chưa thi xong nên chưa dùng để ôn luyện được."
    )
    hint = _("Chờ các vòng thi đóng, hoặc dùng một ngân hàng riêng cho ôn luyện.")


def asked_by_rounds(bank: ItemBank) -> bool:
    """Whether a round that is not over draws, or will draw, its papers from the bank."""
    rounds = Round.objects.filter(state__in=NOT_OVER, contest__groups__bank=bank)
    return rounds.exclude(contest__state=ContestState.ARCHIVED).exists()


@transaction.atomic
def set_for_practice(*, bank: ItemBank, practice: bool, user: User, now: datetime) -> None:
    """Make the bank's approved items free for learning, or take them back.

    Taken back, no new paper is drawn from it; whoever has seen its keys has seen them. Raises
    NotAllowed, BankInContest.
    """
    require_may_write(user, bank)
    held = ItemBank.objects.select_for_update(no_key=True).get(pk=bank.pk)
    if practice and asked_by_rounds(held):
        raise BankInContest
    if practice != (held.practice_since is not None):
        held.practice_since = now if practice else None
        held.save(update_fields=["practice_since"])
        act = "open_bank_for_practice" if practice else "close_bank_for_practice"
        record_act(actor=user, act=act, subject=held, unit_id=held.unit_id)
    bank.practice_since = held.practice_since


def practice_versions(bank: ItemBank, *, on: date) -> list[ItemVersion]:
    """The bank's approved current versions that may be practised on a day, in their order.

    None while a round not over draws from the bank; none of what a frozen round asks, whatever its
    groups say now; none whose basis is out of force with nothing decided about it.
    """
    if bank.practice_since is None or asked_by_rounds(bank):
        return []
    ended = ItemVersion.objects.filter(item__bank=bank).out_of_force(on)
    left_out = asked_items(bank) | set(ended.values_list("item_id", flat=True))
    return [version for version in usable_versions(bank) if version.item_id not in left_out]


def asked_items(bank: ItemBank) -> set[int]:
    """Items of the bank that stand in the pools of rounds that are not over."""
    documents: Iterable[dict] = Pool.objects.filter(round__state=RoundState.FROZEN).values_list(
        "document", flat=True
    )
    versions = {item["version"] for document in documents for item in document["items"]}
    rows = ItemVersion.objects.filter(item__bank=bank, pk__in=versions)
    return set(rows.values_list("item_id", flat=True))
