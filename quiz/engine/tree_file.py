"""A tree kept in a file, from which the proof of one leaf is read without looking at the others.

"MTTREE1\\n", the number of leaves (8 bytes, big-endian), the nodes level by level (leaf hashes
first, the root last; 32 bytes each), then for each leaf the first 8 bytes of its hash and its
place (4 bytes), in the order of the hashes.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import IO

from quiz.engine.merkle import leaf_hash

MAGIC = b"MTTREE1\n"
HEAD = len(MAGIC) + 8
HASH, ENTRY, PREFIX = 32, 12, 8


class NoTree(ValueError):
    """The file is no tree, or not whole."""


def write_tree(leaves: Iterable[bytes], file: IO[bytes]) -> None:
    """Write the tree of RFC 9162 over `leaves`: some 76 bytes a leaf, 150 in memory meanwhile."""
    level = bytearray()
    for leaf in leaves:
        level += leaf_hash(leaf)
    count = len(level) // HASH
    file.write(MAGIC + count.to_bytes(8, "big"))
    table = sorted(
        bytes(level[at * HASH : at * HASH + PREFIX]) + at.to_bytes(4, "big") for at in range(count)
    )
    while True:
        file.write(level)
        if len(level) <= HASH:
            break
        level = _above(level)
    file.writelines(table)


def _above(level: bytearray) -> bytearray:
    above = bytearray()
    pair = 2 * HASH
    for at in range(0, len(level) - HASH, pair):
        above += hashlib.sha256(b"\x01" + level[at : at + pair]).digest()
    if len(level) // HASH % 2:
        above += level[-HASH:]
    return above


def _sizes(count: int) -> Iterator[int]:
    """How many nodes each level has, from the leaves up."""
    yield count
    while count > 1:
        count = (count + 1) // 2
        yield count


class TreeFile:
    """A tree written by `write_tree`, open for reading. Raises NoTree."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        head = self._read(0, HEAD)
        if not head.startswith(MAGIC):
            raise NoTree("another format")
        self.size = int.from_bytes(head[len(MAGIC) :], "big")
        self._levels = list(_sizes(self.size))
        self._table = HEAD + sum(self._levels) * HASH

    def _read(self, at: int, length: int) -> bytes:
        self._file.seek(at)
        data = self._file.read(length)
        if len(data) != length:
            raise NoTree("cut short")
        return data

    def find(self, leaf: bytes) -> int | None:
        """The place of a leaf, from 0; None if it is not in the tree."""
        wanted = leaf_hash(leaf)
        low, high = 0, self.size
        while low < high:
            middle = (low + high) // 2
            if self._entry(middle)[:PREFIX] < wanted[:PREFIX]:
                low = middle + 1
            else:
                high = middle
        while low < self.size and (entry := self._entry(low)).startswith(wanted[:PREFIX]):
            place = int.from_bytes(entry[PREFIX:], "big")
            if self._node(0, place) == wanted:
                return place
            low += 1
        return None

    def proof(self, place: int) -> list[bytes]:
        """The inclusion proof of the leaf at `place`, from the bottom up. Raises IndexError."""
        if not 0 <= place < self.size:
            raise IndexError(f"no leaf {place} in a tree of {self.size}")
        proof = []
        for level, count in enumerate(self._levels[:-1]):
            if (place ^ 1) < count:
                proof.append(self._node(level, place ^ 1))
            place >>= 1
        return proof

    def _entry(self, number: int) -> bytes:
        return self._read(self._table + number * ENTRY, ENTRY)

    def _node(self, level: int, place: int) -> bytes:
        return self._read(HEAD + (sum(self._levels[:level]) + place) * HASH, HASH)
