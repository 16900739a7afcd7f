"""Which unit a cell of a unit workbook names, also one that the same workbook makes."""

from collections import defaultdict

from django.utils.translation import gettext as _

from accounts.domain.unit_tree import Tree
from accounts.text import fold, search_words

LONGEST_BASE = 32


class UnitNames:
    """Codes and names of the units in reach, kept while rows are read; see `UnitFinder` as well.

    A merged unit means its successor, except to the row that is about it.
    """

    def __init__(self, tree: Tree, reach: set[str]) -> None:
        self._tree = tree
        self._codes = {code.lower(): code for code in tree.nodes}
        self._reach = set(reach)
        self._named: dict[str, dict[str, None]] = defaultdict(dict)
        for code in sorted(reach):
            for name in tree.nodes[code].names:
                self._named[_key(name)][code] = None

    def code(self, text: str) -> str:
        """The code as it is written in the tree or by an earlier row, "" if there is none."""
        return self._codes.get(text.lower(), "")

    def expect(self, code: str, name: str) -> str:
        """A unit that the workbook makes may be named by other rows."""
        self._codes[code.lower()] = code
        self._reach.add(code)
        if name:
            self._named[_key(name)][code] = None
        return code

    def expect_named(self, name: str) -> str:
        """As `expect`, with a free code made of the name."""
        words = "".join(c if c.isalnum() else " " for c in fold(name)).split()
        base = "-".join(words)[:LONGEST_BASE] or "don-vi"
        code, number = base, 2
        while code in self._codes:
            code, number = f"{base}-{number}", number + 1
        return self.expect(code, name)

    def bearers(self, name: str, *, parent: str) -> tuple[list[str], list[str]]:
        """Units of that very name, open ones if there are any, and those that only once bore it.

        Where the row says below which unit, only those below it.
        """
        found = list(self._named.get(_key(name), ()))
        if parent:
            above = set(self._meant(parent))
            found = [code for code in found if self._parent(code) in above | {None}]
        own = [code for code in found if self._is_named(code, name)]
        others = [code for code in found if code not in own]
        return [code for code in own if self._is_open(code)] or own, others

    def find(self, text: str) -> str:
        """Raises ValueError with a sentence when no unit is meant, or more than one."""
        named = self._meant(text)
        if len(named) == 1:
            return named[0]
        if named:
            raise ValueError(
                _("Có %(count)s đơn vị cùng tên “%(name)s”; ghi mã thay cho tên: %(codes)s.")
                % {"count": len(named), "name": text, "codes": ", ".join(named[:5])}
            )
        raise ValueError(_("Không có đơn vị “%(name)s” trong phạm vi này.") % {"name": text})

    def _meant(self, text: str) -> list[str]:
        code = self._codes.get(text.strip().lower())
        if code is not None and code in self._reach:
            return [self._successor(code)]
        bearers = map(self._successor, self._named.get(_key(text), ()))
        named = list(dict.fromkeys(bearers))
        return [code for code in named if self._is_open(code)] or named

    def _successor(self, code: str) -> str:
        node = self._tree.nodes.get(code)
        while node is not None and node.merger_done and node.merged_into in self._reach:
            node = self._tree.nodes[str(node.merged_into)]
        return node.code if node else code

    def _is_open(self, code: str) -> bool:
        node = self._tree.nodes.get(code)
        return node is None or node.valid_to is None

    def _is_named(self, code: str, name: str) -> bool:
        """By its own name, not by one of its others."""
        node = self._tree.nodes.get(code)
        return node is None or _key(node.name) == _key(name)

    def _parent(self, code: str) -> str | None:
        """None for a unit that is only going to be made."""
        node = self._tree.nodes.get(code)
        if node is None:
            return None
        return self._successor(node.parent) if node.parent else ""


def _key(name: str) -> str:
    return " ".join(search_words(name))
