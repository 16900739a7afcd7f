"""What is told of, and what isn't, case by case."""

import random
from fractions import Fraction
from math import isclose, log, sqrt

from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.integrity.drift import PERIODS, DriftTally, mantel_haenszel
from quiz.engine.integrity.likeness import (
    WINDOW_MS,
    LikenessFinder,
    ResponseModel,
    _marks,
)
from quiz.engine.integrity.sittings import Sitting
from quiz.engine.integrity.speed import by_guessing, too_fast

ITEMS = 20
RIGHT = [frozenset({1})] * ITEMS
OPTIONS = [4] * ITEMS
ALL_RIGHT = [1] * ITEMS
MINUTE = 60_000


def sat(attempt: int, masks, *, seconds: float = 300, ended: int = 0, **fields) -> Sitting:
    fields = {"entrant": attempt, "unit": None} | fields
    started = ended - int(seconds * 1000)
    return Sitting(
        attempt=attempt, started=started, ended=ended, items=range(ITEMS), masks=masks, **fields
    )


def test_twenty_right_answers_in_fifteen_seconds_are_told_of():
    found = too_fast(sat(7, ALL_RIGHT, seconds=15), right=RIGHT, option_counts=OPTIONS)
    assert (found.attempt, found.seconds, found.answered, found.right) == (7, 15, 20, 20)


def test_a_second_an_item_is_never_told_of():
    assert too_fast(sat(7, ALL_RIGHT, seconds=20), right=RIGHT, option_counts=OPTIONS) is None


def test_clicking_through_by_chance_is_no_hint():
    guessed = [1] * 7 + [2] * 13
    assert too_fast(sat(7, guessed, seconds=5), right=RIGHT, option_counts=OPTIONS) is None


def test_a_blank_paper_handed_in_at_once_is_no_hint():
    assert too_fast(sat(7, [0] * ITEMS, seconds=1), right=RIGHT, option_counts=OPTIONS) is None


def test_guessing_is_the_tail_of_the_binomial():
    exact = Fraction(1, 4) ** 3 + 3 * Fraction(1, 4) ** 2 * Fraction(3, 4)
    assert isclose(by_guessing(3, 2, 4), exact)
    assert by_guessing(20, 0, 4) == 1


def population(dice: random.Random, people: int = 400) -> list[Sitting]:
    """Three of four answers right, each a minute after the one before."""
    return [
        sat(
            n,
            [1 if dice.random() < 0.75 else dice.choice((2, 4, 8)) for _item in range(ITEMS)],
            ended=n * MINUTE,
        )
        for n in range(people)
    ]


def pairs_of(sittings: list[Sitting]):
    counts: dict = {}
    for each in sittings:
        for item, mask in zip(each.items, each.masks, strict=True):
            key = (item, mask, each.total(RIGHT))
            counts[key] = counts.get(key, 0) + 1
    finder = LikenessFinder(ResponseModel(counts, RIGHT), RIGHT)
    for each in sorted(sittings, key=lambda each: each.ended):
        finder.add(each)
    return finder.pairs()


WRONG_EIGHT = [1] * 12 + [2, 4, 8, 2, 4, 8, 2, 4]


def test_a_copy_within_the_window_is_told_of_and_says_why():
    people = population(random.Random(1))
    source = sat(1000, WRONG_EIGHT, ended=100 * MINUTE)
    copy = sat(1001, WRONG_EIGHT, ended=110 * MINUTE)
    [pair] = pairs_of([*people, source, copy])
    assert (pair.first, pair.second) == (1000, 1001)
    assert (pair.common, pair.same, pair.same_wrong) == (20, 20, 8)
    assert (pair.apart, pair.one_unit) == (10 * MINUTE, False)


def test_the_same_answers_hours_later_are_not_told_of():
    people = population(random.Random(1))
    source = sat(1000, WRONG_EIGHT, ended=100 * MINUTE)
    later = sat(1001, WRONG_EIGHT, ended=101 * MINUTE + WINDOW_MS)
    assert pairs_of([*people, source, later]) == []


def test_perfect_papers_never_look_like_copies():
    people = [sat(n, ALL_RIGHT, ended=n * 1000) for n in range(300)]
    assert pairs_of(people) == []


def test_one_persons_two_entries_are_not_compared():
    people = population(random.Random(1))
    twice = [
        sat(1000, WRONG_EIGHT, ended=100 * MINUTE, entrant=5000),
        sat(1001, WRONG_EIGHT, ended=104 * MINUTE, entrant=5000),
    ]
    assert pairs_of([*people, *twice]) == []


