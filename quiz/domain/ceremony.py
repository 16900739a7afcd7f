"""What the screen of the award ceremony shows, from the sealed release, slide by slide.

Of a draw by lot the screen shows slips named by their leaves: who drew no prize stays unnamed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from quiz.domain.leaves import leaves_of
from quiz.domain.result_papers import ResultFacts, SettledTie
from quiz.domain.winners import WinnerRow
from quiz.domain.withdrawn_names import shown_winners
from quiz.engine.lot import tied_set_digest

TOGETHER = 8  # names that a hall can read on one screen
ONE_BY_ONE = 3  # a prize of so many winners is worth a drum roll each


@dataclass(frozen=True)
class Slip:
    """One of the tied, by the first digits of the leaf."""

    leaf: str

    @property
    def label(self) -> str:
        return f"{self.leaf[:4]}-{self.leaf[4:8]}".upper()


@dataclass(frozen=True)
class LotSlide:
    """A draw to be made again before everybody: the seed is typed, the order follows."""

    group: str
    source: str
    seed: str
    digest: str
    slips: Sequence[Slip]
    order: Sequence[str]


@dataclass(frozen=True)
class PrizeSlide:
    """Winners of a prize, the last first; `one_by_one`: each is revealed alone."""

    group: str
    tier: str
    money: int
    winners: Sequence[WinnerRow]
    one_by_one: bool


Slide = LotSlide | PrizeSlide


def ceremony_slides(*, facts: ResultFacts) -> list[Slide]:
    """By group: its draws, then the prizes from the smallest to the greatest."""
    shown = [
        replace(row, name=told["name"])
        for row, told in zip(facts.winners, shown_winners(release=facts.release), strict=True)
    ]
    slides: list[Slide] = []
    for group, rows in groupby(shown, key=lambda row: row.group):
        slides += [_lot(facts, tie) for tie in facts.ties if tie.by_lot and tie.group == group]
        slides += _prizes(group, list(rows))
    return slides


def _lot(facts: ResultFacts, tie: SettledTie) -> LotSlide:
    leaves = leaves_of(round=facts.round, attempts=tie.attempts)
    return LotSlide(
        group=tie.group,
        source=tie.source,
        seed=tie.seed,
        digest=tied_set_digest(list(leaves.values())),
        slips=[Slip(leaf.hex()) for leaf in sorted(leaves.values())],
        order=[leaves[attempt].hex() for attempt in tie.attempts],
    )


def _prizes(group: str, rows: Sequence[WinnerRow]) -> Iterator[PrizeSlide]:
    tiers = [(tier, list(part)) for tier, part in groupby(rows, key=lambda row: row.tier)]
    for tier, winners in reversed(tiers):
        last_first = winners[::-1]
        for start in range(0, len(last_first), TOGETHER):
            part = last_first[start : start + TOGETHER]
            yield PrizeSlide(group, tier, part[0].money, part, len(winners) <= ONE_BY_ONE)
