"""Every attempt of a round, one row each, for exports: streamed, so that memory stays bounded.

The columns are those of `paper_kinds.ENTRIES`. Phone and identity number come sealed. A unit bears
the name it had when the round was frozen; moments are those of Viet Nam, without a zone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from quiz.enums import AttemptState, ClosedBy, Sex

CHUNK = 2000
SEALED = ("phone", "national_id")

_FROM = """
FROM quiz_attempt a
JOIN quiz_entrant e ON e.id = a.entrant_id
JOIN quiz_audiencegroup og ON og.id = a.group_id
LEFT JOIN accounts_orgunit u ON u.id = a.unit_id
LEFT JOIN (
    SELECT unit.id, unit.name FROM quiz_round r JOIN quiz_unittree tree ON tree.id = r.unit_tree_id,
        jsonb_to_recordset(tree.document) AS unit (id bigint, name text)
    WHERE r.id = %(round)s
) kept ON kept.id = a.unit_id
LEFT JOIN quiz_grade g ON g.attempt_id = a.id
LEFT JOIN quiz_standing s ON s.round_id = a.round_id AND s.entrant_id = a.entrant_id
WHERE a.round_id = %(round)s
"""
_ENDED = "least(coalesce(a.ended_at, a.deadline_at), a.deadline_at)"
_DONE = f"CASE WHEN a.state <> {AttemptState.OPEN:d} THEN %s END"
_LOCAL = "(%s) AT TIME ZONE 'Asia/Ho_Chi_Minh'"


@dataclass(frozen=True)
class EntryColumn:
    """`sql`: the value as it is; `is_text` ones have to stay text in a table."""

    sql: str
    is_text: bool = True


COLUMNS = {
    "number": EntryColumn("row_number() OVER (ORDER BY a.id)", is_text=False),
    "name": EntryColumn("e.full_name"),
    "birth": EntryColumn(
        "to_char(e.birth_date, CASE e.birth_precision WHEN 1 THEN 'YYYY' WHEN 2 THEN 'MM/YYYY' "
        "ELSE 'DD/MM/YYYY' END)"
    ),
    "sex": EntryColumn("CASE e.sex WHEN 'female' THEN %(female)s WHEN 'male' THEN %(male)s END"),
    "phone": EntryColumn("e.phone"),
    "national_id": EntryColumn("e.national_id"),
    "staff_code": EntryColumn("e.staff_code"),
    "unit": EntryColumn("coalesce(kept.name, u.name)"),
    "address": EntryColumn("e.address"),
    "group": EntryColumn("og.name"),
    "ordinal": EntryColumn("a.ordinal", is_text=False),
    "started": EntryColumn(_LOCAL % "a.started_at", is_text=False),
    "ended": EntryColumn(_LOCAL % (_DONE % _ENDED), is_text=False),
    "seconds": EntryColumn(
        _DONE % f"extract(epoch FROM {_ENDED} - a.started_at)::numeric(12, 3)", is_text=False
    ),
    "correct": EntryColumn("g.correct", is_text=False),
    "total": EntryColumn("g.total", is_text=False),
    "score": EntryColumn("g.score", is_text=False),
    "prediction": EntryColumn("a.prediction", is_text=False),
    "fate": EntryColumn(
        "CASE WHEN a.voided_at IS NOT NULL THEN %(voided)s "
        "WHEN e.duplicate_of_id IS NOT NULL THEN %(duplicate)s "
        f"WHEN a.state = {AttemptState.OPEN:d} THEN %(open)s "
        "WHEN s.attempt_id = a.id THEN %(counted)s "
        "WHEN s.id IS NOT NULL THEN %(superseded)s ELSE %(unranked)s END"
    ),
    "rank": EntryColumn("CASE WHEN s.attempt_id = a.id THEN s.rank END", is_text=False),
    "email": EntryColumn("e.email"),
    "closed_by": EntryColumn(
        f"CASE a.closed_by WHEN {ClosedBy.ENTRANT:d} THEN %(by_entrant)s "
        f"WHEN {ClosedBy.DEADLINE:d} THEN %(by_deadline)s "
        f"WHEN {ClosedBy.ORGANISER:d} THEN %(by_organiser)s END"
    ),
    "void_reason": EntryColumn("a.void_reason"),
}


def count_entries(*, round_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM quiz_attempt WHERE round_id = %s", [round_id])
        return int(cursor.fetchone()[0])


def entries_statement(codes: Sequence[str], *, expressions: Mapping[str, str] | None = None) -> str:
    """The SELECT of these columns in this order, by attempt; `expressions` replace a column's own.

    Bind `entry_values`.
    """
    own = expressions or {}
    chosen = ", ".join(own.get(code, COLUMNS[code].sql) for code in codes)
    return f"SELECT {chosen} {_FROM} ORDER BY a.id"


def entry_values(round_id: int) -> dict[str, Any]:
    """What the statement is bound to: the round, and the words of the language now."""
    return {
        "round": round_id,
        "female": str(Sex.FEMALE.label),
        "male": str(Sex.MALE.label),
        "voided": _("Bị huỷ"),
        "duplicate": _("Người đăng ký trùng"),
        "open": _("Đang làm"),
        "counted": _("Được tính"),
        "superseded": _("Không phải lượt tính"),
        "unranked": _("Không xếp hạng"),
        "by_entrant": str(ClosedBy.ENTRANT.label),
        "by_deadline": str(ClosedBy.DEADLINE.label),
        "by_organiser": str(ClosedBy.ORGANISER.label),
    }


def iterate_entries(*, round_id: int, codes: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows, by attempt, CHUNK at a time from the server. Call it inside a transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(entries_statement(codes), entry_values(round_id))
        while rows := cursor.fetchmany(CHUNK):
            yield from rows
