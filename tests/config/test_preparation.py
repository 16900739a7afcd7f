"""What is made ready before serving."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from config.run import preparation


def test_static_files_are_collected_once_until_a_source_changes(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.css"
    source.write_text("a{}")
    settings.VAR_DIR = settings.STATIC_ROOT = tmp_path
    ran: list[str] = []
    monkeypatch.setattr(preparation, "call_command", lambda name, **_: ran.append(name))
    monkeypatch.setattr(preparation, "get_commands", dict)
    monkeypatch.setattr(preparation, "_static_sources", lambda: iter([source]))
    preparation.collect_static()
    preparation.collect_static()
    assert ran == ["collectstatic"]
    source.write_text("a{color:red}")
    preparation.collect_static()
    assert ran == ["collectstatic"] * 2


def test_every_static_file_survives_the_strict_manifest(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "frontend.storage.StaticStorage"}
    }
    for builder in preparation.BUILDERS:
        call_command(builder)
    call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert {"frontend/public.css", "frontend/workplace.css"} <= set(names)
