"""One `manage.py` command from start to end, with the private database around it."""

import signal
import sys
from contextlib import nullcontext
from types import FrameType

import django
from django.conf import settings
from django.core.management import execute_from_command_line

from config.postgres import is_private, using_postgres
from config.run.preparation import prepare_files
from config.run.refusal import StartRefused

# These look at no row; `serve` and `demo` start the database themselves.
WITHOUT_DATABASE = {
    "build_fonts",
    "build_static",
    "collectstatic",
    "compilemessages",
    "demo",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "prepare",
    "serve",
    "spectacular",
    "startapp",
    "version",
}


def run_command(argv: list[str]) -> None:
    """Run `argv` as Django would; a machine that refuses is told in one sentence, exit code 1."""
    try:
        if not _needs_database(argv):
            execute_from_command_line(argv)
            return
        # Without this the database would be left running by `kill` or a closed terminal.
        signal.signal(signal.SIGTERM, _leave)
        signal.signal(signal.SIGHUP, _leave)
        with using_postgres(settings.VAR_DIR) if is_private() else nullcontext():
            if argv[1] == "runserver":
                django.setup()
                prepare_files()
            execute_from_command_line(argv)
    except StartRefused as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)


def _needs_database(argv: list[str]) -> bool:
    command = argv[1] if len(argv) > 1 else "help"
    asks_for_help = {"-h", "--help", "--version"}.intersection(argv)
    return not asks_for_help and command not in WITHOUT_DATABASE


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
