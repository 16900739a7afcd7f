"""The move itself: one transaction on the target, so that it arrives whole or not at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils.translation import gettext as _
from psycopg import sql

from config.moving.digests import TableDigest, digest_table, settle_text, tables_of
from config.moving.target import MoveFailed

SEQUENCES = """
SELECT t.relname, a.attname, pg_get_serial_sequence(quote_ident(t.relname), a.attname)
FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' AND a.attnum > 0
  AND NOT a.attisdropped
  AND pg_get_serial_sequence(quote_ident(t.relname), a.attname) IS NOT NULL
ORDER BY t.relname, a.attname
"""


@dataclass(frozen=True)
class Comparison:
    """One table on both sides; None where a side does not have it."""

    table: str
    source: TableDigest | None
    target: TableDigest | None

    @property
    def equal(self) -> bool:
        return self.source == self.target


Tell = Callable[[Comparison], None]


@contextmanager
def aimed_at(settings: dict[str, Any]) -> Iterator[None]:
    """Django's one database is another one.

    Not a second alias: a migration that fills a column asks for rows without naming a database, and
    would find, and change, those of the source.
    """
    before = connections.databases[DEFAULT_DB_ALIAS]
    _turn_to(settings)
    try:
        yield
    finally:
        _turn_to(before)


def _turn_to(settings: dict[str, Any]) -> None:
    connections[DEFAULT_DB_ALIAS].close()
    connections.databases[DEFAULT_DB_ALIAS] = settings
    connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)


@contextmanager
def snapshot(source: psycopg.Connection) -> Iterator[None]:
    """All of the source as it is at one moment, and no way to change it."""
    source.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    settle_text(source)
    try:
        yield
    finally:
        source.execute("ROLLBACK")


def move_everything(source: psycopg.Connection, tell: Tell) -> list[Comparison]:
    """Make the tables in the target, fill them, compare; all in one transaction.

    The target is Django's own database meanwhile (`aimed_at`). Raises MoveFailed, with nothing left
    behind, where a single row differs.
    """
    with snapshot(source), transaction.atomic():
        call_command("migrate", interactive=False, verbosity=0)
        target = connection.connection
        settle_text(target)
        columns = _same_tables(source, target)
        _empty(target, list(columns))
        for table, names in columns.items():
            copy_table(source, target, table, names)
        _set_sequences(source, target)
        # Keys between rows are looked at here and not at the commit, so that a fault has a name.
        target.execute("SET CONSTRAINTS ALL IMMEDIATE")
        found = compare_databases(source, target, tell)
        unequal = [comparison.table for comparison in found if not comparison.equal]
        if unequal:
            raise _unequal(unequal)
    return found


def compare_databases(
    source: psycopg.Connection, target: psycopg.Connection, tell: Tell
) -> list[Comparison]:
    """Every table of either side; `settle_text` was called on both. `tell` hears of each."""
    sides = [(side, tables_of(side)) for side in (source, target)]
    found = []
    for table in sorted(set(sides[0][1]) | set(sides[1][1])):
        here, there = (
            digest_table(side, table, tables[table]) if table in tables else None
            for side, tables in sides
        )
        found.append(Comparison(table, here, there))
        tell(found[-1])
    return found


def copy_table(
    source: psycopg.Connection, target: psycopg.Connection, table: str, names: list[str]
) -> None:
    """All rows, as text: that form is the same in every version of PostgreSQL."""
    parts = {
        "table": sql.Identifier(table),
        "columns": sql.SQL(", ").join(map(sql.Identifier, names)),
    }
    read = sql.SQL("COPY (SELECT {columns} FROM {table}) TO STDOUT").format(**parts)
    write = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(**parts)
    with (
        source.cursor().copy(read) as rows,
        target.cursor().copy(write) as place,
    ):
        for block in rows:
            place.write(block)


def _same_tables(source: psycopg.Connection, target: psycopg.Connection) -> dict[str, list[str]]:
    here, there = tables_of(source), tables_of(target)
    if here != there:
        different = [name for name in sorted({*here, *there}) if here.get(name) != there.get(name)]
        raise _unequal(different)
    return here


def _unequal(tables: list[str]) -> MoveFailed:
    return MoveFailed(
        _("Hai bên khác nhau ở: %s.") % ", ".join(tables),
        _("Cơ sở dữ liệu đích được trả về trạng thái trống; dữ liệu nguồn không đổi."),
    )


def _empty(target: psycopg.Connection, tables: list[str]) -> None:
    """Take out what migrations put in: it comes again with the rest."""
    # Keys of rows just inserted would otherwise still wait to be looked at.
    target.execute("SET CONSTRAINTS ALL IMMEDIATE")
    names = sql.SQL(", ").join(map(sql.Identifier, tables))
    target.execute(sql.SQL("TRUNCATE {}").format(names))
    target.execute("SET CONSTRAINTS ALL DEFERRED")


def _set_sequences(source: psycopg.Connection, target: psycopg.Connection) -> None:
    """The next number given out is the next one here too."""
    there = {(table, column): name for table, column, name in target.execute(SEQUENCES)}
    for table, column, name in source.execute(SEQUENCES).fetchall():
        # The name comes from the server, quoted where it must be.
        (reached,) = source.execute(f"SELECT last_value, is_called FROM {name}").fetchall()  # noqa: S608
        target.execute("SELECT setval(%s, %s, %s)", [there[table, column], *reached])
