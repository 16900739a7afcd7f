"""How long personal data is kept, store by store, and the daily run that ends it.

Each store of personal data says what it is for, how long it is kept and how its rows lose what
tells who a person is; the apps register theirs in `AppConfig.ready()`. A test compares `fields`
with every field of every model, so that no new one is forgotten.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import RetentionRun

log = logging.getLogger(__name__)
BATCH = 500
# What a body may be asked about for a year: who did what (Decree 53/2022: at least 12 months).
LOG_DAYS = 365


@dataclass(frozen=True)
class Store:
    """One place where personal data lies.

    `held`: the rows that hold some; `due`: those of them whose time is over at a moment; `end`
    takes ids of due rows and ends them, after which they are no longer due: it may run twice.
    Registered without `end`, a store has its due rows deleted. `due` None: kept for good, for the
    reason that `kept` gives. `fields`: {model label: the fields that are personal}; `until`: what
    is kept until when, where that differs within the store.
    """

    code: str
    title: Any
    why: Any
    kept: Any
    fields: Mapping[str, Sequence[str]]
    held: Callable[[], QuerySet]
    due: Callable[[datetime], QuerySet] | None = None
    end: Callable[[list[Any], datetime], None] | None = None
    until: Callable[[], Iterable[tuple[str, date]]] = field(default=lambda: ())


STORES: dict[str, Store] = {}


def register_store(store: Store) -> None:
    """In the order in which a run takes them."""
    if store.due is not None and store.end is None:
        store = replace(store, end=_deletion(store.held))
    STORES[store.code] = store


def _deletion(held: Callable[[], QuerySet]) -> Callable[[list[Any], datetime], None]:
    def delete(ids: list[Any], _now: datetime) -> None:
        held().filter(pk__in=ids).delete()

    return delete


@dataclass(frozen=True)
class StoreState:
    """A store with its figures: rows that hold personal data, and those whose time is over."""

    store: Store
    held: int
    due: int


def describe_stores(*, now: datetime) -> list[StoreState]:
    return [
        StoreState(store, store.held().count(), store.due(now).count() if store.due else 0)
        for store in STORES.values()
    ]


def expire(*, store: Store, now: datetime) -> int:
    """End every due row of a store, batch by batch; how many. A run that is killed is continued by
    the next: each batch is a transaction of its own.
    """
    if store.due is None or store.end is None:
        return 0
    ended, last = 0, None
    while True:
        due = store.due(now).order_by("pk")
        if last is not None:
            due = due.filter(pk__gt=last)
        batch = list(due.values_list("pk", flat=True)[:BATCH])
        if not batch:
            return ended
        with transaction.atomic():
            store.end(batch, now)
        # Forward even if a store left a row as it was: a run always comes to its end.
        ended, last = ended + len(batch), batch[-1]


def run_retention(*, now: datetime) -> RetentionRun:
    """Every store in turn; one that fails is told in the run and stops no other."""
    run = RetentionRun.objects.create(started_at=timezone.now())
    for code, store in STORES.items():
        try:
            run.ended[code] = expire(store=store, now=now)
        except (DatabaseError, OSError, ValueError):
            log.exception("retention: store %s failed", code)
            run.failed.append(code)
    run.finished_at = timezone.now()
    run.save()
    return run


def last_run() -> RetentionRun | None:
    return RetentionRun.objects.order_by("-pk").first()
