"""A prize by age said to be certain never moves: against every way in which open cases can end."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.engine.awards import award, lay_out, prize_cap
from quiz.engine.certainty import NOTHING, outlooks, spans
from quiz.engine.certainty_ages import (
    AgePrize,
    Contender,
    age_outlooks,
    with_earlier,
)
from quiz.engine.ranking import Criterion, choose_counted, rank
from quiz.engine.side_prizes import Aged, SidePrize, award_side
from quiz.rules.schema import PrizeTier
from tests.quiz.engine.candidates import candidate
from tests.quiz.engine.test_certainty import attempts_of, endings, some_people, true_value

PLACES = [PrizeTier(code="nhat", name="Nhất", count=1)]
OLDEST = PrizeTier(code="cao", name="Cao tuổi", count=1, by="oldest")
YOUNGEST = PrizeTier(code="tre", name="Trẻ tuổi", count=2, by="youngest")
CHAIN = [Criterion("score"), Criterion("prediction_error"), Criterion("duration")]
BORN = date(1950, 1, 1)


def given_prizes(attempts, tiers, rule):
    """{(entrant, tier)} of one ending by the platform's own awarding, and whether a tie waits."""
    actual = true_value(attempts, "took_part", 0)
    chosen = choose_counted(attempts, counted=rule["counted"], chain=rule["chain"], actual=actual)
    ranked = rank(chosen, rule["chain"], actual)
    persons = len({one.entrant_id for one in attempts})
    common = {"may_not_win": rule["barred"]}
    places = award(
        ranked=ranked,
        tiers=PLACES,
        per_person="contest" if rule["once"] else "none",
        max_share_percent=rule["cap"],
        entrant_count=persons,
        **common,
    )
    counts = lay_out((*PLACES, *tiers), prize_cap(rule["cap"], persons))[1:]
    aged = [
        Aged(one.candidate.entrant_id, one.candidate.attempt_id, one.rank, born)
        for one in ranked
        if (born := one.candidate.birth_date) is not None
    ]
    side = award_side(
        prizes=[
            SidePrize(
                tier,
                sorted(
                    sorted(aged, key=lambda one: one.rank),
                    key=lambda one: one.born,
                    reverse=tier.by == "youngest",
                ),
            )
            for tier in tiers
        ],
        counts=[count for _code, count in counts],
        first_place=1,
        barred=rule["barred"],
        winners={one.entrant for one in places.awards},
        once=rule["once"],
        **common,
    )
    waits = bool(places.unresolved_ties or side.unresolved_ties)
    return {(one.entrant, one.tier) for one in side.awards}, waits


def told(attempts, doubtful, tiers, rule, alike=()):
    ends = list(endings(attempts, doubtful, alike))
    values = [true_value(left, "took_part", 0) for left in ends]
    caps = [prize_cap(rule["cap"], int(count)) for count in (min(values), max(values))]
    layouts = [lay_out((*PLACES, *tiers), cap) for cap in caps]
    bounds = (min(values), max(values))
    standing = spans(attempts, counted=rule["counted"], chain=rule["chain"], bounds=bounds)
    doubts = {entrant: (entrant,) for entrant in doubtful}
    common = {"doubts": doubts, "one_stays": alike}
    places = outlooks(
        standing, barred=rule["barred"], layouts=[one[:1] for one in layouts], **common
    )
    contenders = [
        Contender(who, own[0][0].birth_date, own)
        for who, own in standing.items()
        if who not in rule["barred"] and own[0][0].birth_date is not None
    ]
    earlier = with_earlier({}, places) if rule["once"] else {}
    found = []
    for number, tier in enumerate(tiers, start=1):
        counts = (layouts[0][number][1], layouts[1][number][1])
        prize = AgePrize(tier.code, tier.by == "youngest", counts)
        some = age_outlooks(prize, contenders, earlier=earlier, **common)
        found += some
        earlier = with_earlier(earlier, some) if rule["once"] else {}
    return found


