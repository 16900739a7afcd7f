"""The files of the recipe agree with each other and with the program."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from deploy.render import render
from tests.config.deploy_files import DEPLOY, command_of, rendered

UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SCRIPTS = [DEPLOY / "install.sh", *sorted((DEPLOY / "bin").iterdir())]
PLACES = {"CONFIG_DIR": "/etc/minhthi", "BACKUP_DIR": "/var/backups/minhthi"}
VALUES = {"VAR_DIR": "/var/lib/minhthi", "WEB_PORT": "8001", "WEB_WORKERS": "2", "PG_BIN": "/bin"}


def unit(name: str) -> str:
    return rendered(f"systemd/{name}", **PLACES, **VALUES)


def test_a_place_without_a_value_is_an_error() -> None:
    assert render("a=@NAME@ %i@%h", {"NAME": "b"}) == "a=b %i@%h"
    with pytest.raises(KeyError, match="OTHER"):
        render("@NAME@ @OTHER@", {"NAME": "b"})


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_can_be_read_and_started(path: Path) -> None:
    shell = path.read_text().splitlines()[0].removeprefix("#!")
    assert subprocess.run([shell, "-n", path], check=False).returncode == 0
    assert path.stat().st_mode & 0o111


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_every_service_is_fenced_in(path: Path) -> None:
    lines = unit(path.name).splitlines()
    fence = {
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=",
        "SystemCallFilter=@system-service",
    }
    assert fence - set(lines) == set()
    # It would take PostgreSQL's shared memory away when the daily backup ends.
    assert [line for line in lines if line.startswith("RemoveIPC")] == []
    assert [line for line in lines if line in ("User=minhthi", "User=postgres")] != []


def test_what_the_target_wants_exists() -> None:
    wants = re.search(r"^Wants=(.*)$", unit("minhthi.target"), re.MULTILINE)
    assert wants
    templates = {re.sub(r"@\d", "@", name) for name in wants[1].split()}
    assert templates == {path.name for path in UNITS} - {
        "minhthi-backup.service",
        "minhthi-items.service",
    }


COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]


@pytest.mark.parametrize(
    ("service", "unit_name"),
    [
        ("web", "minhthi-web.service"),
        ("worker", "minhthi-worker@.service"),
        ("beat", "minhthi-beat.service"),
    ],
)
def test_containers_run_the_same_commands(service: str, unit_name: str) -> None:
    words = [word.replace("127.0.0.1", "0.0.0.0") for word in command_of(unit(unit_name))]
    assert SERVICES[service]["command"] == ["python", *words[1:]]


def test_the_containers_postgresql_is_set_up_the_same() -> None:
    command = SERVICES["db"]["command"]
    given = dict(word.split("=", 1) for word in command[2::2])
    app = {"APP": "/srv/minhthi", "SHARED_BUFFERS": "512MB"}
    lines = rendered("postgresql/minhthi.conf", **PLACES, **app).splitlines()
    pairs = [line.split(" = ", 1) for line in lines if not line.startswith("#")]
    expected = {name: value.strip("'") for name, value in pairs}
    assert given == expected | {"listen_addresses": "*"}


def test_containers_name_nothing_that_is_not_there() -> None:
    for name, service in SERVICES.items():
        assert set(service.get("depends_on", {})) <= set(SERVICES), name
        assert set(service.get("networks", [])) <= set(COMPOSE["networks"]), name
        mounted = [volume.split(":")[0] for volume in service.get("volumes", [])]
        own = {volume for volume in mounted if not volume.startswith(".")}
        assert own <= set(COMPOSE["volumes"]), name
        for place in set(mounted) - own:
            assert place == "./tls" or (DEPLOY / place).is_dir(), name
    # nginx may say who the client is, so whoever shares its net with the program is believed.
    shared = set(SERVICES["nginx"]["networks"]) & set(SERVICES["web"]["networks"])
    assert shared == {"inside"}


def test_the_environment_of_containers_is_complete(tmp_path: Path) -> None:
    for name in ("compose-env", "render.py", "minhthi.env"):
        (tmp_path / name).write_bytes((DEPLOY / name).read_bytes())
    script = ["sh", str(tmp_path / "compose-env"), "thi.tinh.example"]
    subprocess.run(script, check=True, capture_output=True)
    path = tmp_path / "minhthi.compose.env"
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    given = dict(line.split("=", 1) for line in lines)
    subnet = COMPOSE["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    assert given["TRUSTED_PROXIES"] == subnet
    assert f":{given['POSTGRES_PASSWORD']}@db/" in given["DATABASE_URL"]
    assert path.stat().st_mode & 0o777 == 0o600
    # A second call would make other keys, and everything sealed would be lost.
    assert subprocess.run(script, check=False, capture_output=True).returncode == 1
    assert [line for line in path.read_text().splitlines() if not line.startswith("#")] == lines
