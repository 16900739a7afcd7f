import hashlib
import subprocess
import sys
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.drawing import (
    BlueprintRow,
    DrawError,
    PoolForDraw,
    _choose,
    draw_paper,
    number_stream,
    read_pool,
)
from tests.quiz.engine.vectors import read_vectors

VECTORS = read_vectors("drawing")

seeds = st.binary(min_size=16, max_size=16)


def pool_of(*rows, options=4, fixed=()):
    size = 1 + max(item for items, _count in rows for item in items)
    return PoolForDraw(
        rows=tuple(BlueprintRow(tuple(items), count) for items, count in rows),
        option_counts=(options,) * size,
        fixed_order=tuple(item in fixed for item in range(size)),
    )


@st.composite
def pools(draw):
    """Disjoint rows over up to 30 items."""
    sizes = draw(st.lists(st.integers(0, 8), min_size=1, max_size=4))
    items = draw(st.permutations(range(sum(sizes))))
    rows, start = [], 0
    for size in sizes:
        rows.append(BlueprintRow(tuple(items[start : start + size]), draw(st.integers(0, size))))
        start += size
    counts = draw(st.lists(st.integers(2, 8), min_size=start, max_size=start))
    fixed = draw(st.lists(st.booleans(), min_size=start, max_size=start))
    return PoolForDraw(tuple(rows), tuple(counts), tuple(fixed))


def chi_square(counts, categories, total):
    expected = total / len(categories)
    return sum((counts[category] - expected) ** 2 / expected for category in categories)


@pytest.mark.parametrize("vector", VECTORS["papers"], ids=lambda v: f"{v['name']}, {v['seed'][:4]}")
def test_papers_are_those_of_the_published_algorithm(vector):
    document = VECTORS["pools"][vector["pool"]]
    paper = draw_paper(
        read_pool(document),
        bytes.fromhex(vector["seed"]),
        shuffle_items=document["shuffle_items"],
        shuffle_options=document["shuffle_options"],
    )
    assert [[slot.item_ref, list(slot.option_order)] for slot in paper] == vector["paper"]


@given(pools(), seeds, st.booleans(), st.booleans())
def test_a_paper_has_what_the_blueprint_asks_for(pool, seed, shuffle_items, shuffle_options):
    paper = draw_paper(pool, seed, shuffle_items=shuffle_items, shuffle_options=shuffle_options)
    drawn = [slot.item_ref for slot in paper]
    assert len(set(drawn)) == len(drawn)
    assert Counter(drawn).total() == sum(row.count for row in pool.rows)
    for row in pool.rows:
        assert len(set(drawn) & set(row.items)) == row.count
    for slot in paper:
        identity = list(range(pool.option_counts[slot.item_ref]))
        assert sorted(slot.option_order) == identity
        if pool.fixed_order[slot.item_ref] or not shuffle_options:
            assert list(slot.option_order) == identity


@given(pools(), seeds)
def test_unshuffled_items_stand_in_canonical_order(pool, seed):
    paper = draw_paper(pool, seed, shuffle_items=False, shuffle_options=True)
    drawn = {slot.item_ref for slot in paper}
    canonical = [item for row in pool.rows for item in row.items if item in drawn]
    assert [slot.item_ref for slot in paper] == canonical


@given(pools(), seeds, st.booleans())
def test_shuffling_changes_no_choice(pool, seed, shuffle_options):
    plain = draw_paper(pool, seed, shuffle_items=False, shuffle_options=shuffle_options)
    mixed = draw_paper(pool, seed, shuffle_items=True, shuffle_options=shuffle_options)
    assert {slot.item_ref for slot in plain} == {slot.item_ref for slot in mixed}


def test_every_choice_of_items_is_equally_likely():
    """χ² with 9 degrees of freedom exceeds 27.9 once in a thousand times; seeds are fixed."""
    pool = pool_of((range(5), 2))
    counts = Counter(
        frozenset(slot.item_ref for slot in draw(pool, number)) for number in range(4000)
    )
    pairs = [frozenset((a, b)) for a in range(5) for b in range(a)]
    assert chi_square(counts, pairs, 4000) < 27.9


def test_every_order_of_items_and_of_options_is_equally_likely():
    """χ² with 23 degrees of freedom exceeds 49.7 once in a thousand times."""
    pool = pool_of((range(4), 4))
    papers = [draw(pool, number) for number in range(4800)]
    items = Counter(tuple(slot.item_ref for slot in paper) for paper in papers)
    options = Counter(paper[2].option_order for paper in papers)
    orders = list(permutations(range(4)))
    assert chi_square(items, orders, 4800) < 49.7
    assert chi_square(options, orders, 4800) < 49.7


def draw(pool, number):
    seed = number.to_bytes(16, "big")
    return draw_paper(pool, seed, shuffle_items=True, shuffle_options=True)


def words_of(seed, name, blocks):
    for counter in range(blocks):
        block = hashlib.sha256(b"minhthi/1/draw\0" + seed + name + counter.to_bytes(4, "big"))
        yield from (int.from_bytes(block.digest()[i : i + 4], "big") for i in range(0, 32, 4))


@given(seeds)
def test_the_stream_is_the_published_one(seed):
    words = number_stream(seed, b"x")
    assert [next(words) for _word in range(160)] == list(words_of(seed, b"x", 20))


words_near_the_end = st.one_of(st.integers(2**32 - 8, 2**32 - 1), st.integers(0, 2**32 - 1))


@given(st.lists(words_near_the_end, max_size=20), st.integers(2, 7))
def test_words_above_the_last_whole_multiple_are_passed_over(words, length):
    """A word is taken mod n only where every remainder is equally likely."""
    given_words = [*words, *range(length)]  # small ones at the end: the shuffle always ends
    shuffled, expected = list(range(length)), list(range(length))
    _choose(shuffled, length - 1, iter(given_words))
    left = iter(given_words)
    for place in range(length - 1):
        n = length - place
        word = next(word for word in left if word < 2**32 // n * n)
        other = place + word % n
        expected[place], expected[other] = expected[other], expected[place]
    assert shuffled == expected


def test_a_row_of_all_items_gives_way_to_a_more_particular_one():
    pool = pool_of((range(4), 2), ((1, 3), 2))
    for number in range(50):
        paper = draw(pool, number)
        assert sorted(slot.item_ref for slot in paper) == [0, 1, 2, 3]


def test_the_same_paper_is_drawn_in_another_process():
    script = (
        "from quiz.engine.drawing import *;"
        "p = PoolForDraw((BlueprintRow(tuple(range(50)), 20),), (4,) * 50, (False,) * 50);"
        "print(draw_paper(p, b'0123456789abcdef', shuffle_items=True, shuffle_options=True))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "12345"},
    ).stdout
    paper = draw_paper(
        pool_of((range(50), 20)), b"0123456789abcdef", shuffle_items=True, shuffle_options=True
    )
    assert shown.strip() == str(paper)


@pytest.mark.parametrize(
    "rows",
    [
        [((0, 1), 3)],
        [((0, 0), 1)],
        [((0, 5), 1)],
        [((0, -1), 1)],
        [((0, 1), -1)],
        [((0, 1, 2), 2), ((1, 2), 2)],
    ],
)
def test_a_pool_that_can_run_out_is_refused(rows):
    with pytest.raises(DrawError):
        PoolForDraw(tuple(BlueprintRow(*row) for row in rows), (4,) * 3, (False,) * 3)


def test_an_unknown_draw_version_is_refused():
    with pytest.raises(DrawError):
        read_pool({"draw_version": 2, "rows": [], "items": []})
