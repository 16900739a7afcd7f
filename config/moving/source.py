"""What the database moved from must be: complete, and not written to by anyone else."""

import fcntl
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from config.moving.target import MoveRefused

OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


def check_source(source: psycopg.Connection) -> None:
    """Raises MoveRefused while somebody works with it, or while its tables are not up to date."""
    ((others,),) = source.execute(OTHERS).fetchall()
    if _is_served() or others:
        raise MoveRefused(
            _("MinhThi đang chạy trên cơ sở dữ liệu này."),
            _("Dừng “make run” và mọi chương trình đang mở cơ sở dữ liệu, rồi chạy lại."),
        )
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        connections.close_all()
        raise MoveRefused(
            _("Cơ sở dữ liệu nguồn chưa theo kịp mã nguồn này."),
            _("Chạy “python manage.py migrate” rồi chạy lại."),
        )
    connections.close_all()


def _is_served() -> bool:
    """Whether `manage.py serve` holds its folder."""
    path = Path(settings.VAR_DIR) / "serve.lock"
    if not path.exists():
        return False
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
