"""Which unit a cell means: by its code, else by a name that only one unit bears."""

from collections import defaultdict

from django.utils.translation import gettext as _

from accounts.models import OrgUnit
from accounts.queries.org_unit import OrgUnitQuerySet
from accounts.text import fold


class UnitFinder:
    """Looks units up among `units`, which are read once."""

    def __init__(self, units: OrgUnitQuerySet) -> None:
        self._by_code: dict[str, OrgUnit] = {}
        self._by_name: dict[str, dict[int, OrgUnit]] = defaultdict(dict)
        for unit in units:
            self._by_code[unit.code.lower()] = unit
            for name in (unit.name, *unit.aliases):
                self._by_name[fold(name)][unit.pk] = unit

    def find(self, text: str) -> OrgUnit:
        """Raises ValueError with a sentence when no unit is meant, or more than one."""
        unit = self._by_code.get(text.strip().lower())
        if unit is not None:
            return unit
        named = list(self._by_name.get(fold(text), {}).values())
        if len(named) == 1:
            return named[0]
        if named:
            codes = ", ".join(sorted(unit.code for unit in named)[:5])
            raise ValueError(
                _("Có %(count)s đơn vị cùng tên “%(name)s”; ghi mã thay cho tên: %(codes)s.")
                % {"count": len(named), "name": text, "codes": codes}
            )
        raise ValueError(_("Không có đơn vị “%(name)s” trong phạm vi này.") % {"name": text})
