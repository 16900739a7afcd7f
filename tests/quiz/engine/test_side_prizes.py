"""The oldest and the youngest of those who are ranked, after the prizes for places."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.awards import SideAwards
from quiz.engine.side_prizes import Aged, SidePrize, award_side
from quiz.rules.schema import PrizeTier

OLDEST = PrizeTier(code="cao", name="Người cao tuổi nhất", count=1, by="oldest")
YOUNGEST = PrizeTier(code="tre", name="Người trẻ tuổi nhất", count=1, by="youngest")


def aged(entrant: int, year: int, rank: int | None = None) -> Aged:
    return Aged(entrant, 100 + entrant, entrant if rank is None else rank, date(year, 1, 1))


def give(people: list[Aged], *tiers: PrizeTier, **fields) -> SideAwards:
    prizes = [
        SidePrize(
            tier,
            sorted(
                sorted(people, key=lambda one: one.rank),
                key=lambda one: one.born,
                reverse=tier.by == "youngest",
            ),
        )
        for tier in tiers
    ]
    usual = {"barred": set(), "may_not_win": set(), "winners": set(), "once": True}
    counts = [tier.count for tier in tiers]
    return award_side(prizes=prizes, counts=counts, first_place=4, **(usual | fields))


def won(found: SideAwards) -> list[tuple[str, int, int]]:
    return [(one.tier, one.entrant, one.place) for one in found.awards]


def test_places_go_on_behind_the_prizes_for_places():
    people = [aged(1, 1990), aged(2, 1950), aged(3, 2010)]
    assert won(give(people, OLDEST, YOUNGEST)) == [("cao", 2, 4), ("tre", 3, 5)]


def test_who_has_a_prize_already_is_passed_over_and_listed():
    people = [aged(1, 1940), aged(2, 1950), aged(3, 1960)]
    found = give(people, OLDEST, winners={1}, barred={2}, may_not_win={2})
    assert won(found) == [("cao", 3, 4)]
    assert [(one.entrant, one.reason) for one in found.skipped] == [
        (1, "already_awarded"),
        (2, "may_not_win"),
    ]


def test_without_a_limit_a_winner_gets_the_side_prize_too():
    assert won(give([aged(1, 1940), aged(2, 1950)], OLDEST, winners={1}, once=False)) == [
        ("cao", 1, 4)
    ]


def test_equal_birth_dates_are_told_apart_by_the_rank():
    assert won(give([aged(1, 1950, rank=9), aged(2, 1950, rank=8)], OLDEST)) == [("cao", 2, 4)]


def test_who_is_equal_in_both_is_tied_and_the_place_stays_free():
    found = give([aged(1, 1950, rank=7), aged(2, 1950, rank=7), aged(3, 2000)], OLDEST, YOUNGEST)
    [tie] = found.unresolved_ties
    assert (tie.rank, tie.entrants, tie.places) == (7, (1, 2), (("cao", 1),))
    assert won(found) == [("tre", 3, 5)]


def test_one_person_alone_gets_one_side_prize():
    found = give([aged(1, 1950)], OLDEST, YOUNGEST)
    assert won(found) == [("cao", 1, 4)]


def test_who_was_erased_keeps_the_place_of_the_signed_list():
    people = [aged(1, 1940), aged(2, 1950), aged(3, 1960)]
    two = OLDEST.model_copy(update={"count": 2})

    def give_two(*held: tuple[int, Aged], **fields) -> list[tuple[str, int, int]]:
        usual = {"barred": set(), "may_not_win": set(), "winners": set(), "once": True}
        prize = SidePrize(two, people, held)
        return won(award_side(prizes=[prize], counts=[2], first_place=4, **(usual | fields)))

    assert give_two((0, aged(9, 1945))) == [("cao", 9, 4), ("cao", 1, 5)]
    assert give_two((1, aged(9, 1945))) == [("cao", 1, 4), ("cao", 9, 5)]
    assert give_two((1, aged(9, 1945)), barred={9}) == [("cao", 1, 4), ("cao", 2, 5)]
    assert give_two((1, aged(9, 1945)), winners={9}) == [("cao", 1, 4), ("cao", 2, 5)]


@given(
    st.lists(st.tuples(st.integers(1940, 1944), st.integers(1, 5)), max_size=12),
    st.sets(st.integers(0, 11)),
)
def test_nobody_older_who_may_win_goes_without(rows, barred):
    people = [aged(at, year, rank) for at, (year, rank) in enumerate(rows)]
    found = give(people, OLDEST, barred=barred, may_not_win=barred)
    free = [one for one in people if one.entrant not in barred]
    first = min(((one.born, one.rank) for one in free), default=None)
    best = [one.entrant for one in free if (one.born, one.rank) == first]
    assert [one.entrant for one in found.awards] == (best if len(best) == 1 else [])
    assert [set(tie.entrants) for tie in found.unresolved_ties] == (
        [set(best)] if len(best) > 1 else []
    )
