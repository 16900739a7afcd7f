"""What rechecking a large bundle takes: `verify.py` alone, on the public and the auditor's bundle.

    python -m tests.load.verifying [--attempts 20000] --into FOLDER
    python -m tests.load.verifying --recheck FOLDER

The first fills a round as `tests.load.bundles` does, has the platform mark, rank, award, seal and
submit it, and writes both bundles. The second runs the verifier on each, in a process of its own,
and prints seconds of that process's CPU and its peak memory.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.load.bundles import open_round, write_platform
from tests.load.ranking import FILL, in_new_installation

# What an auditor asks of a voided entry and of a duplicate: a reason and a decided case.
DECIDED = (
    """
UPDATE quiz_attempt SET void_reason = 'Thi hộ' WHERE round_id = %(round)s AND voided_at IS NOT NULL
""",
    """
WITH twins AS (
    SELECT id, duplicate_of_id FROM quiz_entrant
    WHERE contest_id = %(contest)s AND duplicate_of_id IS NOT NULL
), decided AS (
    INSERT INTO quiz_duplicatecase (contest_id, reason, mark, state, kept_id, note,
        decided_by_id, decided_at)
    SELECT %(contest)s, 'identity', sha256(id::text::bytea), 'same', duplicate_of_id, '',
        %(organiser)s, now()
    FROM twins RETURNING id, kept_id
)
INSERT INTO quiz_duplicatemember (case_id, entrant_id)
SELECT decided.id, member FROM decided JOIN twins ON twins.duplicate_of_id = decided.kept_id,
    unnest(ARRAY[twins.id, decided.kept_id]) AS member
""",
)


def make_release(attempts: int) -> Any:
    """A round submitted for signature in which everything is as the platform makes it."""
    from django.db import connection, transaction
    from django.utils import timezone

    from quiz.domain.awards import propose_awards
    from quiz.domain.releases import submit_for_signature
    from quiz.domain.round_closing import mark_and_rank
    from quiz.domain.sealing import seal_round
    from quiz.enums import RoundState

    made, values = open_round(
        attempts, ("score", "prediction_error", "duration", "submitted_at", "lot")
    )
    round, values["organiser"] = made.round, made.organiser.pk
    with connection.cursor() as cursor, transaction.atomic():
        for name in ("entrants", "duplicates", "attempts"):
            cursor.execute(FILL[name], values)
            print(f"{name}: {cursor.rowcount:,}", flush=True)
        for statement in DECIDED:
            cursor.execute(statement, values)
        cursor.execute("ANALYZE")
    round.state, round.closed_at = RoundState.CLOSED, round.closes_at + timedelta(hours=1)
    round.save(update_fields=["state", "closed_at"])
    mark_and_rank(round=round)
    propose_awards(round=round, user=made.organiser)
    seal_round(round=round, user=made.organiser, now=timezone.now())
    return submit_for_signature(round=round, user=made.organiser, now=timezone.now())


def write_auditors(release: Any, file: Any) -> None:
    from django.db import transaction

    from quiz.domain.auditor_bundle import auditor_content
    from quiz.interfaces.bundle.archive import write_content

    with transaction.atomic():
        content = auditor_content(release=release)
        write_content(content=content, release=release, file=file)


# Says at its end how much memory it had at most: what the system tells its parent includes the
# parent's own, from before the program was replaced.
RUN = """
import runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
"""


def recheck(path: Path, digest: str) -> tuple[float, float, str]:
    """(CPU seconds, peak MB, last line said) of the verifier."""
    verifier = Path(__file__).parents[2] / "quiz/interfaces/bundle/verify.py"
    command = [sys.executable, "-I", "-S", "-c", RUN, str(verifier), str(path)]
    with subprocess.Popen([*command, "--root", digest], stdout=subprocess.PIPE) as process:
        said = (process.stdout.read() if process.stdout else b"").decode().strip().splitlines()
        _pid, _status, used = os.wait4(process.pid, 0)
        process.returncode = 0
    return used.ru_utime + used.ru_stime, int(said[-1]) / 1024, said[-2]


def write(attempts: int, folder: Path) -> int:
    release = make_release(attempts)
    (folder / "digest.json").write_text(json.dumps(release.digest))
    for name, writer in {"public": write_platform, "auditor": write_auditors}.items():
        began = time.process_time()
        with (folder / f"{name}.zip").open("wb") as file:
            writer(release, file)
            size = file.tell() / 1e6
        print(f"{name}: {size:.0f} MB written in {time.process_time() - began:.0f} s of CPU")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--attempts", type=int, default=20_000)
    parser.add_argument("--into", type=Path)
    parser.add_argument("--recheck", type=Path)
    options = parser.parse_args()
    if options.into:
        options.into.mkdir(exist_ok=True)
        return in_new_installation(lambda: write(options.attempts, options.into))
    digest = json.loads((options.recheck / "digest.json").read_text())
    for name in ("public", "auditor"):
        cpu, peak, said = recheck(options.recheck / f"{name}.zip", digest)
        print(f"{name}: rechecked in {cpu:.1f} s of CPU with {peak:.0f} MB: {said}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
