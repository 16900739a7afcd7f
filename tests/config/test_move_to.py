"""`manage.py move_to`: everything arrives, provably, or nothing does. Two real servers."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.moving.digests import digest_database
from config.run.binaries import find_binaries
from config.run.processes import wait_until
from tests.config.clusters import UNWANTED, Cluster, manage, run, running_cluster, with_tables
from tests.stack import ROOT

PATIENCE = 30
EMPTY = """
SELECT count(*) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')
"""


@pytest.fixture(scope="module")
def home(prepared_var_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded installation: a released contest, an open one, a file, a picture, a lesson."""
    var_dir = with_tables(prepared_var_dir, tmp_path_factory.mktemp("home") / "var")
    with running_cluster(var_dir) as cluster:
        module = (sys.executable, "-m", "tests.config.deploy_world")
        for words in (("released", str(var_dir / "release.zip")), ("picture",)):
            run(*module, *words, DATABASE_URL=cluster.url, VAR_DIR=str(var_dir))
    (var_dir / "media").mkdir(exist_ok=True)
    (var_dir / "media" / "tep.txt").write_text("tệp")
    return var_dir


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Another server: of another version, where the machine has one."""
    binaries = find_binaries()
    other = next((found for found in binaries if found.major != binaries[0].major), binaries[0])
    folder = tmp_path_factory.mktemp("away")
    with running_cluster(folder, settings="\n", binaries=other) as cluster:
        yield cluster


@pytest.fixture
def empty(away: Cluster) -> Iterator[Cluster]:
    """Nothing in it, before and afterwards."""
    yield away
    with away.connect() as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public AUTHORIZATION pg_database_owner")


def move(
    home: Path, target: Cluster, *options: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    words = ("move_to", target.url, *options)
    return manage(*words, check=False, VAR_DIR=str(home), **environment)


def things_in(target: Cluster) -> int:
    with target.connect() as connection:
        return connection.execute(EMPTY).fetchone()[0]


def test_everything_arrives_and_the_next_numbers_follow(home: Path, empty: Cluster) -> None:
    env = home / "moved.env"
    answer = move(home, empty, "--env", str(env))
    assert answer.returncode == 0, answer.stderr
    with running_cluster(home) as source, source.connect() as here, empty.connect() as there:
        digests = digest_database(here)
        assert digests == digest_database(there)
        assert digests["quiz_attempt"].rows > 0
        assert sequences(here) == sequences(there)
    assert f"Đã chuyển {len(digests)} bảng" in answer.stdout
    assert "Còn 3 tệp" in answer.stdout
    assert "1 tệp hình, âm thanh của câu hỏi nguyên vẹn." in answer.stdout
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    lines = dict(line.split("=", 1) for line in env.read_text().splitlines())
    assert lines["DATABASE_URL"] == empty.url
    # What was sealed here opens there.
    kept = json.loads((home / "secret.json").read_text())
    keys = [lines[name] for name in ("SECRET_KEY", "FIELD_KEY", "TOKEN_KEY")]
    assert keys == [kept[name] for name in ("django", "field", "token")]

    # A difference of one letter in one row is found, by whoever asks again, and a spoilt picture.
    (picture,) = (home / "media" / "items").glob("??/*")
    picture.write_bytes(picture.read_bytes() + b"x")
    with empty.connect() as there:
        there.execute("UPDATE quiz_contest SET title = title || ' ' WHERE id = 1")
    found = move(home, empty, "--check")
    assert found.returncode == 1
    told = found.stderr.splitlines()
    assert told[0] == "CommandError: Hai bên khác nhau ở: quiz_contest."
    assert re.fullmatch(
        r"Hình, âm thanh của câu \d+ của .*: tệp \w{12}… đã bị đổi nội dung\.", told[1]
    )
    assert len(told) == 2

    # A second move into it is refused, with the reason.
    refused = move(home, empty)
    assert refused.returncode == 1
    assert "Chỉ chuyển vào cơ sở dữ liệu mới tạo, còn trống." in refused.stderr


def sequences(connection: psycopg.Connection) -> list[tuple]:
    statement = "SELECT sequencename, last_value FROM pg_sequences ORDER BY sequencename"
    return connection.execute(statement).fetchall()


def test_a_row_lost_on_the_way_takes_everything_back(home: Path, empty: Cluster) -> None:
    with empty.connect() as connection:
        # It loses every mark, as a broken network or disk might, and says nothing.
        connection.execute(
            "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
        )
        connection.execute("""
            CREATE FUNCTION spoil() RETURNS event_trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF to_regclass('quiz_grade') IS NOT NULL AND NOT EXISTS (
                    SELECT FROM pg_trigger WHERE tgname = 'lose') THEN
                    CREATE TRIGGER lose BEFORE INSERT ON quiz_grade
                    FOR EACH ROW EXECUTE FUNCTION lose();
                END IF;
            END $$""")
        connection.execute(
            "CREATE EVENT TRIGGER spoil ON ddl_command_end "
            "WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION spoil()"
        )
    answer = move(home, empty)
    with empty.connect() as connection:
        connection.execute("DROP EVENT TRIGGER spoil")
    assert answer.returncode == 1
    assert "Hai bên khác nhau ở: quiz_grade." in answer.stderr
    assert things_in(empty) == 0


def test_a_move_that_is_killed_leaves_nothing(home: Path, empty: Cluster) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "move_to", empty.url],
        cwd=ROOT,
        env=kept | {"VAR_DIR": str(home)},
        stdout=subprocess.DEVNULL,
    )
    with empty.connect("postgres") as connection:

        def sessions(words: str) -> int:
            statement = (
                "SELECT count(*) FROM pg_stat_activity WHERE datname = 'minhthi' "
                "AND xact_start IS NOT NULL AND query LIKE %s"
            )
            return connection.execute(statement, [words]).fetchone()[0]

        # The tables are being made: everything is in one transaction, so any moment is as good.
        assert wait_until(lambda: sessions("%quiz_%") > 0, seconds=PATIENCE)
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
        assert wait_until(lambda: sessions("%") == 0, seconds=PATIENCE)
    assert things_in(empty) == 0


def test_it_waits_until_nobody_works_with_the_source(home: Path, empty: Cluster) -> None:
    with running_cluster(home) as source, source.connect():
        answer = move(home, empty)
    assert answer.returncode == 1
    assert "MinhThi đang chạy trên cơ sở dữ liệu này." in answer.stderr
    assert things_in(empty) == 0


def test_a_database_with_another_order_of_letters_is_refused(home: Path, away: Cluster) -> None:
    with away.connect("postgres") as connection:
        connection.execute("CREATE DATABASE other ENCODING 'SQL_ASCII' TEMPLATE template0")
    url = away.url.replace("/minhthi?", "/other?")
    answer = manage("move_to", url, check=False, VAR_DIR=str(home))
    assert answer.returncode == 1
    assert "Cơ sở dữ liệu đích dùng bảng mã SQL_ASCII" in answer.stderr


def test_a_server_that_does_not_answer_is_one_sentence(home: Path, tmp_path: Path) -> None:
    url = f"postgresql://minhthi@/minhthi?host={tmp_path}"
    answer = manage("move_to", url, check=False, VAR_DIR=str(home))
    assert answer.returncode == 1
    assert answer.stderr.startswith("CommandError: Không làm việc được với một trong hai")
