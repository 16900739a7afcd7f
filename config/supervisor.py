"""`manage.py serve`: the database, the web server, the worker and its clock in one terminal.

The supervisor starts them in order, starts a fallen one again, and at Ctrl-C ends web and worker
first and the database last. Nothing of it outlives it: its children die with it, and what a kill
could still leave is ended by the next start.
"""

import fcntl
import os
import resource
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from config.postgres import PrivatePostgres, is_private, using_postgres
from config.run.checks import check_disk, check_port
from config.run.children import Child, end_leftovers, stop_children
from config.run.links import Address, welcome
from config.run.preparation import load_demo_if_empty, prepare_files
from config.run.refusal import already_served, foreign_folder, keeps_dying

TICK_SECONDS = 0.3
READY_SECONDS = 60.0
GIVE_UP_AFTER = 4
WORKERS = 2
CONNECTIONS = 4096
FILES_BESIDES = 200
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def serve(*, host: str, port: int, demo: bool) -> None:
    """Run everything until a signal says stop. Raises StartRefused if the machine forbids it."""
    address = Address(host, port)
    var_dir = Path(settings.VAR_DIR)
    with _only_one(var_dir):
        check_port(host, port)
        check_disk(var_dir)
        end_leftovers(str(var_dir))
        with _interruptible():
            if is_private():
                with using_postgres(var_dir) as server:
                    _run(address, server, demo=demo)
            else:
                _run(address, None, demo=demo)


def _run(address: Address, server: PrivatePostgres | None, *, demo: bool) -> None:
    children = _children(address, str(settings.VAR_DIR))
    try:
        prepare_files()
        call_command("migrate", interactive=False, verbosity=0)
        os.environ["SERVING_DEMO"] = "1" if demo else "0"
        if demo:
            load_demo_if_empty()
        stop = _stop_event()
        # The web server first and alone: on two cores the page is there in half the time.
        _wait_for_home_page(address, children[0], stop)
        if not stop.is_set():
            print(welcome(address), flush=True)  # noqa: T201
        connections.close_all()
        while not stop.wait(TICK_SECONDS):
            _look_after(children, server)
    finally:
        # From here on it takes a few seconds at most, and nothing may cut it short.
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        connections.close_all()
        stop_children(children)


def _children(address: Address, mark: str) -> list[Child]:
    # As root the worker would warn at every start: tasks are JSON, never pickles.
    celery = ["-W", "ignore:You're running", "-m", "celery", "-q", "-A", "config"]
    web = [
        *("-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", address.host, "--port", str(address.port)),
        *("--workers", "2", "--blocking-threads", "1", "--respawn-failed-workers"),
        *("--backlog", str(CONNECTIONS), "--backpressure", str(_room_for_connections())),
        *("--respawn-interval", "0.5", "--workers-kill-timeout", "3"),
        *("--log-level", "warning", "config.wsgi:application"),
    ]
    # Without an event loop (the file-system broker has none) a pool's processes share one queue and
    # its lock: one killed while it waits leaves the others waiting for ever. So each is alone.
    alone = [
        *(*celery, "worker", "--pool", "solo", "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]
    workers = [Child(f"worker-{n}", [*alone, "-n", f"{n}@%h"], mark) for n in range(1, WORKERS + 1)]
    # A clock inside the worker (-B) would not come back if it alone were killed.
    beat = [*celery, "beat", "--loglevel", "WARNING", "--pidfile="]
    return [Child("web", web, mark), *workers, Child("beat", beat, mark)]


def _room_for_connections() -> int:
    """How many connections a web process takes in: what it leaves waiting it can't refuse."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    endless = resource.RLIM_INFINITY
    wanted = CONNECTIONS + FILES_BESIDES
    if soft == endless or soft >= wanted:
        return CONNECTIONS
    soft = wanted if hard == endless else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(1, soft - FILES_BESIDES)


def _look_after(children: list[Child], server: PrivatePostgres | None) -> None:
    if server and server.pid is None:
        with server.locked():
            server.ensure_running()
    for child in children:
        child.keep_running()


def _wait_for_home_page(address: Address, web: Child, stop: threading.Event) -> None:
    """Start `web` and wait until it answers, whatever that is; StartRefused if it can't start."""
    deadline = time.monotonic() + READY_SECONDS
    while not stop.wait(0.1):
        web.keep_running()
        if _answers(address):
            return
        if web.failures >= GIVE_UP_AFTER or time.monotonic() > deadline:
            raise keeps_dying(web.name)


def _answers(address: Address) -> bool:
    try:
        urllib.request.urlopen(f"{address.local}/", timeout=10).close()  # noqa: S310
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@contextmanager
def _only_one(var_dir: Path) -> Iterator[None]:
    """One supervisor per folder; the lock goes with its process, however that ends."""
    path = var_dir / "serve.lock"
    try:
        lock = path.open("a+")
    except PermissionError:
        raise foreign_folder(var_dir) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise already_served(path.read_text().strip()) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextmanager
def _interruptible() -> Iterator[None]:
    """While things are being prepared a signal stops them as Ctrl-C does."""
    for number in SIGNALS:
        signal.signal(number, _interrupt)
    yield


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop_event() -> threading.Event:
    """Set by the first signal; from now on signals interrupt nothing."""
    stop = threading.Event()
    for number in SIGNALS:
        signal.signal(number, lambda *_: stop.set())
    return stop
