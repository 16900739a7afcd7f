"""Drawing by lot among attempts the chain can't tell apart.

First the tied set is announced by `tied_set_digest`, with the future source that will give the seed
(a state lottery drawing, a public beacon, dice before witnesses). Then the order follows from seed
and leaves, and anyone can make it again. Leaves were fixed before the seed existed, so nobody chose
a place.
"""

import unicodedata
from collections.abc import Collection

from quiz.engine.canonical import H, canon


class LotError(ValueError):
    """An empty seed, or a leaf that is not one."""


def tied_set_digest(leaves: Collection[bytes]) -> str:
    """64 hexadecimal digits naming the set, whatever the order it comes in."""
    return H("tied", canon(sorted(_checked(leaves)))).hex()


def order_by_lot(seed: str, leaves: Collection[bytes]) -> list[bytes]:
    """The leaves by H("lot", seed ‖ leaf), the smallest first.

    `seed` is what the source gave, as written in the minutes: NFC, without spaces at the ends.
    """
    prefix = unicodedata.normalize("NFC", seed).strip().encode()
    if not prefix:
        raise LotError("the source gave nothing")
    return sorted(_checked(leaves), key=lambda leaf: H("lot", prefix + leaf))


def _checked(leaves: Collection[bytes]) -> list[bytes]:
    found = [bytes(leaf) for leaf in leaves]
    if any(len(leaf) != 32 for leaf in found) or len(set(found)) != len(found):
        raise LotError("leaves are 32 bytes and different from each other")
    return found
