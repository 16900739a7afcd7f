"""`manage.py serve`: restarts what falls, stops whole, and leaves nothing of a killed one."""

import os
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.run.children import MARK
from config.run.processes import all_pids, command_line, environment_holds, wait_until
from tests.stack import Stack, free_port, running_stack, start_stack, wait_until_ready

# Wide, for machines that run much else at the same time; everything here takes a second or two.
PATIENCE = 40


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One running, empty installation."""
    with running_stack(tmp_path_factory.mktemp("serve") / "var", demo=False) as stack:
        yield stack


def processes_of(stack: Stack) -> dict[int, str]:
    """Everything the supervisor has started, the database included."""
    mark, data = f"{MARK}={stack.var_dir}", f"{stack.var_dir}/pg "
    return {
        pid: command_line(pid)
        for pid in all_pids()
        if environment_holds(pid, mark) or f"postgres -D {data}" in command_line(pid)
    }


def pids_of(stack: Stack, words: str) -> set[int]:
    """Those among them whose command line holds `words`."""
    return {pid for pid, line in processes_of(stack).items() if words in line}


def answers(stack: Stack) -> bool:
    try:
        urllib.request.urlopen(f"{stack.base_url}/", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def test_it_prints_one_link_for_the_first_administrator(stack: Stack) -> None:
    assert len(stack.links) == 1


@pytest.mark.parametrize("words", ["granian", "-n 1@%h", "-n 2@%h", "celery -q -A config beat"])
def test_a_killed_child_is_started_again(stack: Stack, words: str) -> None:
    assert wait_until(lambda: bool(pids_of(stack, words)), seconds=PATIENCE)
    before = pids_of(stack, words)
    os.kill(min(before), signal.SIGKILL)

    def all_are_new() -> bool:
        now = pids_of(stack, words)
        return bool(now) and not now & before

    assert wait_until(all_are_new, seconds=PATIENCE)
    assert wait_until(lambda: answers(stack), seconds=PATIENCE)


def test_a_killed_web_worker_is_replaced_while_the_other_answers(stack: Stack) -> None:
    assert wait_until(lambda: len(pids_of(stack, "granian")) == 3, seconds=PATIENCE)
    before = pids_of(stack, "granian")
    os.kill(max(before), signal.SIGKILL)

    def one_is_new() -> bool:
        now = pids_of(stack, "granian")
        return len(now - before) == 1 and len(now) == 3

    assert wait_until(lambda: answers(stack), seconds=PATIENCE)
    assert wait_until(one_is_new, seconds=PATIENCE)


def test_a_killed_database_is_recovered_while_serving(stack: Stack) -> None:
    (before,) = pids_of(stack, "postgres -D")
    os.kill(before, signal.SIGKILL)

    def another_runs() -> bool:
        return bool(pids_of(stack, "postgres -D") - {before})

    assert wait_until(another_runs, seconds=PATIENCE)


def test_a_second_one_in_the_same_folder_is_refused(stack: Stack) -> None:
    assert refusal_of(stack.var_dir, PORT=str(free_port())).startswith(
        f"MinhThi đang chạy sẵn từ thư mục này (tiến trình {stack.process.pid})"
    )
    assert answers(stack)


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert refusal_of(tmp_path, PORT=str(port)) == (
            f"Cổng {port} đang được chương trình khác dùng: hãy chạy “make run PORT={port + 1}”. "
            f"(Port {port} is taken by another program: run `make run PORT={port + 1}`.)\n"
        )


@pytest.mark.parametrize("port", ["cổng", "0", "70000"])
def test_a_port_that_is_none_is_one_sentence(tmp_path: Path, port: str) -> None:
    assert refusal_of(tmp_path, PORT=port) == (
        f"Không mở được địa chỉ {port} trên máy này: hãy kiểm tra HOST và PORT. "
        f"(Cannot listen on {port} here: check HOST and PORT.)\n"
    )


def refusal_of(var_dir: Path, **environment: str) -> str:
    """What a `serve` that must end with code 1 prints."""
    refused = start_stack(var_dir, demo=False, environment=environment, output="refused.log")
    assert refused.process.wait(PATIENCE) == 1
    return refused.output.read_text()


def test_after_ctrl_c_nothing_is_left_and_the_next_start_prepares_nothing_again(
    warm_var_dir: Path,
) -> None:
    """A terminal sends Ctrl-C to the whole process group, `kill` to the supervisor alone."""
    stack = start_stack(warm_var_dir, demo=False, start_new_session=True)
    wait_until_ready(stack)
    os.killpg(stack.process.pid, signal.SIGINT)
    assert stack.process.wait(PATIENCE) == 0
    assert processes_of(stack) == {}
    collected = (warm_var_dir / "static.stamp").stat().st_mtime_ns
    with running_stack(warm_var_dir, demo=False) as stack:
        assert answers(stack)
        assert (warm_var_dir / "static.stamp").stat().st_mtime_ns == collected
        assert stack.stop(signal.SIGTERM) == 0
    assert processes_of(stack) == {}


def test_nothing_outlives_a_killed_supervisor_and_the_next_start_recovers(
    warm_var_dir: Path,
) -> None:
    with running_stack(warm_var_dir, demo=False) as killed:
        killed.process.kill()
        killed.process.wait()
        assert wait_until(lambda: not answers(killed), seconds=PATIENCE)
        with running_stack(warm_var_dir, demo=False) as stack:
            assert answers(stack)
        assert processes_of(stack) == {}


def test_ctrl_c_while_things_are_being_prepared_stops_too(tmp_path: Path) -> None:
    stack = start_stack(tmp_path, demo=False)
    assert wait_until((tmp_path / "pg" / "PG_VERSION").exists, seconds=PATIENCE)
    assert stack.stop() in {0, 130}
    assert processes_of(stack) == {}
