"""Catalogues follow the code and are compiled without gettext."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from config.catalogues import compile_catalogues, gather_messages, read_catalogue, update_catalogue

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Cuộc thi"
msgstr "Contest"

msgid "Không còn ai nói"
msgstr "Nobody says so now"
"""
MODULE = """
from django.utils.translation import gettext as _, ngettext, pgettext

_("Cuộc thi" " mới")
ngettext("%d câu", "%d câu", 2)
pgettext("nút", "Mở")
_("Cuộc thi")
"""
TEMPLATE = """{% extends "a.html" %}
{% block title %}{% translate "Trang chủ" %}{% endblock %}
    {% blocktranslate with a=b %}Vòng {{ a }}{% endblocktranslate %}
  Ba chữ này không được đánh dấu
{% card title=_("Thể lệ") %}
"""
MARKED = [
    "Cuộc thi mới",
    ("%d câu", "%d câu"),
    "Mở",
    "Cuộc thi",
    "Trang chủ",
    "Vòng %(a)s",
    "Thể lệ",
]


@pytest.fixture
def code(tmp_path: Path) -> Path:
    pages = tmp_path / "frontend" / "templates" / "frontend"
    pages.mkdir(parents=True)
    (pages / "a.html").write_text(TEMPLATE, "utf-8")
    (tmp_path / "accounts").mkdir()
    (tmp_path / "accounts" / "a.py").write_text(MODULE, "utf-8")
    return tmp_path


@pytest.fixture
def write(tmp_path: Path, settings: Settings) -> Callable[[str], Path]:
    """Writes the one English catalogue there is and tells its place."""
    folder = tmp_path / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    settings.LOCALE_PATHS = [tmp_path / "locale"]

    def _write(text: str) -> Path:
        (folder / "django.po").write_text(text, "utf-8")
        return folder / "django.po"

    return _write


def test_every_marked_sentence_is_gathered_once(code: Path) -> None:
    assert [m.id for m in gather_messages(code) if m.id] == MARKED


def test_translation_stays_with_its_sentence_and_nothing_is_guessed(
    code: Path, write: Callable[[str], Path]
) -> None:
    source = write(CATALOGUE)
    update_catalogue(source, root=code)
    kept = {m.id: m.string for m in read_catalogue(source) if m.id}
    assert list(kept) == MARKED
    assert {id for id, string in kept.items() if string and string != ("", "")} == {"Cuộc thi"}
    first = source.read_bytes()
    update_catalogue(source, root=code)
    assert source.read_bytes() == first


def test_command_names_what_lacks_a_translation(
    code: Path, write: Callable[[str], Path], settings: Settings
) -> None:
    settings.BASE_DIR = code
    write(CATALOGUE)
    with pytest.raises(CommandError) as told:
        call_command("messages", verbosity=0)
    lines = str(told.value).splitlines()
    assert lines == ["Without a translation:", *(f"en: {id}" for id in MARKED if id != "Cuộc thi")]


def test_catalogues_are_compiled_when_they_changed(write: Callable[[str], Path]) -> None:
    compiled = write(CATALOGUE).with_suffix(".mo")
    compile_catalogues()
    assert b"Contest" in compiled.read_bytes()
    written = compiled.stat().st_mtime_ns
    compile_catalogues()
    assert compiled.stat().st_mtime_ns == written
    write(CATALOGUE.replace("Contest", "Competition"))
    compile_catalogues()
    assert b"Competition" in compiled.read_bytes()
