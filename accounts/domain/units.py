"""The tree of units: made, loaded in bulk, found again by any name people remember."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.domain.unit_errors import UnitClosed
from accounts.enums import UnitKind
from accounts.errors import Fault, Faults
from accounts.models import Headcount, OrgUnit, User
from accounts.text import fold, free_code, nfc, sort_key

TREE_LOCK = 7_266_402
ROOT_CODE = "goc"
BATCH = 1000


@dataclass(frozen=True)
class UnitRow:
    """One unit of a list to load; a `parent_code` of "" hangs it below the list's own parent."""

    code: str
    name: str
    kind: str
    parent_code: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class LoadedUnits:
    created: int
    renamed: int
    unchanged: int


def ensure_root_unit() -> OrgUnit:
    """The unit above all others; made on an empty installation, renamed later by people."""
    root = OrgUnit.objects.filter(parent=None).order_by("pk").first()
    if root is None:
        root = OrgUnit.objects.create(code=ROOT_CODE, name=str(_("Cơ quan chủ quản")))
    return root


def lock_tree() -> None:
    """Until the end of the transaction nobody else changes how units hang together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


def refresh_search_text(*, unit_ids: Iterable[int]) -> int:
    """Rewrite the folded text of these units and of all below them; returns how many changed.

    It holds a unit's name and aliases and those of every unit above, so that “hoa thinh dak lak”
    finds the commune and an old name of the province finds all of its communes.
    """
    units = {unit.pk: unit for unit in OrgUnit.objects.below(unit_ids)}
    words: dict[int | None, str] = {None: ""}
    _add_words_above(units.values(), words)
    changed = []
    for unit in units.values():
        text = _words_of(unit, units, words)
        if text != unit.search_text:
            unit.search_text = text
            changed.append(unit)
    OrgUnit.objects.bulk_update(changed, ["search_text"], batch_size=BATCH)
    return len(changed)


def _own_words(unit: OrgUnit) -> str:
    return fold(" ".join([unit.name, *unit.aliases]))


def _words_of(unit: OrgUnit, units: dict[int, OrgUnit], words: dict[int | None, str]) -> str:
    """Own words first, then those above; a chain is a few units long."""
    if unit.pk not in words:
        above = (
            words[unit.parent_id]
            if unit.parent_id in words
            else _words_of(units[unit.parent_id or 0], units, words)
        )
        words[unit.pk] = f"{_own_words(unit)} {above}".strip()
    return words[unit.pk]


def _add_words_above(units: Iterable[OrgUnit], words: dict[int | None, str]) -> None:
    """The texts of parents that lie outside the part of the tree being rewritten."""
    inside = {unit.pk for unit in units}
    outside = {unit.parent_id for unit in units if unit.parent_id} - inside
    for parent in OrgUnit.objects.filter(pk__in=outside):
        chain: list[str] = []
        unit: OrgUnit | None = parent
        while unit is not None:
            chain.append(_own_words(unit))
            unit = unit.parent
        words[parent.pk] = " ".join(chain)


@transaction.atomic
def create_unit(
    *,
    name: str,
    parent: OrgUnit | None,
    user: User | None,
    code: str = "",
    kind: str = UnitKind.OTHER,
    aliases: Sequence[str] = (),
) -> OrgUnit:
    """A new unit below `parent`; without a code it gets one of its name.

    Raises Faults, UnitClosed.
    """
    lock_tree()
    if parent is not None:
        _check_open(parent)
    wanted = code.strip() or _free_code(name)
    _check_unit(name=name, code=wanted)
    unit = OrgUnit.objects.create(
        code=wanted, name=name, parent=parent, kind=kind, aliases=_clean(aliases)
    )
    refresh_search_text(unit_ids=[unit.pk])
    unit.refresh_from_db()
    record_act(actor=user, act="create_unit", subject=unit, unit_id=unit.pk)
    return unit


@transaction.atomic
def update_unit(
    *,
    unit: OrgUnit,
    name: str,
    user: User | None,
    kind: str | None = None,
    aliases: Sequence[str] = (),
    keep_name: bool = False,
) -> OrgUnit:
    """Rename, give other names; the old name is found on if `keep_name`. Raises Faults.

    The code stays: attempts and lists refer to it.
    """
    _check_unit(name=name, code=unit.code, known=unit)
    kept = [unit.name] if keep_name and unit.name != nfc(name) else []
    unit.name, unit.aliases = nfc(name), _clean([*aliases, *kept])
    unit.kind = kind or unit.kind
    unit.save()
    refresh_search_text(unit_ids=[unit.pk])
    unit.refresh_from_db()
    record_act(actor=user, act="update_unit", subject=unit, unit_id=unit.pk)
    return unit


def _check_open(unit: OrgUnit) -> None:
    """As it is stored now: the caller's copy may be from before a merger."""
    day = OrgUnit.objects.values_list("valid_to", flat=True).get(pk=unit.pk)
    if day is not None:
        raise UnitClosed(unit.name, day)


