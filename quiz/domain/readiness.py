"""What an entrant can do now: start, go on, wait, or look back."""

from dataclasses import dataclass
from datetime import datetime

from quiz.domain.clock import read_now
from quiz.domain.deadlines import times_of
from quiz.domain.extra_attempts import extra_attempts_of
from quiz.domain.frozen import FrozenRound, entry_window, frozen_round
from quiz.domain.tokens import open_any_entrant_token
from quiz.engine.deadlines import TimeRules, WindowState
from quiz.enums import AttemptState
from quiz.errors import RegistrationClosed, UnknownToken
from quiz.models import Attempt, Contest, Entrant, Round


@dataclass(frozen=True)
class Readiness:
    """`deadline_at` is the effective one of an attempt begun now, `cut_short` whether the close
    leaves it less than the limit; `next_ordinal` None: no more; `extra`: attempts granted beyond
    the rules.

    `weak`: the browser came back by staff code, so nothing that is over may be shown.
    """

    entrant: Entrant
    contest: Contest
    round: Round
    frozen: FrozenRound
    now: datetime
    window: WindowState
    deadline_at: datetime
    cut_short: bool
    running: Attempt | None
    used: int
    next_ordinal: int | None
    extra: int = 0
    weak: bool = False

    @property
    def close_is_last_start(self) -> bool:
        """Who starts before the close keeps the whole limit."""
        return self.frozen.rules.entry.at_close == "last_start"

    @property
    def group_code(self) -> str:
        return self.frozen.pools[self.entrant.group_id].group_code


def read_readiness(*, contest_code: str, entrant_token: str) -> Readiness:
    """Raises UnknownToken when the token is not of this contest, ContestNotFound,
    RegistrationClosed when no round of it was ever frozen."""
    token = open_any_entrant_token(entrant_token)
    entrant = Entrant.objects.filter(pk=token.entrant_id, contest_id=token.contest_id).first()
    if entrant is None:
        raise UnknownToken()
    round = round_to_enter(contest_code)
    if round.contest_id != entrant.contest_id:
        raise UnknownToken()
    frozen = frozen_round(round.pk)
    times, now = times_of(round=round, rules=frozen.rules), read_now()
    attempts = list(Attempt.objects.filter(round=round, entrant=entrant).order_by("ordinal"))
    last = attempts[-1] if attempts else None
    running = last if last is not None and _runs(last, times, now) else None
    ordinal = 1 if last is None else last.ordinal + (running is None)
    most = frozen.rules.entry.attempts_per_round
    extra = extra_attempts_of(entrant=entrant, round_id=round.pk) if most is not None else 0
    return Readiness(
        entrant=entrant,
        contest=round.contest,
        round=round,
        frozen=frozen,
        now=now,
        window=times.window_at(now),
        deadline_at=times.deadline_at(now),
        cut_short=times.is_cut_short(now),
        running=running,
        used=len(attempts),
        next_ordinal=ordinal if most is None or ordinal <= most + extra else None,
        extra=extra,
        weak=token.weak,
    )


def _runs(attempt: Attempt, times: TimeRules, now: datetime) -> bool:
    return (
        attempt.state == AttemptState.OPEN
        and attempt.voided_at is None
        and times.accepts(now, attempt.deadline_at)
    )


def round_to_enter(contest_code: str) -> Round:
    """The round open or next to open; after the last one, that one.

    Raises ContestNotFound, RegistrationClosed when no round was ever frozen.
    """
    rounds = Round.objects.select_related("contest")
    try:
        return rounds.get(pk=entry_window(contest_code).round_id)
    except RegistrationClosed:
        frozen = rounds.filter(contest__code=contest_code, frozen_at__isnull=False)
        last = frozen.order_by("-closes_at").first()
        if last is None:
            raise
        return last
