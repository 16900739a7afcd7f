"""One run of a job: its heartbeat, its progress, its file, its end."""

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, connections
from django.utils import timezone

from accounts.errors import Fault, NotAllowed
from accounts.models import Job, User

FILES = "jobs/out"


class JobFenced(Exception):
    """This run was taken for dead and the job given to another: stop, change nothing."""


class JobRun:
    """What the work is given: who asked, for what, and the means to tell how far it is.

    A thread writes heartbeat and progress over a connection of its own, because the work's own
    transaction shows nothing before its end. Inside somebody's transaction (a test) no other
    connection can see the job, so there is no thread.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.file_name = ""
        self.told: list[dict[str, str]] = []
        self._path = ""
        self._told: dict[str, Any] = {}
        self._fenced = False
        self._over = threading.Event()
        self._beat = None if connection.in_atomic_block else threading.Thread(target=self._tell)

    @property
    def params(self) -> dict[str, Any]:
        return self.job.params

    @property
    def user(self) -> User:
        """Who asked for the work; what they may see is what the file may hold.

        Raises NotAllowed for work that nobody asked for.
        """
        if self.job.created_by is None:
            raise NotAllowed
        return self.job.created_by

    @property
    def now(self) -> datetime:
        return timezone.now()

    def __enter__(self) -> "JobRun":
        _remove_files(self.job)
        if self._beat:
            self._beat.daemon = True
            self._beat.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._beat:
            self._beat.join()

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """How far the work is; call it as often as you like. Raises JobFenced."""
        told = {"done": done, "note": note[:300]}
        self._told |= told if total is None else told | {"total": total}
        if self._fenced:
            raise JobFenced

    def tell(self, faults: Iterable[Fault]) -> None:
        """What the finished work could not do, shown beside its file; it is done all the same."""
        self.told += [fault.as_row() for fault in faults]

    @contextmanager
    def new_file(self, name: str) -> Iterator[IO[bytes]]:
        """The file people download as `name`: written aside, put in place when complete.

        It is shown with the job's end, be that success or failure.
        """
        folder = Path(settings.MEDIA_ROOT) / FILES
        folder.mkdir(parents=True, exist_ok=True)
        final = folder / f"{_prefix(self.job)}{self.job.run}{Path(name).suffix}"
        draft = final.with_suffix(final.suffix + ".part")
        try:
            with draft.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            # Half a file is of no use, and on a full disk it holds what others need.
            draft.unlink(missing_ok=True)
            raise
        draft.replace(final)
        self._path, self.file_name = f"{FILES}/{final.name}", name

    def end(self, **values: Any) -> None:
        """Write the end, if the job is still this run's. Raises JobFenced."""
        held = Job.objects.held_by(job_id=self.job.pk, run=self.job.run)
        files = {"file": self._path, "file_name": self.file_name}
        if not held.update(**self._told, **files, finished_at=self.now, **values):
            raise JobFenced

    def _tell(self) -> None:
        """The heartbeat: often enough for a moving bar and far within the allowed silence."""
        pause = min(1.0, settings.JOB_SILENCE_SECONDS / 8)
        try:
            while not self._over.wait(pause):
                self._beat_once()
        finally:
            connections.close_all()

    def _beat_once(self) -> None:
        held = Job.objects.held_by(job_id=self.job.pk, run=self.job.run)
        try:
            if not held.update(heartbeat_at=timezone.now(), **self._told):
                # Ended by the work itself a moment ago, or taken away: only then it matters.
                self._fenced = not self._over.is_set()
        except DatabaseError:
            connections["default"].close()


def _prefix(job: Job) -> str:
    return f"{job.public_id}-"


def _remove_files(job: Job) -> None:
    """What earlier runs of this job left behind."""
    folder = Path(settings.MEDIA_ROOT) / FILES
    if folder.is_dir():
        for path in folder.glob(f"{_prefix(job)}*"):
            path.unlink(missing_ok=True)


def open_job_file(job: Job) -> IO[bytes]:
    """The finished file. Raises FileNotFoundError when it has been cleared away."""
    return default_storage.open(str(job.file.name))