def _check_unit(*, name: str, code: str, known: OrgUnit | None = None) -> None:
    faults = []
    if not nfc(name):
        faults.append(
            Fault(_("Tên đơn vị"), "name_empty", _("Chưa có tên đơn vị."), _("Nhập tên đầy đủ."))
        )
    if known is None and OrgUnit.objects.filter(code=code).exists():
        faults.append(
            Fault(
                _("Mã đơn vị"),
                "code_taken",
                _("Mã “%(code)s” đã thuộc một đơn vị khác.") % {"code": code},
                _("Chọn mã khác hoặc để trống để hệ thống tự đặt."),
            )
        )
    if faults:
        raise Faults(faults)


def _free_code(name: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in fold(name)).split()
    base = "-".join(words)[:32] or "don-vi"
    taken = OrgUnit.objects.filter(code__startswith=base).values_list("code", flat=True)
    return free_code(base, set(taken))


def _clean(aliases: Iterable[str]) -> list[str]:
    """NFC, without empty ones, each once, in the order given."""
    return list(dict.fromkeys(filter(None, map(nfc, aliases))))


@transaction.atomic
def load_units(
    *, rows: Sequence[UnitRow], parent: OrgUnit | None, user: User | None = None
) -> LoadedUnits:
    """Make or rename units by their stable codes; parents stand before their children.

    Repeated it changes nothing. Aliases already there are kept; a unit someone has moved stays
    where it is.
    """
    known = {unit.code: unit for unit in OrgUnit.objects.filter(code__in=[r.code for r in rows])}
    new = [row for row in rows if row.code not in known]
    renamed = _rename([(known[row.code], row) for row in rows if row.code in known])
    for level in _levels(new):
        made = OrgUnit.objects.bulk_create(
            [_new_unit(row, known, parent) for row in level], batch_size=BATCH
        )
        known.update({unit.code: unit for unit in made})
    if new or renamed:
        refresh_search_text(unit_ids=[unit.pk for unit in known.values()])
        top = parent or known[rows[0].code]
        record_act(
            actor=user,
            act="load_units",
            subject=top,
            unit_id=top.pk,
            created=len(new),
            renamed=renamed,
        )
    return LoadedUnits(len(new), renamed, len(rows) - len(new) - renamed)


def _levels(rows: Sequence[UnitRow]) -> list[list[UnitRow]]:
    """Rows without a parent in the list first, then their children, and so on."""
    codes = {row.code for row in rows}
    levels: list[list[UnitRow]] = []
    left = list(rows)
    while left:
        ready = [row for row in left if row.parent_code not in codes]
        levels.append(ready or left)
        codes -= {row.code for row in levels[-1]}
        left = [row for row in left if row.code in codes]
    return levels


def _new_unit(row: UnitRow, known: dict[str, OrgUnit], parent: OrgUnit | None) -> OrgUnit:
    name = nfc(row.name)
    return OrgUnit(
        code=row.code,
        name=name,
        kind=row.kind,
        parent=known.get(row.parent_code, parent),
        aliases=_clean(row.aliases),
        sort_name=sort_key(name),
    )


def _rename(pairs: Sequence[tuple[OrgUnit, UnitRow]]) -> int:
    changed = []
    for unit, row in pairs:
        aliases = _clean([*unit.aliases, *row.aliases])
        if (nfc(row.name), aliases) != (unit.name, unit.aliases):
            unit.name, unit.aliases = nfc(row.name), aliases
            unit.sort_name = sort_key(unit.name)
            changed.append(unit)
    OrgUnit.objects.bulk_update(changed, ["name", "aliases", "sort_name"], batch_size=BATCH)
    return len(changed)


@transaction.atomic
def add_aliases(*, aliases: Mapping[str, Sequence[str]], user: User | None = None) -> int:
    """Give units, named by code, further names; returns how many units learnt one."""
    changed = []
    for unit in OrgUnit.objects.filter(code__in=aliases):
        merged = _clean([*unit.aliases, *aliases[unit.code]])
        if merged != unit.aliases:
            unit.aliases = merged
            changed.append(unit)
    OrgUnit.objects.bulk_update(changed, ["aliases"], batch_size=BATCH)
    refresh_search_text(unit_ids=[unit.pk for unit in changed])
    for unit in changed:
        record_act(actor=user, act="add_aliases", subject=unit, unit_id=unit.pk)
    return len(changed)


def set_headcount(*, unit: OrgUnit, on_date: date, count: int, user: User | None) -> Headcount:
    """How many people the unit has from a date on; the same date again corrects it."""
    with transaction.atomic():
        headcount, _created = Headcount.objects.update_or_create(
            unit=unit, on_date=on_date, defaults={"count": count}
        )
        record_act(actor=user, act="set_headcount", subject=unit, unit_id=unit.pk, count=count)
    return headcount
