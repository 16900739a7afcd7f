"""Someone who knows everything about everybody but no receipt finds nobody in the bundle."""

import random
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from quiz.models import Attempt, Release
from quiz.rules.document import check_rules
from tests.attacks.bundles import make_bundle, unpack
from tests.attacks.test_random_bundles import GROUPS, random_rules, release
from tests.factories import make_open_contest
from tests.results_factory import Entry, Person, make_entrants

pytestmark = pytest.mark.django_db

FEWEST = 5
Row = dict[str, Any]


def crowd(dice: random.Random, attempts: int) -> Iterator[Person]:
    """Enough people for classes of five, some alike, some like nobody else."""
    for number in range(120):
        yield Person(
            full_name=f"Người Thứ {number}",
            birth_date=None,
            group=dice.choice((*GROUPS, GROUPS[0], GROUPS[0])),
            registered=dice.randrange(3),
            may_win=dice.random() > 0.05,
            entries=[
                Entry(
                    wrong=dice.choice([0, 0, 0, 1]),
                    seconds=dice.choice([30, 59.999, 60, round(dice.uniform(61, 800), 3)]),
                    after=dice.choice([60, round(dice.uniform(0, 40_000), 3)]),
                    prediction=dice.choice([None, Decimal(70), Decimal(dice.randrange(20, 300))]),
                )
                for _ordinal in range(dice.randint(1, attempts))
            ],
        )


def knowledge(attempt: Attempt) -> dict[str, Any]:
    """What others may know about a person's entry, in the words of the bundle."""
    ended = min(attempt.ended_at, attempt.deadline_at)
    return {
        "group": attempt.group.code,
        "unit": attempt.unit_id,
        "prediction": attempt.prediction,
        "started": attempt.started_at,
        "ended": ended,
        "duration": (ended - attempt.started_at).total_seconds() * 1000,
    }


def fits(row: Row, known: dict[str, Any]) -> bool:
    """Whether the row may be the entry of whom the attacker knows this."""
    for name, part in row.get("opening", {}).items():
        if name in known and "value" in part and read(name, part["value"]) != known[name]:
            return False
    for name, part in row.get("bounds", {}).items():
        kind = name.split("/")[0]
        if "value" in part:
            low, high = (read(kind, end) for end in part["value"])
            if known[kind] is None or not low <= known[kind] < high:
                return False
    return True


def read(name: str, value: Any) -> Any:
    if name in ("started", "ended"):
        return datetime.fromisoformat(value)
    return Decimal(value) if name == "prediction" and value is not None else value


def tells(row: Row) -> bool:
    """A leaf alone says nothing about anybody."""
    return "opening" in row


def is_contender(row: Row) -> bool:
    return "value" in row["opening"].get("round", {})


def outside(found: Release) -> list[tuple[Row, dict[str, Any]]]:
    """Rows outside the contenders with what is known about whom they belong to."""
    rows = unpack(make_bundle(found))["leaves.jsonl"]
    attempts = Attempt.objects.filter(round=found.round).select_related("group").order_by("secret")
    return [
        (row, knowledge(attempt))
        for row, attempt in zip(rows, attempts, strict=True)
        if tells(row) and not is_contender(row)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_nobody_is_one_of_fewer_than_five(seed):
    dice = random.Random(seed)
    while check_rules(rules := random_rules(dice)):
        continue
    made = make_open_contest(rules=rules)
    make_entrants(made, list(crowd(dice, rules.entry.attempts_per_round or 1)))
    pairs = outside(release(made, dice))
    rows = [row for row, _known in pairs]
    seen: dict[str, list[str]] = {}
    for row in rows:
        seen.setdefault(what_it_tells(row), []).append(row["fate"])
    assert {told: len(alike) for told, alike in seen.items() if len(alike) < FEWEST} == {}
    for row, known in pairs:
        assert fits(row, known)
        found = [other for other in rows if fits(other, known)]
        assert len(found) >= FEWEST
        # nor does it follow what the person answered, or which paper they had
        assert len({str(other["opening"]["paper"]) for other in found}) > 1


def what_it_tells(row: Row) -> str:
    """Everything in a row that somebody may know of a person."""
    opened = {
        name: part["value"]
        for name, part in {**row["opening"], **row.get("bounds", {})}.items()
        if "value" in part and name not in ("paper", "answers", "person", "bounds")
    }
    return str((sorted(opened.items()), sorted(row.get("declared", {}).items()), "behind" in row))
