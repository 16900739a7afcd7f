"""Which unit a cell means: by its code, else by a name that only one unit bears."""

from collections import defaultdict

from django.utils.translation import gettext as _

from accounts.models import OrgUnit
from accounts.queries.org_unit import OrgUnitQuerySet
from accounts.text import search_words


class UnitFinder:
    """Looks units up among `units`, which are read once. A merged unit means its successor."""

    def __init__(self, units: OrgUnitQuerySet) -> None:
        self._by_id = {unit.pk: unit for unit in units}
        self._by_code: dict[str, OrgUnit] = {}
        self._by_name: dict[str, dict[int, OrgUnit]] = defaultdict(dict)
        for unit in self._by_id.values():
            self._by_code[unit.code.lower()] = unit
            for name in (unit.name, *unit.aliases):
                self._by_name[_key(name)][unit.pk] = unit

    def find(self, text: str) -> OrgUnit:
        """Raises ValueError with a sentence when no unit is meant, or more than one."""
        unit = self._by_code.get(text.strip().lower())
        if unit is not None:
            return self._successor(unit)
        bearers = self._by_name.get(_key(text), {}).values()
        named = {unit.pk: unit for unit in map(self._successor, bearers)}
        named = {pk: unit for pk, unit in named.items() if unit.valid_to is None} or named
        if len(named) == 1:
            return next(iter(named.values()))
        if named:
            codes = ", ".join(sorted(unit.code for unit in named.values())[:5])
            raise ValueError(
                _("Có %(count)s đơn vị cùng tên “%(name)s”; ghi mã thay cho tên: %(codes)s.")
                % {"count": len(named), "name": text, "codes": codes}
            )
        raise ValueError(_("Không có đơn vị “%(name)s” trong phạm vi này.") % {"name": text})

    def _successor(self, unit: OrgUnit) -> OrgUnit:
        """The end of the chain of mergers that have taken place, as far as it is in sight."""
        while unit.merger_done and unit.merged_into_id in self._by_id:
            unit = self._by_id[unit.merged_into_id]
        return unit


def _key(name: str) -> str:
    return " ".join(search_words(name))
