"""Which option stands out: bold, underlined, highlighted, coloured, starred, or its letter is.

The document decides how much that means. Where each item has exactly one option that stands out the
same way, it is the author's way of marking keys; where it happens now and then, it is an accident.
"""

from collections import Counter
from collections.abc import Sequence

from quiz.engine.reading.believing import Sign
from quiz.engine.reading.blocks import Block
from quiz.engine.reading.flow import PLAIN, Flow, Look
from quiz.engine.reading.plain_options import Option, Span

STAR, BOLD, UNDERLINE, HIGHLIGHT, COLOUR = "star", "bold", "underline", "highlight", "colour"
_MARKS = (STAR, HIGHLIGHT, COLOUR, UNDERLINE, BOLD)
_FEW = 3  # items; fewer show no habit
_PART = 0.8  # of an option's characters; below it the mark covers a part only

# Share of items with exactly one such option → strength. Bold a little less: stems are bold too.
_HABIT = ((0.95, 90), (0.8, 80), (0.5, 65), (0.0, 40))


class _Shares:
    """Of one option: the share of characters with each mark, in its text and in its letter."""

    def __init__(self, flow: Flow, option: Option) -> None:
        self.starred = option.starred
        self.text = _counted(flow, option.text)
        self.letter = _counted(flow, option.marker)

    def colour(self, *, letter: bool) -> str:
        looks = self.letter if letter else self.text
        colours: Counter[str] = Counter()
        for look, count in looks.items():
            colours[look.colour] += count
        return colours.most_common(1)[0][0] if colours else ""

    def share(self, mark: str, *, letter: bool) -> float:
        looks = self.letter if letter else self.text
        total = sum(looks.values())
        return sum(n for look, n in looks.items() if getattr(look, mark)) / total if total else 0


def _counted(flow: Flow, span: Span) -> Counter[Look]:
    """How many characters, blanks aside, have each look."""
    looks: Counter[Look] = Counter()
    for line, first, last in flow.pieces(*span):
        at = first
        for end, look in (*line.looks, (len(line.raw), PLAIN)):
            if end > at and at < last:
                stop = min(end, last)
                if count := len("".join(line.raw[at:stop].split())):
                    looks[look] += count
                at = stop
    return looks


def signs_by_looks(flow: Flow, blocks: Sequence[Block]) -> list[list[Sign]]:
    """For each block the signs that its options' looks give, in the order of the blocks."""
    plain = not any(line.looks for line in flow.lines)
    found: list[dict[str, tuple[frozenset[int], float]]] = []
    for block in blocks:
        if len(block.options) < 2 or (plain and not any(o.starred for o in block.options)):
            found.append({})
            continue
        found.append(_standing_out([_Shares(flow, option) for option in block.options]))
    counted = sum(len(block.options) > 1 for block in blocks)
    habits = {mark: _habit(mark, found, counted) for mark in _MARKS}
    return [
        [
            Sign(mark, places, _strength(mark, places, share, habits[mark]))
            for mark, (places, share) in by_mark.items()
        ]
        for by_mark in found
    ]


def _standing_out(options: list[_Shares]) -> dict[str, tuple[frozenset[int], float]]:
    """Mark → (the places that have it while others don't, the share of characters that do)."""
    found = {}
    starred = frozenset(place for place, option in enumerate(options) if option.starred)
    if 0 < len(starred) < len(options):
        found[STAR] = (starred, 1.0)
    for mark in (HIGHLIGHT, UNDERLINE, BOLD):
        if told := _by_share(options, mark):
            found[mark] = told
    if told := _by_colour(options):
        found[COLOUR] = told
    return found


def _by_share(options: list[_Shares], mark: str) -> tuple[frozenset[int], float] | None:
    shares = [option.share(mark, letter=False) for option in options]
    whole = frozenset(place for place, share in enumerate(shares) if share > 0.5)
    letters = [option.share(mark, letter=True) for option in options]
    first = frozenset(place for place, share in enumerate(letters) if share > 0.5)
    return _choose(whole, first, len(options), min((shares[p] for p in whole), default=0))


def _by_colour(options: list[_Shares]) -> tuple[frozenset[int], float] | None:
    whole = _odd([option.colour(letter=False) for option in options])
    first = _odd([option.colour(letter=True) for option in options])
    return _choose(whole, first, len(options), 1.0)


def _odd(colours: list[str]) -> frozenset[int]:
    """The places whose colour is not that of the most; black wins a tie."""
    usual = max(dict.fromkeys(colours), key=lambda colour: (colours.count(colour), colour == ""))
    return frozenset(place for place, colour in enumerate(colours) if colour != usual)


def _choose(
    whole: frozenset[int], first: frozenset[int], count: int, share: float
) -> tuple[frozenset[int], float] | None:
    """The text's marks where they single something out, else the letters'."""
    whole_tells, first_tells = 0 < len(whole) < count, 0 < len(first) < count
    if whole_tells and (len(whole) == 1 or not first_tells or len(first) > 1):
        return whole, share
    return (first, 1.0) if first_tells else None


def _habit(
    mark: str, found: Sequence[dict[str, tuple[frozenset[int], float]]], counted: int
) -> float:
    """The share of items in which exactly one option has the mark; below 0 for too few items."""
    single = sum(len(by_mark[mark][0]) == 1 for by_mark in found if mark in by_mark)
    return single / counted if counted >= _FEW else -1.0


def _strength(mark: str, places: frozenset[int], share: float, habit: float) -> int:
    strength = 60 if habit < 0 else next(firm for least, firm in _HABIT if habit >= least)
    if mark == STAR:
        strength = max(strength, 85)  # typed on purpose, whatever the others look like
    strength -= 5 * (mark == BOLD) + 10 * (share < _PART) + 20 * (len(places) > 1)
    return max(10, strength)
