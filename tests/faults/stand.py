"""The recipe's processes for faults to happen to: PostgreSQL, Redis, web, worker and its clock."""

import hmac
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg

from config.run.processes import wait_until
from quiz.engine.receipts import verify_receipt
from quiz.enums import AttemptState
from quiz.interfaces.bundle import verify
from tests.acknowledged import faults_in
from tests.config.clusters import Cluster, run, running_cluster, with_tables
from tests.config.deploy_run import PATIENCE, Site, new_site
from tests.faults.load import Load, Person

KEYS = (
    """SELECT c.code, r.public_key FROM quiz_round r JOIN quiz_contest c ON c.id = r.contest_id"""
)


@dataclass
class Stand:
    """The running processes, the contest people enter, and everybody who did."""

    site: Site
    cluster: Cluster
    contest: dict[str, Any] = field(default_factory=dict)
    loads: list[Load] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.site.environment['WEB_PORT']}"

    @property
    def persons(self) -> list[Person]:
        return [person for load in self.loads for person in load.persons]

    def world(self, *words: str) -> dict[str, Any]:
        """Data made or read by tests/config/deploy_world.py with the processes' own settings."""
        module = ("-m", "tests.config.deploy_world", *words)
        return json.loads(run(sys.executable, *module, **self.site.environment).stdout)

    def load(self, contest: dict[str, Any] | None = None, **options: Any) -> Load:
        """People who enter for as long as the block runs; each finishes what was begun."""
        load = Load(self.url, contest or self.contest, **options)
        self.loads.append(load)
        return load

    def connect(self) -> psycopg.Connection:
        return self.cluster.connect()

    def export(self) -> dict[str, Any]:
        """Ask the worker for a workbook and wait until it is done or refused."""
        asked = self.world("export", str(self.contest["round"]), str(self.contest["organiser"]))

        def ended() -> bool:
            query = "SELECT state FROM accounts_job WHERE id = %s"
            with self.connect() as connection:
                return connection.execute(query, [asked["job"]]).fetchone()[0] in ("done", "failed")

        assert wait_until(ended, seconds=PATIENCE), self.site.log("worker")
        return self.world("state", str(asked["job"]))

    def count(self, state: AttemptState, contest: dict[str, Any]) -> int:
        """How many attempts of the contest are in that state."""
        query = "SELECT count(*) FROM quiz_attempt WHERE round_id = %s AND state = %s"
        with self.connect() as connection:
            row = connection.execute(query, [contest["round"], state.value]).fetchone()
        return int(row[0])

    def check(self) -> None:
        """Nothing that was acknowledged to anybody so far is lost, doubled or unsigned."""
        errors = [error for load in self.loads for error in load.errors]
        assert not errors, errors
        submitted = [person for person in self.persons if person.known.submitted]
        assert [person.number for person in submitted if person.receipt is None] == []
        with self.connect() as connection:
            lost = faults_in(connection, [person.known for person in self.persons])
            assert not lost, lost
            query = "SELECT count(*) FROM quiz_attempt WHERE state = %s"
            row = connection.execute(query, [AttemptState.SUBMITTED.value]).fetchone()
            assert row == (len(submitted),)
            keys = dict(connection.execute(KEYS).fetchall())
        for person in self.persons:
            if person.receipt:
                check_receipt(person, keys[person.contest["code"]])


def check_receipt(person: Person, public_key: str) -> None:
    """Signed by the round, holding what was acknowledged, its leaf as the auditor's program has it.

    That program (quiz/interfaces/bundle/verify.py) shares no code with the platform.
    """
    assert person.receipt
    document = person.receipt["receipt"]
    assert verify_receipt(public_key, document, person.receipt["signature"])
    assert person.known.may_be(tuple(document["values"]["answers"]))
    secret = bytes.fromhex(document["secret"])
    opening = {
        name: {"value": value, "key": hmac.digest(secret, b"field:" + name.encode(), sha256).hex()}
        for name, value in document["values"].items()
    }
    assert verify.leaf_of({"opening": opening}).hex() == document["leaf"]


@contextmanager
def running_stand(prepared_var_dir: Path, folder: Path) -> Iterator[Stand]:
    """The processes with one open contest, in a folder of their own."""
    var_dir = with_tables(prepared_var_dir, folder / "var")
    with ExitStack() as stack:
        cluster = stack.enter_context(running_cluster(var_dir))
        stand = Stand(new_site(folder, cluster, var_dir), cluster)
        # All come from one address here; tests/load/nat.py is about that.
        stand.site.environment["ENTRY_ADDRESS_LIMIT"] = "1000000"
        stack.callback(stand.site.stop_all)
        stand.site.start_redis()
        stand.site.start_web()
        stand.site.start_worker()
        stand.contest = stand.world("open")
        yield stand
