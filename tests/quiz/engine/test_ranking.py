from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cmp_to_key

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.ranking import (
    NATURAL_DIRECTION,
    Criterion,
    RankingError,
    choose_counted,
    prediction_error,
    rank,
)
from quiz.rules.schema import DEFAULT_DIRECTIONS
from quiz.rules.schema import Criterion as RuleCriterion
from tests.quiz.engine.candidates import candidate

ACTUAL = Decimal(100)

# The real chains of DOMAIN.md.
VCNET = [
    Criterion("all_correct"),
    Criterion("prediction_error"),
    Criterion("submitted_at", None, "ms"),
]
DAK_LAK = [
    Criterion("score"),
    Criterion("duration"),
    Criterion("attempts_used"),
    Criterion("registered_at"),
]
HAI_DUONG = [Criterion("score"), Criterion("duration"), Criterion("prediction_error")]


def placed(candidates, chain, actual=ACTUAL):
    """[(attempt, rank, tied, lost_by)] in the order of the list."""
    return [
        (ranked.candidate.attempt_id, ranked.rank, ranked.tied, ranked.lost_by)
        for ranked in rank(candidates, chain, actual)
    ]


def test_the_chain_of_vcnet():
    candidates = [
        candidate(1, prediction=90, ended_at=500),
        candidate(2, prediction=110, ended_at=400),
        candidate(3, prediction=101, ended_at=900),
        candidate(4, correct=9, prediction=100),
        candidate(5, prediction=None, ended_at=100),
    ]
    assert placed(candidates, VCNET) == [
        (3, 1, False, None),
        (2, 2, False, "prediction_error"),
        (1, 3, False, "submitted_at"),
        (5, 4, False, "prediction_error"),
    ]


def test_the_chain_of_dak_lak():
    candidates = [
        candidate(1, attempts_used=2),
        candidate(2, registered_at=1_780_000_001_000),
        candidate(3, score="9.5"),
        candidate(4),
        candidate(5, duration_ms=199_999),
    ]
    assert placed(candidates, DAK_LAK) == [
        (5, 1, False, None),
        (4, 2, False, "duration"),
        (2, 3, False, "registered_at"),
        (1, 4, False, "attempts_used"),
        (3, 5, False, "score"),
    ]


def test_the_chain_of_hai_duong():
    candidates = [
        candidate(1, prediction=99),
        candidate(2, prediction=98, duration_ms=100_000),
        candidate(3, prediction=101),
    ]
    assert placed(candidates, HAI_DUONG) == [
        (2, 1, False, None),
        (1, 2, True, "duration"),
        (3, 2, True, "duration"),
    ]


def test_equal_candidates_share_a_rank_and_the_next_is_skipped():
    candidates = [candidate(n, score=score) for n, score in enumerate(["7", "9", "8", "8.00", "6"])]
    assert placed(candidates, [Criterion("score")]) == [
        (1, 1, False, None),
        (2, 2, True, "score"),
        (3, 2, True, "score"),
        (0, 4, False, "score"),
        (4, 5, False, "score"),
    ]


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        ("ms", [(3, 1), (1, 2), (2, 3)]),
        ("second", [(1, 1), (3, 1), (2, 3)]),
        ("minute", [(1, 1), (2, 1), (3, 1)]),
    ],
)
def test_times_are_cut_to_the_printed_precision(precision, expected):
    candidates = [
        candidate(1, duration_ms=61_999),
        candidate(2, duration_ms=119_999),
        candidate(3, duration_ms=61_000),
    ]
    ranked = rank(candidates, [Criterion("duration", None, precision)], None)
    assert [(one.candidate.attempt_id, one.rank) for one in ranked] == expected


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        ("second", [(3, 1), (2, 2), (1, 3), (4, 4)]),
        ("hundredth", [(3, 1), (2, 2), (1, 3), (4, 4)]),
        ("tenth", [(3, 1), (1, 2), (2, 2), (4, 4)]),
        ("whole", [(1, 1), (2, 1), (3, 1), (4, 4)]),
    ],
)
def test_a_score_is_cut_to_the_printed_precision(precision, expected):
    scores = {1: "18.50", 2: "18.59", 3: "18.60", 4: "17.99"}
    candidates = [candidate(at, score=Decimal(score)) for at, score in scores.items()]
    ranked = rank(candidates, [Criterion("score", None, precision)], None)
    assert [(one.candidate.attempt_id, one.rank) for one in ranked] == expected


def test_the_prediction_error_is_exact_or_cut_to_decimals():
    assert prediction_error(Decimal("87.65432"), Decimal("88.1")) == Decimal("0.44568")
    assert prediction_error(Decimal("88.54568"), Decimal("88.1"), 2) == Decimal("0.44")
    assert prediction_error(None, ACTUAL) is None
    candidates = [candidate(1, prediction="99.51"), candidate(2, prediction="100.42")]
    assert placed(candidates, [Criterion("prediction_error")]) == [
        (2, 1, False, None),
        (1, 2, False, "prediction_error"),
    ]
    assert placed(candidates, [Criterion("prediction_error", None, "tenth")]) == [
        (1, 1, True, None),
        (2, 1, True, None),
    ]


