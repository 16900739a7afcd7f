"""A workbook of units against the tree: what it would change, told whole, then stored whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import Act, record_acts
from accounts.domain.plans import Change, Summary
from accounts.domain.unit_changes import changes_between, read_tree, store_tree
from accounts.domain.unit_errors import UnitRefusal
from accounts.domain.unit_lines import UnitLine, UnitWish, join_wishes, kind_of_name, read_line
from accounts.domain.unit_names import UnitNames
from accounts.domain.unit_tree import Node, Tree
from accounts.domain.units import lock_tree
from accounts.errors import Fault, Faults
from accounts.models import Headcount, OrgUnit, User
from accounts.permissions import managed_units

BATCH = 1000


@dataclass(frozen=True)
class UnitPlan:
    """The tree as it is and as it would be; the headcounts that change: (code, day) → people."""

    before: Tree
    after: Tree
    headcounts: dict[tuple[str, date], int]
    summary: Summary


def plan_units(*, lines: Sequence[UnitLine], user: User, today: date) -> UnitPlan:
    """What these rows would change, by someone who may change it. Raises Faults with all of them.

    An empty cell leaves things as they are. The same rows again change nothing.
    """
    return _Planner(user, today).plan(lines)


@transaction.atomic
def store_units(*, lines: Sequence[UnitLine], user: User, today: date, digest: str) -> UnitPlan:
    """Do what `plan_units` said, all or nothing. Raises Faults, PlanOutdated."""
    lock_tree()
    plan = plan_units(lines=lines, user=user, today=today)
    plan.summary.require(digest)
    store_tree(before=plan.before, after=plan.after, user=user)
    _store_headcounts(plan.headcounts, user)
    return plan


def _store_headcounts(headcounts: dict[tuple[str, date], int], user: User) -> None:
    codes = {code for code, _day in headcounts}
    units = {unit.code: unit for unit in OrgUnit.objects.filter(code__in=codes)}
    Headcount.objects.bulk_create(
        [
            Headcount(unit=units[code], on_date=day, count=n)
            for (code, day), n in headcounts.items()
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["unit", "on_date"],
        update_fields=["count"],
    )
    acts = [
        Act("set_headcount", units[code], units[code].pk, {"count": count})
        for (code, _day), count in headcounts.items()
    ]
    record_acts(actor=user, acts=acts)


class _Planner:
    """Reads the rows unit by unit, then changes a copy of the tree in an order that works out."""

    def __init__(self, user: User, today: date) -> None:
        self.today = today
        self.before = read_tree()
        self.after = self.before.copy()
        managed = managed_units(user).values_list("code", "parent__code")
        self.managed = {code for code, _parent in managed}
        tops = [code for code, parent in managed if parent not in self.managed]
        self.top = tops[0] if len(tops) == 1 else ""
        self.names = UnitNames(self.after, self.managed)
        self.faults: list[Fault] = []
        self.wishes: dict[str, UnitWish] = {}
        self.aliases: dict[str, list[str]] = {}
        self.headcounts: dict[tuple[str, date | None], tuple[int, str]] = {}

    def plan(self, lines: Sequence[UnitLine]) -> UnitPlan:
        for line in lines:
            self._read(line)
        self._stop_at_faults()
        self._create()
        self._reopen()
        self._stop_at_faults()
        self._describe()
        self._move()
        self._end()
        headcounts, changes = self._changed_headcounts()
        self._stop_at_faults()
        changes = [*changes_between(self.before, self.after), *changes]
        touched = {change.code for change in changes} & set(self.wishes)
        summary = Summary(len(lines), len(self.wishes) - len(touched), changes)
        return UnitPlan(self.before, self.after, headcounts, summary)

    def _stop_at_faults(self) -> None:
        if self.faults:
            raise Faults(self.faults)

    def _fault(self, place: str, code: str, message: str, hint: str) -> None:
        self.faults.append(Fault(place, code, message, hint))

    def _read(self, line: UnitLine) -> None:
        known = len(self.faults)
        read = read_line(line, self.faults)
        if len(self.faults) > known:
            return
        code = self._code_of(line)
        if not code:
            return
        if not line.code and code in self.after.nodes:
            read.wish.name = None
        held = self.wishes.setdefault(code, read.wish)
        if held is not read.wish:
            join_wishes(held, read.wish, self.faults)
        self.aliases.setdefault(code, []).extend(read.aliases)
        if read.headcount:
            self._read_headcount(code, line.place, *read.headcount)

    def _read_headcount(self, code: str, place: str, day: date | None, count: int) -> None:
        held = self.headcounts.setdefault((code, day), (count, place))
        if held[0] != count:
            message = _("Biên chế cùng ngày đã ghi số khác ở %(place)s.") % {"place": held[1]}
            self._fault(place, "contradiction", message, _("Giữ lại một dòng."))

    def _code_of(self, line: UnitLine) -> str:
        """The code of the unit that a row is about, known or new; "" with a fault."""
        if line.code:
            code = self.names.code(line.code) or line.code
            if code in self.after.nodes and code not in self.managed:
                self._out_of_reach(line.place, line.code)
                return ""
            if code not in self.after.nodes:
                self.names.expect(code, line.name)
            return code
        return self._code_of_name(line)

    def _code_of_name(self, line: UnitLine) -> str:
        """A name alone means the one unit that bears it, or a new one; it renames nothing."""
        own, others = self.names.bearers(line.name, parent=line.parent)
        if not own and not others:
            return self.names.expect_named(line.name)
        if len(own) == 1:
            return own[0]
        message = _("Tên “%(name)s” có thể là đơn vị khác: %(codes)s.")
        told = message % {"name": line.name, "codes": ", ".join([*own, *others][:5])}
        hint = _("Ghi mã vào cột “Mã đơn vị”: mã có sẵn để sửa, mã mới để thêm đơn vị.")
        self._fault(line.place, "ambiguous", told, hint)
        return ""

    def _out_of_reach(self, place: str, text: str) -> None:
        message = _("Đơn vị “%(text)s” nằm ngoài phạm vi quản trị của bạn.") % {"text": text}
        self._fault(place, "out_of_reach", message, _("Xóa dòng này hoặc nhờ quản trị cấp trên."))

    def _unit(self, place: str, text: str) -> str:
        """The code of the unit that a cell names, in reach; "" with a fault."""
        try:
            return self.names.find(text)
        except ValueError as refusal:
            self._fault(place, "unit_unknown", str(refusal), _("Xem mã đơn vị ở trang Đơn vị."))
            return ""

    def _create(self) -> None:
        """New units, those above first."""
        left = {c: wish for c, wish in self.wishes.items() if c not in self.after.nodes}
        for code, wish in left.items():
            if wish.name is None:
                message = _("Đơn vị mới “%(code)s” chưa có tên.") % {"code": code}
                self._fault(wish.place, "name_empty", message, _("Điền cột “Tên đơn vị”."))
                wish.name = code
        self._until_done(left, self._add)
        self.managed |= set(left)

    def _add(self, code: str, wish: UnitWish) -> bool:
        """False while the unit above is itself still to be made."""
        if wish.parent is None and not self.top:
            message = _("Đơn vị mới “%(name)s” chưa ghi đơn vị cấp trên.") % {"name": wish.name}
            self._fault(wish.place, "no_parent", message, _("Điền cột “Thuộc đơn vị”."))
            return True
        parent = self._unit(wish.place, wish.parent) if wish.parent else self.top
        if parent and parent not in self.after.nodes:
            return False
        if parent:
            name = wish.name or code
            self.after.add(Node(code, name, wish.kind or kind_of_name(name), parent))
        return True

    def _until_done(self, left: dict[str, UnitWish], act: Callable[[str, UnitWish], bool]) -> None:
        """Again and again while something gets done: rows stand in any order.

        What can't be done at the end gets its fault.
        """
        refused: dict[str, UnitRefusal | None] = {}
        while left:
            refused = {}
            for code, wish in left.items():
                try:
                    if not act(code, wish):
                        refused[code] = None
                except UnitRefusal as refusal:
                    refused[code] = refusal
            if len(refused) == len(left):
                break
            left = {code: wish for code, wish in left.items() if code in refused}
        for code, why in refused.items():
            self._fault_of(left[code], why)

    def _fault_of(self, wish: UnitWish, why: UnitRefusal | None) -> None:
        if why is not None:
            self._fault(wish.place, why.code, str(why.message), str(why.hint))
        else:
            message = _("Đơn vị cấp trên “%(name)s” lại nằm dưới chính đơn vị này.")
            told = message % {"name": wish.parent}
            self._fault(wish.place, "unit_below_itself", told, _("Sửa cột “Thuộc đơn vị”."))

    def _reopen(self) -> None:
        for code, wish in self.wishes.items():
            if wish.reopen and code in self.after.nodes:
                self.after.reopen(code)

    def _describe(self) -> None:
        for code, wish in self.wishes.items():
            if wish.name is not None:
                self.after.rename(code, wish.name)
            self.after.nodes[code].kind = wish.kind or self.after.nodes[code].kind
            self.after.add_aliases(code, self.aliases[code])

    def _move(self) -> None:
        places = {}
        for code, wish in self.wishes.items():
            node = self.after.nodes[code]
            if wish.parent is None or node.merger_done:
                continue
            parent = self._unit(wish.place, wish.parent)
            if parent and parent != node.parent:
                places[code] = parent
        wanted = {code: self.wishes[code] for code in places}
        self._until_done(wanted, lambda code, _wish: self._hang(code, places[code]))

    def _hang(self, code: str, parent: str) -> bool:
        self.after.move(code, parent)
        return True

    def _end(self) -> None:
        ending = {code: wish for code, wish in self.wishes.items() if wish.end_on}
        targets = {}
        for code, wish in ending.items():
            if wish.merge_into is not None:
                targets[code] = self._unit(wish.place, wish.merge_into)
        wanted = {code: wish for code, wish in ending.items() if targets.get(code) != ""}
        self._until_done(wanted, lambda code, wish: self._close(code, wish, targets.get(code)))

    def _close(self, code: str, wish: UnitWish, into: str | None) -> bool:
        day = wish.end_on or self.today
        node = self.after.nodes[code]
        if into is None:
            self.after.close(code, day)
        elif not (node.merged_into and node.valid_to == day and self.after.heir(code).code == into):
            self.after.merge(code, into, day, self.today)
        return True

    def _changed_headcounts(self) -> tuple[dict[tuple[str, date], int], list[Change]]:
        """Those that differ from what is known; without a day, from what holds today."""
        known: dict[str, list[tuple[date, int]]] = {}
        rows = Headcount.objects.filter(unit__code__in={code for code, _day in self.headcounts})
        for unit, since, persons in rows.values_list("unit__code", "on_date", "count"):
            known.setdefault(unit, []).append((since, persons))
        changed, changes = {}, []
        for (code, day), (count, _place) in self.headcounts.items():
            on = day or self.today
            past = [row for row in known.get(code, []) if row[0] <= on]
            held = max(past, default=None)
            if held is None or held[1] != count or (day and held[0] != day):
                changed[code, on] = count
                name = self.after.nodes[code].name
                was = str(held[1]) if held else ""
                now = _("%(count)s người từ %(day)s") % {"count": count, "day": f"{on:%d/%m/%Y}"}
                changes.append(Change("set_headcount", code, name, was, now))
        return changed, changes
