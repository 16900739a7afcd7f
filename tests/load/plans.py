"""What PostgreSQL does for the statements of an act: the pages it touches, the tables it scans.

Each statement is explained just before it runs, as the server would run it once prepared, and the
explained run is undone.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import psycopg
from django.db import connection

_NAMED = re.compile(r"%\((\w+)\)s")
_numbers = count()
MODES = ("force_custom_plan", "force_generic_plan")


@dataclass(frozen=True)
class Plan:
    """`pages`: shared buffers touched, `dirtied` of them changed; `scanned`: read end to end."""

    pages: int
    dirtied: int
    scanned: frozenset[str]


def numbered(sql: str) -> tuple[str, list[str]]:
    """The statement with $1, $2 … and which name each stands for."""
    names = list(dict.fromkeys(_NAMED.findall(sql)))
    text = _NAMED.sub(lambda found: f"${names.index(found[1]) + 1}", sql)
    return text.replace("%%", "%"), names


class Prepared:
    """A statement prepared on this connection, to be explained with `params`.

    psycopg knows nothing of it: with its own, a rollback would have it forget them all.
    """

    def __init__(self, sql: str, params: Mapping[str, Any]) -> None:
        self.driver: psycopg.Connection = connection.connection
        self.name = f"explained_{next(_numbers)}"
        text, names = numbered(sql)
        self.values = [params[name] for name in names]
        types = ", ".join(type_of(self.driver, value) for value in self.values)
        with psycopg.ClientCursor(self.driver) as cursor:
            cursor.execute(f"PREPARE {self.name} ({types}) AS {text}", prepare=False)

    def plan(self, mode: str) -> Plan:
        """Run it under EXPLAIN (ANALYZE, BUFFERS) with that kind of plan, then undo it."""
        holes = ", ".join("%s" for _value in self.values)
        explain = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE {self.name} ({holes})"
        undone = self.driver.transaction(force_rollback=True)
        with undone, psycopg.ClientCursor(self.driver) as cursor:
            cursor.execute(f"SET LOCAL plan_cache_mode = {mode}")
            cursor.execute(explain, self.values)
            [[found]] = cursor.fetchall()
        return read_plan(found[0]["Plan"])


def read_plan(root: dict[str, Any]) -> Plan:
    return Plan(
        pages=root["Shared Hit Blocks"] + root["Shared Read Blocks"],
        dirtied=root["Shared Dirtied Blocks"],
        scanned=frozenset(
            node["Relation Name"] for node in nodes(root) if node["Node Type"] == "Seq Scan"
        ),
    )


def plan_of(sql: str, params: Mapping[str, Any], mode: str) -> Plan:
    """Explained twice: the first warms what a connection in use has at hand."""
    Prepared(sql, params).plan(mode)
    return Prepared(sql, params).plan(mode)


def type_of(driver: psycopg.Connection, value: Any) -> str:
    """The type under which the driver sends a value."""
    if value is None:
        return "unknown"
    dumper = psycopg.adapt.Transformer(driver).get_dumper(value, psycopg.adapt.PyFormat.AUTO)
    known = psycopg.adapters.types.get(dumper.oid)
    if known is None:
        return "unknown"
    return known.name if known.oid == dumper.oid else f"{known.name}[]"


def nodes(root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A plan's nodes, the root first."""
    yield root
    for child in root.get("Plans", []):
        yield from nodes(child)


def plans_of(act: Callable[[], Any], *, mode: str) -> list[Plan]:
    """A plan for each hot statement that `act` runs: they bind by name; what is read again after
    its time does not."""
    plans: list[Plan] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        if isinstance(params, Mapping):
            plans.append(plan_of(sql, params, mode))
        return execute(sql, params, *rest)

    connection.ensure_connection()
    with connection.execute_wrapper(note):
        act()
    return plans
