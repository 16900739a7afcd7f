"""A round as entrants would meet it, with a sample paper: for whoever prepares it.

Nothing is stored and no token is made: what is here can't enter, save or submit.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from quiz.domain.attempt_rows import AttemptRow
from quiz.domain.deadlines import times_of
from quiz.domain.drawable_pools import DrawablePool
from quiz.domain.frozen import FrozenPool, FrozenRound, assemble_round
from quiz.domain.lookup import OwnResult
from quiz.domain.lookup_reasons import complaints_until
from quiz.domain.readiness import Readiness
from quiz.domain.receipts import ProvisionalScore, Receipt
from quiz.engine.canonical import H, canon
from quiz.engine.deadlines import TimeRules
from quiz.enums import AttemptState, ClosedBy
from quiz.models import Entrant, MediaFile, Pool, Round

HOUR = timedelta(hours=1)
RIGHT_SHARE = 0.8
CODE = "XEM-THU"


class SampleState(StrEnum):
    """What an entrant meets, in the order in which they do."""

    BEFORE = "truoc-gio-mo"
    READY = "san-sang"
    LATE = "sat-gio-dong"
    DURING = "dang-lam"
    OVER = "het-gio"
    SUBMITTED = "da-nop"
    CLOSED = "tu-dong-nop"
    RESULT = "ket-qua"


@dataclass(frozen=True)
class Sample:
    """One group's round with a paper of a seed; `number` chooses the paper."""

    round: Round
    frozen: FrozenRound
    pool: FrozenPool
    times: TimeRules
    number: int

    @property
    def seed(self) -> bytes:
        return hashlib.sha256(b"minhthi/1/preview\0%d" % self.number).digest()


def sample_of(*, round: Round, pool: DrawablePool, number: int) -> Sample:
    """The round as it is frozen, or as it would be."""
    digest = H("pool", canon(pool.document)).hex()
    held = Pool(round=round, group=pool.group, document=pool.document, digest=digest)
    frozen = assemble_round(round=round, rules=pool.rules, pools=[held])
    shown = frozen.pools[pool.group.pk]
    return Sample(round, frozen, shown, times_of(round=round, rules=pool.rules), number)


def sample_moment(sample: Sample, state: SampleState) -> datetime:
    """The moment at which the sample entrant looks at the page."""
    times = sample.times
    if state is SampleState.BEFORE:
        return times.opens_at - HOUR
    if state is SampleState.LATE:
        limit = timedelta(seconds=times.limit_seconds or 600)
        return max(times.opens_at, times.closes_at - limit / 2)
    if state is SampleState.OVER:
        return times.deadline_at(times.opens_at)
    return times.opens_at


def sample_readiness(sample: Sample, state: SampleState) -> Readiness:
    """What the page before the start says."""
    now, times = sample_moment(sample, state), sample.times
    entrant = Entrant(
        contest=sample.round.contest,
        group_id=sample.pool.group_id,
        full_name=_("Người dự thi (xem thử)"),
    )
    return Readiness(
        entrant=entrant,
        contest=sample.round.contest,
        round=sample.round,
        frozen=sample.frozen,
        now=now,
        window=times.window_at(now),
        deadline_at=times.deadline_at(now),
        cut_short=times.is_cut_short(now),
        running=None,
        used=0,
        next_ordinal=1,
    )


def sample_row(sample: Sample, state: SampleState) -> AttemptRow:
    """An attempt begun at the opening: untouched, at its deadline, or ended with answers."""
    started = sample.times.opens_at
    deadline = sample.times.deadline_at(started)
    row = AttemptRow(
        id=0,
        round_id=sample.round.pk,
        entrant_id=0,
        ordinal=1,
        group_id=sample.pool.group_id,
        unit_id=None,
        pool_id=0,
        seed=sample.seed,
        secret=bytes(32),
        state=int(AttemptState.OPEN),
        started_at=started,
        deadline_at=deadline,
        ended_at=None,
        closed_by=None,
        answers=[0] * sample.pool.slots,
        prediction=Decimal(1000) if sample.frozen.rules.entry.prediction else None,
        writer=0,
        revision=0,
        epoch=0,
        voided_at=None,
        at=sample_moment(sample, state),
        done=True,
    )
    if state is SampleState.SUBMITTED:
        ended = started + (deadline - started) / 2
        return row._replace(
            state=int(AttemptState.SUBMITTED),
            ended_at=ended,
            closed_by=int(ClosedBy.ENTRANT),
            answers=[1] * sample.pool.slots,
        )
    if state is SampleState.CLOSED:
        left_out = sample.pool.slots // 5
        return row._replace(
            state=int(AttemptState.CLOSED),
            ended_at=deadline,
            closed_by=int(ClosedBy.DEADLINE),
            answers=[1] * (sample.pool.slots - left_out) + [0] * left_out,
        )
    return row


def sample_receipt() -> Receipt:
    """A receipt that proves nothing: no leaf, no signature."""
    return Receipt(document={"leaf": ""}, signature="", public_key="", code=CODE)


def sample_score(sample: Sample) -> ProvisionalScore | None:
    """Shown at once only where the rules say so."""
    if sample.frozen.rules.result.score_shown != "at_submit":
        return None
    correct = round(sample.pool.slots * RIGHT_SHARE)
    points = sample.frozen.rules.entry.points_per_item
    return ProvisionalScore(score=correct * points, correct=correct, total=sample.pool.slots)


def sample_result(sample: Sample) -> OwnResult:
    """A counted attempt without a prize, as its holder finds it after the release."""
    rules = sample.frozen.rules
    correct = round(sample.pool.slots * RIGHT_SHARE)
    return OwnResult(
        round_name=sample.round.name,
        fate="counted",
        score=correct * rules.entry.points_per_item,
        correct=correct,
        total=sample.pool.slots,
        rank=123,
        reason="",
        complain_until=complaints_until(rules=rules, round=sample.round),
    )


def media_banks(pool: DrawablePool) -> Mapping[str, int]:
    """{SHA-256: a bank that keeps the file}, for the addresses of pictures and sounds."""
    names = [each["sha256"] for item in pool.items for each in item.get("media", ())]
    kept = MediaFile.objects.filter(bank__in=pool.banks, sha256__in=names)
    return dict(kept.values_list("sha256", "bank_id"))
