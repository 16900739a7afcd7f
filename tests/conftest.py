"""What every test may ask for: the real database, and where installed, Redis and a browser."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from django.conf import settings
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker

from config.catalogues import compile_catalogues
from config.postgres import is_private, using_postgres
from config.run.preparation import collect_static
from tests.browser.own_requests import note_foreign_requests
from tests.emptying import empty_tables
from tests.migrated import keep_migrated, use_migrated
from tests.services import CHROMIUM, CHROMIUM_FLAGS, MISSING, left_out, needed_by, private_redis
from tests.stack import Stack, copy_var_dir, prepare_var_dir, running_stack

# Playwright keeps an event loop in this thread; Django would take it for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The private PostgreSQL runs as long as any worker of this test run."""
    with using_postgres(settings.VAR_DIR) if is_private() else nullcontext():
        with django_db_blocker.unblock():
            use_migrated()
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock(), one_at_a_time("migrated"):
        keep_migrated()


def pytest_sessionstart() -> None:
    """English pages need the compiled catalogue, which is no part of the source.

    Pages may hold the database for three seconds; what tidies up after a test may need longer.
    """
    from config.wsgi import limit_statements  # sets Django up

    compile_catalogues()
    settings.MIDDLEWARE = ["tests.plain_numbers.look_through", *settings.MIDDLEWARE]
    TransactionTestCase._fixture_teardown = empty_tables
    connection_created.disconnect(limit_statements)


# What takes a minute or waits for a clock. Two workers begin with a group each and share the rest,
# so that neither is left with a long test at the end.
LONG = (
    ("journeys/", "config/test_supervisor.py", "config/test_restore.py"),
    (
        *("test_job_kills.py", "test_import_kills.py", "test_result_job_kills.py"),
        *("config/test_move_to.py", "config/test_deploy_run.py"),
    ),
)


def _long_ones_first(items: list[pytest.Item]) -> list[pytest.Item]:
    groups: tuple[list[pytest.Item], ...] = ([], [], [])
    for item in items:
        path = str(item.path)
        place = next((n for n, parts in enumerate(LONG) if any(p in path for p in parts)), 2)
        groups[place].append(item)
    first, second, rest = groups
    middle = len(rest) // 2
    return [*first, *rest[:middle], *second, *rest[middle:]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs a program this machine lacks, or insist with REQUIRE_SERVICES=1."""
    items[:] = _long_ones_first(items)
    if os.environ.get("REQUIRE_SERVICES") == "1":
        return
    for item in items:
        for service in needed_by(item):
            if service.program() is None:
                item.add_marker(pytest.mark.skip(reason=f"{MISSING}{service.name}"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Say last of all what was left out, and the one line that installs it."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    for line in left_out(reporter.stats.get("skipped", [])) if reporter else ():
        reporter.write_line(line, yellow=True)


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """A request in English leaves its thread speaking English; the next test begins anew."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis of our own. Mark the test `needs_redis`."""
    with private_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium under Playwright, one per worker. Mark the test `needs_chromium`."""
    program = CHROMIUM.required()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def static_files() -> Path:
    """Fonts, stylesheets and scripts where `live_server` serves them from; workers take turns."""
    with one_at_a_time("static"):
        collect_static()
    return Path(settings.STATIC_ROOT)


@pytest.fixture
def page(chromium: Browser, static_files: Path) -> Iterator[Page]:
    """A page in a context of its own: nobody's cookies, Vietnamese, Hanoi's clock.

    Whatever pages it opens, none may ask anybody but this machine.
    """
    context = chromium.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(10_000)
    foreign = note_foreign_requests(context)
    yield context.new_page()
    context.close()
    assert foreign == []


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """The page; anything its console calls an error fails the test."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: line.type == "error" and errors.append(line.text))
    yield page
    assert errors == []


@pytest.fixture(scope="session")
def prepared_var_dir(testrun_uid: str) -> Path:
    """What a first start of `serve` makes, made once per test run; copy it, don't use it."""
    folder = Path(settings.VAR_DIR) / "prepared"
    stamp = folder / "testrun"
    with one_at_a_time("prepared"):
        if not stamp.exists() or stamp.read_text() != testrun_uid:
            shutil.rmtree(folder, ignore_errors=True)
            prepare_var_dir(folder)
            stamp.write_text(testrun_uid)
    return folder


@pytest.fixture
def warm_var_dir(prepared_var_dir: Path, tmp_path: Path) -> Path:
    """A folder of the test's own in which `serve` starts at once."""
    return copy_var_dir(prepared_var_dir, tmp_path / "var")


@pytest.fixture
def live_stack(warm_var_dir: Path) -> Iterator[Stack]:
    """`manage.py serve` with DEMO=0 in a folder of its own: the real thing, empty."""
    with running_stack(warm_var_dir, demo=False) as stack:
        yield stack


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Workers of the same test run take turns."""
    with (Path(settings.VAR_DIR) / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