def test_the_older_come_first_and_an_unknown_birth_date_last():
    candidates = [
        candidate(1, birth_date=date(2000, 1, 1)),
        candidate(2),
        candidate(3, birth_date=date(1950, 1, 1)),
    ]
    assert placed(candidates, [Criterion("age")]) == [
        (3, 1, False, None),
        (1, 2, False, "age"),
        (2, 3, False, "age"),
    ]
    assert [row[0] for row in placed(candidates, [Criterion("age", "asc")])] == [1, 3, 2]


def test_lot_and_decision_part_those_still_tied():
    candidates = [
        candidate(1, lot=2),
        candidate(2, lot=1),
        candidate(3, score="9"),
        candidate(4, score="9"),
    ]
    assert placed(candidates, [Criterion("score"), Criterion("lot")]) == [
        (2, 1, False, None),
        (1, 2, False, "lot"),
        (3, 3, True, "score"),
        (4, 3, True, "score"),
    ]
    decided = [replace(one, lot=None, decision=one.lot) for one in candidates[:2]]
    assert [row[:2] for row in placed(decided, [Criterion("decision")])] == [(2, 1), (1, 2)]


def test_a_direction_turned_round():
    candidates = [candidate(1, duration_ms=1000), candidate(2, duration_ms=9000)]
    assert [row[0] for row in placed(candidates, [Criterion("duration", "desc")])] == [2, 1]


def test_natural_directions_and_criteria_are_those_of_the_rules():
    assert NATURAL_DIRECTION == DEFAULT_DIRECTIONS
    candidates = [candidate(1, prediction=90), candidate(2, prediction=99)]
    chain = [RuleCriterion(kind="score"), RuleCriterion(kind="prediction_error")]
    assert [row[0] for row in placed(candidates, chain)] == [2, 1]


@pytest.mark.parametrize(
    ("chain", "actual"),
    [
        ([Criterion("beauty")], ACTUAL),
        ([Criterion("duration", None, "hour")], ACTUAL),
        ([Criterion("prediction_error")], None),
    ],
)
def test_a_chain_that_cannot_be_applied_is_refused(chain, actual):
    with pytest.raises(RankingError):
        rank([candidate(1)], chain, actual)


def test_the_attempt_that_counts():
    attempts = [
        candidate(1, entrant=7, score="8", correct=8, ended_at=100),
        candidate(2, entrant=7, score="10", ended_at=200),
        candidate(3, entrant=7, score="9", correct=9, ended_at=300),
        candidate(4, entrant=8, score="5", correct=5, ended_at=50),
    ]
    chosen = {
        counted: [
            one.attempt_id
            for one in choose_counted(attempts, counted=counted, chain=DAK_LAK, actual=None)
        ]
        for counted in ("best", "first", "last")
    }
    assert chosen == {"best": [2, 4], "first": [1, 4], "last": [3, 4]}


def test_the_best_attempt_follows_the_whole_chain_then_the_earlier():
    attempts = [
        candidate(1, entrant=7, prediction=50, ended_at=100),
        candidate(2, entrant=7, prediction=99, ended_at=900),
        candidate(3, entrant=7, prediction=101, ended_at=300),
    ]
    chain = [Criterion("score"), Criterion("prediction_error")]
    assert choose_counted(attempts, counted="best", chain=chain, actual=ACTUAL) == [attempts[2]]


def test_an_attempt_all_correct_counts_before_a_nearer_prediction():
    attempts = [
        candidate(1, entrant=7, correct=9, prediction=100, ended_at=100),
        candidate(2, entrant=7, correct=10, prediction=50, ended_at=200),
    ]
    assert choose_counted(attempts, counted="best", chain=VCNET, actual=ACTUAL) == [attempts[1]]


candidate_lists = st.lists(
    st.builds(
        lambda **changes: changes,
        score=st.sampled_from(["8", "9", "10"]),
        correct=st.sampled_from([9, 10]),
        prediction=st.none() | st.integers(95, 105),
        duration_ms=st.integers(0, 3000),
        limit_ms=st.sampled_from([None, 3000, 9000]),
        ended_at=st.integers(0, 3000),
        attempts_used=st.integers(1, 2),
        birth_date=st.none() | st.dates(date(2000, 1, 1), date(2000, 1, 4)),
        lot=st.none() | st.integers(1, 3),
    ),
    max_size=12,
).map(lambda rows: [candidate(number, **row) for number, row in enumerate(rows)])

