"""Moving, merging, closing, reopening units: the tree is read, changed, the difference stored.

One writer at a time: two moves that are sound one by one can make a circle together.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import Act, record_acts
from accounts.domain.plans import Change
from accounts.domain.unit_tree import Node, Tree
from accounts.domain.units import lock_tree, refresh_search_text
from accounts.models import OrgUnit, User
from accounts.text import sort_key

BATCH = 1000
_STORED = (
    "name", "sort_name", "kind", "parent", "aliases", "valid_to", "merged_into", "merger_done",
)  # fmt: skip


def read_tree() -> Tree:
    """All units. About 20 ms for the 3,355 of the whole country."""
    columns = ("pk", "code", "name", "kind", "parent__code", "aliases", "valid_to")
    rows = OrgUnit.objects.order_by("pk").values_list(*columns, "merged_into__code", "merger_done")
    return Tree(
        {
            code: Node(code, name, kind, parent, tuple(aliases), valid_to, into, done, pk)
            for pk, code, name, kind, parent, aliases, valid_to, into, done in rows
        }
    )


@transaction.atomic
def move_unit(*, unit: OrgUnit, parent: OrgUnit, user: User | None) -> OrgUnit:
    """Hang a unit, with all below it, under another. Raises UnitRefusal."""
    lock_tree()
    before = read_tree()
    after = before.copy()
    after.move(unit.code, parent.code)
    return _stored(unit, before, after, user)


@transaction.atomic
def merge_units(
    *, unit: OrgUnit, into: OrgUnit, on_date: date, today: date, user: User | None
) -> OrgUnit:
    """Close a unit on a day and let `into` stand in for it. Raises UnitRefusal.

    On that day people, units below and names go to the successor; lists, headcounts and entries
    stay under the old unit's name, which then hangs below its successor. Roles at the old unit are
    not roles at the new one: those are granted.
    """
    lock_tree()
    before = read_tree()
    after = before.copy()
    after.merge(unit.code, into.code, on_date, today)
    return _stored(unit, before, after, user)


@transaction.atomic
def close_unit(*, unit: OrgUnit, on_date: date, user: User | None) -> OrgUnit:
    """The unit is no more from that day on. Raises UnitRefusal while units below it go on."""
    lock_tree()
    before = read_tree()
    after = before.copy()
    after.close(unit.code, on_date)
    return _stored(unit, before, after, user)


@transaction.atomic
def reopen_unit(*, unit: OrgUnit, user: User | None) -> OrgUnit:
    """Undo the closing, or the merger but for the people, who stay with the successor."""
    lock_tree()
    before = read_tree()
    after = before.copy()
    after.reopen(unit.code)
    return _stored(unit, before, after, user)


@transaction.atomic
def settle_mergers(*, today: date) -> int:
    """Carry out the mergers whose day has come; returns how many."""
    lock_tree()
    before = read_tree()
    due = before.due(today)
    if due:
        after = before.copy()
        for code in due:
            after.settle(code)
        store_tree(before=before, after=after, user=None)
    return len(due)


def _stored(unit: OrgUnit, before: Tree, after: Tree, user: User | None) -> OrgUnit:
    store_tree(before=before, after=after, user=user)
    unit.refresh_from_db()
    return unit


def changes_between(before: Tree, after: Tree) -> list[Change]:
    """What differs, unit by unit."""
    changes: list[Change] = []
    for code, node in after.nodes.items():
        old = before.nodes.get(code)
        if old is None:
            changes.append(Change("create_unit", code, node.name, "", _name(after, node.parent)))
        elif old != node:
            changes += _changes_of(before, after, old, node)
    return changes


def _changes_of(before: Tree, after: Tree, old: Node, new: Node) -> Iterable[Change]:
    def change(act: str, was: str, now: str) -> Change:
        return Change(act, new.code, new.name, was, now)

    if old.name != new.name:
        yield change("rename_unit", old.name, new.name)
    if old.kind != new.kind:
        yield change("set_unit_kind", old.kind, new.kind)
    if new.merged_into and new.merged_into != old.merged_into:
        told = {"unit": _name(after, new.merged_into), "day": _day(new.valid_to)}
        yield change("merge_unit", "", _("%(unit)s, từ ngày %(day)s") % told)
    elif old.valid_to is not None and new.valid_to is None:
        yield change("reopen_unit", _day(old.valid_to), "")
    elif old.valid_to != new.valid_to:
        yield change("close_unit", _day(old.valid_to), _day(new.valid_to))
    if old.parent != new.parent and not new.merger_done:
        yield change("move_unit", _name(before, old.parent), _name(after, new.parent))
    if new.merger_done and not old.merger_done:
        yield change("settle_merger", "", _name(after, after.heir(new.code).code))
    if learnt := [name for name in new.aliases if name not in old.aliases and name != old.name]:
        yield change("add_aliases", "", "; ".join(learnt))


def _name(tree: Tree, code: str | None) -> str:
    return tree.nodes[code].name if code else ""


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def store_tree(*, before: Tree, after: Tree, user: User | None) -> list[Change]:
    """Write the difference: units, the people of merged units, search texts, the diary."""
    changes = changes_between(before, after)
    new = [node for code, node in after.nodes.items() if code not in before.nodes]
    ids = {node.code: node.pk for node in before.nodes.values() if node.pk}
    touched = [node for code, node in before.nodes.items() if after.nodes[code] != node]
    touched = [after.nodes[node.code] for node in touched]
    _create(new, ids)
    _update([*touched, *(node for node in new if node.merged_into)], ids)
    for code in (c.code for c in changes if c.act == "settle_merger"):
        heir = ids[after.heir(code).code]
        User.objects.filter(unit_id=ids[code]).update(unit_id=heir)
    refresh_search_text(unit_ids=[ids[node.code] for node in (*new, *touched)])
    _record(changes, after, ids, user)
    return changes


def _create(new: list[Node], ids: dict[str, int]) -> None:
    """Parents before their children, a level at a time; successors are filled in afterwards."""
    left = new
    while left:
        level = [node for node in left if node.parent is None or node.parent in ids]
        units = [
            _filled(OrgUnit(code=node.code), replace(node, merged_into=None), ids) for node in level
        ]
        for unit in OrgUnit.objects.bulk_create(units, batch_size=BATCH):
            ids[unit.code] = unit.pk
        left = [node for node in left if node.code not in ids]


def _update(nodes: list[Node], ids: dict[str, int]) -> None:
    held = OrgUnit.objects.in_bulk([ids[node.code] for node in nodes])
    units = [_filled(held[ids[node.code]], node, ids) for node in nodes]
    OrgUnit.objects.bulk_update(units, _STORED, batch_size=BATCH)


def _filled(unit: OrgUnit, node: Node, ids: dict[str, int]) -> OrgUnit:
    unit.name, unit.sort_name, unit.kind = node.name, sort_key(node.name), node.kind
    unit.parent_id = ids[node.parent] if node.parent else None
    unit.merged_into_id = ids[node.merged_into] if node.merged_into else None
    unit.aliases, unit.valid_to = list(node.aliases), node.valid_to
    unit.merger_done = node.merger_done
    return unit


def _record(changes: Iterable[Change], tree: Tree, ids: dict[str, int], user: User | None) -> None:
    """Ids and days, no names: those are in the units themselves."""
    acts = []
    for change in changes:
        node, pk = tree.nodes[change.code], ids[change.code]
        details: dict[str, object] = {}
        if change.act in {"create_unit", "move_unit"} and node.parent:
            details["parent"] = ids[node.parent]
        if change.act in {"merge_unit", "settle_merger"} and node.merged_into:
            details["into"] = ids[node.merged_into]
        if change.act in {"merge_unit", "close_unit"} and node.valid_to:
            details["from"] = node.valid_to.isoformat()
        acts.append(Act(change.act, OrgUnit(pk=pk), pk, details))
    record_acts(actor=user, acts=acts)
