"""What is made ready before serving: static files, catalogues, tables, the demo."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands

from config.catalogues import compile_catalogues

# What makes generated static files, where an app brings one.
BUILDERS = ("build_fonts", "build_static")
# Says which scripts of others were brought (config/install.py); it changes when they do.
BROUGHT = Path(settings.BASE_DIR) / "frontend" / "node_modules" / ".installed"


def prepare_files() -> None:
    """Bring catalogues and static files up to date; costs a few milliseconds if they are."""
    compile_catalogues()
    collect_static()


def collect_static() -> None:
    """Build and collect static files unless every source is as it was the last time."""
    stamp = Path(settings.VAR_DIR) / "static.stamp"
    digest = _digest(_static_sources())
    if stamp.exists() and stamp.read_text() == digest and Path(settings.STATIC_ROOT).is_dir():
        return
    for name in BUILDERS:
        if name in get_commands():
            call_command(name, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(digest)


def load_demo_if_empty() -> None:
    """Load the demo into a database nobody has used yet."""
    from accounts.models import User

    if "load_demo" in get_commands() and not User.objects.exists():
        call_command("load_demo")
        call_command("load_training_demo")


def _static_sources() -> Iterator[Path]:
    if BROUGHT.exists():
        yield BROUGHT
    built = str(settings.STATIC_BUILD_DIR)
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = storage.path(name)
            if not path.startswith(built):
                yield Path(path)


def _digest(files: Iterator[Path]) -> str:
    sha = hashlib.sha256()
    for path in sorted(files):
        status = path.stat()
        sha.update(f"{path}\0{status.st_mtime_ns}\0{status.st_size}\n".encode())
    return sha.hexdigest()
