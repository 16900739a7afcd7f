"""Item statistics: equal to what comes out when every single person is looked at."""

from dataclasses import dataclass
from math import isclose, sqrt
from statistics import StatisticsError, correlation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.item_analysis import NOT_REACHED, TAIL, ItemTally, item_statistics

KEYS = (1, 2, 4, 3)
OPTIONS = 4


@dataclass(frozen=True)
class Sat:
    """Who answered these masks to these items."""

    items: tuple[int, ...]
    masks: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(mask == KEYS[item] for item, mask in zip(self.items, self.masks, strict=True))


def tally_of(people: list[Sat]) -> ItemTally:
    tally = ItemTally(len(KEYS))
    for sat in people:
        tally.count_paper(sat.items)
        tally.count_answers(sat.items, sat.masks, sat.total)
    return tally


def statistics_of(tally: ItemTally, item: int):
    return item_statistics(
        tally.cells(item), is_right=lambda mask: mask == KEYS[item], option_count=OPTIONS
    )


papers = st.permutations(range(len(KEYS))).flatmap(
    lambda order: st.integers(1, len(KEYS)).flatmap(
        lambda size: st.builds(
            Sat,
            st.just(tuple(order[:size])),
            st.tuples(*[st.integers(0, 15)] * size),
        )
    )
)


def share_right(met: list[tuple[int, bool]], *, best_first: bool) -> float:
    """Among the 27 % of (total, right) at one end; of those tied at its edge, all in part."""
    places = TAIL * len(met)
    share = 0.0
    for total, right in met:
        ahead = sum((other > total) if best_first else (other < total) for other, _r in met)
        tied = sum(other == total for other, _r in met)
        share += right * min(1.0, max(0.0, (places - ahead) / tied))
    return share / places


@given(st.lists(papers, min_size=1, max_size=40))
def test_streamed_tables_tell_what_a_look_at_everyone_tells(people: list[Sat]) -> None:
    tally = tally_of(people)
    assert tally.papers == len(people)
    for item, key in enumerate(KEYS):
        met = [
            (sat.total, sat.masks[sat.items.index(item)] == key)
            for sat in people
            if item in sat.items
        ]
        found = statistics_of(tally, item)
        assert (found.met, found.correct) == (len(met), sum(right for _total, right in met))
        assert tally.drawn[item] == len(met)
        if not met:
            assert (found.facility, found.discrimination, found.correlation) == (None, None, None)
            continue
        assert found.facility == pytest.approx(sum(right for _t, right in met) / len(met))
        expected = share_right(met, best_first=True) - share_right(met, best_first=False)
        assert isclose(found.discrimination or 0, expected, abs_tol=1e-9)
        try:
            rest = [total - right for total, right in met]
            assert found.correlation == pytest.approx(
                correlation([float(right) for _t, right in met], rest)
            )
        except StatisticsError:
            assert found.correlation is None


@given(st.lists(papers, min_size=1, max_size=30))
def test_everyone_who_met_an_item_answered_omitted_or_did_not_reach_it(people: list[Sat]) -> None:
    tally = tally_of(people)
    for item in range(len(KEYS)):
        found = statistics_of(tally, item)
        assert found.met == found.answered + found.omitted + found.not_reached
        assert found.correct <= found.answered
        assert all(count <= found.answered for count in found.choices)
        assert -1 <= (found.discrimination or 0) <= 1
        assert -1.000001 <= (found.correlation or 0) <= 1.000001


@given(st.lists(papers, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_papers_does_not_count(people: list[Sat], chance) -> None:
    shuffled = people[:]
    chance.shuffle(shuffled)
    for item in range(len(KEYS)):
        assert tally_of(people).cells(item) == tally_of(shuffled).cells(item)


def test_blanks_at_the_end_were_not_reached() -> None:
    tally = tally_of([Sat((0, 1, 2, 3), (1, 0, 4, 0)), Sat((3, 2, 1, 0), (0, 0, 0, 0))])
    assert tally.cells(1) == {(0, 2): 1, (NOT_REACHED, 0): 1}
    assert tally.cells(3) == {(NOT_REACHED, 2): 1, (NOT_REACHED, 0): 1}
    found = statistics_of(tally, 2)
    assert (found.answered, found.omitted, found.not_reached, found.correct) == (1, 0, 1, 1)


def test_choices_count_each_option_of_an_answer() -> None:
    tally = tally_of([Sat((3,), (3,)), Sat((3,), (2,)), Sat((3,), (9,))])
    assert statistics_of(tally, 3).choices == (2, 2, 0, 1)


def test_an_item_that_only_the_best_know_discriminates_fully() -> None:
    """A textbook table: ten people, the item right for the five best of them."""
    met = dict.fromkeys(range(10), 1)
    cells = {((1 if total >= 5 else 2), total): 1 for total in met}
    found = item_statistics(cells, is_right=lambda mask: mask == 1, option_count=2)
    assert (found.facility, found.discrimination) == (0.5, pytest.approx(1.0))
    assert found.correlation == pytest.approx(2 / sqrt(6))
