"""What a lesson waits for."""

from training.engine.unlocking import has_cycle, waits_for


def test_in_order_a_lesson_waits_for_the_required_ones_before_it() -> None:
    waits = waits_for([1, 2, 3, 4], {}, {1}, required={1, 2, 4}, in_order=True)
    assert waits == {1: [], 2: [], 3: [2], 4: [2]}


def test_without_order_only_prerequisites_hold_a_lesson_back() -> None:
    waits = waits_for([1, 2, 3], {3: [2, 99]}, set(), required={1, 2, 3}, in_order=False)
    assert waits == {1: [], 2: [], 3: [2]}


def test_what_is_done_stays_open() -> None:
    waits = waits_for([1, 2], {2: [1]}, {2}, required={1, 2}, in_order=True)
    assert waits == {1: [], 2: []}


def test_prerequisites_in_a_circle_are_found() -> None:
    assert has_cycle({1: [2], 2: [3], 3: [1]})
    assert has_cycle({1: [1]})
    assert not has_cycle({1: [2], 3: [2], 2: []})
