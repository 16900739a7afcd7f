"""The diary: writing it, and chaining it by hash.

Whether the chain still holds is `audit_check`'s to say, with the help of `audit_anchors`.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from accounts.models import AuditEntry, User

FIRST_HASH = bytes(32)
CHAIN_LOCK = 7_266_401
BATCH = 5_000
READ_AT_ONCE = 2_000
_FIELDS = (
    "id",
    "at",
    "actor_id",
    "act",
    "subject_kind",
    "subject_id",
    "unit_id",
    "details",
    "sequence",
    "hash",
)
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode

_LINK = """
UPDATE accounts_auditentry AS entry SET sequence = linked.sequence, hash = linked.hash
FROM unnest(%(ids)s::bigint[], %(sequences)s::bigint[], %(hashes)s::bytea[])
    AS linked (id, sequence, hash)
WHERE entry.id = linked.id
"""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is stored; what is hashed, and where it stands in the chain."""

    id: int
    at: datetime
    actor: int | None
    act: str
    subject_kind: str
    subject_id: int | None
    unit: int | None
    details: Any
    sequence: int | None
    hash: bytes | None


def record_act(
    *, actor: User | None, act: str, subject: Model, unit_id: int | None = None, **details: Any
) -> AuditEntry:
    """One line of the diary, in the transaction of the act it tells of.

    `subject` is a model instance; `details` hold ids, digests and short codes, never names,
    numbers of persons or keys. `act` has its sentence in `audit_labels`.
    """
    entry = _entry(actor, Act(act, subject, unit_id, details))
    entry.save()
    return entry


@dataclass(frozen=True, slots=True)
class Act:
    """What was done to one thing; see `record_act`."""

    act: str
    subject: Model
    unit_id: int | None
    details: dict[str, Any]


def record_acts(*, actor: User | None, acts: Iterable[Act]) -> None:
    """Many lines at once, of one piece of work."""
    entries = (_entry(actor, act) for act in acts)
    AuditEntry.objects.bulk_create(entries, batch_size=1000)


def _entry(actor: User | None, act: Act) -> AuditEntry:
    return AuditEntry(
        actor=actor if getattr(actor, "pk", None) else None,
        act=act.act,
        subject_kind=act.subject._meta.label_lower,  # noqa: SLF001  (Django's documented name)
        subject_id=act.subject.pk,
        unit_id=act.unit_id,
        details=act.details,
    )


def line_hash(line: Line, before: bytes) -> bytes:
    """SHA-256 over the hash before and the entry's own words, in one fixed form."""
    words = {
        "act": line.act,
        "actor": line.actor,
        "at": line.at.isoformat(timespec="microseconds"),
        "details": line.details,
        "id": line.id,
        "subject_id": line.subject_id,
        "subject_kind": line.subject_kind,
        "unit": line.unit,
    }
    return hashlib.sha256(b"minhthi/1/audit\0" + before + _canonical(words).encode()).digest()


def read_lines(entries: QuerySet[AuditEntry]) -> Iterator[Line]:
    """The entries one by one, however many, in bounded memory."""
    for row in entries.values_list(*_FIELDS).iterator(chunk_size=READ_AT_ONCE):
        yield Line(*row)


@transaction.atomic
def chain_audit() -> int:
    """Link the entries written since the last time; returns how many.

    Entries are linked in the order in which they are found: one whose transaction took long
    comes after later ones, and stays there. Two workers are kept apart by a lock.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
        sequence, before = chain_head()
        ids, sequences, hashes = [], [], []
        loose = AuditEntry.objects.filter(sequence=None).order_by("pk")[:BATCH]
        for line in read_lines(loose):
            sequence, before = sequence + 1, line_hash(line, before)
            ids.append(line.id)
            sequences.append(sequence)
            hashes.append(before)
        cursor.execute(_LINK, {"ids": ids, "sequences": sequences, "hashes": hashes})
    return len(ids)


def chain_head() -> tuple[int, bytes]:
    """The last link's number and hash; (0, 32 zero bytes) of an empty chain."""
    linked = AuditEntry.objects.exclude(sequence=None).order_by("-sequence")
    last = linked.values_list("sequence", "hash").first()
    return (last[0] or 0, bytes(last[1] or b"")) if last else (0, FIRST_HASH)
