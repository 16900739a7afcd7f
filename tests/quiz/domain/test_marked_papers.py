"""The database counts answers as the pure engine does, whatever was drawn and answered."""

import random
from datetime import UTC, datetime

import pytest

from quiz.domain.grading import grade_round
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.usage_counting import UsageCount, _closed_papers
from quiz.enums import AttemptState, CorrectionState, ItemKind, KeyRemedy
from quiz.models import Attempt, Correction, Entrant, Grade, KeyAmendment, Pool
from tests.factories import OpenContest, make_draft, make_open_contest, make_rules
from tests.results_factory import Entry, Person, make_entrants

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
ITEMS = 8
PAPERS = {
    "drawn and shuffled": None,
    "the same for all": {"shuffle_items": False, "blueprint": [], "fixed_items": [1, 2, 3, 4, 5]},
    "the same, shuffled": {"shuffle_items": True, "blueprint": [], "fixed_items": [1, 2, 3, 4, 5]},
}


def random_round(dice: random.Random, paper: dict | None) -> OpenContest:
    kinds = [dice.choice([ItemKind.SINGLE, ItemKind.MULTIPLE]) for _item in range(ITEMS)]
    drafts = [
        make_draft(n, kind=kind, key=frozenset({0} if kind == ItemKind.SINGLE else {0, 2}))
        for n, kind in enumerate(kinds, start=1)
    ]
    marking = dice.choice(["partial", "all_or_nothing"])
    rules = make_rules(entry={"multiple_marking": marking, "attempts_per_round": 2}, paper=paper)
    made = make_open_contest(rules=rules, drafts=drafts)
    people = [
        Person(
            full_name=f"Người {n}",
            birth_date=None,
            entries=[
                Entry(
                    voided=dice.random() < 0.1,
                    state=dice.choice([AttemptState.OPEN, *[AttemptState.SUBMITTED] * 9]),
                )
                for _entry in range(dice.choice([1, 1, 2]))
            ],
        )
        for n in range(40)
    ]
    entrants = make_entrants(made, people)
    Entrant.objects.filter(pk=entrants[1].pk).update(duplicate_of=entrants[0])
    attempts = list(Attempt.objects.filter(round=made.round))
    for attempt in attempts:
        attempt.answers = [dice.choice([0, 0, 1, 2, 4, 5, 15]) for _slot in attempt.answers]
    Attempt.objects.bulk_update(attempts, ["answers"])
    return made


def counts(made: OpenContest, *, marked: bool) -> list:
    rules = rules_of_round(round=made.round)
    assert rules is not None
    usage = UsageCount(round=made.round, entry=rules.entry)
    [pk] = usage._tallies
    if marked:
        assert usage._count_marked(pk)
    else:
        for rows in _closed_papers(made.round.pk, pk):
            for seed, answers, ordinal in rows:
                items = usage._markers[pk].items(bytes(seed))
                usage.count_paper(pk, items, answers, ordinal)
    tally = usage._tallies[pk]
    cells = [tally.cells(item) for item in range(len(tally.drawn))]
    return [tally.papers, dict(sorted(tally.totals.items())), tally.drawn, cells]


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_database_counts_as_the_engine_does(paper, seed):
    made = random_round(random.Random(seed), paper)
    grade_round(round=made.round)
    found = counts(made, marked=True)
    assert found == counts(made, marked=False)
    assert found[0] > 30


@pytest.mark.parametrize("paper", list(PAPERS.values())[:2], ids=list(PAPERS)[:2])
def test_amended_keys_count_from_their_first_day_even_before_marks_are_renewed(paper):
    dice = random.Random(3)
    made = random_round(dice, paper)
    grade_round(round=made.round)
    stale = counts(made, marked=True)
    correction = Correction.objects.create(
        round=made.round,
        number=1,
        state=CorrectionState.APPLIED,
        reason="Sai đáp án",
        opened_by=made.organiser,
        opened_at=NOW,
    )
    pool = Pool.objects.get(round=made.round)
    for place, remedy in enumerate(KeyRemedy.values):
        KeyAmendment.objects.create(
            correction=correction,
            pool=pool,
            place=place,
            remedy=remedy,
            old_mask=pool.key.masks[place],
            new_mask=4 if remedy in (KeyRemedy.REPLACE, KeyRemedy.ACCEPT_BOTH) else 0,
            reason="Sai đáp án",
        )
    amended = counts(made, marked=True)
    assert amended == counts(made, marked=False) != stale
    grade_round(round=made.round)
    assert counts(made, marked=True) == amended


def test_papers_that_are_not_marked_are_drawn():
    made = random_round(random.Random(4), None)
    grade_round(round=made.round)
    rules = rules_of_round(round=made.round)
    expected = counts(made, marked=False)
    for spoil in (
        lambda marks: marks.update(items=None),
        lambda marks: Grade.objects.filter(pk=marks.first().pk).delete(),
    ):
        spoil(Grade.objects.filter(round=made.round))
        usage = UsageCount(round=made.round, entry=rules.entry)
        [pk] = usage._tallies
        assert not usage._count_marked(pk)
        usage.count_closed(lambda done: None)
        assert usage._tallies[pk].drawn == expected[2]
