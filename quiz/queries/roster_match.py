"""Entrants who may be people of the compulsory list: the pairs, each with its surest reason."""

from django.db import connection

# Birth dates that one slip of the pen parts: another year; or the same year with the day or the
# month wrong, both swapped, or one of the two dates known by its year only.
_DAY = "date_part('day', {0}.birth_date)"
_MONTH = "date_part('month', {0}.birth_date)"
_SAME = "({0} = {1})"


def _near(f: str, w: str) -> str:
    days, months = (_SAME.format(part.format(f), part.format(w)) for part in (_DAY, _MONTH))
    years = f"date_part('year', {f}.birth_date) = date_part('year', {w}.birth_date)"
    swapped = f"({_DAY.format(f)} = {_MONTH.format(w)} AND {_MONTH.format(f)} = {_DAY.format(w)})"
    coarse = f"least({f}.birth_precision, {w}.birth_precision) < 3"
    return f"({days} AND {months} OR {years} AND ({days} OR {months} OR {swapped} OR {coarse}))"


# Who entered and stands for nobody on the list, against people for whom nobody stands yet. Pairs
# are sought by equal staff code and by equal folded name, so the work grows with the list.
_FIND = f"""
WITH free AS (
    SELECT e.id, e.folded_name, e.birth_date, e.birth_precision, e.unit_id,
           lower(regexp_replace(e.staff_code, '[^[:alnum:]]', '', 'g')) AS code
    FROM quiz_entrant e
    WHERE e.contest_id = %(contest)s AND e.roster_entry_id IS NULL AND e.duplicate_of_id IS NULL
        AND EXISTS (SELECT FROM quiz_attempt a WHERE a.entrant_id = e.id AND a.voided_at IS NULL)
), waiting AS (
    SELECT r.id, r.folded_name, r.birth_date, r.birth_precision, r.unit_id,
           lower(regexp_replace(r.staff_code, '[^[:alnum:]]', '', 'g')) AS code
    FROM accounts_rosterentry r
    WHERE r.roster_id = %(roster)s
        AND NOT EXISTS (SELECT FROM quiz_entrant e WHERE e.roster_entry_id = r.id
            AND e.contest_id = %(contest)s)
), found AS (
    SELECT w.id AS entry_id, f.id AS entrant_id, 'staff_code' AS reason, 1 AS sure
    FROM waiting w JOIN free f ON f.code = w.code WHERE w.code <> ''
    UNION ALL
    SELECT w.id, f.id, 'name_birth', 2
    FROM waiting w JOIN free f ON f.folded_name = w.folded_name AND f.birth_date = w.birth_date
        AND f.birth_precision = 3 AND w.birth_precision = 3
    UNION ALL
    SELECT w.id, f.id, 'birth_near', 3
    FROM waiting w JOIN free f ON f.folded_name = w.folded_name
        AND {_near("f", "w")}
    UNION ALL
    SELECT w.id, f.id, 'name_unit', 4
    FROM waiting w JOIN free f ON f.folded_name = w.folded_name AND f.unit_id = w.unit_id
    WHERE w.birth_date IS NULL OR f.birth_date IS NULL
)
INSERT INTO quiz_rostermatch (contest_id, entry_id, entrant_id, reason, state)
SELECT DISTINCT ON (entry_id, entrant_id) %(contest)s, entry_id, entrant_id, reason, 'open'
FROM found ORDER BY entry_id, entrant_id, sure
ON CONFLICT (entry_id, entrant_id) DO UPDATE SET reason = excluded.reason
    WHERE quiz_rostermatch.state = 'open'
"""


def store_matches(*, contest_id: int, roster_id: int) -> None:
    """Store a proposal for each pair; pairs that a person has decided stay as decided."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, {"contest": contest_id, "roster": roster_id})
