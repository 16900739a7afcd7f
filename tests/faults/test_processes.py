"""kill -9, a broker that is gone, a full disk: nothing that was acknowledged is ever lost."""

import os
import signal
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from pathlib import Path

import pytest

from config.run.processes import command_line, wait_until
from quiz.enums import AttemptState
from tests.config.deploy_run import PATIENCE
from tests.faults.load import Person
from tests.faults.stand import Stand, running_stand
from tests.load.entry import Entrant, children_of

pytestmark = pytest.mark.needs_redis


@pytest.fixture(scope="module")
def stand(prepared_var_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with running_stand(prepared_var_dir, tmp_path_factory.mktemp("stand")) as stand:
        yield stand


def web_workers(stand: Stand) -> set[int]:
    """The processes that answer, children of the web server."""
    children = children_of(stand.site.processes["web"].pid)
    return {pid for pid in children if "granian" in command_line(pid)}


def test_a_killed_web_process_loses_no_answer_and_is_replaced(stand: Stand) -> None:
    with stand.load() as load:
        load.wait_for(10)
        before = web_workers(stand)
        assert len(before) == 2
        for victim in before:
            os.kill(victim, signal.SIGKILL)
            load.wait_for(5)
            assert wait_until(lambda: len(web_workers(stand)) == 2, seconds=PATIENCE)
        load.wait_for(10)
    assert web_workers(stand) & before == set()
    stand.check()


def test_the_whole_web_server_killed_and_started_again_loses_no_answer(stand: Stand) -> None:
    with stand.load() as load:
        load.wait_for(10)
        # systemd ends what is left of a service before it starts it again.
        orphans = web_workers(stand)
        stand.site.kill("web")
        for orphan in orphans:
            os.kill(orphan, signal.SIGKILL)
        stand.site.start_web()
        load.wait_for(10)
    assert load.retries > 0
    stand.check()


def test_a_killed_worker_stops_nobody_and_its_job_is_done_by_the_next(stand: Stand) -> None:
    with stand.load() as load:
        load.wait_for(5)
        stand.site.kill("worker")
        load.wait_for(10)
        stand.site.start_worker()
        assert stand.export() == {"state": "done", "file": True}
        load.wait_for(5)
    stand.check()


def test_postgresql_killed_and_started_again_has_every_acknowledged_answer(stand: Stand) -> None:
    server = stand.cluster.server
    with stand.load() as load:
        for _kill in range(3):
            load.wait_for(10)
            pid = server.pid
            assert pid
            os.kill(pid, signal.SIGKILL)
            with server.locked():
                server.ensure_running()
        load.wait_for(10)
    assert load.retries > 0
    stand.check()


def test_without_redis_the_deadline_minute_loses_nothing_and_is_closed_afterwards(
    stand: Stand,
) -> None:
    """Redis goes before the close and comes back after it."""
    contest = stand.world("closing", "5")
    stand.site.stop("redis")
    with (
        stand.load(contest, threads=2) as submitting,
        stand.load(contest, threads=1, ends=False) as leaving,
        stand.load(threads=1) as others,
    ):
        assert wait_until(lambda: submitting.closed and leaving.closed, seconds=PATIENCE)
        others.wait_for(5)
    stand.check()
    begun = [one for one in submitting.persons + leaving.persons if one.known.started]
    left = [person for person in begun if not person.known.submitted]
    assert stand.count(AttemptState.OPEN, contest) == len(left) > 0
    stand.site.start_redis()
    stand.site.start_beat()
    assert wait_until(lambda: stand.count(AttemptState.OPEN, contest) == 0, seconds=PATIENCE)
    assert stand.count(AttemptState.CLOSED, contest) == len(left)
    for person in left:
        person.ask_receipt()
    stand.check()


def test_a_full_disk_fails_an_export_with_its_reason_while_people_enter(stand: Stand) -> None:
    media = Path(stand.site.environment["VAR_DIR"]) / "media"
    media.mkdir(exist_ok=True)
    stand.site.stop("worker")
    stand.site.start_worker(*with_little_room(media))
    with stand.load() as load:
        told = stand.export()
        load.wait_for(5)
    assert (told["state"], told["code"], told["file"]) == ("failed", "disk_full", False)
    assert "hết chỗ trống" in told["error"]
    stand.check()


def with_little_room(folder: Path) -> list[str]:
    """What a program is started by so that `folder` holds 8 kB for it, and it alone."""
    mount = f'mount -t tmpfs -o size=8k none "{folder}" && exec "$@"'
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh"]


def test_one_submit_sent_twenty_times_at_once_is_one_submission(stand: Stand) -> None:
    with stand.load(threads=2) as load:
        person = Person(stand.url, stand.contest)
        load.persons.append(person)
        person.begin()
        twins = [person, *[copy(person) for _ in range(19)]]
        for twin in twins:
            twin.phone = Entrant(stand.url, defaultdict(list))
        with ThreadPoolExecutor(20) as pool:
            list(pool.map(lambda twin: twin.send(0, "submit"), twins))
    assert len({twin.receipt["signature"] for twin in twins if twin.receipt}) == 1
    stand.check()
