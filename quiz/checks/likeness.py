"""Which items ask nearly the same: trigrams of the folded words that say something.

Two stems are as like as their sets of trigrams are: |A ∩ B| / |A ∪ B| (Jaccard). Words that stand
in every second stem are left out, marks, case, punctuation and the order of phrases hardly count.
Numbers count whole: “Nghị định 118/2025” and “Nghị định 61/2018” are two questions; and so are
“đúng” and “không đúng”.

Neighbours are looked for among items that share a rare pair of adjacent words, so that a bank of
50,000 is compared with itself in seconds.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from quiz.drafts import ItemDraft
from quiz.wording import telling_words, words_of

Ref = TypeVar("Ref", bound=Hashable)

# A compromise, measured (tests/load/README.md): 98 % of paraphrases are this like, few others.
ALIKE = 0.75
# A stem of fewer telling words (“Phát biểu nào đúng?”) is told apart by its options.
FEW_WORDS = 4
# How many of a stem's rarest pairs are looked up, in how many stems a pair may stand to be looked
# up at all, and how many of the items found are compared.
_PAIRS = 12
_COMMON = 400
_COMPARED = 20
_NEGATIONS = frozenset(("khong", "chua", "sai", "tru"))


@dataclass(frozen=True, slots=True)
class Gist:
    """What of an item is compared."""

    words: tuple[str, ...]
    trigrams: frozenset[str]
    numbers: frozenset[str]
    negated: bool

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Adjacent words, whichever comes first; a single word is paired with nothing."""
        if len(self.words) == 1:
            yield self.words[0], ""
        for one, other in zip(self.words, self.words[1:], strict=False):
            yield (one, other) if one < other else (other, one)


def gist(stem: str, options: Iterable[str] = ()) -> Gist:
    words = telling_words(stem)
    if len(words) < FEW_WORDS:
        words += [word for option in options for word in words_of(option)]
    words = words or words_of(stem)
    text = f" {' '.join(words)} "
    return Gist(
        words=tuple(words),
        trigrams=frozenset(text[at : at + 3] for at in range(len(text) - 2)),
        numbers=frozenset(word for word in words if word.isdecimal()),
        negated=not _NEGATIONS.isdisjoint(words_of(stem)),
    )


def gist_of(draft: ItemDraft) -> Gist:
    return gist(draft.stem, draft.options)


def likeness(one: Gist, other: Gist) -> float:
    """From 0 (nothing in common) to 1; 0 where the numbers or a negation tell them apart."""
    if one.negated != other.negated or (
        one.numbers - other.numbers and other.numbers - one.numbers
    ):
        return 0.0
    shared = len(one.trigrams & other.trigrams)
    return shared / (len(one.trigrams) + len(other.trigrams) - shared)


class LikenessIndex(Generic[Ref]):
    """Items by the pairs of words they hold."""

    def __init__(self, items: Iterable[tuple[Ref, Gist]] = ()) -> None:
        self._gists: dict[Ref, Gist] = {}
        self._holders: dict[tuple[str, str], list[Ref]] = {}
        for ref, of in items:
            self.add(ref, of)

    def add(self, ref: Ref, of: Gist) -> None:
        self._gists[ref] = of
        for pair in set(of.pairs()):
            self._holders.setdefault(pair, []).append(ref)

    def near(
        self, of: Gist, *, but: Ref | None = None, least: float = ALIKE
    ) -> Sequence[tuple[Ref, float]]:
        """The items at least that like, the likest first; `but` is left out."""
        counts: Counter[Ref] = Counter()
        for holders in self._rarest(of):
            counts.update(holders)
        del counts[but]  # type: ignore[arg-type]
        found = [
            (ref, likeness(of, self._gists[ref])) for ref, _count in counts.most_common(_COMPARED)
        ]
        return sorted((pair for pair in found if pair[1] >= least), key=lambda pair: -pair[1])

    def _rarest(self, of: Gist) -> list[list[Ref]]:
        """Who holds each of its rarest pairs; of pairs that all share, at least the rarest."""
        held = sorted((h for p in set(of.pairs()) if (h := self._holders.get(p))), key=len)
        return [h for h in held[:_PAIRS] if len(h) <= _COMMON] or held[:1]
