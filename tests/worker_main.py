"""`python -m tests.worker_main 2`: so many real workers and their clock; a killed one comes back.

They are forked from a process that has everything imported, because starting Python ten times
would cost more than the rest of the test.
"""

import os
import sys

import django

django.setup()

from celery.signals import task_prerun  # noqa: E402

from accounts.domain.jobs import RUN_TASK  # noqa: E402
from config.celery import app  # noqa: E402

QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING")
WORKER = ("-q", "worker", "--pool", "solo", *QUIET)
BEAT = ("-q", "beat", "--pidfile=", "--loglevel", "WARNING")


@task_prerun.connect
def note_process(args, task, **_rest: object) -> None:
    """Say which process took which job: the last to take it is the one that holds it."""
    if task.name == RUN_TASK:
        with open(f"{os.environ['KILL_FOLDER']}/job-{args[0]}", "w") as file:  # noqa: PTH123
            file.write(str(os.getpid()))


def fork(*command: str) -> int:
    """The pid of a child that runs Celery with this command line."""
    pid = os.fork()
    if pid:
        return pid
    app.start(list(command))
    os._exit(0)


def keep_running(workers: int) -> None:
    """Until somebody kills this process with its group."""
    app.loader.import_default_modules()
    app.finalize(auto=True)
    fork(*BEAT)
    started = 0
    for started in range(workers):
        fork(*WORKER, "-n", f"w{started}@%h")
    while True:
        os.wait()
        started += 1
        fork(*WORKER, "-n", f"w{started}@%h")


if __name__ == "__main__":
    keep_running(int(sys.argv[1]))
