"""The seal: every entry has its fate, the true values are fixed, the tree is closed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from accounts.text import nfc
from quiz.domain.actual_values import actual_values
from quiz.domain.awards import awards_are_current, check_no_ties
from quiz.domain.leaves import iterate_leaves
from quiz.domain.ranking import rank_round
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.usage_counting import UsageCount, forget_figures
from quiz.engine import merkle
from quiz.engine.canonical import H
from quiz.enums import AttemptState, DuplicateState, ReleaseState, RoundState
from quiz.errors import AlreadyReleased, CorrectionUndecided, DuplicatesWaiting, RoundNotReady
from quiz.models import Attempt, DuplicateCase, Round, Seal
from quiz.models.correction import UNDECIDED
from quiz.permissions import require_may_run

_RANK_AGAIN = gettext_lazy("Chạy lại “Chấm, xếp hạng, xét giải” rồi niêm phong.")

# The one statement of an attempt's fate; bundles use the same words.
FATE = """
CASE WHEN a.voided_at IS NOT NULL THEN 'voided'
     WHEN e.duplicate_of_id IS NOT NULL THEN 'duplicate'
     WHEN s.attempt_id = a.id THEN 'counted'
     WHEN s.attempt_id IS NULL THEN 'unranked'
     ELSE 'superseded' END
"""
# c, s, u, v, d, one letter per attempt in the order of the tree.
_FATES_IN_ORDER = """
SELECT coalesce(string_agg(left({fate}, 1), '' ORDER BY a.secret), '') {fates_from}
"""
FATES_FROM = """
FROM quiz_attempt a JOIN quiz_entrant e ON e.id = a.entrant_id
LEFT JOIN quiz_standing s ON s.round_id = a.round_id AND s.entrant_id = a.entrant_id
WHERE a.round_id = %s
"""


def count_fates(*, round: Round) -> dict[str, int]:
    """How many attempts are counted, superseded, unranked (the rules leave their entrant out of
    the ranking), voided, duplicate; together all of the round.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {FATE} AS fate, count(*) {FATES_FROM} GROUP BY 1",
            [round.pk],
        )
        found = dict(cursor.fetchall())
    names = ("counted", "superseded", "unranked", "voided", "duplicate")
    return {name: found.get(name, 0) for name in names}


def fates_digest(*, round: Round) -> str:
    """H("fates", a letter per leaf in the tree's order): binds each entry's fate to the release."""
    with connection.cursor() as cursor:
        cursor.execute(_FATES_IN_ORDER.format(fate=FATE, fates_from=FATES_FROM), [round.pk])
        [letters] = cursor.fetchone()
    return H("fates", letters.encode()).hex()


@transaction.atomic
def seal_round(*, round: Round, user: User, now: datetime) -> Seal:
    """Seal a closed, ranked and awarded round.

    Raises NotAllowed, RoundNotReady, CorrectionUndecided, DuplicatesWaiting, TiesRemain; the same
    round sealed again after `unseal_round` with nothing changed has the same root.
    """
    round = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    require_may_run(user, round.contest)
    if round.state != RoundState.CLOSED:
        raise RoundNotReady
    if round.corrections.filter(state__in=UNDECIDED).exists():
        raise CorrectionUndecided
    waiting = DuplicateCase.objects.filter(contest=round.contest, state=DuplicateState.OPEN)
    if waiting.exists():
        raise DuplicatesWaiting
    _check_up_to_date(round)
    counts = count_fates(round=round)
    root = _root_and_usage(round, now)
    seal = Seal.objects.create(
        round=round,
        actual_values=_values_by_code(round),
        counts=counts,
        root=root.hex(),
        size=sum(counts.values()),
        sealed_by=user,
        sealed_at=now,
    )
    round.state = RoundState.SEALED
    round.save(update_fields=["state"])
    record_act(
        actor=user, act="seal_round", subject=round, unit_id=round.contest.unit_id, root=seal.root
    )
    return seal


def _values_by_code(round: Round) -> dict[str, Any]:
    codes = dict(round.contest.groups.values_list("pk", "code"))
    return {codes[group]: actual.as_dict() for group, actual in actual_values(round=round).items()}


def renew_seal(*, round: Round) -> None:
    """After a correction of a released round: fates and true values anew, over the same tree."""
    Seal.objects.filter(round=round).update(
        actual_values=_values_by_code(round), counts=count_fates(round=round)
    )


def _root_and_usage(round: Round, now: datetime) -> bytes:
    """The tree's root; the papers drawn for it are counted for the statistics of their items.

    Raises RoundNotReady.
    """
    rules = rules_of_round(round=round)
    if rules is None:
        raise RoundNotReady
    usage = UsageCount(round=round, entry=rules.entry)

    def leaves() -> Iterator[bytes]:
        for attempt, values, leaf in iterate_leaves(round=round):
            usage.count(attempt, values)
            yield leaf

    root = merkle.root(leaves())
    usage.store(now=now)
    return root


def _check_up_to_date(round: Round) -> None:
    """What is sealed follows from the entries as they are now.

    A duplicate decided or an attempt voided since the last ranking changes places, perhaps prizes.
    Raises RoundNotReady, TiesRemain.
    """
    closed = Attempt.objects.filter(round=round).exclude(state=AttemptState.OPEN)
    if closed.valid().filter(grade__isnull=True).exists():
        raise RoundNotReady(_("Có bài chưa được chấm."), _RANK_AGAIN)
    rank_round(round=round)
    check_no_ties(round=round)
    if not awards_are_current(round=round):
        raise RoundNotReady(_("Kết quả đã thay đổi sau lần xét giải gần nhất."), _RANK_AGAIN)


@transaction.atomic
def unseal_round(*, round: Round, user: User, reason: str) -> None:
    """Open the seal to correct something before the release.

    Raises NotAllowed, AlreadyReleased, RoundNotReady, Faults.
    """
    round = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    require_may_run(user, round.contest)
    if round.state == RoundState.RELEASED:
        raise AlreadyReleased
    if round.state != RoundState.SEALED:
        raise RoundNotReady
    if round.releases.filter(state=ReleaseState.SUBMITTED).exists():
        raise RoundNotReady(
            _("Kết quả đang trình ký."), _("Trả lại bản trình ký rồi mở niêm phong.")
        )
    if not reason.strip():
        raise Faults(
            [Fault(_("Mở niêm phong"), "no_reason", _("Chưa có lý do."), _("Ghi lý do vào ô này."))]
        )
    root = round.seal.root
    round.seal.delete()
    forget_figures(round=round)
    round.state = RoundState.CLOSED
    round.save(update_fields=["state"])
    record_act(
        actor=user,
        act="unseal_round",
        subject=round,
        unit_id=round.contest.unit_id,
        root=root,
        reason=nfc(reason)[:400],
    )
