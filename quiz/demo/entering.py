"""Made-up entrants taking the demo's contest through the same statements as real ones."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from random import Random

from accounts.text import fold
from quiz.demo.answers import plan_answers
from quiz.demo.behaviours import AttemptPlan
from quiz.demo.entrant import DemoEntrant
from quiz.domain.attempt_input import AnswersInput
from quiz.domain.attempts import save_attempt, start_attempt, submit_attempt
from quiz.domain.clock import shifted_clock
from quiz.domain.frozen import frozen_round
from quiz.domain.papers import paper_of
from quiz.domain.registration import Registered, register_entrant
from quiz.domain.registration_input import parse_registration
from quiz.models import MayNotWin, PoolKey, Round


def registration_of(entrant: DemoEntrant, request_key: uuid.UUID) -> dict[str, object]:
    """What the form sends for this person."""
    return {
        "request_key": str(request_key),
        "group": entrant.group,
        "consent": True,
        "full_name": entrant.full_name,
        "birth_date": entrant.birth_date.strftime("%d/%m/%Y"),
        "sex": entrant.sex,
        "phone": entrant.phone,
        "unit": entrant.unit_code,
        "staff_code": entrant.staff_code,
        "guardian_name": entrant.guardian,
    }


def enter_all(
    *,
    round: Round,
    entrants: Iterable[DemoEntrant],
    now: datetime,
    seed: int,
    until: datetime | None = None,
) -> None:
    """Every entrant enters inside the round's window, the clock moved to their moment.

    Entries are spread over the window (up to `until`, if given); the order of registrations is the
    entrants'.
    """
    rng = Random(seed)  # noqa: S311 - play, not a secret
    people = list(entrants)
    bar_from_winning(round=round, entrants=people)
    last_moment = (until or round.closes_at) - timedelta(hours=2)
    span = (last_moment - round.opens_at).total_seconds()
    keys = dict(PoolKey.objects.filter(pool__round=round).values_list("pool__group_id", "masks"))
    for place, person in enumerate(people):
        moment = round.opens_at + timedelta(seconds=span * (place + 0.5) / len(people))
        with shifted_clock(moment - now):
            registered = register_entrant(
                contest_code=round.contest.code,
                given=parse_registration(
                    registration_of(person, uuid.UUID(int=rng.getrandbits(128), version=4))
                ),
            )
        for ordinal, attempt in enumerate(person.behaviour.attempts, start=1):
            began = moment + timedelta(minutes=30 * (ordinal - 1))
            last = ordinal == len(person.behaviour.attempts)
            _sit(
                round=round,
                who=registered,
                person=person,
                plan=attempt,
                ordinal=ordinal,
                shift=began - now,
                keys=keys,
                last=last,
            )


def bar_from_winning(*, round: Round, entrants: Sequence[DemoEntrant]) -> None:
    """Put those who may play but never win on the contest's list."""
    MayNotWin.objects.bulk_create(
        MayNotWin(
            contest_id=round.contest_id,
            full_name=person.full_name,
            folded_name=fold(person.full_name),
            birth_date=person.birth_date,
            staff_code=person.staff_code,
            reason="Người nhà thành viên Ban Tổ chức",
        )
        for person in entrants
        if not person.may_win
    )


def _sit(
    *,
    round: Round,
    who: Registered,
    person: DemoEntrant,
    plan: AttemptPlan,
    ordinal: int,
    shift: timedelta,
    keys: dict[int, list[int]],
    last: bool,
) -> None:
    """One attempt as planned; what a closed page or a late click would do is left undone."""
    with shifted_clock(shift):
        sitting = start_attempt(entrant_token=who.token, round_id=round.pk, ordinal=ordinal)
    pool = frozen_round(round.pk).pool(sitting.row.pool_id)
    slots = paper_of(pool, bytes(sitting.row.seed))
    items = [pool.items[slot.item_ref] for slot in slots]
    answers = plan_answers(
        kinds=[item.kind for item in items],
        option_counts=[len(item.options) for item in items],
        keys=[keys[pool.group_id][slot.item_ref] for slot in slots],
        wrong=plan.wrong,
        omitted=plan.omitted,
        seed=person.number * 10 + ordinal,
    )
    guess = person.behaviour.prediction
    given = AnswersInput(
        writer=person.number,
        base=0,
        revision=1,
        answers=answers,
        prediction=None if guess is None else str(guess),
    )
    unfinished = last and (person.behaviour.abandoned or person.behaviour.late)
    seconds = min(plan.seconds, 14 * 60) if unfinished else min(plan.seconds, 15 * 60 - 1)
    with shifted_clock(shift + timedelta(seconds=seconds)):
        (save_attempt if unfinished else submit_attempt)(token=sitting.token, given=given)
