"""Where the database is: DATABASE_URL, else the private PostgreSQL of config/postgres.py."""

from pathlib import Path
from typing import Any

from environ import Env


def database_settings(env: Env, var_dir: Path) -> dict[str, Any]:
    """Django's settings of the one database. No connection is opened here."""
    if env("DATABASE_URL", default=""):
        settings = dict(env.db("DATABASE_URL"))
    else:
        from config.postgres import socket_dir

        settings = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "minhthi",
            "USER": "minhthi",
            "HOST": str(socket_dir(var_dir)),
        }
    settings["CONN_MAX_AGE"] = None
    # Statements bound by the server are prepared at once (quiz.domain.hot); others never are.
    settings.setdefault("OPTIONS", {})["prepare_threshold"] = 0
    return settings
