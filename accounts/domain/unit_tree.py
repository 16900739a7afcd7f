"""The tree of units as plain values: what may be moved, merged, closed, and what follows from it.

No database here: `domain/unit_changes.py` reads the tree, lets these acts change it, and stores the
difference, for one click as for a workbook of 3,000 rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from accounts.domain.unit_errors import (
    UnitBelowItself,
    UnitClosed,
    UnitHasOpenChildren,
    UnitIntoItself,
    UnitMergedAlready,
    UnitOnTop,
)


@dataclass
class Node:
    """One unit; other units are named by their codes. `valid_to`: the first day it is no more."""

    code: str
    name: str
    kind: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    valid_to: date | None = None
    merged_into: str | None = None
    merger_done: bool = False
    pk: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass
class Tree:
    """Units by code. Acts raise a `UnitRefusal` and have then changed nothing."""

    nodes: dict[str, Node]
    children: dict[str | None, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in self.nodes.values():
            self.children.setdefault(node.parent, set()).add(node.code)

    def add(self, node: Node) -> None:
        """A new unit below an open one, or on top."""
        if node.parent is not None:
            self._check_open(self.nodes[node.parent])
        self.nodes[node.code] = node
        self.children.setdefault(node.parent, set()).add(node.code)

    def move(self, code: str, parent: str) -> None:
        """Hang a unit, with all below it, under another."""
        node, above = self.nodes[code], self.nodes[parent]
        if node.parent == parent:
            return
        if node.parent is None:
            raise UnitOnTop(node.name)
        self._check_open(node)
        self._check_open(above)
        if self.is_at_or_below(parent, code):
            raise UnitBelowItself(node.name, above.name)
        self._hang(node, parent)

    def rename(self, code: str, name: str) -> None:
        """The old name goes on being found."""
        node = self.nodes[code]
        if name != node.name:
            node.aliases = _each_once([*node.aliases, node.name], but=name)
            node.name = name

    def add_aliases(self, code: str, aliases: Iterable[str]) -> None:
        node = self.nodes[code]
        node.aliases = _each_once([*node.aliases, *aliases], but=node.name)

    def close(self, code: str, day: date) -> None:
        """The unit is no more from `day` on; nobody follows it."""
        node = self.nodes[code]
        if node.merged_into is None and node.valid_to == day:
            return
        if node.merged_into is not None:
            raise UnitMergedAlready(node.name, self.nodes[node.merged_into].name)
        if node.parent is None:
            raise UnitOnTop(node.name)
        below = [self.nodes[child] for child in self.children.get(code, ())]
        still_open = [unit for unit in below if unit.valid_to is None or unit.valid_to > day]
        if still_open:
            raise UnitHasOpenChildren(node.name, len(still_open))
        node.valid_to = day

    def merge(self, code: str, into: str, day: date, today: date) -> None:
        """From `day` on `into` stands in for the unit; what follows on that day, `settle` does."""
        node, successor = self.nodes[code], self.nodes[into]
        if (node.merged_into, node.valid_to) == (into, day):
            return
        if code == into:
            raise UnitIntoItself(node.name)
        if node.parent is None:
            raise UnitOnTop(node.name)
        if node.merged_into is not None:
            raise UnitMergedAlready(node.name, self.nodes[node.merged_into].name)
        self._check_open(node)
        self._check_open(successor)
        node.merged_into, node.valid_to = into, day
        if day <= today:
            self.settle(code)

    def settle(self, code: str) -> None:
        """Units below, and the names, go to whoever stands in for the merged unit now.

        A successor from below takes the merged unit's place first. The merged unit itself hangs
        below its successor from then on.
        """
        node = self.nodes[code]
        into = str(node.merged_into)
        heir = self.heir(into)
        self._lift_above(heir, node)
        self._lift_above(self._stem(into), node)
        for child in sorted(self.children.get(code, ())):
            if not self.nodes[child].merger_done:
                self._hang(self.nodes[child], heir.code)
        self._hang(node, into)
        node.merger_done = True
        self.add_aliases(heir.code, node.names)

    def due(self, today: date) -> list[str]:
        """Mergers whose day has come and which have not taken place."""
        return [
            node.code
            for node in self.nodes.values()
            if node.merged_into
            and not node.merger_done
            and node.valid_to
            and node.valid_to <= today
        ]

    def reopen(self, code: str) -> None:
        """The unit is there again, beside its former successor, which gives its names back."""
        node = self.nodes[code]
        if node.merged_into is not None and node.merger_done:
            successor, heir = self.nodes[node.merged_into], self.heir(node.merged_into)
            heir.aliases = tuple(name for name in heir.aliases if name not in node.names)
            self._hang(node, successor.parent or successor.code)
        node.valid_to, node.merged_into, node.merger_done = None, None, False
        if node.parent is not None:
            self._hang(node, self.open_above(node.parent).code)

    def heir(self, code: str) -> Node:
        """Who stands in for a unit: the end of its chain of mergers, else the open unit above."""
        node = self.nodes[code]
        while node.merged_into is not None:
            node = self.nodes[node.merged_into]
        return self.open_above(node.code)

    def open_above(self, code: str) -> Node:
        """The unit itself if nobody has closed it, else the nearest one above."""
        node = self.nodes[code]
        while node.valid_to is not None and node.parent is not None:
            node = self.nodes[node.parent]
        return node

    def is_at_or_below(self, code: str | None, top: str) -> bool:
        while code is not None:
            if code == top:
                return True
            code = self.nodes[code].parent
        return False

    def copy(self) -> "Tree":
        return Tree({code: replace(node) for code, node in self.nodes.items()})

    def _check_open(self, node: Node) -> None:
        if node.valid_to is not None:
            raise UnitClosed(node.name, node.valid_to)

    def _stem(self, code: str) -> Node:
        """The unit below which a unit hangs through mergers that have taken place."""
        node = self.nodes[code]
        while node.merger_done:
            node = self.nodes[str(node.merged_into)]
        return node

    def _lift_above(self, node: Node, top: Node) -> None:
        """Out of the part of the tree below `top`, to where that one hangs."""
        if top.parent is not None and self.is_at_or_below(node.code, top.code):
            self._hang(node, self.open_above(top.parent).code)

    def _hang(self, node: Node, parent: str | None) -> None:
        self.children[node.parent].discard(node.code)
        node.parent = parent
        self.children.setdefault(parent, set()).add(node.code)


def _each_once(names: Iterable[str], *, but: str) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name and name != but)
