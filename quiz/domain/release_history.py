"""What a release changes of the one before it, as anyone may read it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from quiz.domain.withdrawn_names import Winner, shown_winners
from quiz.enums import KeyRemedy
from quiz.models import Pool, Release


@dataclass(frozen=True)
class AmendedItem:
    """`old`, `new`: the texts of the options, where the rules publish keys."""

    remedy: str
    reason: str
    stem: str = ""
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PublishedCorrection:
    """One correction in the words of its release; `voided`, `restored` count entries."""

    number: int
    reason: str
    items: list[AmendedItem]
    voided: int
    restored: int
    withdrawn: list[str]


@dataclass(frozen=True)
class ReleaseChanges:
    """`gone`, `come`: rows of the winners' lists that only the earlier, only the later has."""

    corrections: list[PublishedCorrection]
    gone: list[Winner]
    come: list[Winner]


def release_changes(*, release: Release) -> ReleaseChanges:
    """What was corrected since the release before it, if any, and whose prize changed by it."""
    before = release.previous
    told = release.document.get("corrections", [])
    known = len(before.document.get("corrections", [])) if before is not None else 0
    corrections = [_correction(release, one) for one in told[known:]]
    if before is None:
        return ReleaseChanges(corrections, [], [])
    old, new = shown_winners(release=before), shown_winners(release=release)
    return ReleaseChanges(corrections, gone=_without(old, new), come=_without(new, old))


def _without(rows: list[Winner], others: list[Winner]) -> list[Winner]:
    """The rows that the other list has not: group, prize, name and unit count."""
    left = Counter(map(_same, others))
    found = []
    for row in rows:
        if left[_same(row)]:
            left[_same(row)] -= 1
        else:
            found.append(row)
    return found


def _same(row: Winner) -> tuple[str, ...]:
    return row["group"], row["prize"], row["name"], row["unit"]


def _correction(release: Release, told: dict[str, Any]) -> PublishedCorrection:
    acts = Counter(one["act"] for one in told["entries"])
    return PublishedCorrection(
        number=told["number"],
        reason=told["reason"],
        items=[_item(release, one) for one in told["keys"]],
        voided=acts["void"],
        restored=acts["restore"],
        withdrawn=[one["prize"] for one in told["withdrawn"]],
    )


def _item(release: Release, told: dict[str, Any]) -> AmendedItem:
    remedy = str(KeyRemedy(told["remedy"]).label)
    if "place" not in told:
        return AmendedItem(remedy, told["reason"])
    pool = Pool.objects.get(round=release.round_id, group__code=told["group"])
    item = pool.document["items"][told["place"]]
    return AmendedItem(
        remedy,
        told["reason"],
        stem=item["stem"],
        old=options_of(item["options"], told["old"]),
        new=options_of(item["options"], told["new"]),
    )


def options_of(options: list[str], mask: int) -> list[str]:
    """The texts of the options a mask names: letters mean nothing where they are shuffled."""
    return [text for at, text in enumerate(options) if mask >> at & 1]