chains = st.lists(
    st.builds(
        Criterion,
        st.sampled_from(
            [
                "all_correct",
                "score",
                "prediction_error",
                "duration",
                "duration_share",
                "submitted_at",
                "age",
                "lot",
            ]
        ),
        st.sampled_from([None, "asc", "desc"]),
        st.sampled_from(["ms", "second"]),
    ),
    max_size=4,
)


def value_of(one, criterion):
    """What a criterion looks at, written down a second time."""
    unit = {"ms": 1, "second": 1000}[criterion.precision]
    return {
        "score": lambda: one.score,
        "prediction_error": lambda: (
            None if one.prediction is None else abs(one.prediction - ACTUAL)
        ),
        "duration": lambda: one.duration_ms // unit,
        "duration_share": lambda: (
            Fraction(one.duration_ms * 10_000, one.limit_ms).__floor__() if one.limit_ms else None
        ),
        "submitted_at": lambda: one.ended_at // unit,
        "age": lambda: None if one.birth_date is None else -one.birth_date.toordinal(),
        "lot": lambda: one.lot,
    }[criterion.kind]()


def compare(one, other, chain):
    """(−1, 0 or 1, the kind that decided)."""
    for criterion in chain:
        if criterion.kind == "all_correct":
            continue
        a, b = value_of(one, criterion), value_of(other, criterion)
        if a == b:
            continue
        if a is None or b is None:
            return (1 if a is None else -1), criterion.kind
        falling = (criterion.direction or DEFAULT_DIRECTIONS[criterion.kind]) == "desc"
        return (-1 if (a > b) == falling else 1), criterion.kind
    return 0, None


@given(candidate_lists, chains)
def test_ranks_are_those_of_comparing_two_by_two(candidates, chain):
    strict = any(criterion.kind == "all_correct" for criterion in chain)
    eligible = [one for one in candidates if one.all_correct or not strict]
    ranked = rank(candidates, chain, ACTUAL)
    assert sorted(one.candidate.attempt_id for one in ranked) == [
        one.attempt_id for one in eligible
    ]
    for one in ranked:
        against = [compare(other, one.candidate, chain)[0] for other in eligible]
        assert one.rank == 1 + against.count(-1)
        assert one.tied is (against.count(0) > 1)
    order = cmp_to_key(lambda a, b: compare(a, b, chain)[0])
    assert [one.candidate for one in ranked] == sorted(eligible, key=order)


@given(candidate_lists, chains)
def test_what_a_candidate_lost_by_is_the_first_difference_to_the_rank_above(candidates, chain):
    ranked = rank(candidates, chain, ACTUAL)
    for one in ranked:
        above = [other for other in ranked if other.rank < one.rank]
        if not above:
            assert one.lost_by is None
        else:
            assert one.lost_by == compare(above[-1].candidate, one.candidate, chain)[1]


@given(candidate_lists, chains, st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(candidates, chain, random):
    mixed = random.sample(candidates, len(candidates))
    assert rank(mixed, chain, ACTUAL) == rank(candidates, chain, ACTUAL)


@given(candidate_lists, chains, st.sampled_from(["best", "first", "last"]))
def test_one_attempt_counts_per_entrant(candidates, chain, counted):
    attempts = [replace(one, entrant_id=one.attempt_id % 3) for one in candidates]
    chosen = choose_counted(attempts, counted=counted, chain=chain, actual=ACTUAL)
    assert [one.entrant_id for one in chosen] == sorted({one.entrant_id for one in attempts})
    for one in chosen:
        own = [other for other in attempts if other.entrant_id == one.entrant_id]
        if counted != "best":
            pick = min if counted == "first" else max
            assert one == pick(own, key=lambda other: (other.ended_at, other.attempt_id))
        elif rank(own, chain, ACTUAL):
            assert one in [r.candidate for r in rank(own, chain, ACTUAL) if r.rank == 1]


def test_who_was_given_less_time_is_measured_by_their_own_limit():
    candidates = [
        candidate(1, duration_ms=300_000, limit_ms=900_000),
        candidate(2, duration_ms=250_000, limit_ms=500_000),
        candidate(3, duration_ms=301_000, limit_ms=903_000),
        candidate(4, duration_ms=1, limit_ms=0),
    ]
    assert placed(candidates, [Criterion("duration_share")]) == [
        (1, 1, True, None),
        (3, 1, True, None),
        (2, 3, False, "duration_share"),
        (4, 4, False, "duration_share"),
    ]


@pytest.mark.parametrize(
    ("precision", "tied"), [("second", False), ("month", False), ("year", True)]
)
def test_age_is_cut_to_the_month_or_year_of_birth(precision, tied):
    born = {1: date(1980, 2, 28), 2: date(1980, 3, 1)}
    candidates = [candidate(number, birth_date=day) for number, day in born.items()]
    ranked = rank(candidates, [Criterion("age", None, precision)], None)
    assert [one.tied for one in ranked] == [tied, tied]
