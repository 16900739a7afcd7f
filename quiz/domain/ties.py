"""Ties that the chain leaves, and how they are settled: by lot or by the board's decision."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from accounts.text import nfc
from quiz.domain.leaves import iterate_leaves
from quiz.engine.lot import order_by_lot, tied_set_digest
from quiz.enums import RoundState, TieMethod
from quiz.errors import RoundNotReady
from quiz.models import AudienceGroup, Round, Standing, TieDecision


def decided_places(*, round: Round) -> tuple[dict[int, int], dict[int, int]]:
    """({attempt: place} by lot, {attempt: place} by decision); a later decision overrules."""
    lot: dict[int, int] = {}
    decision: dict[int, int] = {}
    for made in round.tie_decisions.all():
        places = lot if made.method == TieMethod.LOT else decision
        places.update({attempt: place for place, attempt in enumerate(made.order, start=1)})
    return lot, decision


def tied_attempts(*, round: Round, group: AudienceGroup, rank: int) -> list[int]:
    """The attempts that share a rank of a group."""
    shared = Standing.objects.filter(round=round, group=group, rank=rank, tied=True)
    return sorted(shared.values_list("attempt_id", flat=True))


def tied_digest(*, round: Round, attempts: Sequence[int]) -> str:
    """The hash of a tied set's leaves, to be published before the lot's source is known."""
    return tied_set_digest(
        [leaf for _a, _v, leaf in iterate_leaves(round=round, attempts=list(attempts))]
    )


def _check_open(round: Round, minutes: str) -> None:
    if round.state != RoundState.CLOSED:
        raise RoundNotReady
    if not minutes.strip():
        raise Faults(
            [
                Fault(
                    _("Phân định đồng hạng"),
                    "no_minutes",
                    _("Chưa ghi số biên bản."),
                    _("Lập biên bản rồi ghi số biên bản vào ô này."),
                )
            ]
        )


def _record(made: TieDecision, user: User) -> TieDecision:
    record_act(
        actor=user,
        act=f"tie_{made.method}",
        subject=made,
        unit_id=made.round.contest.unit_id,
        attempts=made.order,
    )
    return made


@transaction.atomic
def draw_lot(
    *,
    round: Round,
    group: AudienceGroup,
    rank: int,
    source: str,
    seed: str,
    minutes: str,
    user: User,
) -> TieDecision:
    """Order the attempts of one rank by H("lot", seed ‖ leaf); rank again afterwards.

    `source` names what gave the seed (“Xổ số miền Bắc kỳ …”), `seed` is what it gave. Raises
    RoundNotReady unless the round is closed and not sealed, Faults when something is missing.
    """
    _check_open(round, minutes)
    if not seed.strip() or not source.strip():
        raise Faults(
            [
                Fault(
                    _("Bốc thăm"),
                    "no_seed",
                    _("Chưa có nguồn hoặc kết quả của nguồn bốc thăm."),
                    _("Ghi tên nguồn và đúng dãy số nguồn đó cho ra."),
                )
            ]
        )
    attempts = tied_attempts(round=round, group=group, rank=rank)
    leaves = {
        leaf: attempt.pk for attempt, _v, leaf in iterate_leaves(round=round, attempts=attempts)
    }
    order = [leaves[leaf] for leaf in order_by_lot(nfc(seed), list(leaves))]
    made = TieDecision.objects.create(
        round=round,
        group=group,
        method=TieMethod.LOT,
        source=nfc(source),
        seed=nfc(seed),
        order=order,
        minutes=nfc(minutes),
        decided_by=user,
    )
    return _record(made, user)


@transaction.atomic
def decide_tie(
    *, round: Round, group: AudienceGroup, order: Sequence[int], minutes: str, user: User
) -> TieDecision:
    """The board's order of attempts that share a rank; rank again afterwards.

    Raises Faults unless `order` names attempts of one shared rank, each once.
    """
    _check_open(round, minutes)
    ranks = Standing.objects.filter(round=round, group=group, tied=True, attempt__in=order)
    if (
        len(set(order)) != len(order)
        or ranks.count() != len(order)
        or (ranks.values("rank").distinct().count() != 1)
    ):
        raise Faults(
            [
                Fault(
                    _("Phân định đồng hạng"),
                    "not_tied",
                    _("Danh sách này không phải những người đang đồng hạng với nhau."),
                    _("Tải lại trang rồi xếp thứ tự những người đang đồng hạng."),
                )
            ]
        )
    made = TieDecision.objects.create(
        round=round,
        group=group,
        method=TieMethod.DECISION,
        order=list(order),
        minutes=nfc(minutes),
        decided_by=user,
    )
    return _record(made, user)
