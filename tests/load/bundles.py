"""Writing a release's bundle, against a bare writer of the same rows.

    python -m tests.load.bundles [--attempts 50000] [--runs 3] [--memory]

Fills a round of 20 items out of a bank of 60 with entries, duplicates and voided ones, ranks,
awards and seals it. Then, in turn:

* bare: one loop of SQL rows → paper drawn, fields committed to → `json.dumps` → the same zip. It
  opens paper and answers of every entry and knows nothing of ranks, frontiers or hiding;
* bundle: `write_bundle`.

Prints the medians of this process's CPU and of the clock, their ratios, and the peak of its memory
while each is written. With `--memory` only the bundle is written, once.
"""

import argparse
import hashlib
import hmac
import json
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from datetime import UTC
from decimal import Decimal
from typing import Any

from tests.load.entries_export import forget_peak, peak_mb
from tests.load.ranking import FILL, in_new_installation

LIMIT = 2.0
COLUMNS = "secret, seed, answers, prediction, started_at, ended_at, unit_id, closed_by, entrant_id"


def open_round(
    attempts: int, kinds: Sequence[str] = ("score", "prediction_error", "duration", "lot")
) -> tuple[Any, dict[str, Any]]:
    """A round still without entries, and what `FILL` binds to give it so many."""
    from quiz.rules.document import BlueprintRow, Criterion, PredictionRules
    from tests.factories import make_draft, make_open_contest, make_rules

    made = make_open_contest(
        rules=make_rules(
            entry={"attempts_per_round": 2, "prediction": PredictionRules(who="all_correct")},
            result={"chain": [Criterion(kind=k, precision="ms") for k in kinds]},
            paper={"blueprint": [BlueprintRow(count=20)]},
        ),
        drafts=[make_draft(number) for number in range(1, 61)],
    )
    return made, {
        "contest": made.contest.pk,
        "round": made.round.pk,
        "group": made.groups[0].pk,
        "pool": made.round.pools.get().pk,
        "rules": made.round.rules_id,
        "opens": made.round.opens_at,
        "persons": int(attempts / 1.4),
    }


def make_release(attempts: int) -> Any:
    """A round submitted for signature, as far as its bundle asks."""
    from django.db import connection, transaction
    from django.utils import timezone

    from quiz.domain.awards import propose_awards
    from quiz.domain.ranking import SORT_IN_MEMORY, ranking_parameters, ranking_statement
    from quiz.domain.release_documents import release_digest, release_document
    from quiz.domain.rule_sets import rules_of_round
    from quiz.domain.sealing import count_fates
    from quiz.enums import RoundState
    from quiz.models import Release, Seal

    made, values = open_round(attempts)
    round = made.round
    actual = Decimal(50_000)
    rules = rules_of_round(round=round)
    with connection.cursor() as cursor, transaction.atomic():
        for name, statement in FILL.items():
            cursor.execute(statement, values)
            print(f"{name}: {cursor.rowcount:,}")
        cursor.execute(SORT_IN_MEMORY)
        bound = ranking_parameters(
            round_id=round.pk, values={made.groups[0].pk: actual}, lot={}, decision={}
        )
        cursor.execute(ranking_statement(rules, settled=()), bound)
        cursor.execute("ANALYZE")
    round.state = RoundState.CLOSED
    round.save(update_fields=["state"])
    propose_awards(round=round, user=made.organiser)
    counts = count_fates(round=round)
    tally = {"value": str(actual), "persons": 0, "persons_all_correct": 0}
    Seal.objects.create(
        round=round,
        actual_values={"nguoi-dan": tally},
        counts=counts,
        root="0" * 64,
        size=sum(counts.values()),
        sealed_by=made.organiser,
        sealed_at=timezone.now(),
    )
    document = release_document(round=round, number=1, previous=None)
    return Release.objects.create(
        contest=made.contest,
        round=round,
        number=1,
        document=document,
        digest=release_digest(document),
        submitted_by=made.organiser,
        submitted_at=timezone.now(),
    )


def write_bare(release: Any, file: Any) -> None:
    from django.db import connection, transaction

    from quiz.engine.drawing import draw_paper, read_pool

    pool = release.round.pools.get()
    draw, document = read_pool(pool.document), pool.document
    shuffled = {name: document[name] for name in ("shuffle_items", "shuffle_options")}
    encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

    def moment(value: Any) -> str:
        return value.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"

    def commit(secret: bytes, name: str, value: Any) -> tuple[bytes, str]:
        key = hmac.digest(secret, b"field:" + name.encode(), "sha256")
        return key, hmac.digest(key, encode(value).encode(), "sha256").hex()

    def row(found: Any) -> bytes:
        secret, seed, answers, predicted, started, ended, unit, by, entrant = found
        secret = bytes(secret)
        values = {
            "paper": draw_paper(draw, bytes(seed), **shuffled),
            "answers": answers,
            "prediction": str(predicted),
            "started": moment(started),
            "ended": moment(ended),
            "person": hmac.digest(secret, b"person:%d" % entrant, "sha256").hex()[:32],
            "unit": unit,
            "group": "nguoi-dan",
            "closed_by": by,
            "round": release.round.commitment,
        }
        edges = [(f"bounds/{n}", [n, n + 1]) for n in range(7)]
        bounds = {name: commit(secret, name, edge)[1] for name, edge in edges}
        values["bounds"] = hashlib.sha256(encode(bounds).encode()).hexdigest()
        opening = {}
        for name, value in values.items():
            key, commitment = commit(secret, name, value)
            shown = name in ("paper", "answers", "group", "person")
            opening[name] = (
                {"value": value, "key": key.hex()} if shown else {"commitment": commitment}
            )
        return encode({"fate": "counted", "opening": opening}).encode() + b"\n"

    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM quiz_attempt WHERE round_id = %s ORDER BY secret",
            [release.round_id],
        )
        with (
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
            archive.open("leaves.jsonl", "w", force_zip64=True) as target,
        ):
            while rows := cursor.fetchmany(2000):
                target.write(b"".join(map(row, rows)))


def write_platform(release: Any, file: Any) -> None:
    from quiz.interfaces.bundle.archive import write_bundle

    write_bundle(release=release, file=file)


def timed(write: Any, release: Any) -> tuple[float, float]:
    """(seconds of this process's CPU, seconds by the clock)."""
    with tempfile.TemporaryFile() as file:
        forget_peak()
        clock, began = time.perf_counter(), time.process_time()
        write(release, file)
        cpu, took = time.process_time() - began, time.perf_counter() - clock
        told = f"{cpu:.1f} s of CPU, {took:.1f} s, {file.tell():,} B, peak {peak_mb():.0f} MB"
        print(f"{write.__name__}: {told}", flush=True)
    return cpu, took


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--attempts", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--memory", action="store_true")
    options = parser.parse_args()

    def work() -> int:
        release = make_release(options.attempts)
        if options.memory:
            timed(write_platform, release)
            return 0
        taken: dict[Any, list[tuple[float, float]]] = {write_bare: [], write_platform: []}
        for _run in range(options.runs):
            for write, found in taken.items():
                found.append(timed(write, release))
        ratios = []
        for place, what in enumerate(("of CPU", "by the clock")):
            bare, bundle = (
                statistics.median(run[place] for run in runs) for runs in taken.values()
            )
            ratios.append(bundle / bare)
            print(f"bare {bare:.2f} s, bundle {bundle:.2f} s {what}, ratio {ratios[-1]:.2f}")
        return 0 if max(ratios) <= LIMIT else 1

    return in_new_installation(work)


if __name__ == "__main__":
    sys.exit(main())
