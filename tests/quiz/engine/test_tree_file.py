import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine import merkle
from quiz.engine.tree_file import NoTree, TreeFile, write_tree


def leaves_of(count: int) -> list[bytes]:
    return [hashlib.sha256(b"%d" % number).digest() for number in range(count)]


def written(leaves: list[bytes]) -> io.BytesIO:
    file = io.BytesIO()
    write_tree(leaves, file)
    return file


@given(st.integers(1, 70))
def test_every_leaf_is_found_and_proved_against_the_root(count: int):
    leaves = leaves_of(count)
    tree, root = TreeFile(written(leaves)), merkle.root(leaves)
    assert tree.size == count
    for place, leaf in enumerate(leaves):
        assert tree.find(leaf) == place
        proof = tree.proof(place)
        assert proof == merkle.inclusion_proof(leaves, place)
        assert merkle.verify_inclusion(leaf, place, count, proof, root)


def test_a_strange_leaf_is_not_found():
    tree = TreeFile(written(leaves_of(9)))
    assert tree.find(hashlib.sha256(b"strange").digest()) is None
    with pytest.raises(IndexError):
        tree.proof(9)


def test_a_round_nobody_entered_has_a_tree():
    tree = TreeFile(written([]))
    assert (tree.size, tree.find(b"x" * 32)) == (0, None)


@pytest.mark.parametrize("cut", [0, 5, 20, 200])
def test_a_file_cut_short_is_said_to_be_so(cut: int):
    data = written(leaves_of(9)).getvalue()[:cut]
    with pytest.raises(NoTree):
        TreeFile(io.BytesIO(data)).find(leaves_of(9)[8])
