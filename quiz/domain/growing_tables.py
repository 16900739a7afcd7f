"""Keeping what the planner believes of the growing tables true while a round fills them.

A web process plans each hot statement once a connection. Planned over a table that was analysed
when it was empty (after a restore, after a demo was removed), a statement reads the table from end
to end, and goes on so while it grows, until the database's own analysis comes around a minute
later: the opening minute of a contest. An analysis makes every connection plan anew.
"""

from django.db import connection

GROWING = ("quiz_attempt", "quiz_entrant", "quiz_attemptevent", "accounts_consent")
# Below this many rows it makes no difference how they are found.
SMALL = 100

_OUTGROWN = """
SELECT c.relname
FROM pg_class c JOIN pg_stat_user_tables seen ON seen.relid = c.oid
WHERE c.relname = ANY(%s) AND seen.n_live_tup > greatest(2 * c.reltuples, %s)
ORDER BY c.relname
"""


def analyse_outgrown_tables() -> list[str]:
    """Analyse the tables that hold twice what the planner believes; returns their names.

    However large a round becomes, each table is analysed some ten times on the way.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OUTGROWN, [list(GROWING), SMALL])
        outgrown = [name for (name,) in cursor.fetchall()]
        for name in outgrown:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(name)}")
    return outgrown
