"""The Merkle tree of RFC 9162 (Certificate Transparency 2.0), section 2.1, over SHA-256.

A leaf is hashed behind 0x00 and a pair of nodes behind 0x01, so that no leaf passes for a node.
Pairing neighbours level by level and carrying a last odd node upwards gives the same tree as the
RFC's split at the largest power of two.
"""

import hashlib
from collections.abc import Iterable, Sequence

Levels = list[list[bytes]]

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaves read once, holding one node per level: log₂(n) × 32 bytes."""
    waiting: list[tuple[int, bytes]] = []  # (height, node), heights falling
    for leaf in leaves:
        height, node = 0, leaf_hash(leaf)
        while waiting and waiting[-1][0] == height:
            node = node_hash(waiting.pop()[1], node)
            height += 1
        waiting.append((height, node))
    if not waiting:
        return EMPTY_ROOT
    node = waiting.pop()[1]
    while waiting:
        node = node_hash(waiting.pop()[1], node)
    return node


def build_levels(leaves: Iterable[bytes]) -> Levels:
    """All nodes, leaf hashes first, the root last; for many proofs from one tree."""
    levels = [[leaf_hash(leaf) for leaf in leaves]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)]
        if len(below) % 2:
            above.append(below[-1])
        levels.append(above)
    return levels


def proof_from_levels(levels: Levels, index: int) -> list[bytes]:
    """The inclusion proof of leaf `index`, from the bottom up. Raises IndexError."""
    if not 0 <= index < len(levels[0]):
        raise IndexError(f"no leaf {index} in a tree of {len(levels[0])}")
    proof = []
    for level in levels[:-1]:
        if (index ^ 1) < len(level):
            proof.append(level[index ^ 1])
        index >>= 1
    return proof


def inclusion_proof(leaves: Iterable[bytes], index: int) -> list[bytes]:
    """The proof that leaf `index` (from 0) stands in the tree. Raises IndexError."""
    return proof_from_levels(build_levels(leaves), index)


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected_root: bytes
) -> bool:
    """Whether `leaf` is the one at `index` in the tree of `size` leaves with that root.

    The steps of RFC 9162, section 2.1.3.2: a proof too long or too short is refused.
    """
    if not 0 <= index < size:
        return False
    first, last, node = index, size - 1, leaf_hash(leaf)
    for sibling in proof:
        if last == 0:
            return False
        if first % 2 or first == last:
            node = node_hash(sibling, node)
            while first % 2 == 0 and first:
                first, last = first >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        first, last = first >> 1, last >> 1
    return last == 0 and node == expected_root
