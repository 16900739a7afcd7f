"""Which prizes by age of one group are certain, after the prizes for places were asked."""

from collections.abc import Collection, Mapping, Sequence

from quiz.domain.certainty_rows import CandidateReader, Standing
from quiz.engine.certainty import Outlook
from quiz.engine.certainty_ages import AgePrize, Contender, age_outlooks, unsettled, with_earlier
from quiz.rules.document import RuleDocument


def assess_ages(
    *,
    reader: CandidateReader,
    rules: RuleDocument,
    places: Sequence[Outlook],
    counts: Sequence[Sequence[int]],
    barred: set[int],
    doubts: Mapping[int, Collection[int]],
    alike: Collection[Collection[int]],
) -> list[Outlook]:
    """An outlook for each prize by age and each who may get it, in the order of the prizes.

    `places`: the outlooks for prizes for places. `counts`: how many there are of each prize under
    the fewest and the most entrants there may be.
    """
    once = rules.result.one_prize_per != "none"
    earlier = with_earlier({}, places) if once else {}
    found: list[Outlook] = []
    for number, tier in enumerate(rules.side_prizes_of(reader.group.code)):
        prize = AgePrize(tier.code, tier.by == "youngest", (counts[0][number], counts[-1][number]))
        if not prize.counts[1]:
            continue
        standing = reader.by_age(
            youngest=prize.youngest,
            wanted=prize.counts[1],
            unsure=barred | doubts.keys() | unsettled(earlier),
        )
        told = age_outlooks(
            prize,
            _contenders(standing, barred),
            doubts=doubts,
            earlier=earlier,
            one_stays=alike,
        )
        found += told
        earlier = with_earlier(earlier, told) if once else {}
    return found


def _contenders(standing: Standing, barred: set[int]) -> list[Contender]:
    return [
        Contender(entrant, own[0][0].birth_date, own)
        for entrant, own in standing.items()
        if entrant not in barred and own[0][0].birth_date is not None
    ]
