"""Publishing a lot before its source decides, and what anyone may see of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.dates import show_moment
from accounts.domain.audit import record_act
from accounts.models import User
from accounts.text import nfc
from quiz.domain.leaves import leaves_of
from quiz.domain.ties import check_tie_open, not_tied, refuse_tie, tied_digest, tied_in
from quiz.enums import TieMethod
from quiz.models import AudienceGroup, Contest, Correction, LotNotice, Round, TieDecision
from quiz.permissions import require_may_run


@dataclass(frozen=True)
class ShownLot:
    """A notice, and once the lot is drawn its decision and the leaves in their order (64 hex)."""

    notice: LotNotice
    made: TieDecision | None
    order: Sequence[str]


@transaction.atomic
def publish_lot(
    *,
    round: Round,
    group: AudienceGroup,
    rank: int,
    source: str,
    draws_at: datetime,
    user: User,
    now: datetime,
    correction: Correction | None = None,
) -> LotNotice:
    """Make public which attempts share a rank (by their digest) and what will decide among them.

    `source` names something nobody can steer (“Xổ số miền Bắc kỳ …”), `draws_at` when its result
    is known. With a `correction` it is a rank that its preview shows. Raises NotAllowed,
    RoundNotReady unless the round is closed and not sealed, CorrectionFixed, Faults when something
    is missing, nobody shares the rank, the moment has passed, the set was published already, or
    the rules don't draw lots.
    """
    check_tie_open(round, user, TieMethod.LOT, correction)
    _check_source(source, draws_at, now)
    attempts = tied_in(round, group, rank, correction)
    if not attempts:
        raise not_tied()
    digest = tied_digest(round=round, attempts=attempts)
    _check_new(round, digest)
    notice = LotNotice.objects.create(
        round=round,
        group=group,
        digest=digest,
        attempts=attempts,
        source=nfc(source)[:300],
        draws_at=draws_at,
        published_by=user,
        published_at=now,
    )
    return _record(notice, user, "publish_lot")


def _check_source(source: str, draws_at: datetime, now: datetime) -> None:
    """Raises Faults unless it is named and still to come."""
    if not source.strip():
        raise refuse_tie(
            TieMethod.LOT,
            "no_source",
            _("Chưa có nguồn bốc thăm."),
            _("Ghi tên nguồn, ví dụ kỳ xổ số nào, giải nào."),
        )
    if draws_at <= now:
        raise refuse_tie(
            TieMethod.LOT,
            "source_is_past",
            _("Nguồn đã có kết quả trước khi công bố."),
            _("Chọn một nguồn có kết quả sau lúc này."),
        )


def _check_new(round: Round, digest: str) -> None:
    """Raises Faults if a notice of this very set is in force."""
    if LotNotice.objects.filter(round=round, digest=digest, withdrawn_at=None).exists():
        raise refuse_tie(
            TieMethod.LOT,
            "published_already",
            _("Nhóm này đã được công bố bốc thăm."),
            _("Rút bản công bố cũ, có lý do, rồi công bố lại."),
        )


@transaction.atomic
def withdraw_lot(*, notice: LotNotice, reason: str, user: User, now: datetime) -> None:
    """Take a notice back; it stays public with the reason and the moment.

    Raises NotAllowed, Faults without a reason or once the lot was drawn.
    """
    require_may_run(user, notice.round.contest)
    if not reason.strip():
        raise refuse_tie(
            TieMethod.LOT, "no_reason", _("Chưa có lý do."), _("Ghi lý do rút công bố.")
        )
    if notice.round.tie_decisions.filter(notice=notice).exists():
        raise refuse_tie(
            TieMethod.LOT,
            "drawn_already",
            _("Nhóm này đã bốc thăm theo bản công bố."),
            _("Huỷ kết quả phân định trước."),
        )
    notice.withdrawn_at, notice.withdrawn_because = now, nfc(reason)[:400]
    notice.save(update_fields=["withdrawn_at", "withdrawn_because"])
    _record(notice, user, "withdraw_lot", reason=notice.withdrawn_because)


def shown_lots(*, contest: Contest) -> list[ShownLot]:
    """All lots of a contest, the newest first; leaves are shown once they are in order."""
    notices = LotNotice.objects.filter(round__contest=contest).select_related("round", "group")
    made = {one.notice_id: one for one in TieDecision.objects.filter(notice__in=notices)}
    return [
        ShownLot(notice, made.get(notice.pk), _order(notice.round, made.get(notice.pk)))
        for notice in notices.order_by("-pk")
    ]


def _order(round: Round, made: TieDecision | None) -> list[str]:
    if made is None:
        return []
    leaves = leaves_of(round=round, attempts=made.order)
    return [leaves[attempt].hex() for attempt in made.order]


def _record(notice: LotNotice, user: User, act: str, **more: str) -> LotNotice:
    record_act(
        actor=user,
        act=act,
        subject=notice.round,
        unit_id=notice.round.contest.unit_id,
        digest=notice.digest,
        source=notice.source,
        moment=show_moment(notice.draws_at),
        **more,
    )
    return notice
