"""Roots of the tree over the eight inputs that Certificate Transparency implementations share."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine import merkle

INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

trees = st.lists(st.binary(max_size=3), min_size=1, max_size=40, unique=True)


def rfc_root(leaves):
    """Section 2.1.1 word for word: split at the largest power of two below n."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + rfc_root(leaves[:k]) + rfc_root(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_certificate_transparency(size):
    assert merkle.root(INPUTS[:size]).hex() == ROOTS[size]


@given(trees)
def test_root_and_levels_follow_the_definition(leaves):
    assert merkle.root(iter(leaves)) == rfc_root(leaves)
    assert merkle.build_levels(leaves)[-1] == [rfc_root(leaves)]


@given(trees, st.data())
def test_a_leaf_is_proved_at_its_place_and_nowhere_else(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    root, proof = merkle.root(leaves), merkle.inclusion_proof(leaves, index)
    found = [
        other
        for other in range(-1, len(leaves) + 1)
        if merkle.verify_inclusion(leaves[index], other, len(leaves), proof, root)
    ]
    assert found == [index]


@given(trees, st.data())
def test_a_changed_proof_or_leaf_is_refused(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    size, root = len(leaves), merkle.root(leaves)
    proof = merkle.inclusion_proof(leaves, index)
    assert not merkle.verify_inclusion(leaves[index] + b"!", index, size, proof, root)
    assert not merkle.verify_inclusion(leaves[index], index, size, [*proof, bytes(32)], root)
    assert not merkle.verify_inclusion(leaves[index], index, size, proof, bytes(32))
    if proof:
        assert not merkle.verify_inclusion(leaves[index], index, size, proof[:-1], root)
        spoiled = [bytes(32), *proof[1:]]
        assert not merkle.verify_inclusion(leaves[index], index, size, spoiled, root)


def test_a_node_never_passes_for_a_leaf():
    left, right = merkle.leaf_hash(b"a"), merkle.leaf_hash(b"b")
    assert merkle.root([left + right]) != merkle.root([b"a", b"b"])


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index):
    with pytest.raises(IndexError):
        merkle.inclusion_proof([b"a", b"b", b"c"], index)
