"""What is opened of an entry is shared by five, whatever the numbers."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.hiding import FEWEST, NOTHING, Shown, decide_hiding, decide_hiding_again

ONE, TWO, THREE = ("một",), ("hai",), ("ba",)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({NOTHING: 9, ONE: 5}, {NOTHING: Shown.PROFILE, ONE: Shown.PROFILE}),
        ({NOTHING: 4, ONE: 5}, {NOTHING: Shown.LEAF, ONE: Shown.PROFILE}),
        ({ONE: 4, TWO: 1}, {ONE: Shown.BEHIND, TWO: Shown.BEHIND}),
        ({ONE: 4}, {ONE: Shown.LEAF}),
        # one alone would stand out: the smallest profile joins it
        (
            {ONE: 1, TWO: 6, THREE: 7},
            {ONE: Shown.BEHIND, TWO: Shown.BEHIND, THREE: Shown.PROFILE},
        ),
        ({}, {NOTHING: Shown.LEAF, ONE: Shown.LEAF}),
    ],
)
def test_how_much_is_shown(counts, shown):
    hiding = decide_hiding(counts)
    assert {profile: hiding.shown(profile) for profile in shown} == shown


@given(st.dictionaries(st.sampled_from([NOTHING, ONE, TWO, THREE]), st.integers(1, 12)))
def test_whatever_is_seen_of_an_entry_is_seen_of_five(counts):
    hiding = decide_hiding(counts)
    seen: Counter[object] = Counter()
    for profile, number in counts.items():
        shown = hiding.shown(profile)
        seen[profile if shown == Shown.PROFILE else shown] += number
    assert [what for what, n in seen.items() if n < FEWEST and what != Shown.LEAF] == []
    assert seen[Shown.LEAF] < 2 * FEWEST - 1  # what verify.py takes for at most


@given(
    st.dictionaries(st.sampled_from([NOTHING, ONE, TWO, THREE]), st.integers(1, 12), min_size=1),
    st.booleans(),
)
def test_a_further_release_parts_a_block_into_fives_or_not_at_all(counts, shown):
    hiding = decide_hiding_again(counts, shown=shown)
    seen: Counter[object] = Counter()
    for profile, number in counts.items():
        how = hiding.shown(profile)
        seen[profile if how == Shown.PROFILE else how] += number
    assert len(seen) == 1 or min(seen.values()) >= FEWEST
    assert (Shown.LEAF in seen) == (not shown and sum(counts.values()) < FEWEST)
