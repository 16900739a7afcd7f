"""What a correction of a large round takes: seeing its effect, and carrying it out.

    python -m tests.load.corrections [--attempts 25000]

In a folder and a private PostgreSQL of its own, fills one released round with entries of 20 items
out of 60 (1.4 entries a person, the best counts), amends one key, and prints for the preview and
for the carrying out: seconds, CPU seconds of this process and of the server's, and the most memory
either has held. Exit code 1 if up to 25,000 entries the preview takes 10 s or more.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.load.ranking import FILL, cpu_seconds, in_new_installation

ENTRIES_PER_PERSON = 1.4
ITEMS, SHOWN = 60, 20
LIMIT_SECONDS, LIMIT_ATTEMPTS = 10, 25_000

# Two in three know an answer: full marks are rare, and one item decides much.
ANSWERED = """
UPDATE quiz_attempt SET answers = (
    SELECT array_agg((1 + (abs(hashint8(quiz_attempt.id * 20 + n)::bigint) %% 3 = 0)::int)::int2)
    FROM generate_series(1, 20) AS n)
WHERE round_id = %(round)s
"""
CORRECTED = """
SELECT count(*) FROM quiz_correctionchange WHERE correction_id = %s
"""


def make_round(attempts: int) -> Any:
    """A frozen round with its entries; every key is the first option."""
    from django.db import connection

    from quiz.rules.document import BlueprintRow, Criterion, PredictionRules, PrizeTier
    from tests.factories import make_draft, make_open_contest, make_rules

    kinds = ("score", "prediction_error", "duration", "lot")
    rules = make_rules(
        entry={"attempts_per_round": 2, "prediction": PredictionRules(who="all_correct")},
        result={
            "chain": [Criterion(kind=kind, precision="ms") for kind in kinds],
            "prizes": [PrizeTier(code="giai", name="Giải", count=20, money=100_000)],
            "actual_value_policy": "recomputed",
        },
        paper={"blueprint": [BlueprintRow(count=SHOWN)], "shuffle_options": False},
    )
    drafts = [make_draft(number, key=frozenset({0})) for number in range(1, ITEMS + 1)]
    made = make_open_contest(rules=rules, drafts=drafts)
    values = {
        "contest": made.contest.pk,
        "round": made.round.pk,
        "group": made.groups[0].pk,
        "pool": made.round.pools.get().pk,
        "rules": made.round.rules_id,
        "opens": made.round.opens_at,
        "persons": round(attempts / ENTRIES_PER_PERSON),
    }
    with connection.cursor() as cursor:
        for statement in (FILL["entrants"], FILL["attempts"], ANSWERED):
            cursor.execute(statement, values)
        cursor.execute("VACUUM ANALYZE")
    return made


def publish(made: Any) -> None:
    """Marked, ranked, awarded, sealed and released, without the bundle and the tree."""
    from django.db import transaction
    from django.utils import timezone

    from quiz.domain.awards import give_awards
    from quiz.domain.grading import grade_round
    from quiz.domain.ranking import rank_round
    from quiz.domain.releases import draft_release
    from quiz.domain.sealing import renew_seal
    from quiz.models import Release, Round, Seal

    with transaction.atomic():
        grade_round(round=made.round)
        rank_round(round=made.round)
        give_awards(round=made.round)
        Seal.objects.create(
            round=made.round,
            counts={},
            root="0" * 64,
            size=0,
            sealed_by=made.organiser,
            sealed_at=timezone.now(),
        )
        renew_seal(round=made.round)
    made.round.refresh_from_db()
    release = draft_release(round=made.round, user=made.organiser, now=timezone.now())
    Release.objects.filter(pk=release.pk).update(state="released", released_at=timezone.now())
    Round.objects.filter(pk=made.round.pk).update(state="released")
    made.round.refresh_from_db()


def peak_mb(pid: int) -> float:
    """The most memory a process has held, shared buffers included."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def measured(name: str, work: Callable[[], Any]) -> float:
    """Do it and print what it took; the seconds."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [server] = cursor.fetchone()
    began, own, theirs = time.perf_counter(), time.process_time(), cpu_seconds(server)
    work()
    took = time.perf_counter() - began
    own, theirs = time.process_time() - own, cpu_seconds(server) - theirs
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name}: {took:.1f} s ({own:.1f} + {theirs:.1f} of CPU), worker at most {held:.0f} MB, "
        f"PostgreSQL's process {peak_mb(server):.0f} MB",
        flush=True,
    )
    return took


def measure(attempts: int) -> float:
    """Seconds of the preview."""
    from django.db import connection
    from django.utils import timezone

    from quiz.domain.correction_applying import apply_correction
    from quiz.domain.correction_previews import preview_correction
    from quiz.domain.corrections import amend_key, open_correction
    from quiz.enums import CorrectionState
    from quiz.models import Correction

    made = make_round(attempts)
    publish(made)
    now = timezone.now()
    correction = open_correction(round=made.round, reason="Sai", user=made.organiser, now=now)
    amend_key(
        correction=correction,
        pool=made.round.pools.get(),
        place=0,
        remedy="accept_both",
        key=[1],
        reason="Sai",
        user=made.organiser,
    )
    told: dict[str, Any] = {}
    took = measured(
        "preview",
        lambda: told.update(preview_correction(correction=correction, now=timezone.now())),
    )
    counts = {name: told[name] for name in ("attempts", "marks", "ranks", "prizes")}
    with connection.cursor() as cursor:
        cursor.execute(CORRECTED, [correction.pk])
        print(*(f"{name} {count:,}" for name, count in counts.items()), sep=", ")
        print(f"entries listed: {cursor.fetchone()[0]:,}")
    Correction.objects.filter(pk=correction.pk).update(
        state=CorrectionState.APPROVED, decided_by=made.reviewer, decided_at=now
    )
    measured("carried out", lambda: apply_correction(correction=correction, now=timezone.now()))
    return took


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--attempts", type=int, default=LIMIT_ATTEMPTS)
    options = parser.parse_args()
    took = in_new_installation(lambda: measure(options.attempts))
    return int(options.attempts <= LIMIT_ATTEMPTS and took >= LIMIT_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
