"""The units whose courses a unit's people may take."""

from collections.abc import Iterable

from django.db.models.expressions import RawSQL

_ABOVE = """
WITH RECURSIVE above AS (
    SELECT id, parent_id FROM accounts_orgunit WHERE id = ANY(%s)
    UNION
    SELECT unit.id, unit.parent_id
    FROM accounts_orgunit unit JOIN above ON unit.id = above.parent_id
) SELECT id FROM above
"""


def units_above(unit_ids: Iterable[int]) -> RawSQL:
    """A subquery of the ids of these units and every unit above them."""
    return RawSQL(_ABOVE, [list(unit_ids)])  # noqa: S611  (a constant; ids are bound)