def test_colleagues_need_less_evidence_than_strangers():
    """Six wrong answers in common and two changed: enough within a unit, not among all."""
    people = population(random.Random(1), people=1200)
    mine = [1] * 14 + [2, 4, 8, 2, 4, 8]
    theirs = [2, 1, 4] + [1] * 11 + [2, 4, 8, 2, 4, 8]

    def two(unit):
        return [
            sat(9000, mine, ended=100 * MINUTE, unit=unit),
            sat(9001, theirs, ended=101 * MINUTE, unit=unit),
        ]

    assert [pair.one_unit for pair in pairs_of([*people, *two(5)])] == [True]


answers = st.frozensets(st.tuples(st.integers(0, 19), st.sampled_from((2, 4, 8))), max_size=8)


@given(answers, st.tuples(st.integers(0, 19), st.sampled_from((2, 4, 8))))
def test_sets_that_differ_in_one_answer_share_a_number(wrong, answer):
    assert set(_marks(wrong)) & set(_marks(wrong | {answer}))
    for gone in wrong:
        assert set(_marks(wrong)) & set(_marks(wrong - {gone} | {answer}))


def test_shares_are_those_seen_where_many_were_seen():
    """Of 1,000 people with a total of 1 of 2, 800 knew the first item; nobody left it blank."""
    counts = {(0, 1, 1): 800, (0, 2, 1): 200, (1, 1, 1): 200, (1, 2, 1): 800}
    model = ResponseModel(counts, [{1}, {1}])
    assert isclose(model.share(0, 1, 1), 0.8, abs_tol=0.01)
    assert 0 < model.share(0, 0, 1) < 0.01
    assert 0 < model.share(0, 4, 2) < 0.2


def test_mantel_haenszel_of_two_tables_by_hand():
    """[wrong before, right before, wrong after, right after], twenty people at each rest.

    First: 6, 4, 2, 8. Expected right after 10 × 12 / 20 = 6, variance 10 × 10 × 12 × 8 /
    (400 × 19) = 24/19. Second: 4, 6, 2, 8: expected 7, variance 100 × 14 × 6 / (400 × 19) = 21/19.
    z = (2 + 1) / √(45/19); odds (8 × 6 + 8 × 4) / (2 × 4 + 2 × 6) = 80/20.
    """
    z, odds = mantel_haenszel([[6, 4, 2, 8], [4, 6, 2, 8]])
    assert isclose(z, 3 / sqrt(45 / 19))
    assert odds == 4
    assert mantel_haenszel([[3, 0, 0, 0], [0, 5, 0, 5]]) == (0, None)


def week(dice: random.Random, *, leaked_from: int | None, people: int = 1400) -> DriftTally:
    """Twenty items known to six of ten; the first leaks to everybody at the start of a period."""
    tally = DriftTally()
    for n in range(people):
        period = n * PERIODS // people
        right = [dice.random() < 0.6 for _item in range(ITEMS)]
        if leaked_from is not None and period >= leaked_from:
            right[0] = dice.random() < 0.95
        tally.count(range(ITEMS), right, period)
    return tally


def test_an_item_that_leaks_is_told_of_with_the_day():
    [found] = week(random.Random(3), leaked_from=4).drifting()
    assert (found.item, found.cut) == (0, 4)
    assert found.before < 0.7 < 0.9 < found.after
    assert found.people_before + found.people_after == 1400


def test_a_week_without_a_leak_tells_of_nothing():
    assert week(random.Random(4), leaked_from=None).drifting() == []


def test_people_who_learn_are_no_leak():
    """Everybody knows more of everything by the end: no item by itself."""
    dice, tally = random.Random(5), DriftTally()
    for n in range(1400):
        period = n // 200
        right = [dice.random() < 0.4 + 0.08 * period for _item in range(ITEMS)]
        tally.count(range(ITEMS), right, period)
    assert tally.drifting() == []


def test_evidence_is_the_weaker_direction():
    """Of one item: P = 1/4 for the copier, so copying gives log(0.9 × 4 + 0.1) at the most."""
    people = population(random.Random(1))
    source = sat(1000, WRONG_EIGHT, ended=100 * MINUTE)
    copy = sat(1001, WRONG_EIGHT, ended=110 * MINUTE)
    [pair] = pairs_of([*people, source, copy])
    assert 8 * log(4) < pair.evidence < 20 * log(40)
