"""Rounds full of entries, for everything that happens after the close.

The contest is made by the domain's own functions; entrants and attempts are stored in bulk, so that
a test can have thousands with exactly the answers, times and predictions it needs.
"""

import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.crypto import blind_index, keyed_digest
from accounts.models import OrgUnit, User
from accounts.text import fold, sort_key
from quiz.domain.awards import propose_awards
from quiz.domain.lots import publish_lot
from quiz.domain.round_closing import close_round
from quiz.domain.sealing import seal_round
from quiz.domain.ties import draw_lot
from quiz.engine.drawing import draw_paper, read_pool
from quiz.enums import AttemptState, ClosedBy
from quiz.models import Attempt, Entrant, Pool, Round, Seal, TieDecision
from tests.factories import OpenContest

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Entry:
    """One attempt: `wrong` items answered wrongly, `blank` left out, taking `seconds`.

    It starts `after` the entrant's attempt before it (or the round's opening) and has `limit`
    seconds.
    """

    wrong: int = 0
    blank: int = 0
    seconds: float = 120
    after: float = 60
    prediction: Decimal | None = None
    limit: float = 900
    voided: bool = False
    state: AttemptState = AttemptState.SUBMITTED


@dataclass(frozen=True)
class Person:
    """An entrant with their attempts; a field left empty is not known."""

    full_name: str = "Nguyễn Thị Thử Nghiệm"
    birth_date: date | None = date(1990, 9, 5)
    phone: str = ""
    national_id: str = ""
    identity: str = ""
    staff_code: str = ""
    group: str = "nguoi-dan"
    unit: OrgUnit | None = None
    may_win: bool = True
    registered: float = 0
    entries: Sequence[Entry] = field(default_factory=lambda: [Entry()])


def make_entrants(made: OpenContest, people: Sequence[Person]) -> list[Entrant]:
    """The people, stored with their attempts in the order given."""
    groups = {group.code: group for group in made.groups}
    opened = made.round.opens_at
    entrants = Entrant.objects.bulk_create(
        Entrant(
            contest=made.contest,
            group=groups[person.group],
            unit=person.unit,
            request_key=uuid.uuid4(),
            code_digest=keyed_digest("entry-code", os.urandom(10)),
            full_name=person.full_name,
            folded_name=fold(person.full_name),
            sort_name=sort_key(person.full_name)[:400],
            birth_date=person.birth_date,
            phone_index=blind_index("phone", person.phone),
            national_id_index=blind_index("national_id", person.national_id),
            identity_index=blind_index("identity", person.identity),
            staff_code=person.staff_code,
            may_win=person.may_win,
            registered_at=opened + timedelta(seconds=person.registered),
        )
        for person in people
    )
    papers = {pool.group.code: _Papers(pool) for pool in _pools(made.round)}
    attempts: list[Attempt] = []
    for person, entrant in zip(people, entrants, strict=True):
        attempts += _attempts(made.round, papers[person.group], entrant, person.entries)
    Attempt.objects.bulk_create(attempts, batch_size=5000)
    return entrants


def _pools(round: Round) -> list[Pool]:
    return list(round.pools.select_related("group", "key"))


class _Papers:
    """Draws papers of one pool and answers them."""

    def __init__(self, pool: Pool) -> None:
        self.pool, self.draw = pool, read_pool(pool.document)

    def answer(self, seed: bytes, entry: Entry) -> list[int]:
        paper = draw_paper(
            self.draw,
            seed,
            shuffle_items=self.pool.document["shuffle_items"],
            shuffle_options=self.pool.document["shuffle_options"],
        )
        masks = [self.pool.key.masks[slot.item_ref] for slot in paper]
        for slot in range(entry.wrong):
            masks[slot] = 1 if masks[slot] != 1 else 2
        for slot in range(entry.wrong, entry.wrong + entry.blank):
            masks[slot] = 0
        return masks


def _attempts(
    round: Round, papers: _Papers, entrant: Entrant, entries: Sequence[Entry]
) -> list[Attempt]:
    made, moment = [], round.opens_at
    for ordinal, entry in enumerate(entries, start=1):
        started = moment + timedelta(seconds=entry.after)
        ended = started + timedelta(seconds=entry.seconds)
        running = entry.state == AttemptState.OPEN
        seed = os.urandom(32)
        made.append(
            Attempt(
                round=round,
                entrant=entrant,
                ordinal=ordinal,
                group_id=entrant.group_id,
                unit_id=entrant.unit_id,
                pool=papers.pool,
                rules_id=round.rules_id,
                seed=seed,
                secret=os.urandom(32),
                state=entry.state,
                started_at=started,
                deadline_at=started + timedelta(seconds=entry.limit),
                ended_at=None if running else ended,
                closed_by=None if running else ClosedBy.ENTRANT,
                answers=papers.answer(seed, entry),
                prediction=entry.prediction,
                voided_at=ended if entry.voided else None,
                void_reason="Thi hộ" if entry.voided else "",
            )
        )
        moment = ended
    return made


def after_the_close(made: OpenContest) -> datetime:
    """A moment at which the round can be closed."""
    return made.round.closes_at + timedelta(hours=1)


def close(made: OpenContest, user: User | None = None) -> int:
    """Close the round as its organiser; the number of duplicate cases that wait."""
    waiting = close_round(round=made.round, user=user or made.organiser, now=after_the_close(made))
    made.round.refresh_from_db()
    return waiting


def close_and_seal(made: OpenContest) -> Seal:
    """Close, award and seal a round without duplicates or ties."""
    close(made)
    propose_awards(round=made.round, user=made.organiser)
    seal = seal_round(round=made.round, user=made.organiser, now=timezone.now())
    made.round.refresh_from_db()
    return seal


def publish_and_draw(*, now: datetime | None = None, **fields: Any) -> TieDecision:
    """Publish a tied set with its source, wait for the source, draw."""
    moment = now or timezone.now()
    told = {"source": fields.pop("source", "Xúc xắc trước nhân chứng")}
    names = ("round", "group", "rank", "user", "correction")
    asked = {name: fields[name] for name in names if name in fields}
    draws_at = moment + MINUTE
    publish_lot(**told, **asked, draws_at=draws_at, now=moment)
    return draw_lot(**fields, now=draws_at)


def attempts_of(*entrants: Entrant, **fields: Any) -> list[int]:
    """The ids of these entrants' attempts, in order of entrant and ordinal."""
    found = Attempt.objects.filter(entrant__in=entrants, **fields)
    return list(found.order_by("entrant", "ordinal").values_list("pk", flat=True))
