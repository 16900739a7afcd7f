"""Ties that the chain leaves, and how they are settled: by lot or by the board's decision."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.dates import show_moment
from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from accounts.text import nfc
from quiz.domain.corrections import forget_preview, lock_draft
from quiz.domain.leaves import leaves_of
from quiz.domain.rule_sets import rules_of_round
from quiz.engine.lot import order_by_lot, tied_set_digest
from quiz.enums import CorrectionState, RoundState, TieMethod
from quiz.errors import RoundNotReady
from quiz.models import AudienceGroup, Correction, LotNotice, Round, Standing, TieDecision
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
    return tied_set_digest(list(leaves_of(round=round, attempts=attempts).values()))


def _refuse(place: str, code: str, message: str, hint: str) -> Faults:
    return Faults([Fault(place, code, message, hint)])


def refuse_tie(method: TieMethod, code: str, message: str, hint: str) -> Faults:
    """A fault of one way to settle a tie."""
    return _refuse(str(method.label), code, message, hint)


def check_tie_open(
    round: Round, user: User, method: TieMethod, correction: Correction | None
) -> None:
    """Raises NotAllowed, RoundNotReady, CorrectionFixed; Faults where rules settle otherwise."""
    require_may_run(user, round.contest)
    if correction is not None:
        lock_draft(correction, user)
    elif round.state != RoundState.CLOSED:
        raise RoundNotReady
    rules = rules_of_round(round=round)
    if rules is None or not rules.result.has(method):
        raise refuse_tie(
            method,
            "not_in_rules",
            _("Thể lệ của vòng này không phân định đồng hạng bằng cách này."),
            _("Dùng cách phân định nêu trong thể lệ."),
        )


def _check_minutes(method: TieMethod, minutes: str) -> None:
    if not minutes.strip():
        raise refuse_tie(
            method,
            "no_minutes",
            _("Chưa ghi số biên bản."),
            _("Lập biên bản rồi ghi số biên bản vào ô này."),
        )


def not_tied() -> Faults:
    """The attempts named don't share a rank."""
    return _refuse(
        _("Phân định đồng hạng"),
        "not_tied",
        _("Danh sách này không phải những người đang đồng hạng với nhau."),
        _("Tải lại trang rồi xếp thứ tự những người đang đồng hạng."),
    )


def tied_in(
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


def _published(round: Round, digest: str, now: datetime) -> LotNotice:
    """The notice of a tied set, its source's moment past. Raises Faults."""
    notice = LotNotice.objects.filter(round=round, digest=digest, withdrawn_at=None).first()
    if notice is None:
        raise refuse_tie(
            TieMethod.LOT,
            "not_published",
            _("Nhóm đồng hạng này chưa được công bố cùng nguồn bốc thăm."),
            _("Công bố nhóm và nguồn trước, đợi nguồn có kết quả rồi nhập."),
        )
    if now < notice.draws_at:
        raise refuse_tie(
            TieMethod.LOT,
            "source_is_to_come",
            _("Nguồn bốc thăm chưa có kết quả."),
            _("Đợi đến %(moment)s rồi nhập kết quả của nguồn.")
            % {"moment": show_moment(notice.draws_at)},
        )
    return notice


@transaction.atomic
def draw_lot(
    *,
    round: Round,
    group: AudienceGroup,
    rank: int,
    seed: str,
    minutes: str,
    user: User,
    now: datetime,
    correction: Correction | None = None,
) -> TieDecision:
    """Order the attempts of one rank by H("lot", seed ‖ leaf); rank again afterwards.

    `seed` is what the source gave that `lots.publish_lot` named for this very set. With a
    `correction` it is a rank that its preview shows, and the order counts with it. Raises
    NotAllowed, RoundNotReady unless the round is closed and not sealed, CorrectionFixed, Faults
    when something is missing, nobody shares the rank, the set was not published or its source is
    still to come, or the rules don't draw lots.
    """
    check_tie_open(round, user, TieMethod.LOT, correction)
    _check_minutes(TieMethod.LOT, minutes)
    _check_seed(seed)
    attempts = tied_in(round, group, rank, correction)
    if not attempts:
        raise not_tied()
    found = leaves_of(round=round, attempts=attempts)
    leaves = {leaf: attempt for attempt, leaf in found.items()}
    notice = _published(round, tied_set_digest(list(leaves)), now)
    _check_same_seed(notice, nfc(seed))
    order = [leaves[leaf] for leaf in order_by_lot(nfc(seed), list(leaves))]
    made = TieDecision.objects.create(
        round=round,
        group=group,
        method=TieMethod.LOT,
        notice=notice,
        source=notice.source,
        seed=nfc(seed),
        order=order,
        minutes=nfc(minutes),
        decided_by=user,
        correction=correction,
    )
    return _record(made, user)


def _check_seed(seed: str) -> None:
    if not seed.strip():
        raise refuse_tie(
            TieMethod.LOT,
            "no_seed",
            _("Chưa có kết quả của nguồn bốc thăm."),
            _("Ghi đúng dãy số nguồn đó cho ra."),
        )


def _check_same_seed(notice: LotNotice, seed: str) -> None:
    """A source speaks once. Raises Faults if the notice was drawn by another seed."""
    if notice.decisions.exclude(seed=seed).exists():
        raise refuse_tie(
            TieMethod.LOT,
            "other_seed",
            _("Nhóm này đã bốc thăm theo nguồn ấy với kết quả khác."),
            _("Huỷ kết quả đã ghi nếu ghi nhầm, rồi nhập lại."),
        )


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
    check_tie_open(round, user, TieMethod.DECISION, correction)
    _check_minutes(TieMethod.DECISION, minutes)
    if (
        not order
        or len(set(order)) != len(order)
        or not _share_a_rank(round, group, order, correction)
    ):
        raise not_tied()
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
