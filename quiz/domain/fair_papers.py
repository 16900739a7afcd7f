"""Whether papers of a round are equally hard: expected before it opens, found after the seal."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quiz.domain.drawable_pools import DrawablePool
from quiz.engine.drawing import read_pool
from quiz.engine.paper_spread import (
    Part,
    Spread,
    correlation_of,
    expected_of,
    parts_of,
    spread_of,
)
from quiz.enums import Level, RoundState
from quiz.models import Grade, ItemUsage, ItemVersion, Pool, Round

PAPERS_DRAWN = 1000
# More grades than this are looked at evenly spaced: a page has to answer in a second.
MOST_GRADES = 5000
# What is assumed of an item that no sealed round tells of: rounded from what such tests are set
# for, and printed beside every figure that rests on it.
ASSUMED: dict[str, float] = {Level.RECALL: 0.8, Level.UNDERSTAND: 0.65, Level.APPLY: 0.5}
ASSUMED_WITHOUT_LEVEL = 0.65


@dataclass(frozen=True)
class ExpectedSpread:
    """Of one group: the spread over drawn papers; `known` of `items` items rest on past rounds."""

    group: str
    slots: int
    items: int
    known: int
    spread: Spread


@dataclass(frozen=True)
class FoundSpread:
    """Of one group after the seal: `looked_at` of `graded` papers, in tenths by expectation."""

    group: str
    graded: int
    looked_at: int
    parts: Sequence[Part]
    correlation: float | None


def facilities_before(*, round: Round, versions: Sequence[int]) -> dict[int, float]:
    """What sealed rounds other than this one tell of these versions, by id.

    A round's own answers are left out, or its papers would foretell themselves.
    """
    told = ItemUsage.objects.told().filter(version__in=versions).exclude(pool__round=round)
    return {
        row["version"]: row["all_correct"] / row["all_met"]
        for row in told.by_version()
        if row["all_met"]
    }


def _facility(document: dict, known: Mapping[int, float], levels: Mapping[int, str]) -> list[float]:
    """By place in the pool: known from past rounds, else assumed by level."""
    versions = [item["version"] for item in document["items"]]
    return [
        known.get(version, ASSUMED.get(levels.get(version, ""), ASSUMED_WITHOUT_LEVEL))
        for version in versions
    ]


def _levels(versions: Sequence[int]) -> dict[int, str]:
    return dict(ItemVersion.objects.filter(pk__in=versions).values_list("pk", "level"))


def expected_spread(
    *, round: Round, pool: DrawablePool, papers: int = PAPERS_DRAWN
) -> ExpectedSpread:
    """The spread over `papers` papers of seeds that are the same at every look."""
    versions = [item["version"] for item in pool.items]
    known = facilities_before(round=round, versions=versions)
    facility, draw = _facility(pool.document, known, _levels(versions)), pool.draw
    values = [expected_of(draw, facility, _seed(number)) for number in range(papers)]
    return ExpectedSpread(
        group=pool.group.name,
        slots=sum(row.count for row in draw.rows),
        items=len(versions),
        known=sum(version in known for version in versions),
        spread=spread_of(values),
    )


def _seed(number: int) -> bytes:
    return hashlib.sha256(b"minhthi/1/fair\0%d" % number).digest()


def is_told(round: Round) -> bool:
    """Whether the round's grades are sealed, so that they may be looked at."""
    return round.state in (RoundState.SEALED, RoundState.RELEASED)


def found_spread(*, round: Round, pool: Pool) -> FoundSpread | None:
    """What became of one group's papers; None before the seal, or where nobody entered.

    Graded attempts are those that are not voided, superseded ones among them.
    """
    if not is_told(round):
        return None
    grades = Grade.objects.filter(round=round, attempt__pool=pool).order_by("attempt")
    total = grades.count()
    if not total:
        return None
    step = -(-total // MOST_GRADES)
    versions = [item["version"] for item in pool.document["items"]]
    known = facilities_before(round=round, versions=versions)
    facility, draw = _facility(pool.document, known, _levels(versions)), read_pool(pool.document)
    rows = grades.values_list("attempt__seed", "score")[::step]
    papers = [(expected_of(draw, facility, bytes(seed)), float(score)) for seed, score in rows]
    return FoundSpread(
        group=pool.group.name,
        graded=total,
        looked_at=len(papers),
        parts=parts_of(papers),
        correlation=correlation_of(papers),
    )
