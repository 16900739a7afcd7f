"""The parts of a QTI package, or of a single item file, in the order of the manifest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from lxml import etree

from accounts.errors import Fault
from accounts.interfaces.unpacking import (
    ZipDamaged,
    ZipEncrypted,
    ZipOfAnotherKind,
    ZipRefused,
    ZipTooLarge,
    ZipUnsafe,
    leads_out,
    unpack_parts,
)
from quiz.interfaces.formats.markup import local_name
from quiz.interfaces.formats.refusals import (
    FileDamaged,
    FileEncrypted,
    FileUnpacksTooLarge,
    NotOfThisFormat,
    UnreadableFile,
    UnsafePackage,
)
from quiz.interfaces.formats.safe_xml import parse_xml
from quiz.interfaces.formats.sentences import said

MANIFEST = "imsmanifest.xml"
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 45_000
_MEDIA = (".png", ".jpg", ".jpeg", ".webp", ".mp3")
_ZIP = b"PK\x03\x04"
_REFUSALS: dict[type[ZipRefused], UnreadableFile] = {
    ZipDamaged: FileDamaged(),
    ZipEncrypted: FileEncrypted(),
    ZipTooLarge: FileUnpacksTooLarge(),
    ZipUnsafe: UnsafePackage(),
}


@dataclass(frozen=True)
class Part:
    """One item file: its name in the package, its bytes, the keywords the manifest gives it.

    `media` are the pictures and sounds of the whole package by name.
    """

    name: str
    data: bytes
    labels: tuple[str, ...] = ()
    media: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass
class Package:
    """What the manifest lists; `skipped` are files it names that are not there to be read."""

    parts: list[Part] = field(default_factory=list)
    skipped: list[Fault] = field(default_factory=list)


def open_package(data: bytes, name: str) -> Package:
    """A package or a single file. Raises UnreadableFile."""
    if not data.startswith(_ZIP):
        return Package([Part(name, data)])
    try:
        files = unpack_parts(
            data,
            limit=MOST_UNPACKED,
            most_parts=MOST_PARTS,
            wanted=_is_wanted,
            required=MANIFEST,
        )
    except ZipOfAnotherKind as other:
        raise NotOfThisFormat.named("QTI") from other
    except ZipRefused as refused:
        raise _REFUSALS[type(refused)] from refused
    return _listed(parse_xml(files[MANIFEST]), files)


def _is_wanted(name: str) -> bool:
    """XML, pictures and sounds; any part that would land outside the package condemns it."""
    if leads_out(name):
        raise UnsafePackage
    return name.lower().endswith((".xml", *_MEDIA))


def _listed(manifest: etree._Element, files: dict[str, bytes]) -> Package:
    if local_name(manifest) != "manifest":
        raise NotOfThisFormat.named("QTI")
    package = Package()
    media = {name: data for name, data in files.items() if name.lower().endswith(_MEDIA)}
    for resource in manifest.iter("{*}resource"):
        if "item" not in resource.get("type", "").lower():
            continue
        href = resource.get("href") or _first_file(resource)
        path = inside_package(href)
        if path is None:
            package.skipped.append(said("outside_package", MANIFEST, href[:200]))
        elif path not in files:
            package.skipped.append(said("missing_part", MANIFEST, href[:200]))
        else:
            package.parts.append(Part(path, files[path], tuple(_keywords(resource)), media))
    if not package.parts and not package.skipped:
        raise NotOfThisFormat.named("QTI")
    return package


def _first_file(resource: etree._Element) -> str:
    file = resource.find("{*}file")
    return file.get("href", "") if file is not None else ""


def inside_package(href: str) -> str | None:
    """The name of a part; None for what points out of the package."""
    try:
        address = urlsplit(href)
    except ValueError:
        return None
    path = normpath(unquote(address.path))
    if address.scheme or address.netloc or path.startswith(("/", "..")):
        return None
    return path


def _keywords(resource: etree._Element) -> Iterator[str]:
    for keyword in resource.iter("{*}keyword"):
        if text := " ".join("".join(keyword.itertext()).split()):
            yield text
