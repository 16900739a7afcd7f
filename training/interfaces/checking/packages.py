"""SCORM packages: unpacked into a folder of their own, after every part has been looked at."""

import zipfile
from pathlib import Path, PurePosixPath

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from accounts.interfaces.unpacking import (
    Bounds,
    Entry,
    ZipDamaged,
    ZipEncrypted,
    ZipRefused,
    ZipTooLarge,
    ZipUnsafe,
    list_entries,
    unpack_entry,
)
from training.engine.file_limits import MB, SCORM
from training.engine.scorm_manifest import NAME, BadManifest, Manifest, read_manifest
from training.interfaces.checking.found import FileRefused, Found

BOUNDS = Bounds(parts=20_000, unpacked=1024 * MB, ratio=100)
MOST_MANIFEST = 5 * MB
PACKAGE = "package"
# Programs, and what a server might run, were it ever put in the wrong folder.
PROGRAMS = (".exe", ".dll", ".com", ".bat", ".cmd", ".msi", ".scr", ".ps1", ".vbs", ".wsf", ".hta")
PROGRAMS += (".lnk", ".jar", ".apk", ".app", ".sh", ".so")
SERVED = (".php", ".php5", ".phtml", ".phar", ".asp", ".aspx", ".ashx", ".jsp", ".jspx", ".cgi")
SERVED += (".pl", ".py", ".rb", ".shtml", ".htaccess", ".htpasswd")
RUNS = frozenset(PROGRAMS + SERVED)
ARCHIVES = frozenset((".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz"))
# Documents to take along are zips by nature.
_OFFICE = frozenset((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub"))
_LEFT_OUT = ("__MACOSX/", ".git/")
_LEFT_NAMES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_CODES: dict[type[ZipRefused], str] = {
    ZipDamaged: "scorm_damaged",
    ZipEncrypted: "scorm_encrypted",
    ZipTooLarge: "scorm_bomb",
    ZipUnsafe: "scorm_unsafe",
}


def check_package(path: Path, folder: Path) -> Found:
    """Raises FileRefused."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = list_entries(archive, size=path.stat().st_size, bounds=BOUNDS)
            return _read(archive, entries, folder / PACKAGE)
    except ZipRefused as refused:
        name = str(refused.args[0])[:120] if refused.args else ""
        raise FileRefused(_CODES[type(refused)], name=name) from refused
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError) as broken:
        raise FileRefused("scorm_damaged", name="") from broken


def _read(archive: zipfile.ZipFile, entries: list[Entry], folder: Path) -> Found:
    base = _base(entries)
    wanted = [
        Entry(name.removeprefix(base), info)
        for name, info in entries
        if name.startswith(base) and not _is_left_out(name)
    ]
    for entry in wanted:
        _require_harmless(entry.name)
    unpacked = 0
    for entry in wanted:
        target = folder / entry.name
        unpacked += unpack_entry(archive, entry, target, most=BOUNDS.unpacked - unpacked)
        _require_harmless_bytes(entry.name, target)
    manifest = _manifest(folder / NAME, [entry.name for entry in wanted])
    facts = {**manifest.as_facts(), "files": len(wanted), "unpacked": unpacked}
    return Found(SCORM, "application/zip", facts)


def _base(entries: list[Entry]) -> str:
    """ "" where the manifest lies at the top, else the one folder that it lies in."""
    places = [name for name, _info in entries if PurePosixPath(name).name.lower() == NAME]
    top = [name for name in places if name.count("/") == 0]
    below = [name for name in places if name.count("/") == 1 and not _is_left_out(name)]
    chosen = top or below
    if len(chosen) != 1 or PurePosixPath(chosen[0]).name != NAME:
        raise FileRefused("scorm_no_manifest")
    return chosen[0].removesuffix(NAME)


def _is_left_out(name: str) -> bool:
    return name.startswith(_LEFT_OUT) or PurePosixPath(name).name in _LEFT_NAMES


def _require_harmless(name: str) -> None:
    path = PurePosixPath(name.lower())
    suffixes = {path.suffix, path.name}
    if suffixes & RUNS:
        raise FileRefused("scorm_executable", name=name[:120])
    if suffixes & ARCHIVES:
        raise FileRefused("scorm_nested", name=name[:120])


def _require_harmless_bytes(name: str, path: Path) -> None:
    """By the first bytes, whatever the name says."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith((b"MZ", b"\x7fELF")) or head in (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"):
        raise FileRefused("scorm_executable", name=name[:120])
    is_zip = head.startswith((b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"))
    if is_zip and PurePosixPath(name.lower()).suffix not in _OFFICE:
        raise FileRefused("scorm_nested", name=name[:120])


def _manifest(path: Path, names: list[str]) -> Manifest:
    if path.stat().st_size > MOST_MANIFEST:
        raise FileRefused("scorm_bomb", name=NAME)
    try:
        root = ElementTree.fromstring(path.read_bytes(), forbid_dtd=True)
        return read_manifest(root, names)
    except BadManifest as bad:
        raise FileRefused(bad.code, **bad.values) from bad
    except (ElementTree.ParseError, DefusedXmlException, LookupError, ValueError) as broken:
        raise FileRefused("scorm_manifest_damaged") from broken
