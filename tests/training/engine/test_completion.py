"""When a lesson is done: more reports never undo it, and nothing is done by itself."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.engine.completion import (
    Extent,
    Minutes,
    Package,
    Passed,
    Read,
    Rule,
    Watched,
    how_far,
    is_met,
    share_done,
)
from training.engine.growing import Report, best_score, grow
from training.engine.segments import length

EXTENT = Extent(pages=6, seconds=60)
ELAPSED = 900.0
MARKS = st.floats(-20, 90).map(lambda mark: round(mark, 1))
STRETCHES = st.lists(st.tuples(MARKS, MARKS), max_size=5).map(tuple)
PAGES = st.lists(st.tuples(st.integers(-3, 9), st.integers(-3, 9)), max_size=4).map(tuple)
REPORTS = st.builds(
    Report,
    tab=st.sampled_from(["a", "b"]),
    pages=PAGES,
    watched=STRETCHES,
    studied=STRETCHES,
    position=st.none() | st.floats(0, 60),
    position_at=st.floats(0, 950),
)
CONDITIONS = st.one_of(
    st.builds(Read, by_word=st.booleans()),
    st.builds(Watched, percent=st.integers(1, 100)),
    st.builds(Minutes, minutes=st.integers(1, 3)),
    st.builds(Passed, percent=st.integers(1, 100)),
    st.builds(Package, status=st.sampled_from(["completed", "passed"])),
)
RULES = st.lists(CONDITIONS, min_size=1, max_size=3).map(lambda all_: Rule(all=tuple(all_)))


def after(reports: list[Report]) -> dict:
    state: dict = {}
    for report in reports:
        state = grow(state, report, extent=EXTENT, elapsed=ELAPSED)
    return state


@given(RULES, st.lists(REPORTS, max_size=4), REPORTS)
def test_another_report_never_takes_anything_away(rule, reports, another) -> None:
    before, later = after(reports), after([*reports, another])
    for condition in rule.all:
        assert how_far(condition, before, EXTENT) <= how_far(condition, later, EXTENT)
    assert is_met(rule, later, EXTENT) or not is_met(rule, before, EXTENT)


@given(st.lists(REPORTS, max_size=4), st.randoms())
def test_order_and_repetition_of_reports_do_not_matter(reports, random) -> None:
    mixed = [*reports, *reports]
    random.shuffle(mixed)
    assert after(mixed) == after(reports)


@given(RULES, st.integers(0, 3))
def test_no_rule_is_met_by_empty_reports(rule, count) -> None:
    state = after([Report(tab="a")] * count)
    assert share_done(rule, state, EXTENT) == 0
    assert not is_met(rule, state, EXTENT)
    assert not is_met(rule, state, Extent())


@given(st.lists(REPORTS, max_size=6))
def test_what_was_watched_and_read_never_exceeds_what_there_is(reports) -> None:
    state = after(reports)
    assert length(tuple(map(tuple, state.get("watched", ())))) <= EXTENT.seconds
    assert length(tuple(map(tuple, state.get("pages", ())))) <= EXTENT.pages
    assert state.get("seconds", 0) <= ELAPSED + 5


def test_jumping_to_the_end_is_not_watching() -> None:
    rule = Rule(all=(Watched(percent=90),))
    jumped = after([Report(tab="a", watched=((0, 3), (55, 60)), position=60, position_at=9)])
    assert not is_met(rule, jumped, EXTENT)
    assert share_done(rule, jumped, EXTENT) == pytest.approx(8 / 54)
    assert is_met(rule, after([Report(tab="a", watched=((3, 57),))]), EXTENT)


def test_overlapping_reversed_and_outside_stretches_are_harmless() -> None:
    told = ((0, 30), (10, 40), (40, 20), (-50, -10), (80, 90), (0, 30))
    assert after([Report(tab="a", watched=told)])["watched"] == [[0, 40]]


def test_more_cannot_have_been_watched_than_the_time_allows() -> None:
    rule = Rule(all=(Watched(percent=100),))
    state = after([Report(tab="a", watched=((0, 60),))])
    assert not is_met(rule, state, Extent(seconds=60, elapsed=29))
    assert is_met(rule, state, Extent(seconds=60, elapsed=30))


def test_a_text_is_read_when_its_end_was_in_sight_and_the_time_has_passed() -> None:
    rule = Rule(all=(Read(), Minutes(minutes=2)))
    text = Extent(pages=1)
    state = grow({}, Report(tab="a", pages=((1, 2),)), extent=text, elapsed=60)
    assert not is_met(rule, state, text)
    late = Report(tab="b", studied=((0, 70), (60, 120)))
    assert is_met(rule, grow(state, late, extent=text, elapsed=120), text)


def test_saying_that_one_has_read_counts_only_where_the_rule_lets_it() -> None:
    assert how_far(Read(), {"said_read": True}, EXTENT) == 0
    assert how_far(Read(by_word=True), {"said_read": True}, EXTENT) == 1


def test_time_in_two_tabs_counts_once_and_never_more_than_has_passed() -> None:
    both = [Report(tab="a", studied=((0, 50),)), Report(tab="b", studied=((10, 4000),))]
    assert after(both)["seconds"] == ELAPSED + 5


def test_the_newest_position_wins_whichever_device_tells_it_last() -> None:
    phone = Report(tab="a", position=50, position_at=300)
    desk = Report(tab="b", position=20, position_at=400)
    assert after([desk, phone])["position"] == after([phone, desk])["position"] == 20


def test_the_best_score_stays() -> None:
    assert best_score(best_score({}, 85), 40)["score"] == 85
    assert how_far(Passed(percent=85), {"score": 85}, EXTENT) == 1


def test_a_package_that_was_passed_is_completed_too() -> None:
    assert how_far(Package(), {"scorm": {"status": "completed"}}, EXTENT) == 1
    assert how_far(Package(), {"scorm": {"success": "passed"}}, EXTENT) == 1
    assert how_far(Package(status="passed"), {"scorm": {"status": "completed"}}, EXTENT) == 0


@pytest.mark.parametrize("mark", [math.nan, math.inf])
def test_marks_that_are_no_numbers_are_no_report(mark) -> None:
    with pytest.raises(ValueError, match="finite number"):
        Report(tab="a", watched=((0, mark),))
