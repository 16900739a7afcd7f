"""A destroyed server comes back to a moment, from its base backup and the archived log.

Whether all is there again is said by others than PostgreSQL: digests of every table, the diary's
chain, and the public verifier on a bundle written from the restored database.
"""

import hashlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from config.moving.digests import TableDigest, digest_database
from config.run.binaries import find_binaries
from config.run.owners import Owner, owner_of
from config.run.processes import wait_until
from tests.config.clusters import Cluster, manage, run, running_cluster, with_tables
from tests.config.deploy_files import rendered
from tests.stack import ROOT

PATIENCE = 60
SCRIPTS = ROOT / "deploy" / "bin"


@dataclass
class Site:
    """An installation in `folder`/home and what is kept of it in `folder`/backups."""

    folder: Path
    owner: Owner

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def items(self) -> Path:
        return self.home / "media" / "items"

    @property
    def training(self) -> Path:
        return self.home / "media" / "training"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    def world(self, cluster: Cluster, what: str, *words: str) -> dict[str, Any]:
        """Data made or read by tests/config/deploy_world.py."""
        module = ("-m", "tests.config.deploy_world", what, *words)
        return json.loads(run(sys.executable, *module, **self.environment(cluster)).stdout)

    def environment(self, cluster: Cluster) -> dict[str, str]:
        return {"DATABASE_URL": cluster.url, "VAR_DIR": str(self.home)}

    def script(
        self, name: str, *words: str, check: bool = True, **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        """One of deploy/bin, as the server's own account runs it."""
        command = (*self.owner.prefix, str(SCRIPTS / name), *words)
        tools = {"PG_BIN": str(find_binaries()[0].folder)}
        return run(*command, check=check, **tools | environment)

    def backup(self, cluster: Cluster, *options: str) -> None:
        words = (str(self.backups), "--files", str(self.home), *options)
        self.script("backup", *words, **cluster.environment)

    def backup_check(self, cluster: Cluster) -> "subprocess.CompletedProcess[str]":
        words = ("backup_check", "--folder", str(self.backups))
        return manage(*words, check=False, **self.environment(cluster))

    @contextmanager
    def restored(self, name: str, *options: str) -> Iterator[Cluster]:
        """The server after `restore`, rolled forward and open for writing."""
        new = self.folder / name
        self.owner.take(new)
        self.script("restore", str(self.backups), str(new / "pg"), *options)
        with running_cluster(new) as cluster, cluster.connect() as connection:

            def is_open() -> bool:
                return not connection.execute("SELECT pg_is_in_recovery()").fetchone()[0]

            assert wait_until(is_open, seconds=PATIENCE)
            yield cluster


@dataclass(frozen=True)
class Lost:
    """What is known of the destroyed server: at a moment, and when its log was last kept."""

    facts: dict[str, Any]
    pictures: list[dict[str, str]]
    moment: datetime
    at_moment: dict[str, TableDigest]
    at_last: dict[str, TableDigest]
    check: "subprocess.CompletedProcess[str]"


@pytest.fixture(scope="module")
def site(prepared_var_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("restore")
    with_tables(prepared_var_dir, folder / "home")
    site = Site(folder, owner_of(folder / "home" / "pg"))
    for place in (site.backups, site.backups / "wal", site.backups / "base"):
        site.owner.take(place)
    (site.home / "media" / "goi").mkdir(parents=True)
    (site.home / "media" / "goi" / "tep.txt").write_text("tệp")
    return site


@pytest.fixture(scope="module")
def lost(site: Site) -> Lost:
    """A contest released; a backup while people enter another; then the disk is gone."""
    conf = rendered("postgresql/minhthi.conf", BACKUP_DIR=str(site.backups))
    with running_cluster(site.home, settings=conf) as cluster:
        facts = site.world(cluster, "released", str(site.home / "before.zip"))
        pictures = [site.world(cluster, "picture", "0")]
        site.backup(cluster)
        with cluster.connect() as connection:
            # After the night, as the five minutes' timer finds it.
            pictures.append(site.world(cluster, "picture", "9"))
            site.script("copy-items", str(site.items), str(site.backups / "items"))
            site.script("copy-training", str(site.training), str(site.backups / "training"))
            site.world(cluster, "enter", facts["open"], "6")
            at_moment = digest_database(connection)
            moment = connection.execute("SELECT clock_timestamp()").fetchone()[0]
            site.world(cluster, "enter", facts["open"], "3")
            at_last = digest_database(connection)
            check = site.backup_check(cluster)
            # Of the minute for which the log is not yet kept, nothing comes back.
            connection.execute("UPDATE quiz_contest SET title = 'Chưa lưu'")
        os.kill(cluster.server.pid, signal.SIGKILL)
    shutil.rmtree(cluster.server.data)
    shutil.rmtree(site.items)
    shutil.rmtree(site.training)
    return Lost(facts, pictures, moment, at_moment, at_last, check)


def test_the_backups_were_found_good(lost: Lost) -> None:
    assert (lost.check.returncode, lost.check.stderr) == (0, "")
    assert lost.check.stdout.splitlines()[-1] == "Khôi phục được."


def test_it_comes_back_as_far_as_the_log_was_kept(site: Site, lost: Lost) -> None:
    with site.restored("at-last") as cluster, cluster.connect() as connection:
        assert digest_database(connection) == lost.at_last


def test_pictures_come_back_and_what_differs_is_replaced(site: Site, lost: Lost) -> None:
    (base,) = (site.backups / "base").iterdir()
    assert (base / "items").read_text().split() == [lost.pictures[0]["sha256"]]
    spoilt, missing = (Path(picture["path"]) for picture in lost.pictures)
    spoilt.parent.mkdir(parents=True)
    spoilt.write_text("hỏng")
    run(str(SCRIPTS / "copy-items"), str(site.backups / "items"), str(site.items), "--repair")
    for path in (spoilt, missing):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_training_files_lie_once_beside_the_backups_and_come_back(site: Site, lost: Lost) -> None:
    (base,) = (site.backups / "base").iterdir()
    assert (base / "training").read_text().split() == [lost.pictures[0]["training"]]
    packed = run("tar", "-tzf", str(base / "files.tar.gz")).stdout
    assert "media/goi/tep.txt" in packed
    assert "training" not in packed
    run(str(SCRIPTS / "copy-training"), str(site.backups / "training"), str(site.training))
    paths = [Path(picture["training_path"]) for picture in lost.pictures]
    assert [path.read_text() for path in paths] == ["0", "9"]
    assert [stat.S_IMODE(path.stat().st_mode) & 0o007 for path in paths] == [0, 0]


def test_it_comes_back_as_it_was_at_the_moment_asked_for(site: Site, lost: Lost) -> None:
    (base,) = (site.backups / "base").iterdir()
    run("tar", "-xzf", str(base / "files.tar.gz"), "-C", str(site.folder))
    assert (site.folder / "media" / "goi" / "tep.txt").read_text() == "tệp"
    with site.restored("at-moment", "--to", lost.moment.isoformat()) as cluster:
        with cluster.connect() as connection:
            assert digest_database(connection) == lost.at_moment
        # The verifier, which shares no code with the platform, on what the database now says.
        path = site.folder / "after.zip"
        assert site.world(cluster, "bundle", str(path)) == {
            name: lost.facts[name] for name in ("root", "digest", "sha256")
        }
        verifier = ROOT / "quiz" / "interfaces" / "bundle" / "verify.py"
        run(sys.executable, str(verifier), str(path), "--root", lost.facts["root"])
        diary = manage("verify_audit", **site.environment(cluster))
        assert "nguyên vẹn" in diary.stdout
        # From here on it is kept again, beside what was kept before; the next backup replaces that.
        gone, late = (site.backups / "items" / name[:2] / name for name in ("a" * 64, "b" * 64))
        for path, days in ((gone, -1), (late, 1)):
            path.parent.mkdir(exist_ok=True)
            path.touch()
            moment = time.time() + days * 24 * 3600
            os.utime(path, (moment, moment))
        old, new = (site.backups / "training" / name[:2] / name for name in ("a" * 32, "b" * 32))
        for path, days in ((old, -1), (new, 1)):
            path.mkdir(parents=True)
            moment = time.time() + days * 24 * 3600
            os.utime(path, (moment, moment))
        site.backup(cluster, "--keep", "1")
        assert len(list((site.backups / "base").iterdir())) == 1
        # No backup's database refers to the one; the other may have come since.
        kept = {path.name for path in (site.backups / "items").glob("??/*")}
        assert kept == {picture["sha256"] for picture in lost.pictures} | {late.name}
        held = {path.name for path in (site.backups / "training").glob("??/*")}
        assert held == {picture["training"] for picture in lost.pictures} | {new.name}
        assert site.backup_check(cluster).returncode == 0
    assert lost.at_moment["quiz_attempt"].rows == 11
    assert lost.at_last["quiz_attempt"].rows == 14
