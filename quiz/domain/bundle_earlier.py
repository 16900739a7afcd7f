"""What the bundles of a round's earlier releases told of each entry.

Who has them all puts them side by side: the leaf is the same in each. So how much a further release
may show depends on what is known of an entry already (`engine.hiding.decide_hiding_again`).
"""

import json
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import repeat
from typing import Any, NamedTuple

from quiz.engine.canonical import canon_of_plain
from quiz.models import Release

# What nobody knows of another person, or follows from the leaf.
_OF_NOBODY = ("paper", "answers", "person", "bounds", "round")


class Told(NamedTuple):
    """`shown`: more than the leaf, at some time. `whole`: as a contender. `text`: all of it, equal
    for entries that can't be told apart by it.
    """

    shown: bool = False
    whole: bool = False
    text: tuple[str, ...] = ()


NOTHING_TOLD = Told()


def earlier_releases(release: Release) -> list[Release]:
    """The releases before it, the first first."""
    before: list[Release] = []
    while release.previous is not None:
        release = release.previous
        before.insert(0, release)
    return before


class EarlierBundles:
    """The bundles published before a release; none for a round's first."""

    def __init__(self, release: Release) -> None:
        self._files = [one.bundle for one in earlier_releases(release) if one.bundle]

    def told(self) -> Iterator[Told]:
        """Of every entry, in the order of the tree; for ever the same where there is none."""
        if not self._files:
            yield from repeat(NOTHING_TOLD)
            return
        with ExitStack() as stack:
            streams = []
            for file in self._files:
                archive = stack.enter_context(zipfile.ZipFile(stack.enter_context(file.open())))
                streams.append(stack.enter_context(archive.open("leaves.jsonl")))
            for lines in zip(*streams, strict=True):
                rows = [json.loads(line) for line in lines]
                yield Told(
                    shown=any("opening" in row for row in rows),
                    whole=any(_is_whole(row) for row in rows),
                    text=tuple(map(_text, rows)),
                )

    def opened_heads(self) -> set[int] | None:
        """The numbers of heads that every one of them opened; None if there is none."""
        opened: set[int] | None = None
        for file in self._files:
            with file.open() as held, zipfile.ZipFile(held) as archive:
                names = archive.namelist()
                heads = json.loads(archive.read("heads.json")) if "heads.json" in names else []
            found = {head["number"] for head in heads if "nonce" in head}
            opened = found if opened is None else opened & found
        return opened


def _is_whole(row: dict[str, Any]) -> bool:
    return "value" in row.get("opening", {}).get("round", {})


def _text(row: dict[str, Any]) -> str:
    parts = {**row.get("opening", {}), **row.get("bounds", {})}
    told = {name: row[name] for name in ("closed", "declared", "behind", "head") if name in row}
    told |= {
        name: part["value"]
        for name, part in parts.items()
        if "value" in part and name not in _OF_NOBODY
    }
    return canon_of_plain(told).decode()
