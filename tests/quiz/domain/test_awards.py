"""Prizes from the ranking: who gets one, who may not, and which ties they hang on."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from accounts.errors import NotAllowed
from quiz.domain.awards import open_ties, propose_awards
from quiz.domain.count_secrecy import open_counts
from quiz.domain.duplicates import keep_earliest
from quiz.domain.entrants import add_may_not_win
from quiz.domain.prize_bars import barred_entrants, winners_elsewhere
from quiz.domain.round_closing import mark_and_rank
from quiz.domain.ties import decide_tie
from quiz.enums import AwardKind
from quiz.errors import RoundNotReady
from quiz.models import Award, DuplicateCase, Entrant, Round
from quiz.rules.document import PrizeTier
from tests.factories import OpenContest, make_open_contest, make_person, make_rules
from tests.results_factory import Entry, Person, attempts_of, close, make_entrants

pytestmark = pytest.mark.django_db

TIERS = [
    PrizeTier(code="nhat", name="Giải Nhất", count=1, money=2_000_000),
    PrizeTier(code="nhi", name="Giải Nhì", count=2, money=1_000_000),
]


def contest(**result) -> OpenContest:
    return make_open_contest(rules=make_rules(result={"prizes": TIERS, "reserves": 1} | result))


def enter(made: OpenContest, seconds: list[int], **fields) -> list[Entrant]:
    """Entrants with all answers right who differ in their time alone."""
    return make_entrants(
        made, [Person(birth_date=None, entries=[Entry(seconds=s)], **fields) for s in seconds]
    )


def given(made: OpenContest) -> list[tuple[str, int, int]]:
    """(tier, place, entrant) of the round, prizes before reserves."""
    found = Award.objects.filter(round=made.round).order_by("kind", "place")
    return list(found.values_list("tier", "place", "entrant_id"))


def test_prizes_go_down_the_ranking_and_reserves_follow():
    made = contest()
    four, one, three, two, _five = [e.pk for e in enter(made, [40, 10, 30, 20, 50])]
    close(made)
    assert propose_awards(round=made.round, user=made.organiser) == []
    assert given(made) == [
        ("nhat", 1, one),
        ("nhi", 2, two),
        ("nhi", 3, three),
        ("reserve", 1, four),
    ]
    first = Award.objects.get(kind=AwardKind.PRIZE, place=1)
    assert (first.tier_name, first.money, first.rank) == ("Giải Nhất", 2_000_000, 1)
    assert Award.objects.get(kind=AwardKind.RESERVE).money == 0


def test_proposing_again_replaces_the_proposal():
    made = contest()
    enter(made, [10, 20, 30, 40])
    close(made)
    for _time in range(2):
        propose_awards(round=made.round, user=made.organiser)
    assert len(given(made)) == 4


def test_who_may_not_win_is_passed_over():
    made = contest()
    people = [
        Person(staff_code="CB01", entries=[Entry(seconds=1)]),
        Person(full_name="Lê Ra Đề", birth_date=date(1980, 2, 3), entries=[Entry(seconds=2)]),
        Person(full_name="Lê Ra Đề", birth_date=date(1980, 2, 4), entries=[Entry(seconds=3)]),
        Person(may_win=False, entries=[Entry(seconds=4)]),
        Person(entries=[Entry(seconds=5)]),
    ]
    entrants = make_entrants(made, people)
    for fields in ({"staff_code": "cb01"}, {"birth_date": date(1980, 2, 3)}):
        add_may_not_win(
            contest=made.contest,
            full_name="lê ra đề",
            reason="Tổ ra đề",
            user=made.organiser,
            **fields,
        )
    assert barred_entrants(round=made.round) == {e.pk for e in (*entrants[:2], entrants[3])}
    close(made)
    DuplicateCase.objects.all().delete()
    propose_awards(round=made.round, user=made.organiser)
    assert given(made) == [("nhat", 1, entrants[2].pk), ("nhi", 2, entrants[4].pk)]


def test_who_opened_the_counts_can_not_win():
    made = contest()
    people = [
        Person(full_name="Trần Tổ Chức", staff_code="TC7"),
        Person(full_name="Trần Tổ Chức", unit=made.unit),
        Person(full_name="Trần Tổ Chức"),
    ]
    by_code, by_name, _namesake = make_entrants(made, people)
    opener = make_person("organiser", unit=made.unit, username="tc7", full_name="TRẦN TỔ CHỨC")
    open_counts(user=opener, contest=made.contest)
    assert barred_entrants(round=made.round) == {by_code.pk, by_name.pk}


def test_a_prize_in_an_earlier_round_stands_against_another():
    made = contest()
    entrants = enter(made, [10, 20, 30])
    earlier = Round.objects.create(
        contest=made.contest,
        number=9,
        name="Vòng trước",
        opens_at=made.round.opens_at,
        closes_at=made.round.closes_at,
    )
    Award.objects.create(
        round=earlier,
        group=made.groups[0],
        entrant=entrants[0],
        attempt_id=attempts_of(entrants[0])[0],
        tier="nhat",
        tier_name="Giải Nhất",
        place=1,
        rank=1,
    )
    close(made)
    propose_awards(round=made.round, user=made.organiser)
    assert given(made) == [("nhat", 1, entrants[1].pk), ("nhi", 2, entrants[2].pk)]


def test_prizes_are_capped_by_a_share_of_the_entrants():
    made = contest(max_share_percent=34, reserves=0)
    entrants = enter(made, [10, 20, 30, 40, 50, 60])
    close(made)
    propose_awards(round=made.round, user=made.organiser)
    assert given(made) == [("nhat", 1, entrants[0].pk), ("nhi", 2, entrants[1].pk)]


def test_a_tie_across_a_boundary_is_left_open_until_decided():
    made = contest()
    one, two, three, four = enter(made, [10, 10, 20, 30])
    close(made)
    [tie] = propose_awards(round=made.round, user=made.organiser)
    assert tie.group == made.groups[0]
    assert (tie.tie.rank, tie.tie.entrants) == (1, (one.pk, two.pk))
    assert tie.tie.places == (("nhat", 1), ("nhi", 1))
    assert given(made) == [("nhi", 3, three.pk), ("reserve", 1, four.pk)]
    decide_tie(
        round=made.round,
        group=made.groups[0],
        order=attempts_of(two) + attempts_of(one),
        minutes="BB 02",
        user=made.organiser,
    )
    mark_and_rank(round=made.round)
    assert open_ties(round=made.round) == []
    propose_awards(round=made.round, user=made.organiser)
    assert given(made) == [
        ("nhat", 1, two.pk),
        ("nhi", 2, one.pk),
        ("nhi", 3, three.pk),
        ("reserve", 1, four.pk),
    ]


def test_a_tie_inside_one_tier_or_for_a_reserve_needs_no_decision():
    made = contest()
    enter(made, [10, 20, 20, 30, 30])
    close(made)
    assert propose_awards(round=made.round, user=made.organiser) == []
    assert [tier for tier, _place, _who in given(made)] == ["nhat", "nhi", "nhi"]


def test_duplicates_make_room():
    made = contest()
    people = [
        Person(identity="một", birth_date=None, registered=1, entries=[Entry(seconds=10)]),
        Person(identity="một", birth_date=None, entries=[Entry(seconds=20)]),
        Person(birth_date=None, entries=[Entry(seconds=15)]),
    ]
    _late, kept, other = make_entrants(made, people)
    close(made)
    keep_earliest(cases=DuplicateCase.objects.all(), user=made.organiser, now=timezone.now())
    mark_and_rank(round=made.round)
    propose_awards(round=made.round, user=made.organiser)
    assert given(made) == [("nhat", 1, other.pk), ("nhi", 2, kept.pk)]


def test_each_group_has_its_own_prizes():
    made = make_open_contest(
        rules=make_rules(
            groups=("can-bo", "dan"),
            result={
                "prizes": [
                    PrizeTier(code="nhat", name="Giải Nhất", count=1, group="dan"),
                    PrizeTier(code="cb", name="Giải cán bộ", count=1, group="can-bo"),
                ],
                "reserves": 0,
            },
        )
    )
    [officer] = enter(made, [10], group="can-bo")
    [citizen] = enter(made, [20], group="dan")
    close(made)
    propose_awards(round=made.round, user=made.organiser)
    assert sorted(given(made)) == [("cb", 1, officer.pk), ("nhat", 1, citizen.pk)]


def test_only_a_closed_round_of_ones_own():
    made = contest()
    enter(made, [10])
    with pytest.raises(RoundNotReady):
        propose_awards(round=made.round, user=made.organiser)
    close(made)
    with pytest.raises(NotAllowed):
        propose_awards(round=made.round, user=make_person())


def test_a_winner_of_the_year_wins_nothing_in_another_contest_of_the_unit():
    rules = make_rules(result={"one_prize_per": "year"})
    earlier = make_open_contest(rules=rules)
    first, second = (
        Person(staff_code="CB01", birth_date=None),
        Person(birth_date=None, entries=[Entry(seconds=200)]),
    )
    make_entrants(earlier, [first, second])
    close(earlier)
    propose_awards(round=earlier.round, user=earlier.organiser)
    later = make_open_contest(rules=rules, unit=earlier.unit)
    again, other = make_entrants(
        later, [Person(staff_code="cb01", birth_date=None), replace(second, staff_code="CB02")]
    )
    close(later)
    propose_awards(round=later.round, user=later.organiser)
    assert [award.entrant for award in later.round.awards.filter(kind="prize")] == [other]
    assert again.pk in winners_elsewhere(
        round=later.round, rules=rules, groups=[group.pk for group in later.groups]
    )
