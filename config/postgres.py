"""The private PostgreSQL under VAR_DIR/pg, used whenever DATABASE_URL is not set.

It listens on a socket in a folder closed to everyone else and on no network address. Whoever needs
it holds a shared lock on VAR_DIR/pg.users; the last holder to leave stops it. The kernel drops the
lock of a holder that was killed, so nothing has to be cleaned up: the next one adopts or recovers.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import IO

import psycopg

from config.run.binaries import Binaries, find_binaries
from config.run.checks import check_disk
from config.run.owners import Owner, owner_of, possible_owners
from config.run.processes import (
    command_line,
    is_gone,
    signal_process,
    stop_by_stages,
    uninterrupted,
    wait_until,
)
from config.run.refusal import (
    database_failed,
    foreign_folder,
    not_permitted,
)

NAME = "minhthi"
# A Unix socket's path holds 107 bytes, of which PostgreSQL's own file name takes 15.
LONGEST_SOCKET_DIR = 90
READY_SECONDS = 120
STOP_STAGES = ((signal.SIGINT, 4.0), (signal.SIGQUIT, 1.5), (signal.SIGKILL, 1.0))
NEW_CLUSTER_MB, OLD_CLUSTER_MB = 300, 40
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "fsync": "on",
    "jit": "off",
    "log_line_prefix": "%m [%p] ",
    # An error's text quotes what somebody typed; the application logs its number and place.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


def is_private(environ: "os._Environ[str] | dict[str, str]" = os.environ) -> bool:
    """Whether the private PostgreSQL is the one in use."""
    return not environ.get("DATABASE_URL")


def socket_dir(var_dir: Path) -> Path:
    """The folder of the server's socket; a short one in /tmp where VAR_DIR's path is too long."""
    folder = var_dir / "pg-socket"
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_DIR:
        return folder
    # /tmp itself and not TMPDIR, or two terminals could look in two places.
    return Path("/tmp") / f"minhthi-{hashlib.sha256(os.fsencode(var_dir)).hexdigest()[:20]}"  # noqa: S108


@contextmanager
def using_postgres(var_dir: Path) -> Iterator["PrivatePostgres"]:
    """The private PostgreSQL, running; stopped afterwards unless another process still uses it.

    Raises StartRefused if it cannot run here.
    """
    server = PrivatePostgres(var_dir)
    with server.locked():
        users = _open_lock(var_dir / "pg.users")
        fcntl.flock(users, fcntl.LOCK_SH)
    try:
        with server.locked():
            server.ensure_running()
        yield server
    finally:
        with server.locked():
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                server.stop()
            users.close()


class PrivatePostgres:
    """One cluster and its server. `ensure_running` and `stop` are called under `locked()`."""

    def __init__(self, var_dir: Path) -> None:
        self.var_dir = var_dir
        self.data = var_dir / "pg"
        self.log = var_dir / "pg.log"
        self.socket = socket_dir(var_dir)
        self._process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Starting and stopping happen in one process at a time."""
        with _open_lock(self.var_dir / "pg.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def ensure_running(self) -> None:
        """Adopt the server left running, recover a killed one, or make a new cluster."""
        if self.pid and self._becomes_ready():
            return
        new = not (self.data / "PG_VERSION").exists()
        check_disk(self.var_dir, needed_mb=NEW_CLUSTER_MB if new else OLD_CLUSTER_MB)
        if new:
            self._create_cluster()
        self._launch()
        self._ensure_database()

    def stop(self) -> None:
        """End the server; what was committed stays, however it ends."""
        pid = self.pid
        if pid:
            stop_by_stages(signal_process(pid), lambda: is_gone(pid), STOP_STAGES)
        if self._process:
            self._process.poll()

    @property
    def pid(self) -> int | None:
        """The number of the living server of this cluster, whoever started it."""
        if self._process and self._process.poll() is None:
            return self._process.pid
        pid = self._noted_pid()
        return pid if pid and self._is_postgres(pid) else None

    def connect(self, database: str = NAME) -> psycopg.Connection:
        """A connection in autocommit, for looking after the server itself."""
        return psycopg.connect(
            host=str(self.socket), user=NAME, dbname=database, autocommit=True, connect_timeout=5
        )

    def _noted_pid(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return None

    def _is_postgres(self, pid: int) -> bool:
        """After a reboot the number may be another program's."""
        words = command_line(pid)
        return "postgres" in words and str(self.data) in words

    def _create_cluster(self) -> None:
        """Make the cluster beside its place and move it there whole."""
        draft = self.data.with_name("pg.new")
        reason = ""
        for binaries, owner in product(find_binaries(), possible_owners()):
            shutil.rmtree(draft, ignore_errors=True)
            owner.take(draft)
            answer = subprocess.run(
                [
                    *owner.prefix,
                    binaries.program("initdb"),
                    *("-D", str(draft), "-U", NAME, "-E", "UTF8", "--locale=C"),
                    *("--auth=trust", "--data-checksums", "--no-instructions"),
                ],
                capture_output=True,
                text=True,
                cwd="/",
                env=_environment(),
                check=False,
            )
            if answer.returncode == 0:
                draft.rename(self.data)
                return
            reason = _last_line(answer.stderr)
        shutil.rmtree(draft, ignore_errors=True)
        raise not_permitted(reason)

    def _launch(self) -> None:
        owner = owner_of(self.data)
        binaries = find_binaries(major=int((self.data / "PG_VERSION").read_text()))[0]
        self._take_socket_dir(owner)
        deadline = time.monotonic() + READY_SECONDS
        while True:
            self._clear_reused_number()
            self._spawn(binaries, owner)
            if self._becomes_ready():
                return
            said = self.log.read_text(errors="replace")
            # The killed server's own children need a moment to notice that it has gone, and may
            # say so last of all.
            if "shared memory" not in said or time.monotonic() > deadline:
                raise database_failed(_last_line(said))
            time.sleep(0.2)

    def _spawn(self, binaries: Binaries, owner: Owner) -> None:
        options = [word for item in SETTINGS.items() for word in ("-c", "=".join(item))]
        with self.log.open("wb") as log, uninterrupted():
            self._process = subprocess.Popen(
                [
                    *owner.prefix,
                    binaries.program("postgres"),
                    *("-D", str(self.data), "-k", str(self.socket), *options),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=_environment(),
                # Ctrl-C at the terminal is for us: the database ends last.
                start_new_session=True,
            )

    def _becomes_ready(self) -> bool:
        """Wait until the server answers; False if it ended instead."""

        def answers_or_ended() -> bool:
            return self.pid is None or self._answers()

        return wait_until(answers_or_ended, seconds=READY_SECONDS) and self.pid is not None

    def _answers(self) -> bool:
        try:
            self.connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def _ensure_database(self) -> None:
        with self.connect("postgres") as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if known.fetchone() is None:
                connection.execute(f"CREATE DATABASE {NAME}")

    def _take_socket_dir(self, owner: Owner) -> None:
        """Make the socket's folder ours alone; in /tmp somebody may have been there first."""
        if self.socket.is_symlink():
            raise foreign_folder(self.socket)
        if self.socket.exists() and self.socket.stat().st_uid not in (owner.uid, os.geteuid()):
            raise foreign_folder(self.socket)
        owner.take(self.socket)

    def _clear_reused_number(self) -> None:
        """PostgreSQL takes any living process with the noted number for a server: help it.

        In every other case its marks stay, for by them it makes sure that no child of a killed
        server is still writing.
        """
        pid = self._noted_pid()
        if pid and not is_gone(pid) and not self._is_postgres(pid):
            for mark in (self.data / "postmaster.pid", *self.socket.glob(".s.PGSQL.*")):
                mark.unlink(missing_ok=True)


def _open_lock(path: Path) -> IO[str]:
    try:
        return path.open("a")
    except PermissionError:
        raise foreign_folder(path.parent) from None


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "?"
