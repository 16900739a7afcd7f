"""A round's results as they would be, computed beside the results as they are.

PostgreSQL looks for a table among the connection's temporary ones first. Inside `shadow_results`
the tables that hold results are temporary copies, so the very functions that change results
compute a proposal, and whatever reads them (a release's document, its bundle, a workbook) shows it.
What is stored stays untouched, and everyone else goes on reading it.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from quiz.models import Round

# Table → which rows of it the results of a round read or change.
_OF_ROUND = "round_id = %(round)s"
_OF_CONTEST = """round_id IN (
    SELECT r.id FROM quiz_round r JOIN quiz_round mine ON mine.contest_id = r.contest_id
    WHERE mine.id = %(round)s)"""
_COPIED = {
    "quiz_correction": _OF_ROUND,
    "quiz_seal": _OF_ROUND,
    "quiz_award": _OF_CONTEST,
    "quiz_standing": _OF_ROUND + " AND false",
    "quiz_grade": _OF_CONTEST + " AND round_id <> %(round)s",
}
# Rows made in a copy get ids that no copied row has.
_FIRST_OWN_ID = 10**15


@contextmanager
def shadow_results(
    *, round: Round, void: Collection[int] = (), restore: Collection[int] = (), now: datetime
) -> Iterator[str]:
    """Until its end this connection sees copies of the round's results, without marks and places,
    and its attempts as if these were voided and restored. Gives the schema of the stored tables.

    Only statements that name tables plainly see the copies; one prepared before does not.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        [schema] = cursor.fetchone()
        made = []
        for table, rows in _COPIED.items():
            cursor.execute(
                f"CREATE TEMP TABLE {table} (LIKE {schema}.{table} INCLUDING ALL) ON COMMIT DROP"
            )
            made.append(f"TABLE pg_temp.{table}")
            cursor.execute(
                f"INSERT INTO pg_temp.{table} SELECT * FROM {schema}.{table} WHERE {rows}",
                {"round": round.pk},
            )
        for table in ("quiz_award", "quiz_standing"):
            cursor.execute(
                f"ALTER TABLE pg_temp.{table} ALTER COLUMN id RESTART WITH {_FIRST_OWN_ID}"
            )
        if void or restore:
            columns = [
                column.name
                for column in connection.introspection.get_table_description(cursor, "quiz_attempt")
            ]
            cursor.execute(_attempts_seen(schema, columns), [list(void), now, list(restore)])
            made.append("VIEW pg_temp.quiz_attempt")
        yield schema
        for thing in reversed(made):
            cursor.execute(f"DROP {thing}")


def _attempts_seen(schema: str, columns: Collection[str]) -> str:
    """All attempts as they are stored, but for who is voided."""
    voided = """CASE WHEN id = ANY(%s) THEN %s WHEN id = ANY(%s) THEN NULL
        ELSE voided_at END AS voided_at"""
    shown = [voided if column == "voided_at" else f'"{column}"' for column in columns]
    return f"CREATE TEMP VIEW quiz_attempt AS SELECT {', '.join(shown)} FROM {schema}.quiz_attempt"
