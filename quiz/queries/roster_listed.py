"""Who on the compulsory list has entered: the one rule, for units' pages and for reports.

A person of the list has entered when an entrant is linked to them (by registering with staff code
and birth date, or because a person confirmed a match) and that entrant, or the one kept of their
duplicates, has a valid attempt. Nothing else links.

The rule is the member `listed` of a WITH: id, unit_id, full_name, staff_code, birth_date,
group_code, exemption, exempt, done. It binds `rounds`, `roster` and `before` (entries begun later
do not count; NULL for all). A released round reads what was kept of it when it was released.
"""

from datetime import datetime
from typing import Any

from django.db import connection

_LIVE = """
listed AS (
    SELECT r.id, r.unit_id, r.full_name, r.folded_name, r.staff_code, r.birth_date, r.group_code,
           r.exemption, r.exemption <> '' AS exempt, EXISTS (
        SELECT FROM quiz_entrant linked
        JOIN quiz_attempt a ON a.entrant_id = coalesce(linked.duplicate_of_id, linked.id)
        WHERE linked.roster_entry_id = r.id
            AND a.round_id = ANY(%(rounds)s) AND a.voided_at IS NULL
            AND (%(before)s::timestamptz IS NULL OR a.started_at < %(before)s::timestamptz)
    ) AS done
    FROM accounts_rosterentry r WHERE r.roster_id = %(roster)s {scope}
)
"""
_KEPT = """
listed AS (
    SELECT kept.entry_id AS id, kept.unit_id, coalesce(r.full_name, '') AS full_name,
           coalesce(r.folded_name, '') AS folded_name, coalesce(r.staff_code, '') AS staff_code,
           r.birth_date, kept.group_code, coalesce(r.exemption, '') AS exemption, kept.exempt,
           kept.done
    FROM quiz_roundlisting kept LEFT JOIN accounts_rosterentry r ON r.id = kept.entry_id
    WHERE kept.round_id = ANY(%(rounds)s) {scope}
)
"""
_KEEP = (
    "WITH "
    + _LIVE.format(scope="")
    + """
INSERT INTO quiz_roundlisting (round_id, entry_id, unit_id, group_code, exempt, done)
SELECT %(round)s, id, unit_id, group_code, exempt, done FROM listed
"""
)
_KEEP_HEADCOUNTS = """
INSERT INTO quiz_roundheadcount (round_id, unit_id, count)
SELECT DISTINCT ON (unit_id) %(round)s, unit_id, count FROM accounts_headcount
WHERE on_date <= %(day)s ORDER BY unit_id, on_date DESC
"""


def figures_are_kept(rounds: list[int]) -> bool:
    """Whether these are one released round, whose figures were kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM quiz_round WHERE id = ANY(%s) AND state = 'released'", [rounds]
        )
        return len(rounds) == 1 and cursor.fetchone() == (1,)


def listed_member(rounds: list[int], *, units: bool = False) -> str:
    """The WITH member `listed`; with `units` only people of the units bound as `units`."""
    if figures_are_kept(rounds):
        return _KEPT.format(scope="AND kept.unit_id = ANY(%(units)s)" if units else "")
    return _LIVE.format(scope="AND r.unit_id = ANY(%(units)s)" if units else "")


def listed_values(
    rounds: list[int], *, roster_id: int | None, before: datetime | None = None
) -> dict[str, Any]:
    """What `listed` binds, but for `units`."""
    return {"rounds": rounds, "roster": roster_id, "before": before}


def keep_figures(*, round_id: int, roster_id: int | None, day: Any) -> None:
    """Store the list, who of it has entered, and the headcounts of `day`; once for a round."""
    bound = listed_values([round_id], roster_id=roster_id) | {"round": round_id, "day": day}
    with connection.cursor() as cursor:
        for table in ("quiz_roundlisting", "quiz_roundheadcount"):
            cursor.execute(f"DELETE FROM {table} WHERE round_id = %(round)s", bound)
        cursor.execute(_KEEP, bound)
        cursor.execute(_KEEP_HEADCOUNTS, bound)
