"""The English catalogue: what the code says, gathered and compiled without gettext installed."""

from collections.abc import Iterator
from io import BytesIO
from os import getpid
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

# Where people are spoken to; tests speak to nobody.
SPEAKING = ("accounts", "config", "quiz", "training", "frontend")
TEMPLATE_SUFFIXES = frozenset({".html", ".txt"})
KEYWORDS = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Nothing that changes by itself, such as the hour of writing.
HEADER = r"""# Made by `make messages`; write the translations here.
msgid ""
msgstr ""
"Language: {catalogue.locale}\n"
"Plural-Forms: {catalogue.plural_forms}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def gather_messages(root: Path) -> Catalog:
    """Every marked string of the code and the templates below `root`, sorted by file."""
    catalogue = Catalog()
    for path in _sources(root):
        for _line, text, _comments, context in extract("python", _as_python(path), KEYWORDS):
            catalogue.add(text, context=context)
    return catalogue


def update_catalogue(source: Path, *, root: Path) -> Catalog:
    """Bring the catalogue file `source` up to what the code says now, and answer it.

    A translation stays with its sentence; a changed sentence is a new one, never guessed from
    its neighbour; what the code no longer says is dropped.
    """
    catalogue = read_catalogue(source)
    catalogue.update(gather_messages(root), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    write_catalogue(source, catalogue)
    return catalogue


def write_catalogue(source: Path, catalogue: Catalog) -> None:
    """Write `catalogue` into `source` for translators; the same words give the same bytes."""
    with source.open("wb") as file:
        file.write(HEADER.format(catalogue=catalogue).encode())
        write_po(file, catalogue, width=100, omit_header=True, ignore_obsolete=True)


def read_catalogue(source: Path) -> Catalog:
    """The catalogue in `source`, whose folder names its language."""
    with source.open("rb") as file:
        return read_po(file, locale=source.parent.parent.name)


def catalogue_files() -> Iterator[Path]:
    """The file of each language we translate into."""
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def compile_catalogues() -> None:
    """Turn changed translations into what gettext reads; costs nothing if none changed."""
    for source in catalogue_files():
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        draft = compiled.with_suffix(f".{getpid()}.new")  # several processes may start at once
        with draft.open("wb") as file:
            write_mo(file, read_catalogue(source))
        draft.replace(compiled)


def _sources(root: Path) -> Iterator[Path]:
    for app in SPEAKING:
        for path in sorted((root / app).rglob("*")):
            if _may_speak(path):
                yield path


def _may_speak(path: Path) -> bool:
    if path.suffix in TEMPLATE_SUFFIXES:
        return "templates" in path.parts
    return path.suffix == ".py" and "migrations" not in path.parts


def _as_python(path: Path) -> BytesIO:
    text = path.read_text(encoding="utf-8")
    if path.suffix in TEMPLATE_SUFFIXES:
        lines = templatize(text, origin=str(path)).splitlines()
        text = "\n".join(line.strip() for line in lines)  # indentation would mean something
    return BytesIO(text.encode())
