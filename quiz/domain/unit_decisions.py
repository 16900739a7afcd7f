"""What rules leave to the board about collective prizes: points given by hand, order among equals.

Entered between the seal and the papers that are submitted for signature, each with its minutes and
its reason. Taken back with a reason, which the diary keeps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from accounts.text import nfc
from quiz.enums import ReleaseState, RoundState, UnitDecisionKind
from quiz.errors import RoundNotReady
from quiz.models import Round, UnitDecision
from quiz.permissions import require_may_run

MOST_POINTS = 100
_HUNDREDTH = Decimal("0.01")
LONGEST_REASON = 400


@dataclass(frozen=True)
class BoardWord:
    """`points` by unit, None before the board gave any; `preferred`: higher leads among equals."""

    points: dict[int, Fraction] | None = None
    preferred: dict[int, int] = field(default_factory=dict)


def board_word(*, round: Round) -> BoardWord:
    """All that was decided about a round and not taken back.

    Those whom a later decision orders, out of what an earlier one left equal, come behind those the
    earlier one chose.
    """
    points, order = None, []
    for made in round.unit_decisions.all():
        if made.kind == UnitDecisionKind.POINTS:
            points = {int(unit): Fraction(text) for unit, text in made.values.items()}
        else:
            order += [unit for unit in made.values if unit not in order]
    return BoardWord(points, {unit: len(order) - at for at, unit in enumerate(order)})


@transaction.atomic
def give_points(
    *, round: Round, typed: Mapping[int, str], minutes: str, reason: str, user: User
) -> UnitDecision:
    """The board's points of every unit, 0 to 100, as typed; those given before no longer count.

    Raises NotAllowed, RoundNotReady, Faults that name each unit whose points can't be read.
    """
    _check_open(round, user, minutes, reason)
    faults: list[Fault] = []
    points = {str(unit): str(_read(text, faults)) for unit, text in typed.items()}
    if not points:
        faults.append(_fault("no_units", _("Chưa có đơn vị nào để chấm."), ""))
    if faults:
        raise Faults(faults[:1])
    told = {"minutes": minutes, "reason": reason, "decided_by": user}
    return _record(UnitDecision(round=round, kind=UnitDecisionKind.POINTS, values=points, **told))


def _read(text: str, faults: list[Fault]) -> Decimal:
    """A number of at most two decimals; “87,5” is one."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        value = Decimal(-1)
    if not (
        value.is_finite() and 0 <= value <= MOST_POINTS and value == value.quantize(_HUNDREDTH)
    ):
        message = _("Điểm “%s” không phải là số từ 0 đến 100, tối đa hai chữ số thập phân.") % text
        faults.append(_fault("points_unreadable", message, _("Chấm điểm cho mọi đơn vị.")))
        return Decimal(0)
    return value


@transaction.atomic
def decide_unit_tie(
    *,
    round: Round,
    tied: Sequence[int],
    order: Sequence[int],
    minutes: str,
    reason: str,
    user: User,
) -> UnitDecision:
    """The board's order among units that share a place (`tied`); those left out stay behind it.

    Raises NotAllowed, RoundNotReady, Faults unless `order` names some of them, each once.
    """
    _check_open(round, user, minutes, reason)
    if not order or len(set(order)) != len(order) or not set(order) <= set(tied):
        raise Faults(
            [
                _fault(
                    "order_unclear",
                    _("Các số thứ tự chưa liên tục từ 1 hoặc bị trùng."),
                    _("Đánh số 1, 2, 3… cho các đơn vị đang bằng nhau, mỗi số một lần."),
                )
            ]
        )
    told = {"minutes": minutes, "reason": reason, "decided_by": user}
    return _record(UnitDecision(round=round, kind=UnitDecisionKind.TIE, values=list(order), **told))


@transaction.atomic
def withdraw_unit_decision(*, made: UnitDecision, reason: str, user: User) -> None:
    """Take a decision back. Raises NotAllowed, RoundNotReady, Faults without a reason."""
    _check_open(made.round, user, made.minutes, reason)
    record_act(
        actor=user,
        act="withdraw_unit_decision",
        subject=made.round,
        unit_id=made.round.contest.unit_id,
        kind=made.kind,
        minutes=made.minutes,
        reason=nfc(reason)[:LONGEST_REASON],
    )
    made.delete()


def may_decide(*, round: Round) -> bool:
    """Whether the board's word still counts: sealed, and nothing waits for a signature."""
    waiting = round.releases.filter(state=ReleaseState.SUBMITTED)
    return round.state == RoundState.SEALED and not waiting.exists()


def _check_open(round: Round, user: User, minutes: str, reason: str) -> None:
    require_may_run(user, round.contest)
    if not may_decide(round=round):
        raise RoundNotReady(
            _("Chỉ ghi được sau khi niêm phong và trước khi trình ký."),
            _("Niêm phong kết quả; nếu đang trình ký thì trả lại bản trình trước."),
        )
    if not minutes.strip():
        hint = _("Lập biên bản rồi ghi số biên bản vào ô này.")
        raise Faults([_fault("no_minutes", _("Chưa ghi số biên bản."), hint)])
    if not reason.strip():
        raise Faults([_fault("no_reason", _("Chưa có lý do."), _("Ghi lý do vào ô này."))])


def _fault(code: str, message: str, hint: str) -> Fault:
    return Fault(_("Giải tập thể"), code, message, hint)


def _record(made: UnitDecision) -> UnitDecision:
    made.minutes, made.reason = nfc(made.minutes), nfc(made.reason)[:LONGEST_REASON]
    made.save()
    record_act(
        actor=made.decided_by,
        act=f"unit_{made.kind}",
        subject=made.round,
        unit_id=made.round.contest.unit_id,
        values=made.values,
        minutes=made.minutes,
        reason=made.reason,
    )
    return made