ages = some_people(
    most=7,
    attempts=2,
    prediction=st.sampled_from([1, 3, 5, 6]),
    birth_date=st.none(),
)
rules = st.fixed_dictionaries(
    {
        "chain": st.sampled_from([CHAIN, CHAIN[:1], CHAIN[1:], [Criterion("all_correct"), *CHAIN]]),
        "counted": st.sampled_from(["best", "first"]),
        "barred": st.sets(st.integers(1, 7), max_size=2),
        "cap": st.sampled_from([None, 40, 60]),
        "once": st.booleans(),
    }
)
prizes = st.lists(st.sampled_from([OLDEST, YOUNGEST]), min_size=1, max_size=2, unique_by=id)


@settings(max_examples=400, deadline=None)
@given(ages, rules, prizes, st.sets(st.integers(1, 7), max_size=4), st.booleans(), st.data())
def test_a_prize_by_age_said_to_be_certain_never_moves(rows, rule, tiers, doubtful, pairs, data):
    born = [
        None if days is None else BORN + timedelta(days=days)
        for days in data.draw(
            st.lists(st.none() | st.integers(0, 2), min_size=len(rows), max_size=len(rows))
        )
    ]
    rows = [[one | {"birth_date": day} for one in own] for own, day in zip(rows, born, strict=True)]
    attempts = attempts_of(rows)
    doubtful = {one for one in doubtful if one <= len(rows)}
    alike = [set(two) for two in zip(*[iter(sorted(doubtful))] * 2, strict=False)] if pairs else []
    outlook = {
        (one.entrant, one.tiers[0]): one for one in told(attempts, doubtful, tiers, rule, alike)
    }
    certain = {key for key, one in outlook.items() if one.certain}
    for left in endings(attempts, doubtful, alike):
        won, waits = given_prizes(left, tiers, rule)
        assert won <= outlook.keys()
        missing = certain - won
        assert not missing or (waits and all(outlook[key].tied for key in missing))
        if not doubtful and not waits:
            assert certain == won


def people_born(*years):
    return [
        candidate(n, duration_ms=1000 * n, prediction=5, birth_date=date(year, 1, 1))
        for n, year in enumerate(years, start=1)
    ]


USUAL = {"chain": CHAIN, "counted": "best", "barred": set(), "cap": None, "once": True}


def seen(*args, **kwargs):
    return [(one.entrant, one.tiers, one.cases) for one in told(*args, **kwargs)]


def test_the_oldest_in_doubt_makes_way_for_the_next():
    people = people_born(1990, 1940, 1950, 1960)
    assert seen(people, {2}, [OLDEST], USUAL) == [
        (2, ("cao", NOTHING), (2,)),
        (3, ("cao", NOTHING), (2,)),
    ]
    assert seen(people, {3}, [OLDEST], USUAL) == [(2, ("cao",), ())]


def test_a_case_about_a_prize_for_a_place_reaches_the_prize_by_age():
    """The second by rank is the oldest: without the first, they win the place instead."""
    people = people_born(1990, 1940, 1950, 1960)
    found = told(people, {1}, [OLDEST], USUAL)
    assert Counter((one.entrant, one.cases) for one in found) == Counter([(2, (1,)), (3, (1,))])
    assert seen(people, {1}, [OLDEST], USUAL | {"once": False}) == [(2, ("cao",), ())]


def test_of_two_registrations_of_the_oldest_one_stays():
    people = people_born(1990, 1940, 1941, 1960)
    assert [one[0] for one in seen(people, {2, 3}, [OLDEST], USUAL, alike=[{2, 3}])] == [2, 3]
    assert [one[0] for one in seen(people, {2, 3}, [OLDEST], USUAL)] == [2, 3, 4]


def test_equal_in_birth_date_and_rank_waits_for_lot_or_board():
    people = [candidate(n, prediction=5, duration_ms=1000, birth_date=BORN) for n in range(1, 3)]
    found = told(people, set(), [OLDEST], USUAL | {"once": False})
    assert [(one.tiers, one.tied, one.cases) for one in found] == [(("cao", NOTHING), True, ())] * 2
