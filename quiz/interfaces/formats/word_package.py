"""The few parts of a .docx that are read, unpacked within bounds and parsed without trust.

Pictures, macros, embedded files and whatever a relationship points to outside stay untouched: only
the document itself, its styles and its numbering are ever unpacked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from accounts.interfaces.unpacking import (
    ZipEncrypted,
    ZipOfAnotherKind,
    ZipRefused,
    ZipTooLarge,
    unpack_parts,
)
from quiz.interfaces.formats.known_formats import ZIP, refuse_other_formats
from quiz.interfaces.formats.refusals import (
    AnotherFormat,
    WordDamaged,
    WordProtected,
    WordUnpacksTooLarge,
)

MOST_UNPACKED = 80 * 1024 * 1024
_MOST_PARTS = 5000
_MOST_TAGS = 3_000_000  # of all parts together; a page of Word has about a thousand
_LONG_TAG = re.compile(rb"<[^<>]{100000}")  # a million attributes cost a gigabyte
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "_rels/.rels"
_TARGET = re.compile(rb"""<Relationship\b[^>]*Type\s*=\s*["'][^"'>]*/officeDocument["'][^>]*>""")
_HREF = re.compile(rb"""\bTarget\s*=\s*["']/?([\w./-]+)["']""")


@dataclass(frozen=True)
class Package:
    """The bytes of the parts; styles and numbering are empty where a document has none."""

    document: bytes
    styles: bytes = b""
    numbering: bytes = b""


def open_package(data: bytes) -> Package:
    """The parts of a Word document, macros or not. Raises UnreadableFile."""
    refuse_other_formats(data)
    if not data.startswith(ZIP):
        raise AnotherFormat
    folder, main = _main_part(data)
    wanted = {main, f"{folder}styles.xml", f"{folder}numbering.xml"}
    parts = _unpack(data, wanted, MOST_UNPACKED, required=main)
    tags = sum(part.count(b"<") for part in parts.values())
    if tags > _MOST_TAGS or any(map(_LONG_TAG.search, parts.values())):
        raise WordUnpacksTooLarge
    if any(b"<!DOCTYPE" in part[:4096] for part in parts.values()):
        raise WordDamaged  # Word writes none; its entities could be a bomb
    return Package(
        *(
            parts.get(name, b"").replace(_STRICT, _USUAL)
            for name in (main, f"{folder}styles.xml", f"{folder}numbering.xml")
        )
    )


def _main_part(data: bytes) -> tuple[str, str]:
    """(the folder, the name) of the document's part, which is hardly ever called otherwise."""
    relations = _unpack(data, {_RELATIONS}, 1024 * 1024).get(_RELATIONS, b"")
    for relation in _TARGET.findall(relations):
        target = _HREF.search(relation)
        if target and b".." not in target[1] and b"/" in target[1]:
            name = target[1].decode()
            return name.rpartition("/")[0] + "/", name
    return "word/", "word/document.xml"


def _unpack(data: bytes, wanted: set[str], limit: int, required: str = "") -> dict[str, bytes]:
    try:
        return unpack_parts(
            data,
            limit=limit,
            most_parts=_MOST_PARTS,
            wanted=wanted.__contains__,
            required=required,
        )
    except ZipEncrypted as refused:
        raise WordProtected from refused
    except ZipOfAnotherKind as refused:
        raise AnotherFormat from refused
    except ZipTooLarge as refused:
        raise WordUnpacksTooLarge from refused
    except ZipRefused as refused:
        raise WordDamaged from refused


def events(part: bytes, tags: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    """(“start” or “end”, element) of these tags. Entities stay unresolved, nothing is fetched.

    Raises WordDamaged where the part is no sound XML.
    """
    try:
        yield from etree.iterparse(
            BytesIO(part),
            events=("start", "end"),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
    except (etree.XMLSyntaxError, UnicodeError, ValueError) as broken:
        raise WordDamaged from broken


def parse(part: bytes) -> etree._Element | None:
    """A small part as a tree; None for an empty one. Raises WordDamaged."""
    if not part:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, UnicodeError, ValueError) as broken:
        raise WordDamaged from broken
