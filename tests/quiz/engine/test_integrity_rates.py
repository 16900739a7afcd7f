"""Small rounds of honest people and planted copies; the large ones: tests/load/honest_rounds.py."""

import random

from tests.load.honest_rounds import found_copies, honest_round, look_at, plant_copies

ENTRIES, COPIES = 1500, 25


def test_honest_people_are_left_alone_and_copies_found():
    flagged = found = 0
    for seed in range(3):
        dice = random.Random(seed)
        made = honest_round(dice, ENTRIES)
        seen = look_at(made)
        flagged += len(seen.flagged)
        assert seen.drifting == []
        planted = plant_copies(made, dice, COPIES)
        found += found_copies(planted, look_at(planted))
    assert flagged <= 3 * ENTRIES * 0.001
    assert found >= 3 * COPIES * 0.8
