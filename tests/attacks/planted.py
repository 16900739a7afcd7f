"""A contest in which everything secret is unmistakable, and how to change only the secret.

What tells a key says `KEY_MARK`; the open round has a weird number of entrants and of attempts in
each state. `change_key` and `plant_entrants` leave all else as it is, so that any page that differs
afterwards has told something, whatever the disguise.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from frontend.pages.entry import paper_html
from quiz.domain.frozen import clear_frozen
from quiz.domain.heads import make_head
from quiz.domain.receipts import clear_receipt_keys
from quiz.drafts import ItemDraft
from quiz.enums import AttemptState, ClosedBy
from quiz.models import Attempt, Entrant, ItemVersion, PoolKey
from quiz.rules.document import Criterion, PredictionRules
from tests.authorization_world import World
from tests.factories import HOUR, make_draft, make_open_contest, make_rules

KEY_MARK = "KZ7Q"
# What is over ended before the last midnight, so that it stands in a head.
AGO, NOT_AGO = timedelta(days=2), timedelta()


@dataclass(frozen=True)
class Counts:
    """The open round's figures. The first entrant and attempt are those of the world itself."""

    entrants: int
    submitted: int
    open: int

    @property
    def attempts(self) -> int:
        return self.submitted + self.open

    @property
    def figures(self) -> dict[str, int]:
        return {
            "entrants": self.entrants,
            "attempts": self.attempts,
            "submitted attempts": self.submitted,
            "open attempts": self.open,
            "entrants without an attempt": self.entrants - self.attempts,
        }


# Ten entries and ten thousand; the figures of the many look like no others on any page.
FEW = Counts(entrants=13, submitted=7, open=3)
MANY = Counts(entrants=500, submitted=331, open=107)
WEIRD = Counts(entrants=10_733, submitted=8_347, open=1_654)


def planted_draft(number: int) -> ItemDraft:
    """Whatever explains or vouches for the key carries the mark."""
    return make_draft(
        number,
        rationale=f"Đáp án đúng là {KEY_MARK} vì câu {number}",
        citation=f"Nghị định 118/2025/NĐ-CP, Điều {KEY_MARK}{number}",
        checked_by=f"Người soát {KEY_MARK}",
    )


def make_planted_world() -> World:
    """The world of the authorization table with marked items and a count that decides prizes."""
    kinds = ("score", "prediction_error", "decision")
    rules = make_rules(
        entry={"prediction": PredictionRules(who="took_part")},
        result={"chain": [Criterion(kind=kind) for kind in kinds]},
    )
    drafts = [planted_draft(number) for number in range(1, 9)]
    return World(make_open_contest(rules=rules, drafts=drafts, opens_in=-AGO - HOUR))


INSERT_ENTRANTS = """
INSERT INTO quiz_entrant (
    contest_id, group_id, request_key, code_digest, full_name, folded_name, sort_name,
    birth_date, birth_precision, sex, phone, phone_index, national_id, national_id_index, email,
    address, staff_code, identity_index, registered_at, may_win)
SELECT contest_id, group_id, gen_random_uuid(), sha256(gen_random_uuid()::text::bytea),
    'Người Được Gieo', 'nguoi duoc gieo', 'gieo duoc nguoi', birth_date, birth_precision, '', '',
    '', '', '', '', '', '', '', registered_at, true
FROM quiz_entrant, generate_series(1, %s) WHERE id = %s
RETURNING id
"""
INSERT_ATTEMPTS = """
INSERT INTO quiz_attempt (
    round_id, entrant_id, ordinal, group_id, pool_id, rules_id, seed, secret, state, started_at,
    deadline_at, ended_at, closed_by, answers, writer, revision, epoch, journal, void_reason)
SELECT round_id, entrant.id, 1, group_id, pool_id, rules_id, seed,
    sha256(entrant.id::text::bytea), %s, started_at - %s, deadline_at - %s, %s, %s, answers, 1, 1,
    0, '', ''
FROM quiz_attempt, unnest(%s::bigint[]) AS entrant (id) WHERE quiz_attempt.id = %s
"""


def plant_entrants(world: World, counts: Counts) -> None:
    """Fill the open round up to exactly `counts`."""
    own, sitting = world.registered.entrant_id, world.sitting.row
    entrants = Entrant.objects.filter(contest=world.contest)
    attempts = Attempt.objects.filter(round=world.round)
    new = {
        state: wanted - attempts.filter(state=state).count()
        for state, wanted in (
            (AttemptState.SUBMITTED, counts.submitted),
            (AttemptState.OPEN, counts.open),
        )
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT_ENTRANTS, [counts.entrants - entrants.count(), own])
        ids = [row[0] for row in cursor.fetchall()]
        for state, number in new.items():
            over = state != AttemptState.OPEN
            ago, closed = (AGO, ClosedBy.ENTRANT) if over else (NOT_AGO, None)
            ended = sitting.started_at - AGO if over else None
            some, ids = ids[:number], ids[number:]
            told = [state, ago, ago, ended, closed, some, sitting.id]
            cursor.execute(INSERT_ATTEMPTS, told)
    assert entrants.count() == counts.entrants
    assert attempts.count() == counts.attempts
    forget_everything()


def plant_heads(world: World) -> None:
    """The head of last midnight, of whatever had ended by then."""
    world.round.heads.all().delete()
    made = make_head(round=world.round, now=timezone.now())
    assert made is not None
    assert made.size >= FEW.submitted - 1
    forget_everything()


def change_key(world: World) -> None:
    """Give every item of the round and its bank another right answer."""
    key = PoolKey.objects.get(pool__round=world.round)
    key.masks = [1 if mask != 1 else 2 for mask in key.masks]
    key.save()
    for version in ItemVersion.objects.filter(item__bank=world.bank):
        other = 1 if version.key_mask != 1 else 2
        ItemVersion.objects.filter(pk=version.pk).update(key_mask=other)
    forget_everything()


def forget_everything() -> None:
    """What this process remembers would hide that a page depends on what was changed."""
    clear_frozen()
    clear_receipt_keys()
    cache.clear()
    paper_html._prepared.clear()
