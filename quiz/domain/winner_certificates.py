"""Winners' certificates: issued from a signed release, checked against the newest one.

A certificate is valid while the newest release gives this entrant this prize; the release says whom
(`Release.winners`), so that alike names and erased entrants are no matter.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.models import User
from quiz.domain.releases import current_release
from quiz.domain.result_papers import ResultFacts, result_facts
from quiz.domain.winners import WinnerRow
from quiz.domain.withdrawn_names import shown_winners
from quiz.enums import RoundState
from quiz.errors import RoundNotReady
from quiz.models import Contest, Release, Round, WinnerCertificate
from quiz.permissions import require_may_run

CODE_BYTES = 12


@dataclass(frozen=True)
class Issued:
    """A certificate, the line of the release it was issued for, and the winner's name in full."""

    certificate: WinnerCertificate
    winner: WinnerRow
    name: str


@dataclass(frozen=True)
class CheckedCertificate:
    """What whoever scans one is told. `winner`: the published line; None once withdrawn."""

    certificate: WinnerCertificate
    release: Release
    winner: dict[str, Any] | None


@transaction.atomic
def issue_winner_certificates(
    *, round: Round, user: User, now: datetime
) -> tuple[ResultFacts, list[Issued]]:
    """A certificate for each prize of the signed release, in its order; those issued before stay.

    Raises NotAllowed, RoundNotReady before the decision is signed, ExportDisagrees.
    """
    require_may_run(user, round.contest)
    facts = result_facts(round=round)
    check_signed(facts)
    # Two who ask at once would give two certificates one number.
    Contest.objects.select_for_update(no_key=True).get(pk=round.contest_id)
    held = {
        (each.entrant_id, each.tier): each for each in WinnerCertificate.objects.filter(round=round)
    }
    last = WinnerCertificate.objects.filter(round=round).aggregate(last=Max("number"))["last"] or 0
    issued, new = [], 0
    for entrant, winner in zip(facts.entrants, facts.winners, strict=True):
        certificate = held.get((entrant.pk, winner.tier))
        if certificate is None:
            new += 1
            certificate = WinnerCertificate.objects.create(
                round=round,
                entrant=entrant,
                tier=winner.tier,
                number=last + new,
                code=secrets.token_hex(CODE_BYTES),
                issued_by=user,
                issued_at=now,
            )
        issued.append(Issued(certificate, winner, entrant.full_name))
    record_act(
        actor=user,
        act="issue_winner_certificates",
        subject=round,
        unit_id=round.contest.unit_id,
        count=len(issued),
        new=new,
        release=facts.release.pk,
    )
    return facts, issued


def check_signed(facts: ResultFacts) -> None:
    """Raises RoundNotReady before the decision is signed, and while a newer one waits for it."""
    if not facts.signed and facts.round.state == RoundState.RELEASED:
        raise RoundNotReady(
            _("Có đính chính đang chờ ký, giải còn có thể đổi."),
            _("Duyệt hoặc trả lại đính chính rồi lập giấy chứng nhận theo bản đang có hiệu lực."),
        )
    if not facts.signed:
        raise RoundNotReady(
            _("Kết quả chưa được ký."),
            _("Giấy chứng nhận ghi số và ngày quyết định, nên chỉ lập sau khi công bố."),
        )


def check_winner_certificate(*, code: str) -> CheckedCertificate | None:
    """What the newest release says of a printed code; None for a code that was never issued."""
    held = WinnerCertificate.objects.filter(code=code).select_related("round__contest").first()
    release = current_release(round=held.round) if held else None
    if held is None or release is None:
        return None
    told = zip(release.winners, shown_winners(release=release), strict=True)
    lines = (row for pk, row in told if pk == held.entrant_id and row["prize"] == held.tier)
    return CheckedCertificate(held, release, next(lines, None))
