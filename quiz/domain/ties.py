"""Ties that the chain leaves, and how they are settled: by lot or by the board's decision."""

from collections.abc import Sequence
from itertools import count

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from accounts.text import nfc
from quiz.domain.corrections import forget_preview, lock_draft
from quiz.domain.leaves import iterate_leaves
from quiz.domain.rule_sets import rules_of_round
from quiz.engine.lot import order_by_lot, tied_set_digest
from quiz.enums import CorrectionState, RoundState, TieMethod
from quiz.errors import RoundNotReady
from quiz.models import AudienceGroup, Correction, Round, Standing, TieDecision
from quiz.permissions import require_may_run


def decisions_in_force(*, round: Round) -> QuerySet[TieDecision]:
    """The round's decisions in their order, but for those of corrections not in effect."""
    held = Q(correction=None) | Q(correction__state=CorrectionState.APPLIED)
    return round.tie_decisions.filter(held)


def decided_places(*, round: Round) -> tuple[dict[int, int], dict[int, int]]:
    """({attempt: place} by lot, {attempt: place} by decision).

    Places are counted through, so that those whom a later decision orders, out of what an earlier
    one left tied, come behind those the earlier one chose.
    """
    places: dict[str, dict[int, int]] = {TieMethod.LOT: {}, TieMethod.DECISION: {}}
    counter = count(1)
    for made in decisions_in_force(round=round):
        places[made.method].update({attempt: next(counter) for attempt in made.order})
    return places[TieMethod.LOT], places[TieMethod.DECISION]


def tied_attempts(*, round: Round, group: AudienceGroup, rank: int) -> list[int]:
    """The attempts that share a rank of a group."""
    shared = Standing.objects.filter(round=round, group=group, rank=rank, tied=True)
    return sorted(shared.values_list("attempt_id", flat=True))


def tied_digest(*, round: Round, attempts: Sequence[int]) -> str:
    """The hash of a tied set's leaves, to be published before the lot's source is known."""
    return tied_set_digest(
        [leaf for _a, _v, leaf in iterate_leaves(round=round, attempts=list(attempts))]
    )


def _refuse(place: str, code: str, message: str, hint: str) -> Faults:
    return Faults([Fault(place, code, message, hint)])


def _check_open(
    round: Round, user: User, method: TieMethod, minutes: str, correction: Correction | None
) -> None:
    require_may_run(user, round.contest)
    if correction is not None:
        lock_draft(correction, user)
    elif round.state != RoundState.CLOSED:
        raise RoundNotReady
    rules = rules_of_round(round=round)
    if rules is None or not rules.result.has(method):
        raise _refuse(
            str(method.label),
            "not_in_rules",
            _("Thể lệ của vòng này không phân định đồng hạng bằng cách này."),
            _("Dùng cách phân định nêu trong thể lệ."),
        )
    if not minutes.strip():
        raise _refuse(
            str(method.label),
            "no_minutes",
            _("Chưa ghi số biên bản."),
            _("Lập biên bản rồi ghi số biên bản vào ô này."),
        )


def _not_tied() -> Faults:
    return _refuse(
        _("Phân định đồng hạng"),
        "not_tied",
        _("Danh sách này không phải những người đang đồng hạng với nhau."),
        _("Tải lại trang rồi xếp thứ tự những người đang đồng hạng."),
    )


def _tied(
    round: Round, group: AudienceGroup, rank: int, correction: Correction | None
) -> list[int]:
    """The attempts that share a rank, as it is or as the correction would leave it."""
    if correction is None:
        return tied_attempts(round=round, group=group, rank=rank)
    ties = (correction.preview or {}).get("ties", [])
    shared = (t["attempts"] for t in ties if (t["group"], t["rank"]) == (group.code, rank))
    return next(shared, [])


def _record(made: TieDecision, user: User) -> TieDecision:
    if made.correction is not None:
        forget_preview(made.correction)
        made.correction.refresh_from_db()
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
    correction: Correction | None = None,
) -> TieDecision:
    """Order the attempts of one rank by H("lot", seed ‖ leaf); rank again afterwards.

    `source` names what gave the seed (“Xổ số miền Bắc kỳ …”), `seed` is what it gave. With a
    `correction` it is a rank that its preview shows, and the order counts with it. Raises
    NotAllowed, RoundNotReady unless the round is closed and not sealed, CorrectionFixed, Faults
    when something is missing, nobody shares the rank, or the rules don't draw lots.
    """
    _check_open(round, user, TieMethod.LOT, minutes, correction)
    if not seed.strip() or not source.strip():
        raise _refuse(
            str(TieMethod.LOT.label),
            "no_seed",
            _("Chưa có nguồn hoặc kết quả của nguồn bốc thăm."),
            _("Ghi tên nguồn và đúng dãy số nguồn đó cho ra."),
        )
    attempts = _tied(round, group, rank, correction)
    if not attempts:
        raise _not_tied()
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
        correction=correction,
    )
    return _record(made, user)


@transaction.atomic
def decide_tie(
    *,
    round: Round,
    group: AudienceGroup,
    order: Sequence[int],
    minutes: str,
    user: User,
    correction: Correction | None = None,
) -> TieDecision:
    """The board's order of attempts that share a rank; rank again afterwards.

    Those of the rank not named in `order` stay tied behind it. `correction`: see `draw_lot`. Raises
    NotAllowed, RoundNotReady, CorrectionFixed, Faults unless `order` names attempts of one shared
    rank, each once.
    """
    _check_open(round, user, TieMethod.DECISION, minutes, correction)
    if (
        not order
        or len(set(order)) != len(order)
        or not _share_a_rank(round, group, order, correction)
    ):
        raise _not_tied()
    made = TieDecision.objects.create(
        round=round,
        group=group,
        method=TieMethod.DECISION,
        order=list(order),
        minutes=nfc(minutes),
        decided_by=user,
        correction=correction,
    )
    return _record(made, user)


def _share_a_rank(
    round: Round, group: AudienceGroup, order: Sequence[int], correction: Correction | None
) -> bool:
    if correction is not None:
        ties = (correction.preview or {}).get("ties", [])
        return any(t["group"] == group.code and set(order) <= set(t["attempts"]) for t in ties)
    ranks = Standing.objects.filter(round=round, group=group, tied=True, attempt__in=order)
    return ranks.count() == len(order) and ranks.values("rank").distinct().count() == 1


@transaction.atomic
def withdraw_tie_decision(*, made: TieDecision, reason: str, user: User) -> None:
    """Take back an order wrongly entered; rank again afterwards.

    The diary keeps it, with the reason. Raises NotAllowed, RoundNotReady, Faults without a reason.
    """
    require_may_run(user, made.round.contest)
    if made.correction is not None:
        lock_draft(made.correction, user)
    elif made.round.state != RoundState.CLOSED:
        raise RoundNotReady
    if not reason.strip():
        raise _refuse(
            _("Phân định đồng hạng"),
            "no_reason",
            _("Chưa có lý do."),
            _("Ghi lý do huỷ kết quả phân định."),
        )
    record_act(
        actor=user,
        act="withdraw_tie_decision",
        subject=made,
        unit_id=made.round.contest.unit_id,
        method=made.method,
        attempts=made.order,
        reason=nfc(reason)[:400],
    )
    if made.correction is not None:
        forget_preview(made.correction)
    made.delete()
