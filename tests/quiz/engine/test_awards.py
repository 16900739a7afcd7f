from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.awards import (
    MOVED_UP,
    RESERVE,
    Award,
    Awards,
    Skipped,
    SkipReason,
    UnresolvedTie,
    award,
)
from quiz.rules.schema import PrizeTier
from tests.quiz.engine.candidates import ranked_list


class Tier(NamedTuple):
    code: str
    count: int


TIERS = [Tier("nhat", 1), Tier("nhi", 2), Tier("ba", 3)]


def given_to(awards):
    return [(one.tier, one.entrant, one.rank, one.place, one.note) for one in awards]


def test_tiers_are_given_down_the_ranking_then_the_reserves():
    result = award(ranked=ranked_list(1, 2, 3, 4, 5, 6, 7, 8, 9), tiers=TIERS, reserves=2)
    assert given_to(result.awards) == [
        ("nhat", 1, 1, 1, ""),
        ("nhi", 2, 2, 2, ""),
        ("nhi", 3, 3, 3, ""),
        ("ba", 4, 4, 4, ""),
        ("ba", 5, 5, 5, ""),
        ("ba", 6, 6, 6, ""),
    ]
    assert result.reserves == [Award(RESERVE, 7, 7, 7, 1), Award(RESERVE, 8, 8, 8, 2)]
    assert (result.skipped, result.unresolved_ties) == ([], [])


def test_the_tiers_of_the_rules_are_read_as_they_are():
    tiers = [PrizeTier(code="nhat", name="Giải Nhất", count=1, money=5_000_000)]
    result = award(ranked=ranked_list(1, 2), tiers=tiers)
    assert given_to(result.awards) == [("nhat", 1, 1, 1, "")]


def test_who_may_not_win_is_skipped_with_the_reason_and_others_move_up():
    result = award(
        ranked=ranked_list(1, 2, 3, 4), tiers=TIERS[:2], may_not_win={1}, already_awarded={3}
    )
    assert given_to(result.awards) == [("nhat", 2, 2, 1, MOVED_UP), ("nhi", 4, 4, 2, MOVED_UP)]
    assert result.skipped == [
        Skipped(1, 1, 1, SkipReason.MAY_NOT_WIN),
        Skipped(3, 3, 3, SkipReason.ALREADY_AWARDED),
    ]


def test_a_better_place_in_the_same_tier_is_no_moving_up():
    result = award(ranked=ranked_list(1, 2, 3), tiers=[Tier("nhat", 2)], may_not_win={1})
    assert given_to(result.awards) == [("nhat", 2, 2, 1, ""), ("nhat", 3, 3, 2, MOVED_UP)]


def test_a_reserve_is_not_said_to_have_moved_up():
    result = award(ranked=ranked_list(1, 2, 3), tiers=TIERS[:1], may_not_win={2}, reserves=1)
    assert result.reserves == [Award(RESERVE, 3, 3, 3, 1, note="")]


def test_may_not_win_is_told_before_having_won():
    result = award(ranked=ranked_list(1), tiers=TIERS, may_not_win={1}, already_awarded={1})
    assert result == Awards(skipped=[Skipped(1, 1, 1, SkipReason.MAY_NOT_WIN)])


@pytest.mark.parametrize(("per_person", "winner"), [("contest", 2), ("round", 2), ("none", 1)])
def test_winning_again_is_as_the_rules_say(per_person, winner):
    result = award(
        ranked=ranked_list(1, 2), tiers=TIERS[:1], already_awarded={1}, per_person=per_person
    )
    assert [one.entrant for one in result.awards] == [winner]


def test_those_behind_the_last_place_are_not_listed_as_skipped():
    result = award(ranked=ranked_list(1, 2, 3), tiers=TIERS[:1], reserves=1, may_not_win={3})
    assert result.skipped == []


def test_a_tie_within_one_tier_is_no_matter():
    result = award(ranked=ranked_list(1, 2, 2, 4), tiers=TIERS[:2])
    assert given_to(result.awards) == [
        ("nhat", 1, 1, 1, ""),
        ("nhi", 2, 2, 2, ""),
        ("nhi", 3, 2, 3, ""),
    ]
    assert result.unresolved_ties == []


def test_a_tie_across_two_tiers_is_named_and_its_places_held_free():
    result = award(ranked=ranked_list(1, 1, 1, 4), tiers=TIERS)
    assert result.unresolved_ties == [
        UnresolvedTie(1, (1, 2, 3), (1, 2, 3), (("nhat", 1), ("nhi", 2)))
    ]
    assert given_to(result.awards) == [("ba", 4, 4, 4, "")]


