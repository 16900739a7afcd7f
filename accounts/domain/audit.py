"""The diary: writing it, chaining it by hash, proving that nobody has changed it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from accounts.models import AuditEntry, User

FIRST_HASH = bytes(32)
CHAIN_LOCK = 7_266_401
BATCH = 5_000


@dataclass(frozen=True)
class Act:
    """What was done to one thing; see `record_act`."""

    act: str
    subject: Model
    unit_id: int | None = None
    details: dict[str, Any] = field(default_factory=dict)


def record_act(
    *, actor: User | None, act: str, subject: Model, unit_id: int | None = None, **details: Any
) -> None:
    """One line of the diary, in the transaction of the act it tells of.

    `subject` is a model instance; `details` hold ids, digests and short codes, never names,
    numbers of persons or keys.
    """
    record_acts(actor=actor, acts=[Act(act, subject, unit_id, details)])


def record_acts(*, actor: User | None, acts: Iterable[Act]) -> None:
    """Many lines at once, of one person's work."""
    by = actor if getattr(actor, "pk", None) else None
    AuditEntry.objects.bulk_create(
        (
            AuditEntry(
                actor=by,
                act=act.act,
                subject_kind=act.subject._meta.label_lower,  # noqa: SLF001  (Django's documented name)
                subject_id=act.subject.pk,
                unit_id=act.unit_id,
                details=act.details,
            )
            for act in acts
        ),
        batch_size=1000,
    )


def entry_hash(entry: AuditEntry, before: bytes) -> bytes:
    """SHA-256 over the hash before and the entry's own words, in one fixed form."""
    words = {
        "act": entry.act,
        "actor": entry.actor_id,
        "at": entry.at.isoformat(timespec="microseconds"),
        "details": entry.details,
        "id": entry.pk,
        "subject_id": entry.subject_id,
        "subject_kind": entry.subject_kind,
        "unit": entry.unit_id,
    }
    text = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"minhthi/1/audit\0" + before + text.encode()).digest()


@transaction.atomic
def chain_audit() -> int:
    """Link the entries written since the last time; returns how many.

    Entries are linked in the order in which they are found: one whose transaction took long
    comes after later ones, and stays there. Two workers are kept apart by a lock.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = AuditEntry.objects.exclude(sequence=None).order_by("-sequence").first()
    sequence, before = (last.sequence or 0, bytes(last.hash or b"")) if last else (0, FIRST_HASH)
    loose = list(AuditEntry.objects.filter(sequence=None).order_by("pk")[:BATCH])
    for entry in loose:
        sequence, before = sequence + 1, entry_hash(entry, before)
        entry.sequence, entry.hash = sequence, before
    AuditEntry.objects.bulk_update(loose, ["sequence", "hash"], batch_size=500)
    return len(loose)


def find_broken_link() -> int | None:
    """The first sequence number whose entry was changed, removed or moved; None if all hold."""
    before = FIRST_HASH
    linked = AuditEntry.objects.exclude(sequence=None).order_by("sequence").iterator()
    for expected, entry in enumerate(linked, start=1):
        before = entry_hash(entry, before)
        if entry.sequence != expected or bytes(entry.hash or b"") != before:
            return expected
    return None
