"""`manage.py check --deploy`: clean as the recipe sets it up, else a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings

from config.checks import check_installation
from config.proxies import is_trusted
from tests.stack import ROOT

GOOD = {
    "SECRET_KEY": "a" * 16 + "b" * 16 + "cdefghijklmnopqrstuvwxyz",
    "FIELD_KEY": "1" * 16 + "b" * 16 + "cdefghijklmnopqrstuvwxyz",
    "TOKEN_KEY": "2" * 16 + "b" * 16 + "cdefghijklmnopqrstuvwxyz",
    "DATABASE_URL": "postgresql:///minhthi?host=/var/run/postgresql",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "SITE_ORIGIN": "https://thi.tinh.example",
    "ALLOWED_HOSTS": "thi.tinh.example",
    "TRUSTED_PROXIES": "127.0.0.1,::1",
    "CONTENT_ORIGIN": "https://goi.tinh.example",
}


@pytest.fixture
def good(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> LazySettings:
    """The environment and settings of the recipe; a test spoils one thing."""
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    settings.SITE_ORIGIN = GOOD["SITE_ORIGIN"]
    settings.CONTENT_ORIGIN = GOOD["CONTENT_ORIGIN"]
    settings.ALLOWED_HOSTS = [GOOD["ALLOWED_HOSTS"]]
    settings.TRUSTED_PROXIES = GOOD["TRUSTED_PROXIES"].split(",")
    settings.DEMO = False
    is_trusted.cache_clear()
    return settings


def codes() -> list[str]:
    return [str(message.id) for message in check_installation()]


def test_the_recipe_is_clean(good: LazySettings) -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SITE_ORIGIN", "http://thi.tinh.example", ["config.E001"]),
        ("SITE_ORIGIN", "", ["config.E001"]),
        ("SITE_ORIGIN", "https://thi.tinh.example/", ["config.E002"]),
        ("SITE_ORIGIN", "https://khac.tinh.example", ["config.E004"]),
        ("ALLOWED_HOSTS", ["*"], ["config.E003"]),
        ("ALLOWED_HOSTS", [], ["config.E003"]),
        ("DEMO", True, ["config.E008"]),
        ("TRUSTED_PROXIES", [], ["config.E009"]),
        ("CONTENT_ORIGIN", "", ["config.I001"]),
        ("CONTENT_ORIGIN", "https://thi.tinh.example", ["config.E010"]),
        ("CONTENT_ORIGIN", "http://goi.tinh.example", ["config.E010"]),
        ("CONTENT_ORIGIN", "https://goi.tinh.example/", ["config.E010"]),
        ("TRUSTED_PROXIES", ["127.0.0.1", "nginx"], ["config.E009"]),
    ],
)
def test_a_setting_that_is_wrong_is_named(
    good: LazySettings, name: str, value: object, expected: list[str]
) -> None:
    setattr(good, name, value)
    assert codes() == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SECRET_KEY", "", ["config.E005"]),
        ("FIELD_KEY", "ngắn", ["config.E005"]),
        ("TOKEN_KEY", GOOD["FIELD_KEY"], ["config.E006"]),
        ("DATABASE_URL", "", ["config.E007"]),
        ("REDIS_URL", "", ["config.E007"]),
    ],
)
def test_what_the_environment_lacks_is_named(
    good: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    expected: list[str],
) -> None:
    monkeypatch.setenv(name, value)
    assert codes() == expected


def check_deploy(var_dir: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    unwanted = ("DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE")
    inherited = {name: value for name, value in os.environ.items() if name not in unwanted}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=inherited | GOOD | {"VAR_DIR": str(var_dir)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_finds_nothing_under_the_recipes_environment(tmp_path: Path) -> None:
    answer = check_deploy(tmp_path)
    assert answer.stdout.startswith("System check identified no issues"), answer.stderr
    assert not (tmp_path / "secret.json").exists()


def test_the_command_fails_and_says_why_in_vietnamese(tmp_path: Path) -> None:
    answer = check_deploy(tmp_path, ALLOWED_HOSTS="*")
    assert answer.returncode == 1
    assert "ALLOWED_HOSTS phải nêu đích danh tên miền, không dùng “*”." in answer.stderr
