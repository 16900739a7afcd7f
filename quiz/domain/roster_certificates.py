"""“Giấy xác nhận đơn vị hoàn thành 100 %”: numbered, kept, and open to anyone who has its code."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.models import User
from quiz.domain.count_secrecy import counts_are_secret
from quiz.domain.roster_duty import Sight, read_duty
from quiz.errors import CountsSecret, RoundNotReady
from quiz.models import Contest, UnitCertificate

CODE_BYTES = 12


def certificate_of(*, sight: Sight) -> UnitCertificate | None:
    held = UnitCertificate.objects.filter(round=sight.round, unit=sight.unit)
    return held.select_related("round__contest", "unit").first()


def find_certificate(code: str) -> UnitCertificate | None:
    """The certificate of a printed code."""
    held = UnitCertificate.objects.filter(code=code)
    return held.select_related("round__contest", "unit").first()


@transaction.atomic
def issue_certificate(*, sight: Sight, user: User, now: datetime) -> UnitCertificate:
    """The unit's certificate of this round; the same one when it was issued before.

    It says what held when it was issued, whatever changes later. Its page is public, so there is
    none while a count decides prizes. Raises CountsSecret, RoundNotReady.
    """
    contest = sight.round.contest
    if counts_are_secret(contest=contest):
        raise CountsSecret
    # Two units asking at once get two numbers, one after the other.
    Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    if held := certificate_of(sight=sight):
        return held
    whole = read_duty(sight=sight).whole
    if not whole.complete:
        raise RoundNotReady(
            _("Đơn vị chưa hoàn thành 100 %."),
            _("Còn %(count)s người phải dự thi.") % {"count": whole.missing},
        )
    last = UnitCertificate.objects.filter(round=sight.round).aggregate(last=Max("number"))["last"]
    made = UnitCertificate.objects.create(
        round=sight.round,
        unit=sight.unit,
        number=(last or 0) + 1,
        code=secrets.token_hex(CODE_BYTES),
        persons=whole.listed,
        exempt=whole.exempt,
        issued_by=user,
        issued_at=now,
    )
    record_act(actor=user, act="issue_certificate", subject=made, unit_id=sight.unit.pk)
    return made
