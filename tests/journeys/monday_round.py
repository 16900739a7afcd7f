"""A round that has just closed, as an office finds it on Monday morning."""

import random
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from quiz.rules.document import BlueprintRow, Criterion, PredictionRules, PrizeTier
from tests.factories import HOUR, OpenContest, make_draft, make_open_contest, make_rules
from tests.results_factory import Entry, Person, make_entrants

ITEMS_IN_BANK, ITEMS_IN_PAPER = 20, 10
PERFECT = 0.45


def make_monday(*, persons: int, twins: int, seed: int = 7) -> OpenContest:
    """A round just over: `persons` entrants, of whom `twins` pairs look like one person each.

    Hue's chain: score, nearest prediction of how many answer everything right, time, lot. The rank
    to be won hangs on the prediction, so that duplicates weigh on it.
    """
    dice = random.Random(seed)
    rules = make_rules(
        paper={"blueprint": [BlueprintRow(count=ITEMS_IN_PAPER)]},
        entry={"attempts_per_round": 1, "prediction": PredictionRules(who="all_correct")},
        result={
            "chain": [
                Criterion(kind="score"),
                Criterion(kind="prediction_error"),
                Criterion(kind="duration", precision="ms"),
                Criterion(kind="lot"),
            ],
            "prizes": [
                PrizeTier(code="nhat", name="Giải Nhất", count=1, money=3_000_000),
                PrizeTier(code="nhi", name="Giải Nhì", count=2, money=2_000_000),
                PrizeTier(code="ba", name="Giải Ba", count=3, money=1_000_000),
            ],
        },
    )
    drafts = [make_draft(number) for number in range(1, ITEMS_IN_BANK + 1)]
    made = make_open_contest(rules=rules, drafts=drafts, opens_in=-4 * HOUR)
    make_entrants(made, list(_people(dice, persons, twins)))
    made.round.closes_at = timezone.now() - timedelta(minutes=1)
    made.round.save(update_fields=["closes_at"])
    return made


def _people(dice: random.Random, persons: int, twins: int) -> Iterator[Person]:
    for number in range(persons):
        # The first 2 × twins are pairs under one name and telephone.
        who = number // 2 if number < 2 * twins else number
        guess = persons * PERFECT * dice.lognormvariate(0, 0.5)
        yield Person(
            full_name=f"Người Dự Thi Thứ {who}",
            phone=f"09{who:08d}",
            identity=f"người {who}",
            birth_date=None,
            registered=number / persons,
            entries=[
                Entry(
                    wrong=0 if dice.random() < PERFECT else dice.randint(1, 4),
                    seconds=60 + dice.randrange(840_000) / 1000,
                    prediction=Decimal(int(guess)),
                )
            ],
        )
