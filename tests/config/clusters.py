"""Whole PostgreSQL servers of a test's own, each in its folder, with or without our tables."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import psycopg

from config import postgres
from config.postgres import PrivatePostgres
from config.run.binaries import Binaries, find_binaries
from tests.stack import ROOT, copy_var_dir

UNWANTED = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE")


@dataclass(frozen=True)
class Cluster:
    """A running server and the folder it lies in."""

    server: PrivatePostgres

    @property
    def url(self) -> str:
        return f"postgresql://minhthi@/minhthi?host={self.server.socket}"

    @property
    def environment(self) -> dict[str, str]:
        """For PostgreSQL's own programs."""
        return {"PGHOST": str(self.server.socket), "PGUSER": "minhthi"}

    def connect(self, database: str = "minhthi") -> psycopg.Connection:
        return self.server.connect(database)


@contextmanager
def running_cluster(
    var_dir: Path, *, settings: str = "", binaries: Binaries | None = None
) -> Iterator[Cluster]:
    """Start the cluster in `var_dir`/pg, a new one where there is none; stop it afterwards.

    `settings` are lines for its configuration; `binaries` other programs than the best.
    """
    var_dir.mkdir(parents=True, exist_ok=True)
    server = PrivatePostgres(var_dir)
    chosen = (lambda **_major: [binaries]) if binaries else find_binaries
    with patch.object(postgres, "find_binaries", chosen), server.locked():
        if settings and not (server.data / "PG_VERSION").exists():
            server._create_cluster()
        if settings:
            with (server.data / "postgresql.auto.conf").open("a") as file:
                file.write(settings)
        server.ensure_running()
    try:
        yield Cluster(server)
    finally:
        with server.locked():
            server.stop()


def with_tables(prepared_var_dir: Path, var_dir: Path) -> Path:
    """`var_dir` with a cluster that has our tables, copied where that is possible."""
    copy_var_dir(prepared_var_dir, var_dir)
    if not (var_dir / "pg").exists():
        manage("migrate", "-v0", VAR_DIR=str(var_dir))
    shutil.rmtree(var_dir / "pg-socket", ignore_errors=True)
    return var_dir


def run(
    *command: str, check: bool = True, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """A program with exactly these settings of ours in its environment."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    answer = subprocess.run(
        command, cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0 or not check, f"{command}:\n{answer.stdout}{answer.stderr}"
    return answer


def manage(
    *arguments: str, check: bool = True, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """`manage.py` in a process of its own."""
    return run(sys.executable, "manage.py", *arguments, check=check, **environment)
