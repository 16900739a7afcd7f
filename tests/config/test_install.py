"""The Makefile's first step: one sentence where it can't go on, nothing to do the second time."""

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
