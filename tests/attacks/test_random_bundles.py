"""Random rounds under random chains: what the platform releases, the verifier finds good.

The verifier shares no code with the platform, so each is the other's oracle.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from quiz.domain.awards import propose_awards
from quiz.domain.duplicates import keep_earliest
from quiz.domain.releases import submit_for_signature
from quiz.domain.round_closing import mark_and_rank
from quiz.domain.sealing import seal_round
from quiz.domain.ties import decide_tie
from quiz.enums import ItemKind
from quiz.models import DuplicateCase, Release
from quiz.rules.document import (
    Criterion,
    IdentityField,
    PredictionRules,
    PrizeTier,
    RuleDocument,
    check_rules,
)
from quiz.rules.schema import PRECISIONS
from tests.attacks.bundles import make_auditor_bundle, make_bundle, pack, unpack, verify
from tests.attacks.second_verifier import judge
from tests.factories import OpenContest, make_draft, make_open_contest, make_rules
from tests.results_factory import Entry, Person, close, make_entrants, publish_and_draw

pytestmark = pytest.mark.django_db

Row = dict[str, Any]
GROUPS = ("dan", "can-bo")
MIDDLE = (
    "prediction_error",
    "duration",
    "duration_share",
    "submitted_at",
    "attempts_used",
    "registered_at",
    "age",
)


def random_rules(dice: random.Random) -> RuleDocument:
    kinds = ["score", *dice.sample(MIDDLE, 3), dice.choice(["lot", "decision"])]
    if dice.random() < 0.3:
        kinds.insert(0, "all_correct")
    return make_rules(
        groups=GROUPS,
        entry={
            "identity_fields": [
                IdentityField(name=name) for name in ("full_name", "birth_date", "phone")
            ],
            "identity_key": ["full_name", "birth_date"],
            "attempts_per_round": dice.choice([1, 3]),
            "multiple_marking": dice.choice(["partial", "all_or_nothing"]),
            "points_per_item": Decimal(dice.choice(["1", "0.5", "3.33"])),
            "require_all_answered": dice.random() < 0.3,
            "prediction": PredictionRules(
                count=dice.choice(["persons", "entries"]),
                who=dice.choice(["took_part", "all_correct", "percent_all_correct"]),
                scope=dice.choice(["round", "group", "contest"]),
                decimals=dice.choice([0, 2]),
            ),
        },
        result={
            "chain": [
                Criterion(
                    kind=kind,
                    direction=dice.choice([None, None, "asc", "desc"]),
                    precision=dice.choice(["second", *PRECISIONS.get(kind, ())]),
                )
                for kind in kinds
            ],
            "counted_attempt": dice.choice(["best", "first", "last"]),
            "prizes": [
                PrizeTier(code="nhat", name="Giải Nhất", count=1, money=9),
                PrizeTier(code="dan", name="Giải người dân", count=2, group="dan"),
                *([by_age(dice, "cao")] if dice.random() < 0.9 else []),
                PrizeTier(code="kk", name="Khuyến khích", count=3),
                *([by_age(dice, "tre")] if dice.random() < 0.5 else []),
            ],
            "one_prize_per": dice.choice(["contest", "round", "none", "none"]),
            "reserves": dice.randrange(3),
            "max_share_percent": dice.choice([None, None, 20]),
        },
    )


def by_age(dice: random.Random, code: str) -> PrizeTier:
    group, by = dice.choice([None, None, "dan"]), dice.choice(["oldest", "youngest"])
    return PrizeTier(code=code, name=f"Giải {code}", count=dice.choice([1, 2]), group=group, by=by)


def random_people(dice: random.Random, attempts: int) -> Iterator[Person]:
    for number in range(30):
        yield Person(
            group=dice.choice(GROUPS),
            birth_date=dice.choice([None, date(1990, 1, 5) + timedelta(days=17 * (number // 2))]),
            identity=dice.choice(["", "", "", "một", "hai"]),
            registered=dice.randrange(3),
            may_win=dice.random() > 0.1,
            entries=[
                Entry(
                    wrong=dice.choice([0, 0, 0, 1, 2]),
                    blank=dice.choice([0, 0, 0, 1]),
                    seconds=dice.choice([30, 30.001, 59.999, 60, 1000]),
                    prediction=dice.choice([None, Decimal(3), Decimal(7), Decimal("7.57")]),
                    limit=dice.choice([1000, 1000, 1500]),
                    voided=dice.random() < 0.1,
                )
                for _ordinal in range(dice.randint(1, attempts))
            ],
        )


def release(made: OpenContest, dice: random.Random) -> Release:
    """Close, decide everything that waits for a person, seal, submit."""
    close(made)
    keep_earliest(cases=DuplicateCase.objects.all(), user=made.organiser, now=timezone.now())
    mark_and_rank(round=made.round)
    lot = made.round.rules.document["result"]["chain"][-1]["kind"] == "lot"
    while ties := propose_awards(round=made.round, user=made.organiser):
        [tie, *_others] = ties
        common = {"round": made.round, "group": tie.group, "minutes": "BB", "user": made.organiser}
        if lot:
            publish_and_draw(**common, rank=tie.tie.rank, seed=str(dice.random()))
        else:
            decide_tie(**common, order=dice.sample(tie.tie.attempts, len(tie.tie.attempts)))
        mark_and_rank(round=made.round)
    seal_round(round=made.round, user=made.organiser, now=timezone.now())
    return submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())


@pytest.mark.parametrize("seed", range(16))
def test_what_is_released_is_found_good(seed, tmp_path):
    dice = random.Random(seed)
    while check_rules(rules := random_rules(dice)):
        continue
    drafts = [
        make_draft(n, kind=ItemKind.MULTIPLE, key=frozenset({0, 1, 3})) if n % 2 else make_draft(n)
        for n in range(1, 9)
    ]
    made = make_open_contest(rules=rules, drafts=drafts)
    make_entrants(made, list(random_people(dice, rules.entry.attempts_per_round or 1)))
    released = release(made, dice)
    bundle = make_bundle(released)
    assert judge(bundle, released.document["root"]) == (0, "")
    verdict = verify(
        bundle,
        tmp_path,
        *("--root", released.document["root"], "--digest", released.digest),
    )
    assert verdict.code == 0, verdict.said
    audited = make_auditor_bundle(released)
    verdict = verify(audited, tmp_path, "--root", released.digest)
    assert (verdict.code, judge(audited, released.digest)) == (0, (0, "")), verdict.said
    assert f"Audit: {released.document['size']} entries opened" in verdict.said
    files = unpack(audited)
    sides = [one for one in files["awards.json"]["awards"] if one["kind"] == "side"]
    if sides:
        spoil_age(dice, sides, files["entries.jsonl"])
        spoilt = pack(files)
        verdict = verify(spoilt, tmp_path)
        assert (verdict.code, judge(spoilt, released.document["root"])[0]) == (1, 1), verdict.said


def spoil_age(dice: random.Random, sides: list[Row], entries: list[Row]) -> None:
    """One is called somebody else's, is of another rank, or the birth dates are exchanged."""
    one = dice.choice(sides)
    mine = next(entry for entry in entries if entry["leaf"] == one["leaf"])
    others = [entry for entry in entries if entry["birth_date"] not in (None, mine["birth_date"])]
    change = dice.randrange(3)
    if change == 0:
        one["leaf"] = dice.choice(others)["leaf"]
    elif change == 1:
        one["rank"] += 1
    else:
        mine["birth_date"] = None
