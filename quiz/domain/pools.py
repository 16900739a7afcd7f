"""The items of a round's papers: chosen from the bank at the freeze, with their keys apart."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quiz.engine.canonical import H, canon
from quiz.engine.commitments import LEAF_VERSION
from quiz.engine.drawing import DRAW_VERSION
from quiz.enums import ItemKind
from quiz.models import Citation, ItemBank, ItemVersion
from quiz.rules.document import BlueprintRow, PaperRules


@dataclass(frozen=True)
class PoolDraft:
    """A pool as it will be stored: `document` without keys, `masks` in the order of its items."""

    document: dict[str, Any]
    masks: list[int]

    @property
    def digest(self) -> str:
        return H("pool", canon(self.document)).hex()


def usable_versions(bank: ItemBank) -> list[ItemVersion]:
    """The bank's approved current versions, in the order of their numbers."""
    versions = ItemVersion.objects.filter(item__bank=bank).approved().current()
    shown = versions.select_related("topic", "item").prefetch_related("media__file")
    return list(shown.order_by("item__number"))


def count_unchecked(versions: Sequence[ItemVersion]) -> int:
    """How many of these cite a document whose validity is to be checked."""
    waiting = Citation.objects.filter(version__in=versions, document__needs_check=True)
    return waiting.values("version_id").distinct().count()


def count_cells(versions: Sequence[ItemVersion]) -> Mapping[tuple[str | None, str | None], int]:
    """How many items each (topic name, level) has, as `check_feasible` asks."""
    return Counter(_cell(version) for version in versions)


def _cell(version: ItemVersion) -> tuple[str | None, str | None]:
    return (version.topic.name if version.topic else None, version.level or None)


def _fits(row: BlueprintRow, version: ItemVersion) -> bool:
    topic, level = _cell(version)
    return row.topic in (None, topic) and row.level in (None, level)


def _rows(paper: PaperRules, versions: Sequence[ItemVersion]) -> list[dict[str, Any]]:
    """The rows of the blueprint with the places of the items that fit each."""
    if paper.fixed_items is not None:
        return [{"items": list(range(len(versions))), "count": len(versions)}]
    return [
        {
            "items": [place for place, version in enumerate(versions) if _fits(row, version)],
            "count": row.count,
        }
        for row in paper.blueprint
        if row.count
    ]


def drawable_versions(paper: PaperRules, versions: Sequence[ItemVersion]) -> Sequence[ItemVersion]:
    """Those of a bank's usable versions that some paper may ask."""
    if paper.fixed_items is not None:
        asked = set(paper.fixed_items)
        return [version for version in versions if version.item.number in asked]
    rows = [row for row in paper.blueprint if row.count]
    return [v for v in versions if any(_fits(row, v) for row in rows)]


def _option_order(version: ItemVersion, shuffled: bool, salt: bytes) -> list[int]:
    """The version's option ids in the pool's order.

    The ids of a pool's options travel in the page, so they must not tell the order in which the
    author wrote them (authors like to put the key first): the salt mixes them once per pool.
    """
    ids = list(range(len(version.options)))
    if not shuffled:
        return ids
    return sorted(
        ids, key=lambda i: hashlib.sha256(salt + b"option:%d:%d" % (version.pk, i)).digest()
    )


def _media(version: ItemVersion, order: list[int]) -> list[dict[str, Any]]:
    """What entrants see and hear, in the pool's order of options: -1 is the stem."""
    shown = [
        {
            "place": order.index(each.place) if each.place >= 0 else each.place,
            "kind": each.kind,
            "sha256": each.file.sha256,
            "alt": each.alt,
            "mime": each.file.mime,
            "width": each.file.width,
            "height": each.file.height,
        }
        for each in version.media.all()
    ]
    return sorted(shown, key=lambda each: (each["place"], each["kind"]))


def draft_pool(*, paper: PaperRules, versions: Sequence[ItemVersion], salt: bytes) -> PoolDraft:
    """The pool of one group's papers.

    With `fixed_items`, `versions` are those items in the paper's order; otherwise the bank's usable
    ones, of which the pool keeps what some row of the blueprint can draw.
    """
    rows = _rows(paper, versions)
    drawn = sorted({place for row in rows for place in row["items"]})
    new_place = {place: at for at, place in enumerate(drawn)}
    for row in rows:
        row["items"] = [new_place[place] for place in row["items"]]
    items, masks = [], []
    for version in (versions[place] for place in drawn):
        fixed = version.fixed_order or version.kind == ItemKind.TRUE_FALSE
        order = _option_order(version, paper.shuffle_options and not fixed, salt)
        item = {
            "version": version.pk,
            "kind": version.kind,
            "stem": version.stem,
            "options": [version.options[i] for i in order],
            "option_ids": order,
            "fixed_order": fixed,
        }
        if media := _media(version, order):  # without any: bytes as before there were media
            item["media"] = media
        items.append(item)
        masks.append(sum(1 << at for at, i in enumerate(order) if version.key_mask >> i & 1))
    document = {
        "rows": rows,
        "items": items,
        "shuffle_items": paper.shuffle_items,
        "shuffle_options": paper.shuffle_options,
        "draw_version": DRAW_VERSION,
        "leaf_version": LEAF_VERSION,
    }
    return PoolDraft(document=document, masks=masks)
