"""What a table holds, in two numbers that two servers can compare: its rows and their digest.

The digest does not depend on the order of the rows or on PostgreSQL's version: each row becomes
its text, the text a SHA-256, and the four 64-bit words of those are added up over the table.
"""

import hashlib
from dataclasses import dataclass

import psycopg
from psycopg import sql

# The same value must have the same text on both sides.
SAME_TEXT = (
    "SET DateStyle = 'ISO, MDY'",
    "SET IntervalStyle = 'iso_8601'",
    "SET TimeZone = 'UTC'",
    "SET extra_float_digits = 1",
    "SET bytea_output = 'hex'",
    "SET search_path = public",
)
TABLES = """
SELECT t.relname, array_agg(a.attname ORDER BY a.attname)
FROM pg_class t
JOIN pg_attribute a ON a.attrelid = t.oid
WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p')
  AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY t.relname
ORDER BY t.relname
"""
WORDS = sql.SQL(", ").join(
    sql.SQL("coalesce(sum(('x' || substr(h, {start}, 16))::bit(64)::bigint::numeric), 0)").format(
        start=sql.Literal(start)
    )
    for start in (1, 17, 33, 49)
)
DIGEST = sql.SQL("""
SELECT count(*), {words}
FROM (SELECT encode(sha256(convert_to(ROW({columns})::text, 'UTF8')), 'hex') AS h
      FROM {table}) AS rows
""")


@dataclass(frozen=True)
class TableDigest:
    """How many rows a table has, and what they say."""

    rows: int
    digest: str


def settle_text(connection: psycopg.Connection) -> None:
    """Have this session write values the one way all are compared in."""
    for statement in SAME_TEXT:
        connection.execute(statement)


def tables_of(connection: psycopg.Connection) -> dict[str, list[str]]:
    """Every table of ours with its stored columns, both by name."""
    return dict(connection.execute(TABLES).fetchall())


def digest_table(connection: psycopg.Connection, table: str, columns: list[str]) -> TableDigest:
    """What `table` holds now. `settle_text` comes first."""
    statement = DIGEST.format(
        words=WORDS,
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        table=sql.Identifier(table),
    )
    ((rows, *words),) = connection.execute(statement).fetchall()
    text = ",".join(str(word) for word in words)
    return TableDigest(rows, hashlib.sha256(f"{rows}:{text}".encode()).hexdigest())


def digest_database(connection: psycopg.Connection) -> dict[str, TableDigest]:
    """Every table's digest, by name."""
    settle_text(connection)
    return {
        table: digest_table(connection, table, columns)
        for table, columns in tables_of(connection).items()
    }
