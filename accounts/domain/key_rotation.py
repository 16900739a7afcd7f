"""Moving what is stored under the installation's current field key, while entries go on.

Each store of sealed fields registers itself. Rows are taken in batches, each batch and the note of
how far it came in one transaction: a run that is killed goes on where it stopped, and two runs at
once take turns. New rows carry the current key from the start.

What can't be moved: keyed digests of secrets whose text nobody keeps (a mã dự thi, a sign-in or
approval link). They are looked up under the old keys too, so an old key stays in FIELD_KEYS_OLD
until the contests of that time are over.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.crypto import is_sealed_now, key_id, open_text, seal_text, sealed_now_head
from accounts.domain.audit import record_act
from accounts.errors import DomainError
from accounts.models import KeyRotation

BATCH = 500

Texts = Mapping[str, str]
Index = Callable[[Any, Texts], bytes]


class KeyUnknown(DomainError):
    code = "key_unknown"
    status = 409
    message = _("Có dữ liệu được mã hóa bằng khóa mà hệ thống không giữ.")
    hint = _("Thêm khóa đã dùng lúc đó vào FIELD_KEYS_OLD rồi chạy lại.")


@dataclass(frozen=True)
class Change:
    """A row and what its moved fields held before."""

    row: Any
    before: Mapping[str, bytes]


@dataclass(frozen=True)
class SealedStore:
    """A model with sealed columns; `indexes` are found anew from the opened texts.

    `prepare` reads ahead what the indexes of a batch need; `moved` follows a batch in its
    transaction. `move` changes a row whose sealed texts are no columns, and says whether it did.
    """

    name: str
    model: type[Model]
    sealed: Sequence[str]
    indexes: Mapping[str, Index] = field(default_factory=dict)
    prepare: Callable[[Sequence[Any]], None] | None = None
    moved: Callable[[Sequence[Change]], None] | None = None
    move: Callable[[Any], bool] | None = None


_STORES: dict[str, SealedStore] = {}


def register_sealed_store(store: SealedStore) -> None:
    """Called by each app in `AppConfig.ready()`."""
    _STORES[store.name] = store


def sealed_stores() -> list[SealedStore]:
    return list(_STORES.values())


def rotate_field_key(
    *, now: datetime, progress: Callable[[str, int], None] = lambda name, rows: None
) -> dict[str, int]:
    """Move every store under the current key; {store: rows changed in all}. Raises KeyUnknown."""
    moved = {store.name: _move_store(store, progress) for store in sealed_stores()}
    if any(moved.values()):
        last = KeyRotation.objects.filter(key_id=key_id()).latest("pk")
        rows = sum(moved.values())
        record_act(actor=None, act="rotate_field_key", subject=last, rows=rows, key=key_id())
    return moved


def is_moved(*, name: str) -> bool:
    """Whether a store has been moved under the current key to its end."""
    return KeyRotation.objects.filter(
        key_id=key_id(), store=name, finished_at__isnull=False
    ).exists()


def _move_store(store: SealedStore, progress: Callable[[str, int], None]) -> int:
    """Once more from the first row if a process with the old key has written meanwhile."""
    note, _made = KeyRotation.objects.get_or_create(key_id=key_id(), store=store.name)
    for _attempt in range(2):
        while _move_batch(store, note.pk):
            note.refresh_from_db()
            progress(store.name, note.rows)
        if not count_left(store=store):
            break
        KeyRotation.objects.filter(pk=note.pk).update(last_pk=0, finished_at=None)
    note.refresh_from_db()
    return note.rows


def _move_batch(store: SealedStore, note_id: int) -> bool:
    """Whether there was anything to look at."""
    with transaction.atomic():
        note = KeyRotation.objects.select_for_update().get(pk=note_id)
        if note.finished_at is not None:
            return False
        rows = _lock(store.model._base_manager.filter(pk__gt=note.last_pk))  # noqa: SLF001
        if rows:
            note.rows += move_rows(store=store, rows=rows)
            note.last_pk = rows[-1].pk
        else:
            note.finished_at = timezone.now()
        note.save(update_fields=["rows", "last_pk", "finished_at"])
    return bool(rows)


def _lock(rows: QuerySet[Any]) -> list[Any]:
    """Held for the length of a batch only: a registration sent twice waits so long."""
    return list(rows.select_for_update(no_key=True).order_by("pk")[:BATCH])


def move_all(*, name: str, rows: QuerySet[Any]) -> int:
    """Move these rows of a store now, whatever the rotation's own progress; how many changed."""
    store, changed, last = _STORES[name], 0, 0
    while True:
        with transaction.atomic():
            batch = _lock(rows.filter(pk__gt=last))
            if not batch:
                return changed
            changed += move_rows(store=store, rows=batch)
            last = batch[-1].pk


def move_rows(*, store: SealedStore, rows: Sequence[Any]) -> int:
    """Seal and index locked rows with the current key; how many changed. Raises KeyUnknown."""
    if store.prepare is not None:
        store.prepare(rows)
    if store.move is not None:
        return sum(_moved_as_told(store, row) for row in rows)
    changes = [change for row in rows if (change := _moved(store, row)) is not None]
    fields = [*store.sealed, *store.indexes]
    store.model._base_manager.bulk_update(  # noqa: SLF001  (Django's documented name)
        [change.row for change in changes], fields, batch_size=BATCH
    )
    if store.moved is not None and changes:
        store.moved(changes)
    return len(changes)


def _moved_as_told(store: SealedStore, row: Any) -> bool:
    """By the store's own `move`, where the sealed texts are no columns."""
    try:
        changed = store.move is not None and store.move(row)
    except ValueError as error:
        raise KeyUnknown(store=store.name, row=row.pk) from error
    if changed:
        row.save()
    return changed


def _moved(store: SealedStore, row: Any) -> Change | None:
    before = {name: bytes(getattr(row, name)) for name in (*store.sealed, *store.indexes)}
    texts = {name: _open(store, row, before[name]) for name in store.sealed}
    after = dict(before)
    for name in store.sealed:
        if not is_sealed_now(before[name]):
            after[name] = seal_text(texts[name])
    for name, index in store.indexes.items():
        after[name] = index(row, texts)
    if after == before:
        return None
    for name, value in after.items():
        setattr(row, name, value)
    return Change(row, before)


def _open(store: SealedStore, row: Any, sealed: bytes) -> str:
    try:
        return open_text(sealed)
    except ValueError as error:
        raise KeyUnknown(store=store.name, row=row.pk) from error


def count_left(*, store: SealedStore) -> int:
    """Rows that still carry another key in a sealed column."""
    table = connection.ops.quote_name(store.model._meta.db_table)  # noqa: SLF001
    head = sealed_now_head()
    others = " OR ".join(
        f"({column} <> '' AND substring({column} FROM 1 FOR {len(head)}) <> %s)"
        for column in map(connection.ops.quote_name, store.sealed)
    )
    if not others:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {table} WHERE {others}",  # noqa: S608  (names of our own)
            [head] * len(store.sealed),
        )
        return cursor.fetchone()[0]
