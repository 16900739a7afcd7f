"""Pairs of entries whose answers are too much alike, handed in close to each other.

The evidence of a pair (a, b) is a likelihood ratio: how much more probable b's answers to the items
of both papers are if each is taken from a (and answered by oneself now and then) than if b answered
alone:

    Σ log((OWN × P(answer) + (1 - OWN) × [same]) / P(answer))

P is the share of that answer to that item among people with b's total. Right answers in common say
little, wrong ones much, rare wrong ones most: two perfect papers never look like copies. (Compare
the indices of J. A. Wollack, "A nominal response model approach for detecting answer copying",
Applied Psychological Measurement 21, 1997, 307-320, and of W. J. van der Linden and L. Sotaridona,
"Detecting answer copying when the regular response process follows a known response model",
Journal of Educational and Behavioral Statistics 31, 2006, 283-304.) The weaker of the two
directions counts.

Under the hypothesis that b answered alone the ratio is above c with a probability of at most 1/c
(Markov's inequality: its mean is 1), whatever its distribution. c is set so that, by that bound, no
more than one pair per `EXPECTED_BY_CHANCE` entries would be above it; what honest people really
give is far below (tests/load/honest_rounds.py). Pairs of one unit are weighed among themselves:
there are far fewer of them, so less evidence suffices.

Not every pair of a large round can be looked at. Within a unit all pairs in the window are; across
units those whose wrong answers agree but for one, or agree in one quarter of the items.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log

from quiz.engine.integrity.sittings import RightMasks, Sitting

WINDOW_MS = 30 * 60 * 1000
# In a rush the window is shorter: so many of the latest entries are held, some 100 MB of them.
MOST_HELD = 30_000
# How often somebody who copies answers an item alone.
OWN = 0.1
MIN_SAME_WRONG = 3
EXPECTED_BY_CHANCE = 2_000
# The total that P is taken for comes from the same answers; a fit to about one number in six.
FITTED = 6
# In larger crowds within the window nobody is compared with everybody.
CROWD = 400
QUARTERS = 4
# Weight, in people, of what an item's difficulty and a total alone would give.
PRIOR = 20

# Item, answer and total → how many; as item_analysis.ItemTally counts them, blanks as 0.
Counts = Mapping[tuple[int, int, int], int]


class ResponseModel:
    """P(answer | item, total): shares, drawn towards what item and total alone would give."""

    def __init__(self, counts: Counts, right: RightMasks) -> None:
        self._right, self._counts = right, counts
        met: dict[tuple[int, int], int] = defaultdict(int)
        answers: dict[tuple[int, int], int] = defaultdict(int)
        for (item, mask, total), n in counts.items():
            met[item, total] += n
            answers[item, mask] += n
        self._met, self._answers = met, answers
        self._items: dict[int, list[int]] = defaultdict(lambda: [0, 0])  # met, right
        self._totals: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for (item, mask, total), n in counts.items():
            for sums in (self._items[item], self._totals[total]):
                sums[0] += n
                sums[1] += n if mask in right[item] else 0
        everything = [sum(x) for x in zip(*self._items.values(), strict=True)] or [0, 0]
        self._mean = _odds(everything)
        self._kept: dict[tuple[int, int, int], float] = {}

    def share(self, item: int, mask: int, total: int) -> float:
        """P of that answer, never 0."""
        key = (item, mask, total)
        if key not in self._kept:
            n = self._met.get((item, total), 0)
            prior = self._prior(item, mask, total)
            self._kept[key] = (self._counts.get(key, 0) + PRIOR * prior) / (n + PRIOR)
        return self._kept[key]

    def _prior(self, item: int, mask: int, total: int) -> float:
        odds = _odds(self._items[item]) * _odds(self._totals[total]) / self._mean
        if mask in self._right[item]:
            return odds / (1 + odds)
        met, correct = self._items[item]
        among_wrong = (self._answers.get((item, mask), 0) + 0.5) / (met - correct + 2)
        return among_wrong / (1 + odds)


def _odds(sums: list[int]) -> float:
    met, correct = sums
    return (correct + 0.5) / (met - correct + 0.5)


@dataclass(frozen=True)
class AlikePair:
    """`evidence`: the natural logarithm of the likelihood ratio; `apart`: ms between the ends."""

    first: int
    second: int
    common: int
    same: int
    same_wrong: int
    evidence: float
    apart: int
    one_unit: bool


@dataclass(slots=True)
class _Held:
    sitting: Sitting
    total: int
    answers: dict[int, int]
    wrong: frozenset[tuple[int, int]]


class LikenessFinder:
    """Takes entries in the order of their ends; memory goes with the entries of one window."""

    def __init__(self, model: ResponseModel, right: RightMasks) -> None:
        self._model, self._right = model, right
        self._window: deque[_Held] = deque()
        self._units: dict[int, deque[_Held]] = defaultdict(deque)
        self._marks: dict[int, list[_Held]] = defaultdict(list)
        self._found: list[AlikePair] = []
        self._entries = self._pairs = self._unit_pairs = 0

    def add(self, sitting: Sitting) -> None:
        self._forget(sitting.ended - WINDOW_MS)
        held = self._hold(sitting)
        beside = self._units[sitting.unit] if sitting.unit is not None else ()
        self._entries += 1
        self._pairs += len(self._window) - len(beside)
        self._unit_pairs += len(beside)
        if len(held.wrong) >= MIN_SAME_WRONG:
            for other in self._candidates(held):
                self._compare(other, held)
        self._keep(held)

    def _hold(self, sitting: Sitting) -> _Held:
        answers = dict(zip(sitting.items, sitting.masks, strict=True))
        wrong = frozenset(
            (item, mask) for item, mask in answers.items() if mask and mask not in self._right[item]
        )
        right = sum(mask in self._right[item] for item, mask in answers.items())
        return _Held(sitting, right, answers, wrong)

    def _candidates(self, held: _Held) -> Iterator[_Held]:
        seen = {id(held)}
        unit = held.sitting.unit
        if unit is not None and len(self._units[unit]) <= CROWD:
            for other in self._units[unit]:
                seen.add(id(other))
                if len(other.wrong & held.wrong) >= MIN_SAME_WRONG:
                    yield other
        for mark in _marks(held.wrong):
            alike = self._marks.get(mark, ())
            for other in alike if len(alike) <= CROWD else ():
                if id(other) not in seen:
                    seen.add(id(other))
                    yield other

    def _compare(self, a: _Held, b: _Held) -> None:
        if a.sitting.entrant == b.sitting.entrant:
            return
        common = [item for item in b.answers if item in a.answers]
        same_wrong = len(a.wrong & b.wrong)
        if same_wrong < MIN_SAME_WRONG:
            return
        evidence = min(self._evidence(a, b, common), self._evidence(b, a, common))
        if evidence > 0:
            self._found.append(
                AlikePair(
                    first=a.sitting.attempt,
                    second=b.sitting.attempt,
                    common=len(common),
                    same=sum(a.answers[item] == b.answers[item] for item in common),
                    same_wrong=same_wrong,
                    evidence=evidence,
                    apart=b.sitting.ended - a.sitting.ended,
                    one_unit=a.sitting.unit is not None and a.sitting.unit == b.sitting.unit,
                )
            )

    def _evidence(self, source: _Held, copier: _Held, common: list[int]) -> float:
        found = 0.0
        for item in common:
            mask = copier.answers[item]
            alone = self._model.share(item, mask, copier.total)
            copied = (1 - OWN) * (source.answers[item] == mask)
            found += log((OWN * alone + copied) / alone)
        return found

    def _keep(self, held: _Held) -> None:
        self._window.append(held)
        if held.sitting.unit is not None:
            self._units[held.sitting.unit].append(held)
        if len(held.wrong) >= MIN_SAME_WRONG:
            for mark in _marks(held.wrong):
                self._marks[mark].append(held)

    def _forget(self, before: int) -> None:
        while self._window and (
            self._window[0].sitting.ended < before or len(self._window) >= MOST_HELD
        ):
            held = self._window.popleft()
            if held.sitting.unit is not None:
                self._units[held.sitting.unit].popleft()
            if len(held.wrong) >= MIN_SAME_WRONG:
                for mark in _marks(held.wrong):
                    # Oldest first, like the window.
                    if len(self._marks[mark]) == 1:
                        del self._marks[mark]
                    else:
                        self._marks[mark].pop(0)

    def pairs(self) -> list[AlikePair]:
        """The pairs whose evidence chance does not explain, the strongest first."""
        allowed = max(self._entries, 1) / EXPECTED_BY_CHANCE
        needed = {
            one_unit: log(max(compared, 1) * FITTED / allowed)
            for one_unit, compared in ((False, self._pairs), (True, self._unit_pairs))
        }
        told = [pair for pair in self._found if pair.evidence > needed[pair.one_unit]]
        return sorted(told, key=lambda pair: (-pair.evidence, pair.first, pair.second))


def _marks(wrong: frozenset[tuple[int, int]]) -> Iterator[int]:
    """Numbers that two entries share if their wrong answers are nearly the same.

    One for the whole set and one for each set with one answer left out: sets that agree but for one
    answer, left out, added or changed, have one in common. One for each quarter of the items with
    two wrong answers or more: so have sets that agree there.
    """
    quarters, sizes, whole, numbers = [0] * QUARTERS, [0] * QUARTERS, 0, []
    for answer in wrong:
        number = hash(answer) * 0x9E3779B97F4A7C15 & (1 << 61) - 1
        numbers.append(number)
        whole ^= number
        quarters[answer[0] % QUARTERS] ^= number
        sizes[answer[0] % QUARTERS] += 1
    yield whole
    for number in numbers:
        yield whole ^ number
    for place, number in enumerate(quarters):
        if sizes[place] > 1:
            yield number ^ (place + 1) << 61
