import hashlib
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.lot import LotError, order_by_lot, tied_set_digest
from tests.quiz.engine.vectors import read_vectors

LOT = read_vectors("proofs")["lot"]
LEAVES = [bytes.fromhex(text) for text in LOT["leaves"]]


def test_the_lot_of_the_vectors():
    assert [leaf.hex() for leaf in order_by_lot(LOT["seed"], LEAVES)] == LOT["order"]
    assert tied_set_digest(LEAVES) == LOT["digest"]


@given(st.permutations(LEAVES))
def test_the_order_they_are_handed_in_does_not_matter(leaves):
    assert order_by_lot("7", leaves) == order_by_lot("7", LEAVES)
    assert tied_set_digest(leaves) == LOT["digest"]


def test_the_set_announced_is_that_set_alone():
    assert tied_set_digest(LEAVES[1:]) != LOT["digest"]


def test_the_seed_is_read_as_text_whatever_its_form():
    assert order_by_lot(" Xô\u0309 số 12\n", LEAVES) == order_by_lot("Xổ số 12", LEAVES)


def test_every_order_is_equally_likely():
    """χ² with 5 degrees of freedom exceeds 20.5 once in a thousand times."""
    leaves = LEAVES[:3]
    counts = Counter(tuple(order_by_lot(str(seed), leaves)) for seed in range(3000))
    statistic = sum((counts[order] - 500) ** 2 / 500 for order in permutations(leaves))
    assert statistic < 20.5


@pytest.mark.parametrize(
    ("seed", "leaves"),
    [
        ("", LEAVES),
        ("  ", LEAVES),
        ("7", [*LEAVES, LEAVES[0]]),
        ("7", [*LEAVES, hashlib.sha256(b"").digest()[:31]]),
    ],
)
def test_an_empty_seed_or_an_odd_leaf_is_refused(seed, leaves):
    with pytest.raises(LotError):
        order_by_lot(seed, leaves)
