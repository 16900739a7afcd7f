"""What rechecking a large bundle takes: `verify.py` alone, on the public and the auditor's bundle.

    python -m tests.load.verifying [--attempts 200000]

Fills a round as `tests.load.bundles` does, sets its true root, writes both bundles and runs the
verifier on each in a process of its own. Prints sizes, seconds of that process's CPU and its peak
memory.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.load.bundles import make_release, write_platform
from tests.load.ranking import in_new_installation


def with_root(release: Any) -> Any:
    """The release under the root that its entries have."""
    from quiz.domain.leaves import iterate_leaves
    from quiz.domain.release_documents import release_digest, release_document
    from quiz.engine import merkle
    from quiz.models import Seal

    leaves = (leaf for _attempt, _values, leaf in iterate_leaves(round=release.round))
    Seal.objects.filter(round=release.round).update(root=merkle.root(leaves).hex())
    release.round.refresh_from_db()
    release.document = release_document(round=release.round, number=1, previous=None)
    release.digest = release_digest(release.document)
    release.save()
    return release


def write_auditors(release: Any, file: Any) -> None:
    from django.db import transaction

    from quiz.domain.auditor_bundle import FORMAT, auditor_content
    from quiz.interfaces.bundle.archive import write_content

    with transaction.atomic():
        content = auditor_content(release=release)
        write_content(content=content, format_name=FORMAT, release=release, file=file)


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
    from quiz.interfaces.bundle import archive

    command = [sys.executable, "-I", "-S", "-c", RUN, str(archive.HERE / "verify.py"), str(path)]
    with subprocess.Popen([*command, "--root", digest], stdout=subprocess.PIPE) as process:
        said = (process.stdout.read() if process.stdout else b"").decode().strip().splitlines()
        _pid, _status, used = os.wait4(process.pid, 0)
        process.returncode = 0
    return used.ru_utime + used.ru_stime, int(said[-1]) / 1024, said[-2]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--attempts", type=int, default=200_000)
    parser.add_argument("--only", choices=["public", "auditor"])
    options = parser.parse_args()

    def work() -> int:
        release = with_root(make_release(options.attempts))
        ways = {"public": write_platform, "auditor": write_auditors}
        for name, write in ways.items():
            if options.only in (None, name):
                with tempfile.NamedTemporaryFile(suffix=".zip") as file:
                    began = time.process_time()
                    write(release, file)
                    file.flush()
                    wrote, size = time.process_time() - began, Path(file.name).stat().st_size / 1e6
                    cpu, peak, said = recheck(Path(file.name), release.digest)
                print(
                    f"{name}: {size:.0f} MB written in {wrote:.0f} s of CPU; "
                    f"rechecked in {cpu:.0f} s with {peak:.0f} MB: {said}",
                    flush=True,
                )
        return 0

    return in_new_installation(work)


if __name__ == "__main__":
    sys.exit(main())
