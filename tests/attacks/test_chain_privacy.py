"""All releases of a round put side by side tell no more of anybody than one of them may.

Rows of one entry have the same leaf in every bundle, so an attacker who has them all joins what
they tell. Entries that looked alike may be told apart by a further release only into parts of five
and more; what is smaller stays together, whoever won or counts no more left aside.
"""

import random
from collections import defaultdict
from typing import Any

import pytest
from django.core.files.base import ContentFile

from quiz.domain.correction_jobs import SUBMIT
from quiz.domain.corrections import open_correction
from quiz.domain.releases import attach_bundle
from quiz.models import Release
from quiz.rules.document import check_rules
from tests.attacks.bundles import make_bundle, unpack, verify
from tests.attacks.second_verifier import judge
from tests.attacks.test_bundle_privacy import (
    FEWEST,
    crowd,
    is_contender,
    tells,
    what_it_tells,
)
from tests.attacks.test_random_bundles import random_rules, release
from tests.attacks.test_random_corrections import publish, random_changes, run, settle_ties
from tests.factories import make_draft, make_open_contest
from tests.quiz.domain.test_corrections import NOW, decide
from tests.results_factory import make_entrants

pytestmark = pytest.mark.django_db
Row = dict[str, Any]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def released_three_times(seed: int) -> list[Release]:
    """A round released and corrected twice: keys, entries and a prize, so the last place moves."""
    dice = random.Random(seed)
    while check_rules(rules := random_rules(dice)):
        continue
    made = make_open_contest(rules=rules, drafts=[make_draft(n) for n in range(1, 9)])
    make_entrants(made, list(crowd(dice, rules.entry.attempts_per_round or 1)))
    first = release(made, dice)
    attach_bundle(release=first, file=ContentFile(make_bundle(first)))
    publish(made, first)
    made.round.refresh_from_db()
    for _number in range(2):
        by = {"reason": "Rà soát", "user": made.organiser}
        correction = open_correction(round=made.round, now=NOW, **by)
        random_changes(made, correction, dice)
        settle_ties(made, correction, dice)
        run(SUBMIT, correction)
        decide(made, correction)
    return list(Release.objects.filter(round=made.round).order_by("number"))


def told(row: Row) -> str:
    """What one bundle tells of an entry; "" if it shows the leaf alone."""
    return what_it_tells(row) if tells(row) else row.get("closed", "")


def may_be_shown(row: Row) -> bool:
    """Entries that count and are no contenders: how they are shown is the platform's choice."""
    if row["fate"] not in ("counted", "unranked") or row.get("closed") == "erased":
        return False
    return not (tells(row) and is_contender(row))


def test_what_one_release_adds_to_those_before_it_tells_nobody_apart(tmp_path):
    joined = 0
    for seed in (0, 1, 2, 3, 5, 13):
        releases = released_three_times(seed)
        bundles = [one.bundle.read() for one in releases]
        entries = list(zip(*(unpack(one)["leaves.jsonl"] for one in bundles), strict=True))
        for number in range(1, len(releases)):
            blocks: defaultdict[tuple[str, ...], defaultdict[str, int]]
            blocks = defaultdict(lambda: defaultdict(int))
            for rows in entries:
                before = rows[:number]
                known = any(tells(row) and is_contender(row) for row in before)
                if may_be_shown(rows[number]) and not known:
                    blocks[tuple(map(told, before))][told(rows[number])] += 1
            for before, parts in blocks.items():
                joined += len(parts) > 1
                split = {now: n for now, n in parts.items() if n < FEWEST}
                if not any("group" in text for text in before):
                    split.pop("few", None)  # nothing but their leaf was ever shown
                    assert not split, (seed, number, before, dict(parts))
                assert not split or len(parts) == 1, (seed, number, before, dict(parts))
        for one, bundle in zip(releases, bundles, strict=True):
            root = one.document["root"]
            verdict = verify(bundle, tmp_path, "--root", root)
            assert verdict.code == 0, verdict.said
            assert judge(bundle, root) == (0, "")
    assert joined > 5, joined