def test_a_tie_for_the_last_prize_is_named_with_what_is_left():
    result = award(ranked=ranked_list(1, 2, 2, 2), tiers=[Tier("nhat", 2)], reserves=1)
    assert result.unresolved_ties == [
        UnresolvedTie(2, (2, 3, 4), (2, 3, 4), (("nhat", 1), (RESERVE, 1)))
    ]
    assert given_to(result.awards) == [("nhat", 1, 1, 1, "")]
    assert result.reserves == []


def test_a_tie_for_the_last_reserve_is_named_too():
    result = award(ranked=ranked_list(1, 2, 2), tiers=[Tier("nhat", 1)], reserves=1)
    assert result.unresolved_ties == [UnresolvedTie(2, (2, 3), (2, 3), ((RESERVE, 1),))]


def test_a_tie_that_skipping_dissolves_is_none():
    result = award(ranked=ranked_list(1, 1), tiers=TIERS[:1], may_not_win={1})
    assert given_to(result.awards) == [("nhat", 2, 1, 1, "")]
    assert result.unresolved_ties == []


@pytest.mark.parametrize(
    ("entrants", "percent", "expected"),
    [
        (100, None, ["nhat", "nhi", "nhi", "ba", "ba", "ba"]),
        (8, 50, ["nhat", "nhi", "nhi", "ba"]),
        (7, 50, ["nhat", "nhi", "nhi"]),
        (1, 50, []),
        (100, 50, ["nhat", "nhi", "nhi", "ba", "ba", "ba"]),
    ],
)
def test_prizes_are_capped_by_the_share_of_entrants(entrants, percent, expected):
    result = award(
        ranked=ranked_list(*range(1, 9)),
        tiers=TIERS,
        max_share_percent=percent,
        entrant_count=entrants,
        reserves=1,
    )
    assert [one.tier for one in result.awards] == expected
    assert [one.entrant for one in result.reserves] == [len(expected) + 1]


def test_fewer_entrants_than_prizes_leave_prizes_over():
    assert given_to(award(ranked=ranked_list(1), tiers=TIERS).awards) == [("nhat", 1, 1, 1, "")]
    assert award(ranked=[], tiers=TIERS, reserves=3) == Awards()


@st.composite
def contests(draw):
    sizes = draw(st.lists(st.integers(1, 4), max_size=6))
    ranks = [1 + sum(sizes[:i]) for i, size in enumerate(sizes) for _member in range(size)]
    entrants = range(1, len(ranks) + 1)
    barred = st.sets(st.sampled_from(entrants), max_size=4) if ranks else st.just(set())
    return {
        "ranked": ranked_list(*ranks),
        "tiers": [Tier(code, draw(st.integers(0, 3))) for code in ("nhat", "nhi", "ba")],
        "already_awarded": draw(barred),
        "may_not_win": draw(barred),
        "reserves": draw(st.integers(0, 3)),
        "max_share_percent": draw(st.none() | st.integers(1, 100)),
        "entrant_count": len(ranks),
    }


def oracle(contest):
    """Every place with the rank that stands there, skipping the barred: one line per place."""
    barred = contest["already_awarded"] | contest["may_not_win"]
    tiers = [tier.code for tier in contest["tiers"] for _one in range(tier.count)]
    if contest["max_share_percent"] is not None:
        tiers = tiers[: contest["entrant_count"] * contest["max_share_percent"] // 100]
    places = tiers + [RESERVE] * contest["reserves"]
    queue = [r for r in contest["ranked"] if r.candidate.entrant_id not in barred]
    behind = [None] * max(0, len(queue) - len(places))
    by_rank = {}
    for member, place in zip(queue, places + behind, strict=False):
        by_rank.setdefault(member.rank, []).append((member.candidate.entrant_id, place))
    return by_rank


@given(contests())
def test_awards_are_those_of_laying_the_list_beside_the_places(contest):
    result = award(**contest)
    expected_awards, expected_ties = [], []
    for members in oracle(contest).values():
        places = [place for _entrant, place in members]
        if len(set(places)) > 1:
            expected_ties.append(tuple(entrant for entrant, _place in members))
        elif places[0] is not None:
            expected_awards += [(entrant, place) for entrant, place in members]
    given_awards = [(one.entrant, one.tier) for one in result.awards + result.reserves]
    assert given_awards == expected_awards
    assert [tie.entrants for tie in result.unresolved_ties] == expected_ties


@given(contests())
def test_nobody_barred_wins_and_nobody_wins_twice(contest):
    result = award(**contest)
    winners = [one.entrant for one in result.awards + result.reserves]
    assert len(set(winners)) == len(winners)
    barred = contest["already_awarded"] | contest["may_not_win"]
    assert set(winners) & barred == set()
    assert {one.entrant for one in result.skipped} <= barred
