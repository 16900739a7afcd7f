"""Synthetic contests are ranked and awarded as real ones, and never give more than is allowed."""

from decimal import Decimal
from random import Random
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.engine.ranking import Criterion
from quiz.engine.simulation import TIED, Assumptions, GroupPlan, TrialPlan, run_trial
from quiz.engine.synthetic import Crowd, Sitting, draw_count


class Tier(NamedTuple):
    code: str
    count: int


TIERS = (Tier("nhat", 1), Tier("nhi", 2), Tier("ba", 3))


def chain(*kinds):
    return [Criterion(kind) for kind in kinds]


def plan(*kinds, **changes):
    values = {
        "chain": chain(*kinds),
        "groups": [GroupPlan("dan", 10, TIERS)],
        "reserves": 5,
        "limit_ms": 900_000,
        "predicted": "all_correct",
    }
    return TrialPlan(**(values | changes))


def assumed(entrants=200, perfect=59, **changes):
    return Assumptions(entrants, perfect, **({"contests": 20} | changes))


def test_score_alone_leaves_every_prize_to_the_lot():
    tally = run_trial(plan("score", "lot"), assumed())
    assert tally.tied == tally.awardings == 20
    assert {key: edge.decided for key, edge in tally.edges.items()} == {
        "dan/nhat": {TIED: 20},
        "dan/nhi": {TIED: 20},
        "dan/ba": {TIED: 20},
    }
    assert 90 < tally.edges["dan/nhat"].most_tied < 150


def test_a_moment_to_the_millisecond_leaves_no_tie():
    precise = [Criterion("score"), Criterion("submitted_at", precision="ms"), Criterion("lot")]
    tally = run_trial(plan(chain=precise), assumed())
    assert tally.tied == 0
    assert tally.edges["dan/ba"].decided == {"submitted_at": 20}


def test_the_same_seed_gives_the_same_contests_and_another_others():
    tried = plan("score", "prediction_error", "duration", "lot")
    assert run_trial(tried, assumed(seed=3)) == run_trial(tried, assumed(seed=3))
    assert run_trial(tried, assumed(seed=3)) != run_trial(tried, assumed(seed=4))


def test_a_share_of_few_entrants_leaves_prizes_out():
    tally = run_trial(plan("score", "lot", max_share_percent=50), assumed(entrants=10))
    assert (tally.cut, tally.prizes) == (20, 20 * 5)


def test_where_only_perfect_papers_count_their_lack_leaves_prizes_out():
    tally = run_trial(plan("all_correct", "lot"), assumed(perfect=0))
    assert (tally.short, tally.prizes, tally.tied) == (20, 0, 0)


def test_winners_come_back_and_are_passed_over_only_where_one_prize_is_the_limit():
    kinds = ("score", "registered_at", "lot")
    limited = run_trial(plan(*kinds), assumed(rounds=3))
    free = run_trial(plan(*kinds, per_person="none"), assumed(rounds=3))
    assert 300 < limited.winners_skipped <= 20 * (6 + 12)  # the earliest registered mostly stay so
    assert (free.winners_skipped, free.awardings) == (0, 60)
    assert limited.deepest >= 18
    assert free.deepest < 18


def test_one_person_more_or_less_matters_only_where_the_prediction_ranks():
    assert run_trial(plan("score", "duration", "lot"), assumed()).shifts == 0
    tally = run_trial(plan("score", "prediction_error", "lot"), assumed())
    assert tally.shifts == 2 * tally.awardings
    assert 0 < tally.shifted <= tally.shifts


def test_progress_is_told_contest_by_contest():
    told = []
    run_trial(
        plan("score", "lot"), assumed(contests=3), lambda done, total: told.append((done, total))
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


_kinds = st.permutations(
    ["prediction_error", "duration", "submitted_at", "attempts_used", "registered_at", "age"]
)


@st.composite
def _plans(draw):
    measure = draw(st.sampled_from(["score", "all_correct"]))
    kinds = [measure, *draw(_kinds)[: draw(st.integers(0, 3))], "lot"]
    return plan(
        chain=[Criterion(k, precision=draw(st.sampled_from(["minute", "second"]))) for k in kinds],
        groups=[
            GroupPlan(code, 10, TIERS) for code in ("dan", "can-bo")[: draw(st.integers(1, 2))]
        ],
        per_person=draw(st.sampled_from(["contest", "round", "none"])),
        reserves=draw(st.integers(0, 5)),
        max_share_percent=draw(st.none() | st.integers(1, 100)),
        attempts=draw(st.none() | st.integers(1, 5)),
        predicted=draw(st.sampled_from(["took_part", "all_correct", "percent_all_correct"])),
        decimals=draw(st.integers(0, 2)),
        over_groups=draw(st.booleans()),
    )


@settings(max_examples=60, deadline=None)
@given(_plans(), st.integers(10, 80), st.integers(0, 100), st.integers(1, 3))
def test_no_rules_ever_give_more_than_their_limits(tried, entrants, perfect, rounds):
    tally = run_trial(tried, assumed(entrants, perfect, rounds=rounds, contests=2))
    assert tally.over_limit == 0
    assert tally.awardings == 2 * rounds * len(tried.groups)
    share = tried.max_share_percent
    most = 6 if share is None else min(6, entrants * share // 100)
    assert tally.prizes <= most * tally.awardings
    if tried.chain[0].kind == "score" and rounds == 1 and share is None:
        assert tally.prizes == 6 * tally.awardings


class Watched(Crowd):
    """A crowd that keeps every duration it drew."""

    def __init__(self, *given):
        self.seen = []
        super().__init__(*given)

    def _duration(self):
        self.seen.append(super()._duration())
        return self.seen[-1]


@given(st.integers(), st.sampled_from([1000, 60_000]), st.integers(1, 40))
def test_sifting_keeps_the_first_of_the_crowd_and_all_who_are_level_with_the_last(
    seed, unit, wanted
):
    precision = {1000: "second", 60_000: "minute"}[unit]
    sitting = Sitting(
        group="dan",
        items=10,
        chain=[Criterion("score"), Criterion("duration", precision=precision), Criterion("lot")],
        limit_ms=900_000,
        attempts=1,
        actual=None,
        step=Decimal(1),
        decimals=0,
        percent=False,
    )
    crowd = Watched(Random(seed), sitting, 0)
    front = crowd.front(perfect=300, others=50, wanted=wanted)
    drawn = sorted(value // unit for value in crowd.seen[:300])
    expected = [value for value in drawn if value <= drawn[wanted - 1]]
    assert sorted(one.duration_ms // unit for one in front) == expected


@given(st.integers(0, 2000), st.integers(0, 100), st.integers())
def test_a_count_stays_within_its_crowd(among, percent, seed):
    drawn = draw_count(Random(seed), among, percent)
    assert 0 <= drawn <= among
    if percent in (0, 100):
        assert drawn == among * percent // 100
